import { expect, test } from 'vitest';
import type { ClusterObservation } from '../cluster/observation';
import { NOW, observation, says, works } from '../cluster/samples.test-support';
import { FRESH_MS } from '../reading';
import { STANDS_MS, stopWhich } from './stop-which';

/** The Primary was started long after the Secondary, from a journal that stopped growing long ago: two kinds of evidence. */
const two = (o: Partial<ClusterObservation> = {}, on = true): ClusterObservation => {
  const base = observation(
    works('primary', says({}, [1795476501000000]), { startedAt: NOW - 60_000 }),
    works('secondary', says({}, [1795476501000000, 1795476525000000]), { startedAt: NOW - 3_000_000 }),
  );
  return { ...base, ...o, cluster: { ...base.cluster, guardStops: on } };
};
/** The same, read anew at a later time. */
const at = (o: ClusterObservation, ms: number): ClusterObservation => {
  const again = (m: NonNullable<ClusterObservation['secondary']>) => ({
    ...m,
    container: m.container.kind === 'value' ? { ...m.container, at: m.container.at + ms } : m.container,
    controller: m.controller.kind === 'value' ? { ...m.controller, at: m.controller.at + ms } : m.controller,
  });
  return { ...o, primary: again(o.primary), ...(o.secondary && { secondary: again(o.secondary) }) };
};
const after = (o: ClusterObservation, ms = STANDS_MS) => stopWhich(at(o, ms), NOW + ms, stopWhich(o, NOW, undefined).standing);

test('names the one that must not live, after ten seconds in fresh readings', () => {
  expect(stopWhich(two(), NOW, undefined)).toMatchObject({ standing: { slot: 'primary', since: NOW } });
  expect(stopWhich(two(), NOW, undefined).stop).toBeUndefined();
  expect(after(two(), STANDS_MS - 1).stop).toBeUndefined();
  expect(after(two()).stop?.slot).toBe('primary');
  expect(after(two()).stop?.reasons.length).toBeGreaterThanOrEqual(2);
});

test('off at first, and never within a run, beside a third one, or with one alive', () => {
  expect(after(two({}, false))).toEqual({});
  const run = { runId: '7', from: 'primary', mode: 'forward', phase: 'asking', step: 'start', number: 10, of: 12 } as const;
  expect(after(two({ run }))).toEqual({});
  expect(after(two({ strangers: [{ ref: { engineId: 'docker-b', name: 'third' }, running: true }] }))).toEqual({});
});

test('nothing where the readings are old, or one kind of evidence is all there is, or it contradicts itself', () => {
  expect(stopWhich(two(), NOW + FRESH_MS + 2_000, stopWhich(two(), NOW, undefined).standing)).toEqual({});
  const one = observation(
    works('primary', says(), { startedAt: NOW - 60_000 }),
    works('secondary', says(), { startedAt: NOW - 3_000_000 }),
  );
  expect(after({ ...one, cluster: { ...one.cluster, guardStops: true } })).toEqual({});
  const [early, late] = [(NOW - 90_000_000) * 1000, (NOW - 61_000) * 1000];
  const again = observation(
    works('primary', says({}, [early]), { startedAt: NOW - 3_600_000 }),
    works('secondary', says({}, [late]), { startedAt: NOW - 60_000, endedBefore: NOW - 61_000 }),
  );
  expect(after({ ...again, cluster: { ...again.cluster, guardStops: true } })).toEqual({});
  const odd = observation(
    works('primary', says({}, [1795476525000000]), { startedAt: NOW - 60_000 }),
    works('secondary', says({}, [1795476501000000]), { startedAt: NOW - 3_000_000 }),
  );
  expect(after({ ...odd, cluster: { ...odd.cluster, guardStops: true } })).toEqual({});
});

test('the ten seconds begin anew when a container was started again', () => {
  const { standing } = stopWhich(two(), NOW, undefined);
  const restarted = observation(
    works('primary', says({}, [1795476501000000]), { startedAt: NOW - 5_000 }),
    works('secondary', says({}, [1795476501000000, 1795476525000000]), { startedAt: NOW - 3_000_000 }),
  );
  const later = stopWhich(at({ ...restarted, cluster: { ...restarted.cluster, guardStops: true } }, STANDS_MS), NOW + STANDS_MS, standing);
  expect(later.stop).toBeUndefined();
  expect(later.standing?.since).toBe(NOW + STANDS_MS);
});
