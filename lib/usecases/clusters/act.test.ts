import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cluster } from '../../domain/cluster/cluster';
import type { ControllerFacts } from '../../domain/controller/controller';
import { problem } from '../../domain/errors';
import { err, ok } from '../../domain/result';
import { en } from '../../domain/text/en';
import type { OpenController } from '../../ports/controller';
import type { Engine } from '../../ports/engine';
import { FakeEngine, properJournal } from '../observe/fake-engine.test-support';
import { createWatcher, type Watcher } from '../observe/watcher';
import { type ActDeps, startInstance, stopInstance } from './act';

const cluster: Cluster = {
  id: 'c',
  name: 'Demo',
  controllerId: 'demo',
  createdAt: 0,
  primary: { ref: { engineId: 'a', name: 'p' }, access: { url: 'http://p' } },
  secondary: { ref: { engineId: 'a', name: 's' }, access: { url: 'http://s' } },
};
/** A world of two containers on one engine: a Controller answers where its container runs. `leads`: which container an address leads to. */
let fake: FakeEngine;
let engine: Engine;
let watcher: Watcher;
let deps: ActDeps;
let leads: Record<string, string>;
let shutDowns: string[];
let lock: Awaited<ReturnType<Engine['inspectLock']>>;

beforeEach(() => {
  fake = new FakeEngine('a');
  fake.put('p', { startedAt: Date.now() - 600_000 });
  fake.put('s', { state: 'exited', exitCode: 0, finishedAt: Date.now() - 500_000 });
  for (const n of ['p', 's']) fake.file(n, '/js7/config/controller.conf', 'x');
  for (const [name, text] of Object.entries(properJournal())) fake.file('p', `/js7/state/${name}`, text);
  fake.file('s', '/js7/state/lock', '1');
  leads = { 'http://p': 'p', 'http://s': 's' };
  shutDowns = [];
  lock = ok('free');
  engine = { ...fake.engine(), inspectLock: async () => lock };
  const openController: OpenController = ({ url }) => ({
    resetAgent: async () => ok(undefined),
    look: async () => {
      const c = fake.containers.get(leads[url] ?? '');
      if (c?.state !== 'running') return err(problem('CONTROLLER_UNREACHABLE', 'refused'));
      const facts: ControllerFacts = {
        url,
        journal: { lastEventId: 5, tornEventId: 0, files: [] },
        journalId: 'ID-A',
        overview: { controllerId: 'demo', version: '2.9.0', startedAt: c.startedAt ?? 0 },
        node: { kind: 'state', state: { nodeId: 'Primary', isBackup: false, clusterState: { type: 'Empty', name: 'Empty' } } },
        ready: true,
        tls: 'none',
        latencyMs: 1,
      };
      return ok(facts);
    },
    follow: (o) => new Promise((resolve) => o.signal.addEventListener('abort', () => resolve(ok('aborted')))),
    checkAccess: async () => ok('public'),
    agents: async () => ok([]),
    shutDown: async () => {
      shutDowns.push(leads[url] ?? '');
      return ok(undefined);
    },
    close: async () => {},
  });
  watcher = createWatcher({
    engines: [engine],
    openController,
    readConfig: async () => ok({ isBackup: false, publicAccess: true }),
    clock: { now: Date.now },
    onView: () => {},
    store: {
      clusters: { all: () => [], get: () => undefined, save: () => {}, remove: () => {} },
      timeline: { append: (_c, e) => ({ ...e, id: 1 }), list: () => [] },
    },
  });
  watcher.setClusters([cluster]);
  deps = { watcher, openController, words: (m) => en[m.key] ?? m.key };
});
afterEach(() => watcher.close());

describe('stop', () => {
  it('asks the Controller, stops the container, and proves it', async () => {
    const r = await stopInstance(deps, 'c', 'primary', { timeoutSeconds: 30 });
    expect(r).toMatchObject({ ok: true, value: { primary: { alive: 'no' } } });
    expect(shutDowns).toEqual(['p']);
    expect(fake.count('stop')).toBe(1);
  });
  it('never ends the other one through a wrong address', async () => {
    fake.put('s', { state: 'running', startedAt: Date.now() - 700_000 });
    leads['http://s'] = 'p';
    await stopInstance(deps, 'c', 'secondary', { timeoutSeconds: 30 });
    expect(shutDowns).toEqual([]);
    expect(fake.calls.filter((c) => c.startsWith('stop'))).toEqual(['stop s']);
    expect(fake.containers.get('p')?.state).toBe('running');
  });
  it('refuses what does not run, and while a run has the cluster', async () => {
    expect(await stopInstance(deps, 'c', 'secondary', { timeoutSeconds: 30 })).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    lock = ok({ key: 'c', token: 't', owner: {}, takenAt: 0 });
    expect(await stopInstance(deps, 'c', 'primary', { timeoutSeconds: 30 })).toMatchObject({ ok: false, error: { code: 'LOCK_HELD' } });
    expect(fake.count('stop')).toBe(0);
  });
});

describe('start', () => {
  it('refuses while the other may live', async () => {
    const r = await startInstance(deps, 'c', 'secondary');
    expect(r).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect(fake.count('start')).toBe(0);
  });
  it('looks anew before it decides', async () => {
    await stopInstance(deps, 'c', 'primary', { timeoutSeconds: 30 });
    // Somebody starts the other one, and no event tells.
    fake.put('s', { state: 'running', startedAt: Date.now() });
    expect(await startInstance(deps, 'c', 'primary')).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect(fake.count('start')).toBe(0);
  });
  it('starts the one whose journal it is, and tells what is seen then', async () => {
    await stopInstance(deps, 'c', 'primary', { timeoutSeconds: 30 });
    expect(await startInstance(deps, 'c', 'primary')).toMatchObject({ ok: true, value: { primary: { role: 'active' } } });
    expect(fake.count('start')).toBe(1);
  });
  it('two who press at once start it once', async () => {
    await stopInstance(deps, 'c', 'primary', { timeoutSeconds: 30 });
    const both = await Promise.all([startInstance(deps, 'c', 'primary'), startInstance(deps, 'c', 'primary')]);
    expect(both.map((r) => r.ok)).toEqual([true, false]);
    expect(fake.count('start')).toBe(1);
  });
});

it('an unknown cluster or instance', async () => {
  expect(await startInstance(deps, 'nope', 'primary')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
});
