import { SEVERITY } from '@/lib/domain/cluster/severity';
import type { ClusterStatusCode, ComponentState, LinkView, Role, Severity, Tone } from '@/lib/domain/cluster/view';

/** Complete lists by type: a state that is missing here does not compile. */
const all = <K extends string>(order: Readonly<Record<K, number>>): K[] => (Object.keys(order) as K[]).sort((a, b) => order[a] - order[b]);

export const ROLES = all<Role>({
  active: 0,
  standby: 1,
  cold: 2,
  retired: 3,
  fenced: 4,
  idle: 5,
  starting: 6,
  stopping: 7,
  waiting: 8,
  refused: 9,
  killed: 10,
  unreachable: 11,
  absent: 12,
  unknown: 13,
});
export const COMPONENTS = all<ComponentState>({ operational: 0, limited: 1, inoperable: 2, unknown: 3, 'not-running': 4 });
export const LINKS = all<LinkView['kind']>({
  established: 0,
  'has-journal': 1,
  replicating: 2,
  unhealthy: 3,
  'journal-at-rest': 4,
  unreachable: 5,
  conflict: 6,
  unknown: 7,
  'not-expected': 8,
  fenced: 9,
});
export const TONES = all<Tone>({ ok: 0, run: 1, warn: 2, unknown: 3, bad: 4, alarm: 5 });

export const STATUSES = Object.entries(SEVERITY) as [ClusterStatusCode, Severity | undefined][];
