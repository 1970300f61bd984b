/** Both members together: what kind of cluster it is, who works, who may. Everything that judges the cluster starts from here. */
import { jocView } from '../joc/joc-view';
import type { JocView } from '../joc/view';
import { type JournalPoint, type Lineage, lineage } from '../journal/lineage';
import type { Millis } from '../reading';
import type { Cluster, Slot } from './cluster';
import { factsOf, journalAtRest, lastValue, type MemberFacts } from './facts';
import type { ClusterObservation, ObservedRun, Stranger } from './observation';
import { roleOf, worksOf } from './role';
import type { ClusterView, MayLive, Role } from './view';

export interface Judged {
  readonly f: MemberFacts;
  readonly slot: Slot;
  readonly role: Role;
  /** May it be giving work to Agents? See worksOf. */
  readonly works: MayLive;
}

export interface Pair {
  readonly cluster: Cluster;
  readonly now: Millis;
  readonly statusSince?: Millis;
  readonly run?: ObservedRun;
  /** Its JOC Cockpit; absent where none is connected. */
  readonly joc?: JocView;
  readonly primary: Judged;
  readonly secondary?: Judged;
  readonly members: readonly Judged[];
  /** Sorted: their order in the observation means nothing. */
  readonly strangers: readonly Stranger[];
  /** From what holds now; decides what is safe. `unknown` is treated as strictly as a standalone pair. */
  readonly kind: ClusterView['kind'];
  /** For the label: as `kind`, but a kind seen earlier is kept while nothing can be read. */
  readonly shownKind: ClusterView['kind'];
}

function judge(o: ClusterObservation, slot: Slot, now: Millis): Judged | undefined {
  const member = o.cluster[slot];
  const seen = o[slot];
  if (!member) return undefined;
  const missing = { kind: 'never' } as const;
  const f = factsOf(o, slot, member, seen ?? { engine: missing, container: missing, controller: missing, disk: missing }, now);
  const role = roleOf(f);
  return { f, slot, role, works: worksOf(role, f.alive) };
}

export function pairOf(o: ClusterObservation, now: Millis): Pair {
  const primary = judge(o, 'primary', now) as Judged;
  const secondary = judge(o, 'secondary', now);
  const members = secondary ? [primary, secondary] : [primary];
  const strangers = [...o.strangers].sort(
    (a, b) =>
      compare(`${a.ref.engineId}/${a.ref.name}`, `${b.ref.engineId}/${b.ref.name}`) ||
      Number(b.running) - Number(a.running) ||
      compare(a.journalId ?? '', b.journalId ?? ''),
  );
  const kind = secondary ? kindOf(statesNow(members)) : 'single';
  const joc = jocView(o, members, kind, now);
  const shownKind = kind === 'unknown' ? kindOf(statesBefore(members)) : kind;
  return {
    cluster: o.cluster,
    now,
    primary,
    members,
    strangers,
    kind,
    shownKind,
    ...(secondary && { secondary }),
    ...(o.statusSince !== undefined && { statusSince: o.statusSince }),
    ...(o.run && { run: o.run }),
    ...(joc && { joc }),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Cluster states that hold now: of the live ones; of the journals at rest only where no live one tells. */
function statesNow(members: readonly Judged[]): string[] {
  const live = members.flatMap(({ f }) => (f.says?.node.kind === 'state' ? [f.says.node.state.clusterState.type] : []));
  return live.length > 0 ? live : members.flatMap(({ f }) => journalAtRest(f)?.clusterState.type ?? []);
}

function statesBefore(members: readonly Judged[]): string[] {
  return members.flatMap(({ f }) => {
    const node = f.api === 'odd' || f.foreign ? undefined : lastValue(f.seen.controller)?.node;
    const state = lastValue(f.seen.disk)?.state;
    return [
      ...(node?.kind === 'state' ? [node.state.clusterState.type] : []),
      ...(state?.kind === 'journal' ? [state.journal.clusterState.type] : []),
    ];
  });
}

/** Licensed only if every state that was read says so: one Empty among them and the stricter rules of a standalone pair hold. */
function kindOf(states: readonly string[]): ClusterView['kind'] {
  if (states.length === 0 || states.includes('unknown')) return states.includes('Empty') ? 'standalone-pair' : 'unknown';
  return states.includes('Empty') ? 'standalone-pair' : 'licensed';
}

export const peerOf = (pair: Pair, m: Judged): Judged | undefined => pair.members.find((other) => other.slot !== m.slot);
export const activeOnes = (pair: Pair): readonly Judged[] => pair.members.filter((m) => m.role === 'active');
/** Members that may be giving work to Agents now. */
export const mayWork = (pair: Pair): readonly Judged[] => pair.members.filter((m) => m.works !== 'no');

/** The point its journal has reached: told by itself while it runs, read from its volume while it does not. */
export function pointOf({ f }: Judged): JournalPoint {
  const rest = journalAtRest(f);
  const overview = f.says && typeof f.says.overview === 'object' && 'startedAt' in f.says.overview ? f.says.overview : undefined;
  const journalId = f.says ? f.says.journalId : rest?.journalId;
  const initially = f.says ? overview?.initiallyStartedAt : rest?.initiallyStartedAt;
  const last = f.says ? f.says.journal.lastEventId : rest?.lastEventId;
  return {
    ...(journalId !== undefined && { journalId }),
    ...(initially !== undefined && { initiallyStartedAt: initially }),
    ...(last !== undefined && { lastEventId: last }),
  };
}

export function lineageOfBoth(pair: Pair): Lineage {
  return pair.secondary ? lineage(pointOf(pair.primary), pointOf(pair.secondary)) : 'unknown';
}
