import { ui } from '@/lib/domain/text/en/ui';
import { type Plain, texts } from './texts';

/** Texts without parameters. */
export type PlainKey = Plain<typeof ui>;

export const { t, m, counted } = texts(ui);
