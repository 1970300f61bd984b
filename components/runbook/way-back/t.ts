import { runbookBoth } from '@/lib/domain/text/en/runbook-both';
import { wayBack } from '@/lib/domain/text/en/way-back';
import { area } from '../../text/area';

export const { t, m } = area({ ...runbookBoth, ...wayBack });
