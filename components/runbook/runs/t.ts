import { runbookBoth } from '@/lib/domain/text/en/runbook-both';
import { runbookList } from '@/lib/domain/text/en/runbook-list';
import { area } from '../../text/area';

export const { t, m, counted } = area({ ...runbookBoth, ...runbookList });
