/** Journals compared and retired ones purged, on the rehearsal world after a real run. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareJournals } from '../usecases/switchover/journals';
import { listPutAside, purge } from '../usecases/switchover/retired';
import { createRunWorld, type Handover, type RunWorld } from './testing/run-world';

let w: RunWorld;
let h: Handover;
beforeEach(async () => {
  w = await createRunWorld();
  h = w.open();
  const runId = await w.begin(h, 'primary');
  await h.runner.settled(runId);
  expect(w.state(runId).result).toBe('succeeded');
}, 60_000);
afterEach(() => w.close(), 30_000);

test('after a run: the retired journal is the beginning of the one that works, and nothing was started twice', async () => {
  const c = await compareJournals(h.ctx, w.world.demoCluster());
  expect(c).toMatchObject({
    sameLineage: true,
    newer: 'secondary',
    startedByBoth: [],
    primary: { place: 'retired' },
    secondary: { place: 'state' },
  });
  expect([...c.primary.inBoth.values()]).not.toContain('differs');
  expect(c.primary.beyond?.count).toBe(0);
  expect(c.secondary?.beyond?.count).toBeGreaterThan(0);
  const first = c.secondary?.beyond?.events[0];
  expect(c.lastCommon?.eventId).toBeLessThan(first?.eventId ?? 0);
}, 60_000);

test('a retired journal is held for its time, and goes only when the live one has all of it', async () => {
  const cluster = w.world.demoCluster();
  const words = (m: { key: string }) => m.key;
  const young = await listPutAside(h.ctx, cluster, { retentionDays: 30 });
  expect(young.unread).toEqual([]);
  expect(young.found).toMatchObject([
    { slot: 'primary', runId: '1', by: 'm.keller', why: 'test', provedMoved: true, held: { key: 'retired.held.young' } },
  ]);
  const [one] = young.found;
  if (!one) throw new Error('None was found');
  const what = { slot: one.slot, path: one.path };
  expect(await purge(h.ctx, cluster, what, { retentionDays: 30 }, words)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });

  await w.engine('secondary').stop(w.name('secondary'), { timeoutSeconds: 10 });
  expect((await listPutAside(h.ctx, cluster, { retentionDays: 0 })).found).toMatchObject([{ held: { key: 'retired.held.nobody-lives' } }]);
  await w.engine('secondary').start(w.name('secondary'));
  for (const end = Date.now() + 20_000; (await w.live('secondary')) === undefined && Date.now() < end; );

  const files = w.engine('primary').files(w.name('primary'));
  expect((await files.list(one.path)).ok).toBe(true);
  expect(await purge(h.ctx, cluster, what, { retentionDays: 0 }, words)).toMatchObject({ ok: true });
  expect(await files.list(one.path)).toMatchObject({ ok: false, error: { code: 'PATH_NOT_FOUND' } });
  // Only what was put aside: never the journal itself.
  const state = `${one.path.slice(0, one.path.lastIndexOf('/'))}/state`;
  expect(await w.engine('primary').moving(w.name('primary')).purgeRetired(state)).toMatchObject({
    ok: false,
    error: { code: 'BAD_REQUEST' },
  });
}, 60_000);
