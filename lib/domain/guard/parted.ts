/**
 * What is left of a split brain once one of the two has stopped: both journals hold events of their own, and neither Controller is right about all orders.
 *
 * Proof: the stopped one wrote its last event itself (within its last run), after the one that works now had been started. Event ids are times in µs
 * (controller-api.md 0.1). Where the one that works was started again since, this cannot be told any more.
 */
import { journalAtRest, lastValue, putThereLater } from '../cluster/facts';
import { activeOnes, type Judged, lineageOfBoth, type Pair, peerOf } from '../cluster/pair';
import type { Alarm } from '../cluster/view';
import { slotName } from '../cluster/words';
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

export function partedAlarm(pair: Pair): readonly Alarm[] {
  const [active, another] = activeOnes(pair);
  const stopped = active && peerOf(pair, active);
  if (!active || another || !stopped || pair.kind === 'licensed' || lineageOfBoth(pair) !== 'same') return [];
  if (stopped.f.alive !== 'no' || !workedBeside(active, stopped)) return [];
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
      tone: 'bad',
      title: say('parted'),
      detail: say('parted.detail', params),
      slots: [stopped.slot],
      since: finishedAt,
    },
  ];
}
