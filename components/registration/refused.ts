import type { CallFailure } from '@/lib/client/fetcher';
import { t } from './t';

const NAMED = ['JOC_APPROVAL', 'JOC_LICENCE', 'JOC_STANDBY', 'JOC_REASON_MISSING', 'JOC_TAKEN', 'JOC_FORBIDDEN', 'JOC_CONNECTION'] as const;
/** The answer was lost: what was asked for may have been done. Look before it is repeated. */
export const isLost = ({ code }: CallFailure): boolean => code === 'HANDOVER_UNREACHABLE' || code === 'JOC_TIMEOUT';

/** A refusal of JOC Cockpit as what it is. */
export function refusedTitle(failure: CallFailure, act: 'register' | 'unregister'): string {
  if (isLost(failure)) return t(act === 'register' ? 'ui.reg.refused.unknown' : 'ui.reg.unregister.unknown');
  if (act === 'unregister') return t('ui.reg.unregister.failed');
  const named = NAMED.find((code) => code === failure.code);
  return t(named === undefined ? 'ui.reg.refused' : `ui.reg.refused.${named}`);
}

const FIELDS: readonly (readonly [RegExp, () => string])[] = [
  [/alias/, () => t('ui.reg.alias')],
  [/network/, () => t('ui.reg.network')],
  [/caption/, () => t('ui.reg.caption')],
  [/secondary/, () => t('ui.reg.url.secondary')],
  [/primary/, () => t('ui.reg.url.primary')],
  [/url/i, () => t('ui.reg.url.live')],
  [/comment/, () => t('ui.reg.reason')],
  [/timeSpent/, () => t('ui.reg.time')],
  [/ticket/, () => t('ui.reg.ticket')],
];
/** The label of a field that the server found wrong (`follow.alias`, `primary.url`, `audit.comment`). */
export const fieldName = (name: string): string => FIELDS.find(([known]) => known.test(name))?.[1]() ?? name;
