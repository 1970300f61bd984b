import { runbookBoth } from '@/lib/domain/text/en/runbook-both';
import { runbookRetired } from '@/lib/domain/text/en/runbook-retired';
import { area } from '../../text/area';

export const { t } = area({ ...runbookBoth, ...runbookRetired });
