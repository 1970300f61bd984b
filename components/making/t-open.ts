import { uiMakingOpen } from '@/lib/domain/text/en/ui-making-open';
import { area } from '../text/area';

/** For what leads to a set-up. */
export const { t } = area(uiMakingOpen);
