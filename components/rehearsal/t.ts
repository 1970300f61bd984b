import { uiRehearsal } from '@/lib/domain/text/en/ui-rehearsal';
import { area } from '../text/area';

/** For the controls of the rehearsal, and the line that says that it is one. */
export const { t } = area(uiRehearsal);
