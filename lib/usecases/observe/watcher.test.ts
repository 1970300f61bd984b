import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Cluster } from '../../domain/cluster/cluster';
import type { ClusterView, TimelineEvent } from '../../domain/cluster/view';
import type { ControllerFacts } from '../../domain/controller/controller';
import { type Problem, problem } from '../../domain/errors';
import { err, ok } from '../../domain/result';
import type { ControllerClient, ControllerEvent, OpenController } from '../../ports/controller';
import { FakeEngine, properJournal } from './fake-engine.test-support';
import { createWatcher, type Watcher } from './watcher';

const refused = problem('CONTROLLER_UNREACHABLE', 'refused');
const facts = (o: Partial<ControllerFacts> = {}): ControllerFacts => ({
  url: 'http://p',
  journal: { lastEventId: 5, tornEventId: 0, files: [] },
  journalId: 'ID-A',
  overview: { controllerId: 'demo', version: '2.9.0', startedAt: 1 },
  node: { kind: 'state', state: { nodeId: 'Primary', isBackup: false, clusterState: { type: 'Empty', name: 'Empty' } } },
  ready: true,
  tls: 'none',
  latencyMs: 1,
  ...o,
});
/** Controllers in memory: what each URL answers, and who was asked how often. */
class FakeControllers {
  readonly answers = new Map<string, ControllerFacts | Problem>();
  readonly looks: { url: string; full: boolean; at: number }[] = [];
  readonly opened: string[] = [];
  readonly closed: string[] = [];
  readonly streams = new Map<string, { onEvent(e: ControllerEvent): void; end(): void }>();
  readonly open: OpenController = ({ url }): ControllerClient => {
    this.opened.push(url);
    return {
      resetAgent: async () => ok(undefined),
      look: async (o) => {
        this.looks.push({ url, full: o?.full ?? true, at: Date.now() });
        const a = this.answers.get(url) ?? refused;
        return 'code' in a ? err(a) : ok(a);
      },
      follow: (o) =>
        new Promise((resolve) => {
          this.streams.set(url, { onEvent: o.onEvent, end: () => resolve(ok('ended')) });
          o.signal.addEventListener('abort', () => resolve(ok('aborted')));
        }),
      checkAccess: async () => ok('public'),
      agents: async () => ok([]),
      shutDown: async () => ok(undefined),
      close: async () => void this.closed.push(url),
    };
  };
}

let a: FakeEngine;
let b: FakeEngine;
let controllers: FakeControllers;
let watcher: Watcher;
let told: { view: ClusterView; why: string; at: number }[];
let stored: Map<string, Cluster>;
let events: TimelineEvent[];
let failures: string[];
/** What controller.conf says now. */
let isBackup = false;
const cluster: Cluster = {
  id: 'c',
  name: 'Demo',
  controllerId: 'demo',
  createdAt: 0,
  primary: { ref: { engineId: 'a', name: 'p' }, access: { url: 'http://p' } },
  secondary: { ref: { engineId: 'b', name: 's' }, access: { url: 'http://s' } },
};
const roles = () => {
  const v = watcher.view('c');
  return [v?.primary.role, v?.secondary?.role];
};
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 24) });
  a = new FakeEngine('a');
  b = new FakeEngine('b');
  a.put('p');
  b.put('s', { state: 'exited', exitCode: 0, finishedAt: Date.now() - 500_000 });
  b.file('s', '/js7/config/controller.conf', '');
  b.file('s', '/js7/state/lock', '1');
  controllers = new FakeControllers();
  controllers.answers.set('http://p', facts());
  isBackup = false;
  told = [];
  events = [];
  failures = [];
  stored = new Map([['c', cluster]]);
  watcher = createWatcher({
    engines: [a.engine(), b.engine()],
    openController: controllers.open,
    readConfig: async () => ok({ isBackup, publicAccess: true }),
    clock: { now: Date.now },
    random: () => 0.5,
    store: {
      clusters: {
        all: () => [...stored.values()],
        get: (id) => stored.get(id),
        save: (c) => void stored.set(c.id, c),
        remove: (id) => void stored.delete(id),
      },
      timeline: { append: (_id, e) => ({ ...e, id: events.push(e as TimelineEvent) }), list: () => events },
    },
    onView: (view, why) => told.push({ view, why, at: Date.now() }),
    onFailure: (what) => failures.push(what),
  });
  watcher.setClusters([cluster]);
  await settle(1000);
  told.length = 0;
});
afterEach(() => {
  watcher.close();
  vi.useRealTimers();
  expect(failures).toEqual([]);
});

describe('what is seen', () => {
  it('both instances from all sources', () => {
    expect(roles()).toEqual(['active', 'cold']);
    expect(watcher.view('c')?.secondary?.disk.stateEmpty).toBe(true);
    expect(watcher.engines().map((e) => [e.id, e.info.kind, e.connected])).toEqual([
      ['a', 'value', true],
      ['b', 'value', true],
    ]);
  });

  it('a death is told at once, without waiting for a beat', async () => {
    for (const [name, text] of Object.entries(properJournal())) a.file('p', `/js7/state/${name}`, text);
    a.put('p', { state: 'exited', exitCode: 137, finishedAt: Date.now() });
    controllers.answers.set('http://p', refused);
    a.emit('died', 'p');
    await settle(0);
    expect(watcher.view('c')?.primary.alive).toBe('no');
    expect(told[0]?.why).toBe('changed');
    await settle(250);
    expect(watcher.view('c')?.primary.disk.journal?.ending).toBe('proper');
  });

  it('a refresh tells what lies in the volumes after it was asked for, also where they are just being read', async () => {
    let letGo: (() => void) | undefined;
    // The reading that is under way stands still once it has read the configuration.
    b.hold = (call) => (call === 'space' ? new Promise<void>((go) => (letGo = go)) : undefined);
    b.emit('died', 's');
    b.put('s', { finishedAt: Date.now() });
    await settle(300);
    expect(letGo).toBeDefined();
    isBackup = true;
    const asked = watcher.refresh('c');
    await settle(300);
    b.hold = undefined;
    letGo?.();
    await settle(300);
    await asked;
    expect(roles()).toEqual(['active', 'fenced']);
  });

  it('stays fresh while nothing happens, and tells mere ages rarely', async () => {
    await settle(60_000);
    expect(watcher.view('c')?.primary.docker.freshness.state).toBe('fresh');
    expect(watcher.view('c')?.primary.controller.freshness.state).toBe('fresh');
    // The volumes of a stopped one are read once a minute: that reading ages and is fresh again.
    expect(told.filter((t) => t.why === 'changed').map((t) => t.view.secondary?.disk.freshness.state)).toEqual(['ageing', 'fresh']);
    expect(told.length).toBeGreaterThan(10);
    expect(told.length).toBeLessThan(18);
  });

  it('an engine that is gone makes its instances unknown, and only those', async () => {
    b.down = problem('ENGINE_UNREACHABLE', 'gone');
    b.connection(false);
    await settle(500);
    expect(roles()).toEqual(['active', 'unknown']);
    b.down = undefined;
    b.connection(true);
    await settle(500);
    expect(roles()).toEqual(['active', 'cold']);
  });

  it('asks a dead engine less and less, at least every 10 s', async () => {
    b.down = problem('ENGINE_UNREACHABLE', 'gone');
    b.connection(false);
    await settle(60_000);
    b.calls.length = 0;
    await settle(60_000);
    expect(b.count('describe')).toBeGreaterThanOrEqual(5);
    expect(b.count('describe')).toBeLessThanOrEqual(8);
  });

  it('a change that no event told is found by the list', async () => {
    b.put('s', { state: 'running', startedAt: Date.now() });
    await settle(20_000);
    expect(watcher.view('c')?.secondary?.alive).toBe('yes');
  });

  it('a removed container is absent', async () => {
    b.containers.delete('s');
    b.emit('destroyed', 's');
    await settle(500);
    expect(roles()).toEqual(['active', 'absent']);
  });

  it('an answer never replaces that of a later question', async () => {
    const engine = b.engine();
    const inspect = engine.inspect;
    let release = () => {};
    let held = true;
    const slow = Object.assign(engine, {
      inspect: async (name: string) => {
        const r = await inspect(name);
        if (held) {
          held = false;
          await new Promise<void>((resolve) => {
            release = resolve;
          });
        }
        return r;
      },
    });
    watcher.setEngines([watcher.engine('a') as never, slow]);
    await settle(1000);
    b.emit('started', 's');
    await settle(10);
    b.put('s', { state: 'running', startedAt: Date.now() });
    await settle(20_000);
    expect(watcher.view('c')?.secondary?.alive).toBe('yes');
    release();
    await settle(10);
    expect(watcher.view('c')?.secondary?.alive).toBe('yes');
  });
});

describe('how often is asked', () => {
  it('one client per Controller; alive every 2 s, state every 5 s, a stopped one every 10 s', async () => {
    controllers.looks.length = 0;
    await settle(60_000);
    const of = (url: string) => controllers.looks.filter((l) => l.url === url);
    expect(controllers.opened).toEqual(['http://p', 'http://s']);
    expect(of('http://p').length).toBeGreaterThan(24);
    expect(of('http://p').length).toBeLessThan(34);
    expect(of('http://p').filter((l) => l.full).length).toBeLessThanOrEqual(13);
    expect(of('http://s').length).toBeLessThanOrEqual(7);
    expect(b.count('logs')).toBeLessThanOrEqual(3);
  });

  it('quickly after a start', async () => {
    b.put('s', { state: 'running', startedAt: Date.now() });
    b.emit('started', 's');
    controllers.looks.length = 0;
    await settle(5000);
    expect(controllers.looks.filter((l) => l.url === 'http://s').length).toBeGreaterThan(15);
    controllers.answers.set('http://s', facts());
    await settle(300);
    expect(roles()).toEqual(['active', 'active']);
    expect(watcher.view('c')?.verdict.tone).toBe('alarm');
  });

  it('at once when its stream tells something, or ends', async () => {
    controllers.answers.set('http://p', facts({ ready: false, node: { kind: 'not-ready' } }));
    controllers.streams.get('http://p')?.onEvent({ eventId: 1, type: 'ClusterCoupled', json: '{}' });
    await settle(0);
    expect(watcher.view('c')?.primary.controller.node?.kind).toBe('not-ready');
    controllers.answers.set('http://p', refused);
    controllers.streams.get('http://p')?.end();
    await settle(0);
    expect(watcher.view('c')?.primary.controller.error).toBeDefined();
  });

  it('a thousand events of other containers do not make a thousand questions', async () => {
    a.calls.length = 0;
    for (let i = 0; i < 1000; i++) a.emit('died', `other-${i}`);
    await settle(3000);
    expect(a.calls.length).toBeLessThan(10);
  });
});

describe('stopping', () => {
  it('is shown from the signal to the end, and not of a SIGKILL', async () => {
    a.emit('killed', 'p', { signal: 9 });
    await settle(0);
    expect(roles()[0]).toBe('active');
    a.emit('killed', 'p', { signal: 15 });
    await settle(0);
    expect(roles()[0]).toBe('stopping');
    a.put('p', { state: 'exited', exitCode: 143, finishedAt: Date.now() });
    controllers.answers.set('http://p', refused);
    a.emit('died', 'p');
    await settle(10);
    expect(roles()[0]).not.toBe('stopping');
  });
  it('a signal that was no stop is forgotten', async () => {
    a.emit('killed', 'p');
    await settle(20_000);
    expect(roles()[0]).toBe('active');
  });
});

describe('lineage', () => {
  it('is learned from the first active one and kept', async () => {
    expect(stored.get('c')?.expectedJournalId).toBe('ID-A');
    controllers.answers.set('http://p', facts({ journalId: 'ID-B' }));
    await settle(10_000);
    expect(stored.get('c')?.expectedJournalId).toBe('ID-A');
    expect(watcher.view('c')?.guard.alarms.map((x) => x.code)).toContain('unexpected-lineage');
  });
  it('changes only when it is accepted', async () => {
    controllers.answers.set('http://p', facts({ journalId: 'ID-B' }));
    await settle(10_000);
    expect(watcher.acceptLineage('c')).toMatchObject({ ok: true });
    expect(stored.get('c')?.expectedJournalId).toBe('ID-B');
    await settle(10);
    expect(watcher.view('c')?.guard.alarms.map((x) => x.code)).not.toContain('unexpected-lineage');
  });
  it('a third copy elsewhere is found', async () => {
    b.put('old', { state: 'exited', finishedAt: 1, env: { RUN_JS_ID: 'demo' } });
    b.put('unrelated', { env: { RUN_JS_ID: 'other' } });
    for (const [name, text] of Object.entries(properJournal())) b.file('old', `/js7/state/${name}`, text);
    b.emit('created', 'old');
    await settle(4000);
    expect(watcher.observation('c')?.strangers).toEqual([{ ref: { engineId: 'b', name: 'old' }, running: false, journalId: 'ID-A' }]);
  });
});

describe('adapters that break their promise not to throw', () => {
  it('end nothing: it is told, and asked again', async () => {
    let broken = true;
    const engine = {
      ...a.engine(),
      inspect: a.engine().inspect,
      describe: async () => (broken ? Promise.reject(new Error('bug')) : a.engine().describe()),
    };
    watcher.setEngines([engine, watcher.engine('b') as never]);
    await settle(6000);
    expect(failures.length).toBeGreaterThan(0);
    expect(watcher.view('c')?.primary.docker.freshness.state).toBe('never');
    broken = false;
    await settle(6000);
    expect(watcher.view('c')?.primary.docker.freshness.state).toBe('fresh');
    failures.length = 0;
  });
});

describe('third copies', () => {
  it('the same Docker under two names makes none', async () => {
    b.put('p', { id: 'p-id' });
    b.emit('created', 'p');
    await settle(4000);
    expect(watcher.observation('c')?.strangers).toEqual([]);
  });
});

describe('the timeline', () => {
  it('tells changes, and nothing of what was there at the start', async () => {
    expect(events).toEqual([]);
    a.put('p', { state: 'exited', exitCode: 137, finishedAt: Date.now() });
    controllers.answers.set('http://p', refused);
    a.emit('died', 'p');
    await settle(1000);
    expect(events.map((e) => e.kind)).toContain('stop');
    expect(events.map((e) => e.kind)).toContain('alarm');
  });
});

describe('clusters and engines come and go', () => {
  it('an edited member gets a new client, the other keeps its own', async () => {
    watcher.setClusters([{ ...cluster, secondary: { ref: { engineId: 'b', name: 's' }, access: { url: 'http://s2' } } }]);
    expect(controllers.opened).toEqual(['http://p', 'http://s', 'http://s2']);
    expect(controllers.closed).toEqual(['http://s']);
  });
  it('what is removed is not asked any more', async () => {
    watcher.setClusters([]);
    watcher.setEngines([]);
    expect(controllers.closed).toEqual(['http://p', 'http://s']);
    expect([a.watched, b.watched]).toEqual([false, false]);
    const before = [controllers.looks.length, a.calls.length];
    await settle(30_000);
    expect([controllers.looks.length, a.calls.length]).toEqual(before);
    expect(watcher.views()).toEqual([]);
  });
  it('an engine that is not configured makes its instance unknown', async () => {
    watcher.setEngines([watcher.engine('a') as never]);
    await settle(500);
    expect(roles()).toEqual(['active', 'unknown']);
  });
  it('goes on when the clock is set back', async () => {
    vi.setSystemTime(Date.now() - 3_600_000);
    a.calls.length = 0;
    controllers.looks.length = 0;
    await settle(10_000);
    expect(a.count('describe')).toBeGreaterThan(0);
    expect(controllers.looks.filter((l) => l.url === 'http://p').length).toBeGreaterThan(2);
  });
});
