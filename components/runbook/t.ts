import { runbookBoth } from '@/lib/domain/text/en/runbook-both';
import { runbookUi } from '@/lib/domain/text/en/runbook-ui';
import { ui } from '@/lib/domain/text/en/ui';
import { addTexts } from '../text/catalogue';
import { texts } from '../text/texts';

addTexts({ ...runbookBoth, ...runbookUi });

const both = { ...ui, ...runbookBoth, ...runbookUi };

/** For preparing a run and the run itself. The texts of steps, checks and evidence are messages of the server (text/messages.ts). */
export const { t, m, counted } = texts(both);
