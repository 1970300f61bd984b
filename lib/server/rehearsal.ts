import 'server-only';
import type { Logger } from 'pino';
import { openRehearsalWorld } from '../adapters/rehearsal/world';
import type { Fault, Snapshot } from '../contract/api';
import type { ClusterView } from '../domain/cluster/view';
import { problem } from '../domain/errors';
import { err, ok, type Result } from '../domain/result';
import type { Clock } from '../ports/clock';
import type { Engine } from '../ports/engine';
import type { Store } from '../ports/store';
import { introduce, openDesk, type RehearsalDesk } from '../usecases/rehearsal/rehearsal';
import type { Env } from './env';
import type { Hub } from './hub';
import type { Live } from './live';
import type { Runtime } from './runtime';

/** The rehearsal world and its desk, bound to the hub. */
export interface Rehearsal {
  engine(id: string): Engine | undefined;
  readonly desk: RehearsalDesk;
  readonly clusterId: string;
  /** Of each new view: exercises move on by it. */
  noteView(view: ClusterView): void;
  /** After a reset the world is another one: settings and lineage are read anew. */
  bind(live: Live): void;
  /** The demo's timeline may have a new line. */
  told(): void;
  close(): Promise<void>;
}

/** Opens the world in the data folder (made at the first start) and makes its engines and cluster known to the store. Its containers start behind that: pages need not wait. */
export async function startRehearsal(o: { env: Env; store: Store; clock: Clock; hub: Hub; log: Logger }): Promise<Rehearsal> {
  const { store, clock, hub } = o;
  const onStartFailure = (e: unknown) => o.log.error({ err: e }, 'the rehearsal world did not start whole');
  const world = await openRehearsalWorld({ dataDir: o.env.dataDir, onStartFailure });
  introduce(world, store);
  let live: Live | undefined;
  const tell = () => hub.put('rehearsal', desk.state(), clock.now());
  const desk = openDesk({ world, store, clock, changed: () => tell() });
  const stop = world.onChange(tell);
  tell();
  return {
    desk,
    clusterId: world.demoCluster().id,
    engine: (id) => world.engines.find((e) => e.id === id),
    noteView: (view) => void desk.noteView(view),
    bind: (to) => {
      live = to;
    },
    told: () => {
      live?.reload();
      live?.tellTimeline(world.demoCluster().id);
      // Volumes are read once a minute: a fence that is taken off or a disk that is filled would show long after the click.
      live?.watcher.refresh(world.demoCluster().id).catch((e: unknown) => o.log.error({ err: e }, 'the rehearsal world was not looked at'));
    },
    async close() {
      stop();
      await world.close({ stopAll: true });
    },
  };
}

const off = err(
  problem('NOT_FOUND', 'This Handover has no rehearsal world.', {
    remedy: 'Start one of its own with HANDOVER_REHEARSAL=on, or with `npm run demo`.',
  }),
);

export function rehearsalSnapshot(runtime: Runtime): Result<Extract<Snapshot, { topic: 'rehearsal' }>> {
  const snapshot = runtime.hub.read.snapshot('rehearsal');
  return snapshot ? ok(snapshot) : off;
}

export async function setFault({ rehearsal }: Runtime, fault: Fault, on: boolean, who: string): Promise<Result<void>> {
  if (!rehearsal) return off;
  const done = await rehearsal.desk.setFault(fault, on, who);
  rehearsal.told();
  return done;
}

export async function resetRehearsal({ rehearsal, runs }: Pick<Runtime, 'rehearsal' | 'runs'>, who: string): Promise<Result<void>> {
  if (!rehearsal) return off;
  const run = runs.openRun(rehearsal.clusterId);
  if (run !== undefined) {
    const remedy = 'Continue it, undo it, or take it over by hand first: its world would be gone.';
    return err(problem('CONFLICT', `Run ${run} of the rehearsal has no end yet.`, { remedy }));
  }
  const done = await rehearsal.desk.reset(who);
  rehearsal.told();
  return done;
}
