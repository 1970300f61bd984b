import { backupFlag, type MemberFacts } from './facts';
import type { InstanceView } from './view';

export type Fence = InstanceView['fences'][number];

/**
 * What keeps it from working, whoever starts it, as far as it was read and holds. A running instance has none. A restart policy stops no person, and
 * without the flag a Controller that finds no journal begins a new one: neither is a fence by itself.
 */
export function fencesOf(f: MemberFacts): readonly Fence[] {
  if (f.box !== 'stopped' || backupFlag(f) !== true) return [];
  return nothingToStart(f) && (f.rest?.retired.length ?? 0) > 0 ? ['backup-flag', 'retired-journal'] : ['backup-flag'];
}

/** No journal lies where a start would look for it. */
export const nothingToStart = (f: MemberFacts): boolean => f.rest?.state.kind === 'absent' || f.rest?.state.kind === 'empty';

/**
 * What a start would do now (controller-api.md 7.2), for a journal without cluster nodes. `unknown` where journal or flag could not be read.
 * Only `refuses` and `idles` are safe beside another live one.
 */
type StartOutcome = 'works' | 'works-with-new-journal' | 'refuses' | 'idles' | 'joins-cluster' | 'unknown';

export function startOutcome(f: MemberFacts): StartOutcome {
  const flag = backupFlag(f);
  const state = f.rest?.state;
  if (!state || flag === undefined || state.kind === 'unreadable') return 'unknown';
  if (state.kind !== 'journal') return flag ? 'idles' : 'works-with-new-journal';
  const cluster = state.journal.clusterState.type;
  if (cluster === 'unknown') return 'unknown';
  if (cluster !== 'Empty') return 'joins-cluster';
  return flag ? 'refuses' : 'works';
}
