/**
 * What is left of a split brain once one of the two has stopped: both journals hold events of their own, and neither Controller is right about all orders.
 *
 * Proof: the stopped one wrote its last event itself (within its last run), after the one that works now had been started. Event ids are times in µs
 * (controller-api.md 0.1). Where the one that works was started again since, this cannot be told any more.
 */
import { journalAtRest, lastValue, putThereLater } from '../cluster/facts';
import { activeOnes, type Judged, type Pair, peerOf, pointOf } from '../cluster/pair';
import type { Alarm } from '../cluster/view';
import { slotName } from '../cluster/words';
import { lineage } from '../journal/lineage';
import { name, say, time } from '../text/say';

/** The container's end is read with the engine's clock, the event with the host's: they may be so far apart, ms. */
const CLOCKS_MS = 2_000;

/** Only these end a Controller that has worked; every other refusal comes before its first event. */
const AFTER_WORK: ReadonlySet<string> = new Set(['foreign-event', 'other']);

function workedBeside(active: Judged, stopped: Judged): boolean {
  const rest = journalAtRest(stopped.f);
  const { refusal } = stopped.f.rest ?? {};
  const { startedAt, finishedAt } = stopped.f;
  if (!rest || startedAt === undefined || finishedAt === undefined || active.f.startedAt === undefined) return false;
  if ((refusal && !AFTER_WORK.has(refusal.kind)) || putThereLater(stopped.f)) return false;
  const wroteAt = rest.lastEventId / 1000 - (lastValue(stopped.f.seen.engine)?.clockSkewMs ?? 0);
  return wroteAt > active.f.startedAt && wroteAt >= startedAt && wroteAt <= finishedAt + CLOCKS_MS;
}

/**
 * What was last seen of it, where its engine is silent now: what has happened stays true, whatever it does meanwhile. Undefined where it was not seen
 * at rest.
 */
function asLastSeen(m: Judged): Judged | undefined {
  const { container, disk, engine } = m.f.seen;
  const i = lastValue(container);
  const read = disk.kind === 'failed' ? disk.last : disk.kind === 'value' ? disk : undefined;
  if (m.f.box !== 'unknown' || m.f.api === 'answers' || i === undefined || i === 'absent' || i.state !== 'exited') return undefined;
  if (i.startedAt === undefined || i.finishedAt === undefined) return undefined;
  const skew = lastValue(engine)?.clockSkewMs ?? 0;
  const [startedAt, finishedAt] = [i.startedAt - skew, i.finishedAt - skew];
  if (!read || read.at < finishedAt) return undefined;
  return { ...m, f: { ...m.f, instance: i, startedAt, finishedAt, rest: read.value } };
}
/** The start of one that works is Docker's word; its engine may be silent while its API answers. */
function withLastStart(m: Judged): Judged {
  const i = lastValue(m.f.seen.container);
  if (m.f.startedAt !== undefined || i === undefined || i === 'absent' || i.startedAt === undefined) return m;
  return { ...m, f: { ...m.f, startedAt: i.startedAt - (lastValue(m.f.seen.engine)?.clockSkewMs ?? 0) } };
}

export function partedAlarm(pair: Pair): readonly Alarm[] {
  const [working, another] = activeOnes(pair);
  const peer = working && peerOf(pair, working);
  if (!working || another || !peer || pair.kind === 'licensed') return [];
  const before = asLastSeen(peer);
  const [active, stopped] = [withLastStart(working), before ?? peer];
  if (lineage(pointOf(active), pointOf(stopped)) !== 'same') return [];
  if ((!before && stopped.f.alive !== 'no') || !workedBeside(active, stopped)) return [];
  const { startedAt = 0, finishedAt = 0 } = stopped.f;
  const params = {
    name: name(stopped.f.member.ref.name),
    active: slotName(active.slot),
    from: time(Math.max(startedAt, active.f.startedAt ?? 0)),
    to: time(finishedAt),
  };
  return [
    {
      code: 'journals-parted',
      // Beside an engine that is silent now, the doubt about now is the louder one.
      tone: before ? 'warn' : 'bad',
      title: say('parted'),
      detail: before ? say('parted.detail.last', params) : say('parted.detail', params),
      slots: [stopped.slot],
      since: finishedAt,
    },
  ];
}
