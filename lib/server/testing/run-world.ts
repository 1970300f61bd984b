/** The runbook on a rehearsal world of its own: real emulated Controllers as processes, real journals, the real log of runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openJoc } from '../../adapters/joc/client';
import { type OpenRehearsalWorld, openRehearsalWorld } from '../../adapters/rehearsal/world';
import { openStore } from '../../adapters/store/open';
import type { Slot } from '../../domain/cluster/cluster';
import type { RunEvent } from '../../domain/switchover/events';
import { foldRun, type RunState } from '../../domain/switchover/state';
import type { Engine } from '../../ports/engine';
import type { JocClient } from '../../ports/joc';
import type { RunLog } from '../../ports/runs';
import type { Store } from '../../ports/store';
import { followJoc } from '../../usecases/joc/follow';
import type { RunContext, RunJoc } from '../../usecases/switchover/context';
import { makePlan } from '../../usecases/switchover/make-plan';
import { createRunner, type Runner } from '../../usecases/switchover/runner';
import { createRunContext } from '../run-context';

export interface Handover {
  readonly ctx: RunContext;
  readonly runner: Runner;
  close(): Promise<void>;
}
interface Tampered {
  readonly self?: string;
  /** The log as this Handover sees it. */
  readonly runs?: (real: RunLog) => RunLog;
  readonly engine?: (real: Engine) => Engine;
  readonly changed?: (runId: string) => void;
  /** What else of its surroundings it sees otherwise. */
  readonly ctx?: (real: RunContext) => RunContext;
}

export interface RunWorld {
  readonly world: OpenRehearsalWorld;
  readonly store: Store;
  /** Another Handover on the same world and the same log. Closed with the world. */
  open(o?: Tampered): Handover;
  /** Begins a run and does not wait. */
  begin(h: Handover, from: Slot): Promise<string>;
  state(runId: string): RunState;
  events(runId: string): readonly RunEvent[];
  /** JournalId of the Controller that answers there; undefined where none does. */
  live(slot: Slot): Promise<string | undefined>;
  engine(slot: Slot): Engine;
  /** Its JOC Cockpit, as root. */
  readonly jocClient: JocClient;
  /** How every Handover here tells it; patient for a second only. */
  readonly joc: RunJoc;
  name(slot: Slot): string;
  close(): Promise<void>;
}

export async function createRunWorld(o: { readonly agentAttached?: boolean; readonly ordersPerMinute?: number } = {}): Promise<RunWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'handover-runs-'));
  const world = await openRehearsalWorld({
    ...{ dataDir, emulatorsDir: join(process.cwd(), 'e2e/emulators') },
    ...{ startMs: 0, stopMs: 0, orders: 5, ordersPerMinute: 0, ...o },
  });
  const { store } = openStore({ dataDir, keyFile: join(dataDir, 'key') });
  store.clusters.save(world.demoCluster());
  const opened = new Set<Handover>();
  const member = (slot: Slot) => {
    const m = world.demoCluster()[slot];
    if (!m) throw new Error(`No ${slot}`);
    return m;
  };
  const engineAt = (id: string) => world.engines.find((e) => e.id === id);
  const [settings] = world.jocSettings();
  if (!settings) throw new Error('No JOC Cockpit');
  const jocClient = openJoc(settings);
  const joc: RunJoc = {
    of: (id) => (id === settings.id ? { client: jocClient, settings } : undefined),
    follow: followJoc({
      clock: { now: Date.now },
      client: (id) => (id === settings.id ? jocClient : undefined),
      settings: (id) => (id === settings.id ? settings : undefined),
      engine: engineAt,
      sleep: (ms, signal) => delay(ms, undefined, { signal }),
      remember(id, joc) {
        const cluster = store.clusters.get(id);
        if (cluster) store.clusters.save({ ...cluster, joc });
      },
    }),
    patienceMs: 1_000,
  };
  const self: RunWorld = {
    world,
    store,
    jocClient,
    joc,
    open(o = {}) {
      const real = createRunContext({
        store: o.runs ? { ...store, runs: o.runs(store.runs) } : store,
        clock: { now: Date.now },
        engine: (id) => {
          const real = engineAt(id);
          return real && (o.engine?.(real) ?? real);
        },
        joc,
        ...(o.self !== undefined && { self: o.self }),
        changed: (runId) => o.changed?.(runId),
        progress: () => undefined,
      });
      const ctx = o.ctx?.(real) ?? real;
      const runner = createRunner(ctx);
      const h: Handover = {
        ctx,
        runner,
        async close() {
          opened.delete(h);
          await runner.close();
          await real.close();
        },
      };
      opened.add(h);
      return h;
    },
    async begin(h, from) {
      const cluster = store.clusters.get(world.demoCluster().id) ?? world.demoCluster();
      const plan = await makePlan(h.ctx, cluster, from, store.runs.nextId());
      if (!plan.ok) throw new Error(plan.error.message);
      const started = h.runner.start(plan.value, { who: 'm.keller', reason: 'test' });
      if (!started.ok) throw new Error(started.error.message);
      return started.value;
    },
    state: (runId) => foldRun(store.runs.events(runId)),
    events: (runId) => store.runs.events(runId),
    async live(slot) {
      const h = self.open();
      const seen = await h.ctx.controller(world.demoCluster(), slot)?.look();
      await h.close();
      return seen?.ok ? seen.value.journalId : undefined;
    },
    engine(slot) {
      const engine = engineAt(member(slot).ref.engineId);
      if (!engine) throw new Error(`No engine of the ${slot}`);
      return engine;
    },
    name: (slot) => member(slot).ref.name,
    async close() {
      for (const h of [...opened]) await h.close();
      await jocClient.close();
      store.close();
      await world.close({ stopAll: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  await until(async () => (await self.live('primary')) !== undefined);
  return self;
}

export async function until(holds: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<void> {
  for (const end = Date.now() + withinMs; !(await holds()); ) {
    if (Date.now() > end) throw new Error('Not in time');
    await new Promise((wake) => setTimeout(wake, 20));
  }
}
