import { expect, it } from 'vitest';
import { backoff, due, jitter, TIMES } from './backoff';
import { createTurns } from './disk-watch';
import { sameEntirely, sameSubstance } from './same';

it('waits longer after each failure, never longer than told', () => {
  const waits = [1, 2, 3, 10, 1000].map((n) => backoff(n, () => 0.5));
  expect(waits.slice(0, 3)).toEqual([500, 1000, 2000]);
  for (const n of [1, 5, 1000]) for (const r of [0, 0.999]) expect(backoff(n, () => r)).toBeLessThanOrEqual(TIMES.maxBackoff);
  expect(jitter(1000, () => 0)).toBe(900);
});
it('is due when a clock was set back', () => {
  expect([due(10, 10), due(9, 10), due(0, 10 * TIMES.disk)]).toEqual([true, false, true]);
});

it('ages and figures are no substance, everything else is', () => {
  const view = (at: number, lastEventId: number, tone: string, more: object = {}) => ({
    verdict: { tone },
    primary: { docker: { freshness: { state: 'fresh', at } }, controller: { lastEventId } },
    ...more,
  });
  expect(sameSubstance(view(1, 1, 'ok'), view(2, 9, 'ok'))).toBe(true);
  expect(sameEntirely(view(1, 1, 'ok'), view(2, 9, 'ok'))).toBe(false);
  expect(sameSubstance(view(1, 1, 'ok'), view(1, 1, 'alarm'))).toBe(false);
  expect(sameSubstance(view(1, 1, 'ok'), view(1, 1, 'ok', { next: {} }))).toBe(false);
  expect(sameSubstance([1, 2], [1, 2, 3])).toBe(false);
  expect(sameSubstance({ a: [] }, { a: {} })).toBe(false);
  // Appearing and vanishing is a change, also of a figure.
  expect(sameSubstance({ lastEventId: 1 }, { other: 1 })).toBe(false);
});

it('takes turns: at most so many at once, each engine for itself, failures give the turn back', async () => {
  const turn = createTurns(2);
  const now: Record<string, number> = {};
  const most: Record<string, number> = {};
  const act = (key: string, fails = false) =>
    turn(key, async () => {
      now[key] = (now[key] ?? 0) + 1;
      most[key] = Math.max(most[key] ?? 0, now[key]);
      await new Promise((r) => setTimeout(r, 1));
      now[key] -= 1;
      if (fails) throw new Error('no');
      return key;
    });
  const done = await Promise.allSettled([...Array.from({ length: 10 }, (_, i) => act('a', i % 2 === 0)), act('b')]);
  expect(done.map((d) => d.status).filter((s) => s === 'fulfilled')).toHaveLength(6);
  expect(most).toEqual({ a: 2, b: 1 });
  expect(await act('a')).toBe('a');
});
