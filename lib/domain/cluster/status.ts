/** Cluster status: JS7's word, JOC Cockpit's synthetic ones, ours for pairs without a licence. Derivation: joc-cockpit.md 2.1, 2.3. */

import type { ClusterStateFacts } from '../controller/controller';
import { code, say } from '../text/say';
import { journalAtRest } from './facts';
import { COUPLING_MS } from './limits';
import { type Judged, type Pair, peerOf } from './pair';
import { SEVERITY } from './severity';
import type { ClusterStatusCode, ClusterView } from './view';
import { slotName } from './words';

const stateOf = (m: Judged): ClusterStateFacts | undefined =>
  m.f.says?.node.kind === 'state' ? m.f.says.node.state.clusterState : undefined;
const isDeciding = (m: Judged): boolean => m.role === 'waiting' || (m.f.says?.node.kind === 'not-ready' && m.f.alive !== 'no');

/**
 * The state that the pair is in. Where both answer: what the active one reports, else the first. Where one is silent, its `Coupled` and
 * `PreparedToBeCoupled` are only a claim: unknown. Where nobody answers only a proved ActiveShutDown is told from the volumes.
 */
function clusterCode(pair: Pair): { code: ClusterStatusCode; odd?: string } {
  const telling = pair.members.filter((m) => stateOf(m));
  const speaker = telling.find((m) => m.role === 'active') ?? telling[0];
  if (!speaker) {
    if (pair.members.some(isDeciding)) return { code: 'ActiveNodeIsNotReady' };
    const atRest =
      pair.members.every((m) => m.f.alive === 'no') && pair.members.some((m) => journalAtRest(m.f)?.clusterState.type === 'ActiveShutDown');
    return { code: atRest ? 'ActiveShutDown' : 'Unknown' };
  }
  const state = stateOf(speaker) as ClusterStateFacts;
  if (state.type === 'unknown') return { code: 'Unknown', odd: state.name };
  const other = peerOf(pair, speaker);
  const alone = pair.members.length > 1 && other !== undefined && !other.f.says;
  if (alone && (state.type === 'Coupled' || state.type === 'PreparedToBeCoupled')) return { code: 'Unknown' };
  return { code: state.type };
}

function codeOf(pair: Pair): { code: ClusterStatusCode; odd?: string } {
  const state = clusterCode(pair);
  if (pair.shownKind === 'standalone-pair') return state.odd === undefined ? { code: 'StandalonePair' } : state;
  if (pair.shownKind === 'single')
    return state.code === 'Empty' || state.code === 'Unknown'
      ? { ...state, code: state.odd === undefined ? 'SingleController' : 'Unknown' }
      : state;
  return state;
}

export function statusOf(pair: Pair): ClusterView['status'] {
  const { code: status, odd } = codeOf(pair);
  const coupling = status === 'PreparedToBeCoupled' && pair.statusSince !== undefined && pair.now - pair.statusSince < COUPLING_MS;
  const severity = coupling ? 1 : SEVERITY[status];
  return { code: status, ...(severity !== undefined && { severity }), word: say(`status.${status}`), meaning: meaning(pair, status, odd) };
}

function meaning(pair: Pair, status: ClusterStatusCode, odd: string | undefined) {
  if (odd !== undefined) return say('status.meaning.Unknown.state', { state: code(odd) });
  if (status !== 'StandalonePair') return say(`status.meaning.${status}`);
  const active = pair.members.filter((m) => m.role === 'active');
  const holders = pair.members.filter((m) => m.role === 'active' || journalAtRest(m.f));
  const only = holders[0];
  // "With X only" needs that the other one was looked at.
  const known = only !== undefined && (peerOf(pair, only)?.f.rest !== undefined || peerOf(pair, only)?.role === 'idle');
  if (holders.length === 2) return say('status.meaning.StandalonePair.both');
  if (!only || !known) return say('status.meaning.StandalonePair');
  const slot = slotName(only.slot);
  return active.length > 0 ? say('status.meaning.StandalonePair.works', { slot }) : say('status.meaning.StandalonePair.nobody', { slot });
}

/** JS7's and JOC Cockpit's words, the same in every language: for sentences that name a status. */
export const STATUS_WORDS: Readonly<Record<ClusterStatusCode, string>> = {
  Empty: 'Empty',
  NodesAppointed: 'NodesAppointed',
  PreparedToBeCoupled: 'PreparedToBeCoupled',
  Coupled: 'Coupled',
  ActiveShutDown: 'ActiveShutDown',
  PassiveLost: 'PassiveLost',
  SwitchedOver: 'Switched over',
  FailedOver: 'Failed over',
  ActiveNodeIsNotReady: 'Active Node is not ready',
  NodeLossToBeConfirmed: 'Node Loss to be confirmed',
  FailoverToBeConfirmed: 'Fail-over to be confirmed',
  StandalonePair: 'Standalone pair',
  SingleController: 'Single Controller',
  Unknown: 'unknown',
};
