/** What the page tells of JOC Cockpit while a cluster is watched, registered, switched over behind JOC's back, and followed: real emulated programs, the real watcher. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openController } from '../adapters/controller/client';
import { readConfig } from '../adapters/hocon/read-config';
import type { ClusterView } from '../domain/cluster/view';
import type { JocFollow } from '../domain/joc/joc';
import { createWatcher, type Watcher } from '../usecases/observe/watcher';
import { createRunWorld, type RunWorld, until } from './testing/run-world';

const URLS = { primary: ['http://js7-demo-primary:4444'], secondary: ['http://js7-demo-secondary:4444'] };
const FOLLOW: JocFollow = { kind: 'update', urls: URLS };
let w: RunWorld;
let watcher: Watcher;
const failures: unknown[] = [];
beforeEach(async () => {
  w = await createRunWorld();
  watcher = createWatcher({
    ...{ engines: w.world.engines, openController, readConfig, clock: { now: Date.now }, store: w.store },
    onView: () => undefined,
    onFailure: (what, e) => failures.push([what, e]),
    jocOf: w.joc.of,
  });
}, 60_000);
afterEach(async () => {
  watcher.close();
  await w.close();
  expect(failures).toEqual([]);
}, 30_000);

const view = (): ClusterView => {
  const found = watcher.view('demo');
  if (!found) throw new Error('No view');
  return found;
};
const sees = (what: string, holds: (v: ClusterView) => boolean, withinMs = 45_000) =>
  until(() => watcher.view('demo') !== undefined && holds(view()), withinMs).catch(() => {
    const { joc, verdict, guard } = view();
    throw new Error(`Not seen: ${what}\n${JSON.stringify({ joc, verdict, alarms: guard.alarms }, null, 1)}`);
  });
const alarms = (v: ClusterView): string[] => v.guard.alarms.map((a) => a.code);
const proxies = (v: ClusterView): string[] => v.joc?.says.map((s) => s.proxy) ?? [];

test('agrees; a move that JOC was not told of is told with one click to do; followed, all agree again', async () => {
  await until(async () => (await w.jocClient.test({ url: URLS.primary[0] ?? '', controllerId: '' })).ok);
  const registered = await w.jocClient.register({ nodes: [{ url: URLS.primary[0] ?? '', role: 'STANDALONE', title: 'ONE' }], audit: {} });
  expect(registered.ok).toBe(true);
  const joc = { jocId: w.world.jocSettings()[0]?.id ?? '', follow: FOLLOW, captions: { primary: 'ONE', secondary: 'TWO' } };
  const cluster = { ...w.world.demoCluster(), joc };
  w.store.clusters.save(cluster);
  watcher.setClusters([cluster]);
  await sees('all agree', (v) => v.verdict.why.key === 'why.agree.joc' && proxies(v)[0] === 'follows');
  expect(view().joc).toMatchObject({ registered: 'yes', component: 'operational', says: [{ registered: 'this' }, { registered: 'not' }] });
  expect(view().joc?.drift.filter((d) => d.verdict === 'differs')).toEqual([]);

  // As by hand, or with a JOC that was away: the Controller moves, the registration does not.
  const h = w.open({ ctx: ({ joc: _, ...real }) => real });
  w.store.clusters.save(w.world.demoCluster());
  const runId = await w.begin(h, 'primary');
  await h.runner.settled(runId);
  expect(w.state(runId).result).toBe('succeeded');
  await sees('JOC points to the other one', (v) => v.secondary?.role === 'active' && alarms(v).includes('joc-elsewhere'));
  expect(view().joc?.toFollow).toMatchObject({ slot: 'secondary', note: { key: 'joc.to-follow.elsewhere' } });
  expect(view().verdict).toMatchObject({ tone: 'warn', title: { key: 'alarm.joc-elsewhere' } });
  expect(view().joc?.drift.find((d) => d.id === 'url')?.verdict).toBe('differs');

  const startedAt = view().secondary?.controller.startedAt ?? 0;
  const input = {
    cluster,
    live: 'secondary',
    joc,
    controllerStartedAt: startedAt,
    audit: {},
    signal: AbortSignal.timeout(60_000),
  } as const;
  expect((await w.joc.follow(input)).ok).toBe(true);
  await sees('all agree again', (v) => v.verdict.why.key === 'why.agree.joc' && proxies(v)[1] === 'follows' && alarms(v).length === 0);
  expect(view().joc?.toFollow).toBeUndefined();
  const told = w.store.timeline.list('demo', { limit: 50 }).map((e) => e.message.key);
  for (const key of ['alarm.joc-elsewhere', 'event.joc-url', 'event.joc-follows', 'event.over.joc-elsewhere']) expect(told).toContain(key);

  // JOC away and back: unknown meanwhile, never "agrees".
  await w.engine('primary').stop('js7-joc', { timeoutSeconds: 5 });
  await sees('JOC is silent', (v) => v.joc?.freshness.state === 'lost' && v.joc.registered === 'unknown');
  expect(view().verdict.why.key).not.toBe('why.agree.joc');
  await w.engine('primary').start('js7-joc');
  await sees('JOC is back', (v) => v.verdict.why.key === 'why.agree.joc');
}, 240_000);
