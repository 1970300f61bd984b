import { uiRegisterPage } from '@/lib/domain/text/en/ui-register-page';
import { area } from '../text/area';

/** For a cluster's registration page before it is known how things stand. */
export const { t } = area(uiRegisterPage);
