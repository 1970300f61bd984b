import { runbookBoth } from '@/lib/domain/text/en/runbook-both';
import { runbookJournals } from '@/lib/domain/text/en/runbook-journals';
import { area } from '../../text/area';

export const { t, m, counted } = area({ ...runbookBoth, ...runbookJournals });
