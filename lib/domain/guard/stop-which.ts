/**
 * May the guard itself stop one of two live Controllers? Off unless the cluster's settings say so. Only in a standalone pair, outside of a run, when every
 * evidence (at least two kinds) names the same one, from fresh readings, for ten seconds on end. In any doubt: nothing.
 */
import type { Slot } from '../cluster/cluster';
import type { ClusterObservation, MemberObservation } from '../cluster/observation';
import { pairOf } from '../cluster/pair';
import { FRESH_MS, type Millis } from '../reading';
import type { Message } from '../text/message';
import { whichStays } from './which-stays';

/** So long the same decision has to stand. */
export const STANDS_MS = 10_000;
/** One kind of evidence may mislead. */
const KINDS = 2;

/** A decision that stands, of these very processes. Kept by the caller between two looks. */
export interface Standing {
  readonly slot: Slot;
  readonly since: Millis;
  /** When both containers were started: after a restart it is another situation. */
  readonly of: string;
}
export interface GuardStop {
  readonly standing?: Standing;
  /** Stop this one now. */
  readonly stop?: { readonly slot: Slot; readonly reasons: readonly Message[] };
}

const fresh = (m: MemberObservation, now: Millis): boolean =>
  [m.container, m.controller].every((r) => r.kind === 'value' && Math.abs(now - r.at) < FRESH_MS) && m.stopping === undefined;

export function stopWhich(o: ClusterObservation, now: Millis, was: Standing | undefined): GuardStop {
  if (o.cluster.guardStops !== true || o.run || o.strangers.some((s) => s.running)) return {};
  if (!o.secondary || !fresh(o.primary, now) || !fresh(o.secondary, now)) return {};
  const pair = pairOf(o, now);
  if (pair.kind !== 'standalone-pair') return {};
  const decided = whichStays(pair);
  if (!decided || decided.proofs < KINDS) return {};
  const { slot } = decided.stop;
  const of = pair.members.map((m) => `${m.f.instance?.id} ${m.f.startedAt}`).join(' ');
  const same = was?.slot === slot && was.of === of && was.since <= now;
  const standing = same ? was : { slot, since: now, of };
  return now - standing.since >= STANDS_MS ? { standing, stop: { slot, reasons: decided.reasons } } : { standing };
}
