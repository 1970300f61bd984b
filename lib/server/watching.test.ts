import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openController } from '../adapters/controller/client';
import { readConfig } from '../adapters/hocon/read-config';
import { type OpenRehearsalWorld, openRehearsalWorld } from '../adapters/rehearsal/world';
import type { Cluster } from '../domain/cluster/cluster';
import type { ClusterView, TimelineEvent } from '../domain/cluster/view';
import { en } from '../domain/text/en';
import { startInstance, stopInstance } from '../usecases/clusters/act';
import { discoverCandidates } from '../usecases/clusters/discover';
import { testCluster } from '../usecases/clusters/test-cluster';
import { createWatcher, type Watcher } from '../usecases/observe/watcher';

/** The watcher and the acts of a person, on the rehearsal world with emulated Controllers: nothing in between is a double. One story, told in order. */
let dataDir: string;
let world: OpenRehearsalWorld;
let watcher: Watcher;
let cluster: Cluster;
const told: { view: ClusterView; at: number }[] = [];
const events: TimelineEvent[] = [];
const roles = () => [watcher.view(cluster.id)?.primary.role, watcher.view(cluster.id)?.secondary?.role];
const shows = (...expected: (string | undefined)[]) =>
  vi.waitFor(() => expect(roles()).toEqual(expected), { timeout: 15_000, interval: 20 });
const alarms = () => watcher.view(cluster.id)?.guard.alarms.map((a) => a.code) ?? [];
const acts = () => ({ watcher, openController, words: (m: { key: string }) => en[m.key] ?? m.key });

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'handover-watching-'));
  world = await openRehearsalWorld({ dataDir, startMs: 0, stopMs: 0, orders: 3, ordersPerMinute: 0 });
  cluster = world.demoCluster();
  watcher = createWatcher({
    engines: world.engines,
    openController,
    readConfig,
    clock: { now: Date.now },
    store: {
      clusters: { all: () => [cluster], get: () => cluster, save: (c) => void Object.assign(cluster, c), remove: () => {} },
      timeline: { append: (_id, e) => ({ ...e, id: events.push(e as TimelineEvent) }), list: () => events },
    },
    onView: (view) => told.push({ view, at: performance.now() }),
    onFailure: (what, e) => expect.fail(`${what}: ${e}`),
  });
  watcher.setClusters([cluster]);
}, 60_000);
afterAll(async () => {
  watcher?.close();
  await world?.close({ stopAll: true });
  rmSync(dataDir, { recursive: true, force: true });
}, 30_000);

it('sees the pair as it is, and learns its lineage', async () => {
  await shows('active', 'fenced');
  const view = watcher.view(cluster.id);
  expect(view?.world).toBe('rehearsal');
  expect(view?.verdict.tone).toBe('ok');
  expect(alarms()).toEqual([]);
  await vi.waitFor(() => expect(cluster.expectedJournalId).toMatch(/^[\w-]{22}$/));
}, 30_000);

it('finds its containers for whoever adds them, and passes them', async () => {
  const found = (
    await Promise.all(world.engines.map((e) => discoverCandidates({ openController, clusters: [] }, e, { kind: 'rehearsal' })))
  ).flatMap((r) => (r.ok ? r.value : []));
  expect(found.map((c) => c.controllerId)).toEqual(['demo', 'demo']);
  expect(found.map((c) => c.answered !== undefined)).toEqual([true, false]);
  expect(found[0]?.urls).toContain(cluster.primary.access.url);
  const deps = {
    openController,
    readConfig,
    engine: watcher.engine,
    engineSettings: () => undefined,
    clusters: [],
    instances: watcher.instances(),
  };
  const tested = await testCluster(deps, { primary: cluster.primary, ...(cluster.secondary && { secondary: cluster.secondary }) });
  expect(tested.checks.filter((c) => c.result === 'block' || c.result === 'unknown')).toEqual([]);
  expect(tested.controllerId).toBe('demo');
}, 30_000);

it('shows a kill as what it is, within half a second', async () => {
  told.length = 0;
  const begun = performance.now();
  await world.act([{ do: 'kill', slot: 'primary' }]);
  await vi.waitFor(() => expect(told.some((t) => t.view.primary.alive === 'no')).toBe(true), { timeout: 10_000, interval: 5 });
  const seen = told.find((t) => t.view.primary.alive === 'no');
  expect((seen?.at ?? 0) - begun).toBeLessThan(500);
  await shows('killed', 'fenced');
  expect(alarms()).toContain('nobody-active');
}, 30_000);

it('does not start the fenced one, but the one whose journal it is', async () => {
  expect(await startInstance(acts(), cluster.id, 'secondary')).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  expect((await startInstance(acts(), cluster.id, 'primary')).ok).toBe(true);
  await shows('active', 'fenced');
  expect(alarms()).toEqual([]);
}, 30_000);

it('two alive is an alarm at once', async () => {
  await world.act([
    { do: 'unfence', slot: 'secondary', journalOf: 'primary' },
    { do: 'start', slot: 'secondary' },
  ]);
  await shows('active', 'active');
  expect(alarms()).toContain('two-alive');
  expect(watcher.view(cluster.id)?.verdict.tone).toBe('alarm');
  expect((await stopInstance(acts(), cluster.id, 'secondary', { timeoutSeconds: 20 })).ok).toBe(true);
  await vi.waitFor(() => expect(alarms()).not.toContain('two-alive'), { timeout: 10_000 });
  expect(watcher.view(cluster.id)?.secondary?.alive).toBe('no');
  await vi.waitFor(() => expect(watcher.view(cluster.id)?.secondary?.disk.journal?.ending).toBe('proper'), { timeout: 10_000 });
}, 60_000);

it('an engine that is lost makes its instance unknown, and only that', async () => {
  await world.act([{ do: 'socket', engine: 'spare-engine', gone: true }]);
  await vi.waitFor(() => expect(watcher.view(cluster.id)?.secondary?.alive).toBe('unknown'), { timeout: 15_000 });
  expect(roles()[0]).toBe('active');
  await world.act([{ do: 'socket', engine: 'spare-engine', gone: false }]);
  await vi.waitFor(() => expect(watcher.view(cluster.id)?.secondary?.alive).toBe('no'), { timeout: 15_000 });
}, 60_000);

it('told all of that in the timeline', () => {
  expect(events.map((e) => e.message.key)).toEqual(
    expect.arrayContaining(['event.killed', 'event.active', 'event.engine-lost', 'event.engine-back']),
  );
  for (const e of events) expect(en[e.message.key], e.message.key).toBeDefined();
});
