import { describe, expect, expectTypeOf, it } from 'vitest';
import type { RehearsalAnswer } from '../../contract/api';
import type { Cluster } from '../../domain/cluster/cluster';
import type { ClusterView } from '../../domain/cluster/view';
import type { EngineSettings } from '../../domain/engine/engine';
import type { JocSettings } from '../../domain/joc/joc';
import type { RehearsalAct, RehearsalFacts } from '../../domain/rehearsal/faults';
import { ok } from '../../domain/result';
import { begin, drive, last, upTo } from '../../domain/switchover/drive.test-support';
import type { RunEvent } from '../../domain/switchover/events';
import type { RehearsalWorld } from '../../ports/rehearsal';
import type { Store } from '../../ports/store';
import { introduce, openDesk, type RehearsalState } from './rehearsal';

const CLUSTER: Cluster = {
  id: 'demo',
  name: 'demo',
  controllerId: 'demo',
  createdAt: 1,
  primary: { ref: { engineId: 'docker-a', name: 'P' }, access: { url: 'http://127.0.0.1:1' } },
  secondary: { ref: { engineId: 'docker-b', name: 'S' }, access: { url: 'http://127.0.0.1:2' } },
};
const JOC: JocSettings = { id: 'demo-joc', name: 'demo JOC', url: 'http://127.0.0.1:3', user: 'root', password: 'root', createdAt: 1 };
function rig() {
  const acts: RehearsalAct[] = [];
  let facts: RehearsalFacts = {
    members: { primary: { name: 'P', running: true, flagged: false }, secondary: { name: 'S', running: false, flagged: true } },
    marks: {},
  };
  const world = {
    engineSettings: () => [{ id: 'docker-a', name: 'docker-a', address: { kind: 'rehearsal' } }],
    demoCluster: () => CLUSTER,
    jocSettings: () => [JOC],
    startedAt: () => 7,
    look: () => facts,
    act: async (a: readonly RehearsalAct[]) => {
      acts.push(...a);
      return ok(undefined);
    },
    reset: async () => ok(undefined),
  } as unknown as RehearsalWorld;
  const clusters = new Map<string, Cluster>();
  const engines = new Map<string, EngineSettings>();
  const known = new Map<string, string>();
  const timeline: unknown[] = [];
  /** Runs that have ended, the last one first. */
  const runs: [id: string, events: readonly RunEvent[]][] = [];
  const jocs = new Map<string, JocSettings>();
  const store = {
    clusters: { get: (id: string) => clusters.get(id), save: (c: Cluster) => clusters.set(c.id, c) },
    engines: { get: (id: string) => engines.get(id), save: (e: EngineSettings) => engines.set(e.id, e) },
    jocs: { get: (id: string) => jocs.get(id), save: (j: JocSettings) => jocs.set(j.id, j) },
    timeline: { append: (_: string, e: unknown) => timeline.push(e) },
    runs: {
      list: () => runs.map((run) => ({ runId: run[0], clusterId: 'demo', startedAt: 10, open: false })),
      events: (id: string) => runs.find((run) => run[0] === id)?.[1],
    },
    facts: { get: (k: string) => known.get(k), set: (k: string, v: string) => known.set(k, v) },
  } as unknown as Store;
  let changes = 0;
  introduce(world, store);
  const desk = () => openDesk({ world, store, clock: { now: () => 100 }, changed: () => changes++ });
  return { world, store, acts, runs, clusters, jocs, timeline, desk, changes: () => changes, set: (f: RehearsalFacts) => (facts = f) };
}
const view = (role: string, alive: string, ...alarms: string[]) =>
  ({
    id: 'demo',
    primary: { slot: 'primary', role, alive, docker: { freshness: { state: 'fresh' } }, disk: { freshness: { state: 'fresh' } } },
    guard: { alarms: alarms.map((code) => ({ code })) },
  }) as unknown as ClusterView;

describe('the rehearsal desk', () => {
  it('answers in the form of the contract', () => expectTypeOf<RehearsalState>().toExtend<RehearsalAnswer>());

  it('provokes a fault once, and writes down who did what to whom', async () => {
    const r = rig();
    expect(await r.desk().setFault('kill-active', true, 'ada')).toEqual({ ok: true, value: undefined });
    expect(r.acts.map((a) => a.do)).toEqual(['mark', 'kill']);
    expect(r.timeline).toEqual([
      {
        at: 100,
        kind: 'rehearsal',
        who: 'ada',
        message: { key: 'rehearsal.event.kill-active.on', params: { name: { as: 'name', value: 'P' } } },
      },
    ]);
    expect(r.changes()).toBe(1);
  });

  it('names the engine where a fault concerns one', async () => {
    const r = rig();
    await r.desk().setFault('lose-engine', true);
    expect(r.timeline).toMatchObject([{ message: { params: { name: { value: 'docker-b' } } } }]);
  });

  it('refuses what is not possible now and writes nothing', async () => {
    const r = rig();
    r.set({
      members: { primary: { name: 'P', running: false, flagged: false }, secondary: { name: 'S', running: false, flagged: true } },
      marks: {},
    });
    expect(await r.desk().setFault('kill-active', true)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect([r.acts, r.timeline]).toEqual([[], []]);
  });

  it('keeps the progress of exercises over a restart', () => {
    const r = rig();
    const first = r.desk();
    expect(first.noteView(view('cold', 'no', 'nobody-active')), 'the world is only just being started').toBe(false);
    expect(first.noteView(view('active', 'yes'))).toBe(false);
    expect(first.noteView(view('cold', 'no', 'nobody-active'))).toBe(true);
    const later = r.desk();
    expect(later.state().exercises[0]).toMatchObject({ state: 'current', hint: { key: 'rehearsal.watch.1' } });
    expect(later.noteView(view('active', 'yes'))).toBe(true);
    expect(later.noteView(view('active', 'yes'))).toBe(false);
    expect(later.state().exercises[0]).toMatchObject({ state: 'done' });
  });

  it('a reset forgets the lineage, and two at once are one', async () => {
    const r = rig();
    r.clusters.set('demo', { ...CLUSTER, expectedJournalId: 'old' });
    const desk = r.desk();
    const both = [desk.reset('ada'), desk.reset('bob')];
    expect(desk.state().resetting).toBe(true);
    await Promise.all(both);
    expect(desk.state().resetting).toBe(false);
    expect(r.clusters.get('demo')).toEqual(CLUSTER);
    expect(r.timeline).toHaveLength(1);
  });

  it('introduces JOC Cockpit once: one that an admin removed stays removed; another address is learned', () => {
    const r = rig();
    expect([...r.jocs.values()]).toEqual([JOC]);
    r.jocs.set(JOC.id, { ...JOC, url: 'http://127.0.0.1:9' });
    introduce(r.world, r.store);
    expect(r.jocs.get(JOC.id)).toEqual(JOC);
    r.jocs.delete(JOC.id);
    introduce(r.world, r.store);
    expect(r.jocs.size).toBe(0);
  });
  it('after a reset nobody is registered, and the members are those of the world', async () => {
    const r = rig();
    const made = { ref: { engineId: 'docker-b', name: 'made' }, access: { url: 'http://127.0.0.1:8' } };
    const joc = { jocId: JOC.id, follow: { kind: 'front', url: 'http://front' }, captions: {} } as const;
    r.clusters.set('demo', { ...CLUSTER, name: 'mine', expectedJournalId: 'old', joc, secondary: made });
    await r.desk().reset();
    expect(r.clusters.get('demo')).toEqual({ ...CLUSTER, name: 'mine' });
  });
  it('introduces the cluster once: one that an admin removed stays removed; another address is learned', () => {
    const r = rig();
    expect(r.clusters.get('demo')).toEqual(CLUSTER);
    r.clusters.delete('demo');
    introduce(r.world, r.store);
    expect(r.clusters.size).toBe(0);
    r.clusters.set('demo', { ...CLUSTER, createdAt: 5, primary: { ...CLUSTER.primary, access: { url: 'http://127.0.0.1:9' } } });
    introduce(r.world, r.store);
    expect(r.clusters.get('demo')).toEqual({ ...CLUSTER, createdAt: 5 });
  });

  it('a run that was done moves the exercise on; one that is undone, or has a log that nobody can read, does not', () => {
    const r = rig();
    const desk = r.desk();
    const seen = () => {
      desk.noteView(moved);
      return desk.state().exercises.find((e) => e.id === 'switch');
    };
    const moved = {
      ...view('fenced', 'no'),
      secondary: {
        slot: 'secondary',
        role: 'active',
        alive: 'yes',
        docker: { freshness: { state: 'fresh' } },
        disk: { freshness: { state: 'fresh' } },
      },
    } as unknown as ClusterView;
    r.runs.push(['1', upTo('shut-down').events.slice(1)]);
    expect(seen()?.hint.key).toBe('rehearsal.switch.0');
    r.runs.unshift(['2', last(drive(begin())).events]);
    expect(seen()?.hint.key).toBe('rehearsal.switch.1');
  });
});
