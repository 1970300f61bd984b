/** Set-ups on a rehearsal world of its own: real emulated Controllers as processes, the real log. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenRehearsalWorld, openRehearsalWorld } from '../../adapters/rehearsal/world';
import { openStore } from '../../adapters/store/open';
import type { SetupEvent } from '../../domain/setup/setup';
import { foldSetup, type SetupState } from '../../domain/setup/state';
import type { Wanted } from '../../domain/setup/wanted';
import type { Engine } from '../../ports/engine';
import type { SetupLog } from '../../ports/setups';
import type { Store } from '../../ports/store';
import type { SetupContext } from '../../usecases/setup/context';
import { type PreparedSetup, prepareSetup, setupChoicesOf } from '../../usecases/setup/prepare';
import { createSetupRunner, type SetupRunner } from '../../usecases/setup/runner';
import { createSetupContext } from '../setups/context';

export interface Maker {
  readonly ctx: SetupContext;
  readonly runner: SetupRunner;
  close(): Promise<void>;
}
export interface SetupTampered {
  readonly self?: string;
  readonly setups?: (real: SetupLog) => SetupLog;
  readonly engine?: (real: Engine) => Engine;
  readonly ctx?: (real: SetupContext) => SetupContext;
}
export interface SetupTestWorld {
  readonly world: OpenRehearsalWorld;
  readonly store: Store;
  open(o?: SetupTampered): Maker;
  engine(id: string): Engine;
  /** The proposal of create-secondary for an engine. */
  propose(engineId: string): Promise<Extract<Wanted, { kind: 'create-secondary' }>>;
  /** The proposal of create-both for an engine. */
  prepareBoth(engineId: string): Promise<Extract<Wanted, { kind: 'create-both' }>>;
  prepare(wanted: Wanted): Promise<PreparedSetup>;
  /** Begins and does not wait. */
  begin(m: Maker, wanted: Wanted): Promise<string>;
  state(setupId: string): SetupState;
  events(setupId: string): readonly SetupEvent[];
  /** Everything on both engines, as one text: what it was before must be what it is after an undo. */
  inventory(): Promise<string>;
  close(): Promise<void>;
}

/** The demo's Primary in a cluster `pay` that has no Secondary yet. */
export async function createSetupWorld(): Promise<SetupTestWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'handover-setup-'));
  const world = await openRehearsalWorld({
    dataDir,
    emulatorsDir: join(process.cwd(), 'e2e/emulators'),
    startMs: 0,
    stopMs: 0,
    orders: 5,
    ordersPerMinute: 0,
  });
  const { store } = openStore({ dataDir, keyFile: join(dataDir, 'key') });
  for (const e of world.engineSettings()) store.engines.save(e);
  const { secondary: _s, ...single } = world.demoCluster();
  store.clusters.save({ ...single, id: 'pay', name: 'pay' });
  const opened = new Set<Maker>();
  const engineAt = (id: string) => world.engines.find((e) => e.id === id);
  const self: SetupTestWorld = {
    world,
    store,
    open(o = {}) {
      const real = createSetupContext({
        store: o.setups ? { ...store, setups: o.setups(store.setups) } : store,
        clock: { now: Date.now },
        engine: (id) => {
          const found = engineAt(id);
          return found && (o.engine?.(found) ?? found);
        },
        self: o.self ?? 'test',
        derive: (purpose) => createHash('sha256').update(purpose).digest('hex'),
        busy: () => undefined,
        reload: () => undefined,
        changed: () => undefined,
        progress: () => undefined,
      });
      const ctx = o.ctx?.(real) ?? real;
      const runner = createSetupRunner(ctx);
      const m: Maker = {
        ctx,
        runner,
        async close() {
          opened.delete(m);
          await runner.close();
        },
      };
      opened.add(m);
      return m;
    },
    engine(id) {
      const engine = engineAt(id);
      if (!engine) throw new Error(`No engine ${id}`);
      return engine;
    },
    async propose(engineId) {
      const m = self.open();
      const choices = await setupChoicesOf(m.ctx, 'pay');
      await m.close();
      const found = choices.ok ? choices.value.proposals.find((p) => p.kind === 'create-secondary' && p.engineId === engineId) : undefined;
      if (found?.kind !== 'create-secondary') throw new Error(`No proposal for ${engineId}: ${JSON.stringify(choices)}`);
      return found;
    },
    async prepareBoth(engineId) {
      const m = self.open();
      const choices = await setupChoicesOf(m.ctx, undefined);
      await m.close();
      const found = choices.ok
        ? choices.value.proposals.find((p) => p.kind === 'create-both' && p.primary.engineId === engineId)
        : undefined;
      if (found?.kind !== 'create-both') throw new Error(`No proposal for ${engineId}: ${JSON.stringify(choices)}`);
      return found;
    },
    async prepare(wanted) {
      const m = self.open();
      const prepared = await prepareSetup(m.ctx, wanted, { setupId: 'preview', newClusterId: 'both' });
      await m.close();
      return prepared;
    },
    async begin(m, wanted) {
      const setupId = store.setups.nextId();
      const p = await prepareSetup(m.ctx, wanted, { setupId, newClusterId: 'both' });
      if (!p.plan.ok) throw new Error(p.plan.error.message);
      if (!p.ready) throw new Error(JSON.stringify(p.checks.filter((c) => c.result === 'block' || c.result === 'unknown')));
      const started = m.runner.start(p.plan.value, { hash: p.hash, who: 'm.keller' });
      if (!started.ok) throw new Error(started.error.message);
      return started.value;
    },
    state: (setupId) => foldSetup(store.setups.events(setupId)),
    events: (setupId) => store.setups.events(setupId),
    async inventory() {
      const of = async (e: Engine) => {
        const [list, volumes, networks] = await Promise.all([e.list(), e.making.volumes(), e.making.networks()]);
        if (!list.ok || !volumes.ok || !networks.ok) throw new Error(`${e.id} does not answer`);
        return [
          ...list.value.map((i) => `container ${i.name} ${i.restartPolicy.name}`),
          ...volumes.value.map((v) => `volume ${v.name}`),
          ...networks.value.map((n) => `network ${n.name}`),
        ].map((l) => `${e.id} ${l}`);
      };
      return (await Promise.all(world.engines.map(of))).flat().sort().join('\n');
    },
    async close() {
      for (const m of [...opened]) await m.close();
      store.close();
      await world.close({ stopAll: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return self;
}
