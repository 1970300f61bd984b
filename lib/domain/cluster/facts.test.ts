import { describe, expect, test } from 'vitest';
import { fold } from './fold';
import { disk, engine, exited, journal, NOW, observation, seen, stopped, works } from './samples.test-support';

const END = NOW - 60_000;
/** A spare without a fence that ended a minute ago, with an open journal whose newest file was last changed so long after that end; ms. */
function spare(changedAfterEnd: number, clockSkewMs = 0) {
  const file = { name: 'controller--1795476526030000.journal', fileEventId: 1795476526030000, bytes: 73_211 };
  const modifiedAt = END + clockSkewMs + changedAfterEnd;
  const lastEventId = (END - 500 + clockSkewMs) * 1000;
  const at = journal({ ending: 'open', lastEventId, files: [{ ...file, modifiedAt }] });
  const box = exited('secondary', 137, { startedAt: END - 540_000 + clockSkewMs, finishedAt: END + clockSkewMs });
  const member = stopped('secondary', disk({ journal: at }), box);
  if (engine.kind !== 'value') throw new Error('The sample engine is seen.');
  return fold(observation(works('primary'), { ...member, engine: seen({ ...engine.value, clockSkewMs }) }), NOW);
}

describe('a journal in a stopped container whose newest file was changed', () => {
  test.each([
    ['before its end', -10],
    ['within the second of its end, as far as the seconds of a file system tell', -999],
  ])('%s is its own: it was killed at work', (_, after) => {
    expect(spare(after).secondary?.role).toBe('killed');
    expect(spare(after).guard.alarms.map((a) => a.code)).toContain('journals-parted');
  });
  test.each([
    ['half a second after its end', 500],
    ['long after its end', 3_600_000],
  ])('%s was put there: neither killed nor parted', (_, after) => {
    expect(spare(after).secondary?.role).toBe('cold');
    expect(spare(after).guard.alarms.map((a) => a.code)).toEqual(['spare-not-fenced']);
  });
  test.each([3_600_000, -3_600_000])('a clock of the engine that is %i ms off changes nothing of that', (skew) => {
    expect(spare(-10, skew).secondary?.role).toBe('killed');
    expect(spare(500, skew).secondary?.role).toBe('cold');
  });
});
