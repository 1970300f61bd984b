import { uiJoc } from '@/lib/domain/text/en/ui-joc';
import { area } from '../text/area';

/** For JOC Cockpit in the status picture. */
export const { t } = area(uiJoc);
