/** What the rules about JOC Cockpit look at: its words while they hold, and beside them what Handover itself sees. */

import type { Slot } from '../cluster/cluster';
import { type MemberFacts, tooOld } from '../cluster/facts';
import type { ClusterObservation } from '../cluster/observation';
import type { Judged } from '../cluster/pair';
import type { ClusterView } from '../cluster/view';
import type { Millis } from '../reading';
import { type Following, PROXY_GRACE_MS, proxyOf } from './follows';
import type { JocFacts, JocFollow, JocNode, JocObservation, JocSees } from './joc';
import { type Lead, type LeadSide, leadsTo } from './leads';
import { connectionWord } from './words';

export interface JocSituation {
  readonly o: ClusterObservation;
  readonly joc: JocObservation;
  readonly now: Millis;
  readonly members: readonly Judged[];
  readonly kind: ClusterView['kind'];
  readonly follow?: JocFollow;
  /** JOC's words of itself and of this Controller ID, only while they hold. */
  readonly facts?: JocFacts;
  readonly sees?: JocSees | 'not-registered';
  /** The registered nodes, while that holds. */
  readonly nodes: readonly JocNode[];
  /** Where the URL of an autonomous registration leads, and where it led when JOC was last heard. */
  readonly lead: Lead;
  readonly lastLead: Lead;
  /** The one that works, if exactly one says so. */
  readonly live?: Judged;
  readonly startedAt?: Millis;
  readonly proxy: Following;
}

const startOf = (f: MemberFacts | undefined): Millis | undefined => {
  const overview = f?.says?.overview;
  return typeof overview === 'object' && 'startedAt' in overview ? overview.startedAt : undefined;
};

function sidesOf(members: readonly Judged[]): readonly LeadSide[] {
  return members.map(({ f, slot }): LeadSide => {
    const engine = f.seen.engine.kind === 'value' ? f.seen.engine.value : undefined;
    const own = /^https?:\/\/(\[[^\]]+\]|[^/:]+)/i.exec(f.member.access.url)?.[1];
    // Handover's own address names the host only where its port is one that the container publishes.
    const port = Number(/:(\d+)\/*$/.exec(f.member.access.url)?.[1]);
    const through = own !== undefined && f.instance?.ports.some((p) => p.outside === port) === true;
    const startedAt = startOf(f);
    return {
      slot,
      access: f.member.access,
      runs: f.box === 'stopped' || f.box === 'absent' ? 'no' : f.box === 'running' ? 'yes' : 'unknown',
      hosts: [...(engine ? [engine.hostname] : []), ...(through && own !== undefined ? [own] : [])],
      ...(f.instance && { instance: f.instance }),
      ...(startedAt !== undefined && { startedAt }),
    };
  });
}

function leadOf(
  sees: JocSees | 'not-registered' | undefined,
  sides: readonly LeadSide[],
  joc: JocObservation,
  follow: JocFollow | undefined,
  holds: boolean,
): Lead {
  if (sees === undefined || sees === 'not-registered') return 'unknown';
  const [node, second] = sees.nodes;
  if (!node || second) return 'unknown';
  const established = holds && connectionWord(node.connection) === 'established';
  return leadsTo(node.url, sides, {
    inContainer: joc.settings.container !== undefined,
    ...(follow && { follow }),
    ...(established && node.startedAt !== undefined && { startedAt: node.startedAt }),
  });
}

/** @param kind From what holds now (pair.kind). */
export function jocSituation(
  o: ClusterObservation,
  members: readonly Judged[],
  kind: ClusterView['kind'],
  now: Millis,
): JocSituation | undefined {
  const { joc } = o;
  if (!joc) return undefined;
  const facts = factsNow(joc, now);
  const sees = joc.sees.kind === 'value' && !tooOld(joc.sees.at, now) ? joc.sees.value : undefined;
  const last = joc.sees.kind === 'value' ? joc.sees.value : joc.sees.kind === 'failed' ? joc.sees.last?.value : undefined;
  const sides = sidesOf(members);
  const follow = o.cluster.joc?.follow;
  const actives = members.filter((m) => m.role === 'active');
  const live = actives.length === 1 ? actives[0] : undefined;
  const startedAt = startOf(live?.f);
  const told = sees !== undefined && sees !== 'not-registered' ? sees : undefined;
  return {
    o,
    joc,
    now,
    members,
    kind,
    nodes: told?.nodes ?? [],
    lead: leadOf(sees, sides, joc, follow, true),
    lastLead: leadOf(last, sides, joc, follow, false),
    proxy: proxyNow(joc, told, live, startedAt, members, kind, o.strangers),
    ...(follow && { follow }),
    ...(facts && { facts }),
    ...(sees !== undefined && { sees }),
    ...(live && { live }),
    ...(startedAt !== undefined && { startedAt }),
  };
}
/** What JOC says of itself hardly changes and is asked seldom (usecases/observe/joc-watch.ts): it holds for so long, also over a failure. */
const FACTS_HOLD_MS = 15 * 60_000;
function factsNow({ facts }: JocObservation, now: Millis): JocFacts | undefined {
  const last = facts.kind === 'value' ? facts : facts.kind === 'failed' ? facts.last : undefined;
  return last && Math.abs(now - last.at) <= FACTS_HOLD_MS ? last.value : undefined;
}

function proxyNow(
  joc: JocObservation,
  told: JocSees | undefined,
  live: Judged | undefined,
  startedAt: Millis | undefined,
  members: readonly Judged[],
  kind: ClusterView['kind'],
  strangers: ClusterObservation['strangers'],
): Following {
  if (!told || !live || joc.sees.kind !== 'value') return 'unknown';
  const proxy = proxyOf({
    proxyAt: told.proxyAt,
    startedAt,
    otherMayWork:
      (kind !== 'licensed' && members.some((m) => m.slot !== live.slot && m.works !== 'no')) || strangers.some((x) => x.running),
  });
  // Our clock on both sides: asked so shortly after the start, it may not have coupled yet.
  const young = live.f.startedAt !== undefined && joc.sees.at - live.f.startedAt < PROXY_GRACE_MS;
  return proxy === 'behind' && young ? 'unknown' : proxy;
}

/** The node of an instance in JOC: by role in a cluster registration, by where its URL leads in an autonomous one. */
export function nodeOf(s: JocSituation, slot: Slot): JocNode | undefined {
  if (s.nodes.length > 1) return s.nodes.find((n) => n.role === (slot === 'primary' ? 'PRIMARY' : 'BACKUP'));
  return s.lead === slot ? s.nodes[0] : undefined;
}
export const isCluster = (s: JocSituation): boolean => s.nodes.length > 1;
