import { expect, test } from 'vitest';
import type { MemberObservation } from '../../domain/cluster/observation';
import { pairOf } from '../../domain/cluster/pair';
import * as s from '../../domain/cluster/samples.test-support';
import { whichStays } from '../../domain/guard/which-stays';
import { watchRest } from './rested';

const { NOW, disk, exited, idleSays, instance, journal, says, seen, stopped, works } = s;
const MADE = NOW - 9_000_000;
const [IDLE_FROM, IDLE_TO, BACK] = [NOW - 600_000, NOW - 500_000, NOW - 60_000];
const running = (o: object, facts = idleSays): MemberObservation => works('secondary', facts, { createdAt: MADE, ...o });
const ended = (d: ReturnType<typeof disk>, to = IDLE_TO): MemberObservation =>
  stopped('secondary', d, exited('secondary', 0, { createdAt: MADE, startedAt: IDLE_FROM, finishedAt: to }));
const again = running({ startedAt: BACK, endedBefore: IDLE_TO }, says());
const since = (...all: MemberObservation[]) => {
  const rest = watchRest();
  for (const o of all) rest.note(o);
  return rest.since(all.at(-1) as MemberObservation);
};

test('an idle run is rest, so the start after it is the later one beside one that worked all the time', () => {
  const restedSince = since(running({ startedAt: IDLE_FROM }), ended(disk({ flag: true })), again);
  expect(restedSince).toBe(MADE);
  const first = works('primary', says(), { startedAt: NOW - 3_000_000 });
  const decided = (o: MemberObservation) => whichStays(pairOf(s.observation(first, o), NOW))?.stop.slot;
  expect(decided({ ...again, ...(restedSince !== undefined && { restedSince }) })).toBe('secondary');
  expect(decided(again)).toBeUndefined();
});

test('so is a run that refused, and one after the other', () => {
  const refused = ended(disk({ flag: true, journal: journal(), refusal: 'backup-flag' }));
  expect(since({ ...running({ startedAt: IDLE_FROM }), controller: s.unasked }, refused, again)).toBe(MADE);
  const second = { startedAt: IDLE_TO + 1_000, finishedAt: IDLE_TO + 9_000 };
  const twice = since(
    running({ startedAt: IDLE_FROM }),
    ended(disk()),
    running({ startedAt: second.startedAt, endedBefore: IDLE_TO }),
    stopped('secondary', disk(), exited('secondary', 0, second)),
    running({ startedAt: BACK, endedBefore: second.finishedAt }),
  );
  expect(twice).toBe(MADE);
});

test.each([
  ['it was not seen while it ran', [ended(disk())]],
  ['its volumes were not read afterwards', [running({ startedAt: IDLE_FROM })]],
  ['its API was silent', [{ ...running({ startedAt: IDLE_FROM }), controller: s.unasked }, ended(disk())]],
  ['it worked for a while', [running({ startedAt: IDLE_FROM }), running({ startedAt: IDLE_FROM }, says()), ended(disk())]],
  ['it left a journal', [running({ startedAt: IDLE_FROM }), ended(disk({ journal: journal() }))]],
  ['another run came between', [running({ startedAt: IDLE_FROM }), ended(disk(), IDLE_TO - 50_000)]],
  ['its word is of the process before', [{ ...running({ startedAt: IDLE_FROM }), controller: seen(idleSays, 700_000) }, ended(disk())]],
])('no guess: %s', (_why, before) => {
  expect(since(...before, again)).toBe(IDLE_TO);
});

test('nothing is told of a run that was not noted', () => {
  expect(watchRest().since(seen(instance('primary')) && works('primary'))).toBeUndefined();
});
