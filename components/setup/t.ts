import { uiSetup } from '@/lib/domain/text/en/ui-setup';
import { area } from '../text/area';

/** For adding a cluster, its settings, and engines. */
export const { t, counted } = area(uiSetup);
