import { uiJocs } from '@/lib/domain/text/en/ui-jocs';
import { area } from '../../text/area';

/** For the connections to JOC Cockpits. */
export const { t, m } = area(uiJocs);
