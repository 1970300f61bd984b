import 'server-only';
import type { Cluster, ClusterId, Slot } from '../../domain/cluster/cluster';
import { fold } from '../../domain/cluster/fold';
import type { ClusterObservation, ObservedRun } from '../../domain/cluster/observation';
import { changes } from '../../domain/cluster/timeline';
import type { ClusterView, TimelineEvent } from '../../domain/cluster/view';
import type { EngineInfo } from '../../domain/engine/engine';
import { problem } from '../../domain/errors';
import type { Instance } from '../../domain/instance/instance';
import type { Millis, Reading } from '../../domain/reading';
import { err, type Result } from '../../domain/result';
import type { Clock } from '../../ports/clock';
import type { ReadConfig } from '../../ports/config';
import type { OpenController } from '../../ports/controller';
import type { Engine } from '../../ports/engine';
import type { Store } from '../../ports/store';
import { type Random, TIMES } from './backoff';
import { createTurns } from './disk-watch';
import { type EngineWatch, watchEngine } from './engine-watch';
import { type JocOf, watchJocs } from './joc-watch';
import { acceptedLineage, learnLineage } from './lineage';
import { type MemberDeps, type MemberWatch, watchMember } from './member-watch';
import { sameEntirely, sameSubstance } from './same';
import { findStrangers } from './strangers';

export interface WatcherDeps {
  readonly engines: readonly Engine[];
  readonly openController: OpenController;
  readonly readConfig: ReadConfig;
  readonly clock: Clock;
  readonly store: Pick<Store, 'clusters' | 'timeline'>;
  /** At once when the picture changes (`changed`), at most every 5 s when only ages and figures go on (`figures`). */
  readonly onView: (view: ClusterView, why: 'changed' | 'figures') => void;
  readonly onTimeline?: (clusterId: ClusterId, events: readonly TimelineEvent[]) => void;
  /** The state of an engine changed. */
  readonly onEngines?: (engines: readonly EngineStatus[]) => void;
  /** What went wrong inside, for the log: the watcher itself goes on. */
  readonly onFailure?: (what: string, error: unknown) => void;
  readonly random?: Random;
  /** The cluster's run without an end, as its log tells it. Asked at every view: it must be cheap. */
  readonly runOf?: (id: ClusterId) => ObservedRun | undefined;
  /** The saved JOC Cockpits. */
  readonly jocOf?: JocOf;
}
export interface EngineStatus {
  readonly id: string;
  readonly info: Reading<EngineInfo>;
  /** Its events are being received. */
  readonly connected: boolean;
}
export interface Watcher {
  /** What is to be watched from now on. What stays the same goes on undisturbed. */
  setEngines(engines: readonly Engine[]): void;
  setClusters(clusters: readonly Cluster[]): void;
  views(): readonly ClusterView[];
  view(id: ClusterId): ClusterView | undefined;
  observation(id: ClusterId): ClusterObservation | undefined;
  engines(): readonly EngineStatus[];
  engine(id: string): Engine | undefined;
  /** All containers of all engines as last seen. */
  instances(): readonly Instance[];
  /** Asks every source of a cluster now and tells what is seen then. Undefined: no such cluster. */
  refresh(id: ClusterId): Promise<ClusterView | undefined>;
  /** A stop was asked for: the instance is shown as stopping, and looked at closely. `failed` takes it back. */
  expectStop(id: ClusterId, slot: Slot, failed?: boolean): void;
  /** Something was started: look closely. */
  expectStart(id: ClusterId, slot: Slot): void;
  /** What is told of its run has changed: judge anew from the same readings. */
  judgeAgain(id: ClusterId): void;
  /** What lives now is what is expected from now on. The only way in which a known lineage changes. */
  acceptLineage(id: ClusterId): Result<void>;
  close(): void;
}

interface Watched {
  cluster: Cluster;
  readonly members: Map<Slot, MemberWatch>;
  view?: ClusterView;
  told?: { view: ClusterView; at: Millis };
  /** Last view that rests on something: timelines compare with it. */
  base?: ClusterView;
  status?: { name: string; since: Millis };
  dirty: boolean;
}

/** Watches clusters: one set of connections per Controller and engine, one beat for all, a new view on every change. It changes nothing outside (I8). */
export function createWatcher(deps: WatcherDeps): Watcher {
  const { clock, store } = deps;
  const now = () => clock.now();
  const fail = (what: string, e: unknown) => deps.onFailure?.(what, e);
  const random = deps.random ?? Math.random;
  const memberDeps: MemberDeps = {
    openController: deps.openController,
    readConfig: deps.readConfig,
    now,
    random,
    turn: createTurns(4),
    diskEvery,
    onFailure: fail,
  };
  const engines = new Map<string, EngineWatch>();
  const clusters = new Map<ClusterId, Watched>();
  const jocs = watchJocs({
    jocOf: deps.jocOf ?? (() => undefined),
    now,
    random,
    onFailure: fail,
    onChange(jocId, controllerId) {
      for (const w of clusters.values()) if (w.cluster.joc?.jocId === jocId && w.cluster.controllerId === controllerId) dirty(w);
    },
  });
  const strangers = findStrangers(instances, () => {
    lastFold = 0;
  });
  let flushing = false;
  let closed = false;
  let lastFold = 0;
  let engineTold = '';

  function instances(): readonly Instance[] {
    return [...engines.values()].flatMap((e) => e.instances());
  }
  const membersPerEngine = new Map<string, number>();
  function diskEvery(engineId: string): number {
    return Math.max(TIMES.disk, TIMES.diskShare * (membersPerEngine.get(engineId) ?? 0));
  }
  const membersAt = (engineId: string, name?: string) =>
    [...clusters.values()].flatMap((w) =>
      [...w.members.values()]
        .filter((m) => m.member.ref.engineId === engineId && (name === undefined || m.member.ref.name === name))
        .map((m) => ({ w, m })),
    );

  function dirty(w: Watched): void {
    w.dirty = true;
    if (flushing || closed) return;
    flushing = true;
    // All that is learned in one turn makes one view.
    queueMicrotask(flush);
  }
  function dirtyAll(): void {
    for (const w of clusters.values()) dirty(w);
  }
  function flush(): void {
    flushing = false;
    for (const w of clusters.values()) {
      if (!w.dirty) continue;
      w.dirty = false;
      try {
        look(w);
      } catch (e) {
        fail(`the view of ${w.cluster.id}`, e);
      }
    }
  }

  function observe(w: Watched): ClusterObservation {
    const secondary = w.members.get('secondary');
    const primary = w.members.get('primary') as MemberWatch;
    const ids = [...w.members.values()].map((m) => m.member.ref.engineId);
    const names = Object.fromEntries(ids.flatMap((id) => (engines.has(id) ? [[id, (engines.get(id) as EngineWatch).engine.name]] : [])));
    const o: ClusterObservation = {
      cluster: w.cluster,
      primary: primary.observation(),
      ...(secondary && { secondary: secondary.observation() }),
      strangers: strangers.of(w.cluster),
      world: engines.get(primary.member.ref.engineId)?.engine.world ?? 'docker',
      engineNames: names,
    };
    const name = stateName(o);
    if (name !== undefined && name !== w.status?.name) w.status = { name, since: now() };
    const run = deps.runOf?.(w.cluster.id);
    const joc = jocs.observe(w.cluster);
    return { ...o, ...(w.status && { statusSince: w.status.since }), ...(run && { run }), ...(joc && { joc }) };
  }

  function look(w: Watched): void {
    const at = now();
    const view = fold(observe(w), at);
    w.view = view;
    const learned = learnLineage(w.cluster, view);
    if (learned) {
      w.cluster = learned;
      save(learned);
      dirty(w);
    }
    const changed = !w.told || !sameSubstance(w.told.view, view);
    if (changed || (at - (w.told?.at ?? 0) >= TIMES.figures && !sameEntirely(w.told?.view, view))) {
      w.told = { view, at };
      deps.onView(view, changed ? 'changed' : 'figures');
    }
    if (changed && [...w.members.values()].every((m) => m.known())) narrate(w, view, at);
  }

  function narrate(w: Watched, view: ClusterView, at: Millis): void {
    const events: TimelineEvent[] = [];
    try {
      for (const change of changes(w.base, view, at)) events.push(store.timeline.append(w.cluster.id, change));
    } catch (e) {
      fail(`the timeline of ${w.cluster.id}`, e);
    }
    w.base = view;
    if (events.length > 0) deps.onTimeline?.(w.cluster.id, events);
  }

  function save(c: Cluster): void {
    try {
      // Only this one field: the admin may have edited the others meanwhile.
      const stored = store.clusters.get(c.id);
      if (stored && c.expectedJournalId !== undefined) store.clusters.save({ ...stored, expectedJournalId: c.expectedJournalId });
    } catch (e) {
      fail(`saving the lineage of ${c.id}`, e);
    }
  }

  function addEngine(engine: Engine): void {
    const watch = watchEngine(engine, {
      now,
      random,
      onChange(name) {
        if (engines.get(engine.id) !== watch) return;
        for (const { w, m } of membersAt(engine.id, name)) {
          m.onContainer();
          dirty(w);
        }
        tellEngines();
      },
      wanted: (name) => membersAt(engine.id, name).length > 0,
      onFailure: fail,
      onEvent(e) {
        for (const { m } of membersAt(engine.id, e.instance)) m.onEvent(e);
      },
    });
    engines.set(engine.id, watch);
    watch.tick(now());
  }
  const statuses = (): EngineStatus[] => [...engines.values()].map((e) => ({ id: e.engine.id, info: e.info(), connected: e.connected() }));
  function tellEngines(): void {
    const list = statuses();
    const told = JSON.stringify(
      list.map((e) => [
        e.id,
        e.connected,
        e.info.kind,
        e.info.kind === 'failed' && e.info.error,
        e.info.kind === 'value' && [e.info.value.version, e.info.value.apiVersion],
      ]),
    );
    if (told !== engineTold) {
      engineTold = told;
      deps.onEngines?.(list);
    }
  }

  function tick(): void {
    const at = now();
    for (const e of engines.values()) e.tick(at);
    for (const w of clusters.values()) for (const m of w.members.values()) m.tick(at);
    jocs.tick([...clusters.values()].map((w) => w.cluster));
    if (at - lastFold < TIMES.fold && at >= lastFold) return;
    lastFold = at;
    beatStrangers(at);
    dirtyAll();
  }
  const beatStrangers = (at: Millis) =>
    strangers.tick(
      at,
      [...clusters.values()].map((w) => w.cluster),
      new Map([...engines].map(([id, e]) => [id, e.engine])),
    );
  const timer = setInterval(() => {
    try {
      tick();
    } catch (e) {
      fail('the beat', e);
    }
  }, TIMES.tick);
  timer.unref?.();

  const watcher: Watcher = {
    setEngines(list) {
      const wanted = new Set(list);
      for (const [id, e] of engines) {
        if (wanted.has(e.engine)) continue;
        e.close();
        engines.delete(id);
      }
      for (const engine of list) if (!engines.has(engine.id)) addEngine(engine);
      tellEngines();
      dirtyAll();
    },
    setClusters(list) {
      const wanted = new Set(list.map((c) => c.id));
      for (const [id, w] of clusters) {
        if (wanted.has(id)) continue;
        for (const m of w.members.values()) m.close();
        clusters.delete(id);
      }
      membersPerEngine.clear();
      for (const c of list)
        for (const m of [c.primary, c.secondary])
          if (m) membersPerEngine.set(m.ref.engineId, (membersPerEngine.get(m.ref.engineId) ?? 0) + 1);
      for (const cluster of list) {
        const w = clusters.get(cluster.id) ?? { cluster, members: new Map<Slot, MemberWatch>(), dirty: false };
        w.cluster = cluster;
        clusters.set(cluster.id, w);
        for (const slot of ['primary', 'secondary'] as const) {
          const [member, running] = [cluster[slot], w.members.get(slot)];
          if (running && member && sameEntirely(running.member, member)) continue;
          running?.close();
          w.members.delete(slot);
          if (running) delete w.base;
          if (member)
            w.members.set(
              slot,
              watchMember(
                member,
                () => engines.get(member.ref.engineId),
                memberDeps,
                () => dirty(w),
              ),
            );
        }
        for (const m of w.members.values()) m.tick(now());
        dirty(w);
      }
    },
    views: () => [...clusters.values()].flatMap((w) => w.view ?? []),
    view: (id) => clusters.get(id)?.view,
    observation(id) {
      const w = clusters.get(id);
      return w && observe(w);
    },
    engines: statuses,
    engine: (id) => engines.get(id)?.engine,
    instances,
    async refresh(id) {
      const w = clusters.get(id);
      if (!w) return undefined;
      // Third copies count, too: the engines are asked for all that they have.
      const at = new Set([...w.members.values()].map((m) => m.member.ref.engineId));
      await Promise.all([...at].map((engineId) => engines.get(engineId)?.lookAtAll()));
      await Promise.all([...[...w.members.values()].map((m) => m.look()), jocs.look(w.cluster)]);
      beatStrangers(now());
      look(w);
      return w.view;
    },
    expectStop(id, slot, failed) {
      const w = clusters.get(id);
      const m = w?.members.get(slot);
      if (!w || !m) return;
      if (failed) m.stopFailed();
      else m.expectStop();
      dirty(w);
    },
    expectStart(id, slot) {
      clusters.get(id)?.members.get(slot)?.hurry();
    },
    judgeAgain(id) {
      const w = clusters.get(id);
      if (!w) return;
      jocs.hurry(w.cluster);
      dirty(w);
    },
    acceptLineage(id) {
      const w = clusters.get(id);
      if (!w?.view) return err(problem('NOT_FOUND', 'There is no such cluster.'));
      const accepted = acceptedLineage(w.cluster, w.view);
      if (!accepted.ok) return accepted;
      const stored = store.clusters.get(id) ?? accepted.value;
      store.clusters.save({
        ...stored,
        ...(accepted.value.expectedJournalId !== undefined && { expectedJournalId: accepted.value.expectedJournalId }),
      });
      w.cluster = accepted.value;
      dirty(w);
      return { ok: true, value: undefined };
    },
    close() {
      closed = true;
      clearInterval(timer);
      jocs.close();
      for (const e of engines.values()) e.close();
      for (const w of clusters.values()) for (const m of w.members.values()) m.close();
    },
  };
  for (const engine of deps.engines) addEngine(engine);
  return watcher;
}

/** Name of the cluster state that the active node reports, else of any that reports one. */
function stateName(o: ClusterObservation): string | undefined {
  const states = [o.primary, o.secondary].flatMap((m) =>
    m?.controller.kind === 'value' && m.controller.value.node.kind === 'state' ? [m.controller.value.node.state] : [],
  );
  const active = states.find((s) => (s.clusterState.type === 'Empty' ? !s.isBackup : s.clusterState.activeId === s.nodeId));
  return (active ?? states[0])?.clusterState.name;
}
