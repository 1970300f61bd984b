import { uiJocFollow } from '@/lib/domain/text/en/ui-joc-follow';
import { area } from '../text/area';

/** For letting JOC Cockpit follow. */
export const { t } = area(uiJocFollow);
