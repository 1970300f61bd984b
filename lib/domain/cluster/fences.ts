import { backupFlag, type MemberFacts } from './facts';
import type { InstanceView } from './view';

export type Fence = InstanceView['fences'][number];

/** What stands in the way of whoever starts it, as far as it was read and holds. A running instance has none. */
export function fencesOf(f: MemberFacts): readonly Fence[] {
  if (f.box !== 'stopped') return [];
  const state = f.rest?.state.kind;
  const nothingToStart = state === 'absent' || state === 'empty';
  const all: [Fence, boolean][] = [
    ['restart-policy', f.instance?.restartPolicy.name === 'no'],
    ['backup-flag', backupFlag(f) === true],
    ['retired-journal', nothingToStart && (f.rest?.retired.length ?? 0) > 0],
    ['empty-state', nothingToStart && f.rest?.retired.length === 0],
  ];
  return all.filter(([, holds]) => holds).map(([fence]) => fence);
}

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
