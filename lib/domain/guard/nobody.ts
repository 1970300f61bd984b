/** "Nobody works": known only where it is proved of every member that it does not (works = no). */
import { journalAtRest } from '../cluster/facts';
import { FAIL_OVER_MS } from '../cluster/limits';
import { type Judged, type Pair, peerOf } from '../cluster/pair';
import type { Alarm, Role } from '../cluster/view';
import { slotName } from '../cluster/words';
import type { Message } from '../text/message';
import { ago, name, say } from '../text/say';

/** The one that ought to work: what it is and when it ended tell the story. */
const STORY: readonly Role[] = ['killed', 'refused', 'cold', 'standby', 'idle', 'fenced', 'retired', 'absent'];

export const nobodyWorks = (pair: Pair): boolean => pair.members.every((m) => m.works === 'no');

/** Who worked last: with a journal before without, then by role, then who ended last. */
export function lastWorker(pair: Pair): Judged {
  const rank = (m: Judged): number => STORY.indexOf(m.role) + (journalAtRest(m.f) ? 0 : 100) - (m.role === 'standby' ? 50 : 0);
  return [...pair.members].sort((a, b) => rank(a) - rank(b) || (b.f.finishedAt ?? 0) - (a.f.finishedAt ?? 0))[0] ?? pair.primary;
}

function title(pair: Pair, m: Judged): Message {
  const slot = slotName(m.slot);
  const ended = m.f.finishedAt;
  const lost = pair.members.find((x) => x.f.alive === 'no' && x.f.box === 'stopped');
  if (m.role === 'standby') return lost ? say('nobody.lost', { slot: slotName(lost.slot), other: slot }) : say('nobody.standby', { slot });
  if (m.role === 'absent') return say('nobody.absent', { name: name(m.f.member.ref.name) });
  if (m.role === 'idle') return say('nobody.idle', { slot });
  if (ended === undefined) return say('nobody.never-started', { slot });
  if (m.role === 'killed') return say('nobody.killed', { slot, ago: ago(ended) });
  if (m.role === 'refused') return m.f.rest?.refusal?.kind === 'foreign-event' ? say('nobody.ended', { slot, ago: ago(ended) }) : say('nobody.refused', { slot });
  if (journalAtRest(m.f)?.clusterState.type === 'ActiveShutDown') return say('nobody.terminated', { slot, ago: ago(ended) });
  return say('nobody.stopped', { slot, ago: ago(ended) });
}

function why(pair: Pair, m: Judged): Message {
  const peer = peerOf(pair, m);
  const refusal = m.f.rest?.refusal;
  if (m.role === 'standby') {
    const lost = pair.members.find((x) => x.f.alive === 'no');
    return lost ? say('nobody.why.fail-over', { slot: slotName(lost.slot) }) : say('nobody.why.standby');
  }
  if (refusal) return refusal.kind === 'foreign-event' ? say('nobody.why.foreign-event', { line: refusal.line }) : say('nobody.why.refused', { line: refusal.line });
  if (m.role === 'absent') return say('nobody.why.absent', { engine: name(m.f.engineName) });
  if (m.role === 'idle') return say('nobody.why.no-journal');
  if (!m.f.rest) return say('nobody.why.unread');
  if (!journalAtRest(m.f)) return say('nobody.why.no-journal');
  if (journalAtRest(m.f)?.clusterState.type !== 'Empty') return say('nobody.why.wait');
  if (peer && journalAtRest(peer.f)) return say('nobody.why.two-journals');
  return peer?.f.rest ? say('nobody.why.journal-spare', { other: slotName(peer.slot) }) : say('nobody.why.journal');
}

export function nobodyAlarm(pair: Pair): readonly Alarm[] {
  if (!nobodyWorks(pair)) return [];
  const m = lastWorker(pair);
  const lost = m.role === 'standby' ? peerOf(pair, m) : undefined;
  const since = lost?.f.finishedAt ?? m.f.finishedAt;
  // A standby takes over by itself in about 22 s: until then it is bad, not an alarm.
  const failingOver = lost?.f.finishedAt !== undefined && pair.now - lost.f.finishedAt < FAIL_OVER_MS;
  if (failingOver && lost) {
    const params = { lost: slotName(lost.slot), other: slotName(m.slot) };
    return [{ code: 'nobody-active', tone: 'bad', title: say('verdict.failing-over', params), detail: say('why.failing-over'), slots: pair.members.map((x) => x.slot), ...(since !== undefined && { since }) }];
  }
  return [{ code: 'nobody-active', tone: 'alarm', title: title(pair, m), detail: why(pair, m), slots: pair.members.map((x) => x.slot), ...(since !== undefined && { since }) }];
}
