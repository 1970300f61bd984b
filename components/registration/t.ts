import { registrationTexts } from '@/lib/domain/text/en/registration';
import { uiRegister } from '@/lib/domain/text/en/ui-register';
import { uiRegisterPage } from '@/lib/domain/text/en/ui-register-page';
import { area } from '../text/area';

/** For a cluster's registration page, and for what the server tells of registering. */
export const { t, m } = area({ ...uiRegisterPage, ...uiRegister, ...registrationTexts });
