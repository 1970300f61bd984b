import { runbookBoth } from '@/lib/domain/text/en/runbook-both';
import { runbookPast } from '@/lib/domain/text/en/runbook-past';
import { ui } from '@/lib/domain/text/en/ui';
import { addTexts } from '../text/catalogue';
import { texts } from '../text/texts';

addTexts({ ...runbookBoth, ...runbookPast });

/** For what is over: lists of runs, reports, journals compared, journals that were put aside. */
export const { t, m, counted } = texts({ ...ui, ...runbookBoth, ...runbookPast });
