import { runbookBoth } from '@/lib/domain/text/en/runbook-both';
import { runbookReport } from '@/lib/domain/text/en/runbook-report';
import { area } from '../../text/area';

export const { t, counted } = area({ ...runbookBoth, ...runbookReport });
