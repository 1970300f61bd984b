import { runbookBoth } from '@/lib/domain/text/en/runbook-both';
import { ui } from '@/lib/domain/text/en/ui';
import { addTexts } from '../text/catalogue';
import { texts } from '../text/texts';

addTexts(runbookBoth);

/** For parts that stand on pages of open runs and on pages of past ones. */
export const { t } = texts({ ...ui, ...runbookBoth });
