import { uiPeople } from '@/lib/domain/text/en/ui-people';
import { area } from './area';

/** For the login and for what is about accounts. */
export const { t, counted } = area(uiPeople);
