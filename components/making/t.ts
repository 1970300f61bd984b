import { making } from '@/lib/domain/text/en/making';
import { uiMaking } from '@/lib/domain/text/en/ui-making';
import { uiMakingPage } from '@/lib/domain/text/en/ui-making-page';
import { area } from '../text/area';

/** For setting a cluster up, and for what the server tells of it. */
export const { t, m, counted } = area({ ...uiMakingPage, ...uiMaking, ...making });
