import { ui } from '@/lib/domain/text/en/ui';
import type { ParamNames } from '@/lib/domain/text/say';
import { texts } from './texts';

export type UiKey = keyof typeof ui;
/** Texts without parameters. */
export type PlainKey = { [K in UiKey]: [ParamNames<(typeof ui)[K]>] extends [never] ? K : never }[UiKey];

export const { t, m, counted } = texts(ui);
