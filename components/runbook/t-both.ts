import { runbookBoth } from '@/lib/domain/text/en/runbook-both';
import { area } from '../text/area';

/** For parts that stand on pages of open runs and on pages of past ones. */
export const { t } = area(runbookBoth);
