import { runbookBoth } from '@/lib/domain/text/en/runbook-both';
import { runbookUi } from '@/lib/domain/text/en/runbook-ui';
import { area } from '../text/area';

/** For preparing a run and the run itself. The texts of steps, checks and evidence are messages of the server (text/messages.ts). */
export const { t, m, counted } = area({ ...runbookBoth, ...runbookUi });
