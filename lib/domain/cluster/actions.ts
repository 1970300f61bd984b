/**
 * What a person may do with an instance by hand. A start is offered only where it is proved that it makes exactly one live; each rule of the
 * table refuses for one reason, and what no rule refuses is allowed. Unknown refuses (I1).
 */

import { newerAtRest } from '../guard/alarms';
import { lineage } from '../journal/lineage';
import type { Message } from '../text/message';
import { name, say } from '../text/say';
import { configMissing, journalAtRest } from './facts';
import { startOutcome } from './fences';
import { activeOnes, type Judged, type Pair, peerOf, pointOf } from './pair';
import type { InstanceAction } from './view';
import { slotName } from './words';

type Refusal = (pair: Pair, m: Judged) => Message | undefined;

const reachable: Refusal = (_pair, { f }) =>
  f.box === 'unknown' ? say('act.no-engine', { engine: name(f.engineName) }) : f.box === 'absent' ? say('act.no-container') : undefined;
const running: Refusal = (_pair, m) =>
  m.role === 'active'
    ? say('act.is-active')
    : m.f.box === 'removing'
      ? say('act.removing')
      : m.f.box !== 'stopped'
        ? say('act.runs')
        : undefined;

/** It told that it is a member of a licensed pair, or that it is not the active one, or that it is deciding: JS7 sees to the rest. */
function isMember(peer: Judged): boolean {
  const node = peer.f.says?.node;
  if (node?.kind !== 'state') return node?.kind === 'not-appointed' || node?.kind === 'not-ready' || node?.kind === 'waiting';
  return peer.works === 'no' || !['Empty', 'unknown'].includes(node.state.clusterState.type);
}

/**
 * In a licensed pair JS7 decides who is active, if this member joins it and the other one is seen to be of it. One that would work by itself, or
 * whose peer nobody can see, gets no exemption.
 */
function joins(pair: Pair, m: Judged): boolean {
  const peer = peerOf(pair, m);
  return (
    pair.kind === 'licensed' &&
    ['joins-cluster', 'idles'].includes(startOutcome(m.f)) &&
    (peer === undefined || peer.f.alive === 'no' || isMember(peer))
  );
}

const onlyOne: Refusal = (pair, m) => {
  const peer = peerOf(pair, m);
  if (m.f.foreign) return say('act.foreign');
  const renamed = pair.strangers.find((s) => s.formerly);
  if (renamed) return say('act.start.renamed', { name: name(renamed.ref.name) });
  const stranger = pair.strangers.find((s) => s.running);
  if (stranger) return say('act.start.stranger', { name: name(stranger.ref.name) });
  if (!peer || peer.f.alive === 'no' || joins(pair, m)) return undefined;
  const other = slotName(peer.slot);
  return peer.f.alive === 'yes' ? say('act.start.other-lives', { other }) : say('act.start.other-unknown', { other });
};

const outcome: Refusal = (pair, m) => {
  if (m.f.rest?.refusal?.kind === 'no-licence') return say('act.start.no-licence');
  switch (startOutcome(m.f)) {
    case 'unknown':
      return configMissing(m.f) ? say('act.start.no-config') : say('act.start.unread');
    case 'works-with-new-journal':
      return say('act.start.new-journal');
    case 'idles':
      return pair.kind === 'licensed' ? undefined : say('act.start.idles');
    case 'refuses':
      return say('act.start.refuses');
    default:
      return undefined;
  }
};

const rightJournal: Refusal = (pair, m) => {
  const expected = pair.cluster.expectedJournalId;
  const own = journalAtRest(m.f);
  if (own && expected !== undefined && own.journalId !== expected) return say('act.start.other-lineage');
  const peer = peerOf(pair, m);
  if (!own || !peer || joins(pair, m)) return undefined;
  const other = slotName(peer.slot);
  // Of a container that is gone nothing can be read; everything else must have been.
  if (peer.f.box !== 'absent' && (!peer.f.rest || peer.f.rest.state.kind === 'unreadable')) return say('act.start.other-unread', { other });
  const theirs = journalAtRest(peer.f);
  if (!theirs) return undefined;
  if (lineage(pointOf(m), pointOf(peer)) === 'different')
    return own.journalId === expected ? undefined : say('act.start.other-diverged', { other });
  const right = newerAtRest(m, peer);
  if (right === m) return undefined;
  return right === peer ? say('act.start.other-newer', { other }) : say('act.start.other-diverged', { other });
};

/** Only a run itself may start or stop while it has the cluster. With two alive everybody may stop one: nothing is more urgent. */
const inRun: Refusal = (pair) => (pair.run ? say('act.run', { run: pair.run.runId }) : undefined);
const inRunUnlessTwo: Refusal = (pair, m) => (activeOnes(pair).length > 1 ? undefined : inRun(pair, m));

const START_REFUSALS: readonly Refusal[] = [reachable, running, inRun, onlyOne, outcome, rightJournal];
const STOP_REFUSALS: readonly Refusal[] = [
  reachable,
  (_pair, { f }) => (f.box === 'stopped' ? say('act.not-running') : f.box === 'removing' ? say('act.removing') : undefined),
  inRunUnlessTwo,
];
const LOG_REFUSALS: readonly Refusal[] = [reachable];

function decide(refusals: readonly Refusal[], pair: Pair, m: Judged): Message | undefined {
  for (const refuse of refusals) {
    const why = refuse(pair, m);
    if (why) return why;
  }
  return undefined;
}

export const stopRefusal = (pair: Pair, m: Judged): Message | undefined => decide(STOP_REFUSALS, pair, m);
export const startRefusal = (pair: Pair, m: Judged): Message | undefined => decide(START_REFUSALS, pair, m);

function stopNote(pair: Pair, m: Judged): Message {
  const peer = peerOf(pair, m);
  if (m.f.instance?.autoRemove) return say('act.stop.auto-remove');
  if (m.works === 'yes' && peer?.f.rest?.refusal?.kind === 'no-licence') return say('act.stop.not-again');
  if (m.role === 'standby') return peer?.works === 'yes' ? say('act.stop.licensed-standby') : say('act.stop.other');
  if (m.works === 'no') return say('act.stop.other');
  if (peer?.works === 'yes') return say('act.stop.two');
  if (m.works !== 'yes') return say('act.stop.unknown');
  if (pair.kind === 'licensed') return say('act.stop.licensed-active');
  return peer?.f.box === 'stopped' ? say('act.stop.active', { other: slotName(peer.slot) }) : say('act.stop.single');
}

export function actionsOf(pair: Pair, m: Judged): readonly InstanceAction[] {
  const [start, stop, logs] = [startRefusal(pair, m), stopRefusal(pair, m), decide(LOG_REFUSALS, pair, m)];
  const startNote = start ?? (startOutcome(m.f) === 'works' ? say('act.start.works') : say('act.start.joins'));
  return [
    { kind: 'start', allowed: start === undefined, note: startNote },
    { kind: 'stop', allowed: stop === undefined, note: stop ?? stopNote(pair, m) },
    { kind: 'logs', allowed: logs === undefined, ...(logs && { note: logs }) },
  ];
}
