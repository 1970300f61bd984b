import { uiLater } from '@/lib/domain/text/en/ui-later';
import { area } from './area';

/** For what opens on demand. */
export const { t, m } = area(uiLater);
