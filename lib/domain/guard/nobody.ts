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

const nobodyWorks = (pair: Pair): boolean => pair.members.every((m) => m.works === 'no' && !runsRenamed(pair, m));
/** Under its new name it runs: what it does is not known, and that it does not work least of all. */
const runsRenamed = (pair: Pair, m: Judged): boolean => pair.strangers.some((s) => s.formerly === m.slot && s.running);

/** Who worked last: with a journal before without, then by role, then who ended last. A living standby never did. */
export function lastWorker(pair: Pair): Judged {
  const rank = (m: Judged): number => STORY.indexOf(m.role) + (journalAtRest(m.f) ? 0 : 100) + (m.role === 'standby' ? 1_000 : 0);
  return [...pair.members].sort((a, b) => rank(a) - rank(b) || (b.f.finishedAt ?? 0) - (a.f.finishedAt ?? 0))[0] ?? pair.primary;
}

const reportedState = (m: Judged | undefined): string | undefined =>
  m?.f.says?.node.kind === 'state' ? m.f.says.node.state.clusterState.type : undefined;

interface Telling {
  readonly title: Message;
  readonly why: Message;
}

function tell(pair: Pair, m: Judged): Telling {
  const slot = slotName(m.slot);
  const peer = peerOf(pair, m);
  const ended = m.f.finishedAt;
  if (m.role === 'standby') return { title: say('nobody.standby', { slot }), why: say('nobody.why.standby') };
  if (m.role === 'absent')
    return {
      title: say('nobody.absent', { name: name(m.f.member.ref.name) }),
      why: say('nobody.why.absent', { engine: name(m.f.engineName) }),
    };
  if (m.role === 'idle') return { title: say('nobody.idle', { slot }), why: say('nobody.why.no-journal') };
  if (ended === undefined) return { title: say('nobody.never-started', { slot }), why: why(pair, m) };
  if (m.role === 'refused') return refused(m, ended);
  const properly = journalAtRest(m.f)?.clusterState.type === 'ActiveShutDown' || reportedState(peer) === 'ActiveShutDown';
  if (properly) return { title: say('nobody.terminated', { slot, ago: ago(ended) }), why: say('nobody.why.wait') };
  if (peer?.role === 'standby')
    return { title: say('nobody.lost', { slot, other: slotName(peer.slot) }), why: say('nobody.why.fail-over', { slot }) };
  // Whether it was stopped or killed is told by its journal.
  const how = m.role === 'killed' ? 'nobody.killed' : m.f.rest ? 'nobody.stopped' : 'nobody.over';
  return { title: say(how, { slot, ago: ago(ended) }), why: why(pair, m) };
}

function refused(m: Judged, ended: number): Telling {
  const slot = slotName(m.slot);
  const line = m.f.rest?.refusal?.line ?? '';
  return m.f.rest?.refusal?.kind === 'foreign-event'
    ? { title: say('nobody.ended', { slot, ago: ago(ended) }), why: say('nobody.why.foreign-event', { line }) }
    : { title: say('nobody.refused', { slot }), why: say('nobody.why.refused', { line }) };
}

function why(pair: Pair, m: Judged): Message {
  const peer = peerOf(pair, m);
  const journal = journalAtRest(m.f);
  if (!m.f.rest) return say(m.f.seen.disk.kind === 'failed' ? 'nobody.why.unread' : 'nobody.why.reading');
  if (!journal) return say('nobody.why.no-journal');
  if (journal.clusterState.type !== 'Empty') return say('nobody.why.wait');
  if (peer && journalAtRest(peer.f)) return say('nobody.why.two-journals');
  return peer?.f.rest ? say('nobody.why.journal-spare', { other: slotName(peer.slot) }) : say('nobody.why.journal');
}

export function nobodyAlarm(pair: Pair): readonly Alarm[] {
  if (!nobodyWorks(pair)) return [];
  const { run } = pair;
  if (run?.downSince !== undefined) {
    // The planned downtime of a run is no alarm; a run that asks meanwhile keeps everybody waiting.
    if (run.phase === 'working') return [];
    const title = say('nobody.run', { run: run.runId });
    return [
      {
        code: 'nobody-active',
        tone: 'bad',
        title,
        detail: say(run.stopped === 'interrupted' ? 'nobody.why.run.interrupted' : 'nobody.why.run'),
        slots: pair.members.map((x) => x.slot),
        since: run.downSince,
      },
    ];
  }
  const m = lastWorker(pair);
  const peer = peerOf(pair, m);
  const since = m.f.finishedAt === undefined ? {} : { since: m.f.finishedAt };
  const slots = pair.members.map((x) => x.slot);
  // A coupled standby takes over by itself in about 22 s: until then it is bad, not an alarm.
  const takesOver =
    peer?.role === 'standby' &&
    reportedState(peer) === 'Coupled' &&
    m.f.finishedAt !== undefined &&
    pair.now - m.f.finishedAt < FAIL_OVER_MS;
  if (takesOver) {
    const title = say('verdict.failing-over', { lost: slotName(m.slot), other: slotName(peer.slot) });
    return [{ code: 'nobody-active', tone: 'bad', title, detail: say('why.failing-over'), slots, ...since }];
  }
  const { title, why: detail } = tell(pair, m);
  return [{ code: 'nobody-active', tone: 'alarm', title, detail, slots, ...since }];
}
