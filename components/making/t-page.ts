import { uiMakingPage } from '@/lib/domain/text/en/ui-making-page';
import { area } from '../text/area';

/** For the pages of setting up before it is known what can be made. */
export const { t, m } = area(uiMakingPage);
