import 'server-only';
import { BY_ITSELF } from '../domain/audit';
import type { ClusterId } from '../domain/cluster/cluster';
import { type Standing, stopWhich } from '../domain/guard/stop-which';
import { append } from './audit';
import { stopInstance } from './instances';
import { wording } from './runs/wording';
import type { Runtime } from './runtime';

const EVERY_MS = 1_000;
/** After a try, whatever came of it: a person may want to look first. */
const REST_MS = 60_000;
const STOP_SECONDS = 120;

/** Where a cluster's settings allow it: stops the one of two that must not live, ShutDown first, and says so. Returns the way to end it. */
export function startGuardStops(runtime: () => Runtime): () => void {
  const standing = new Map<ClusterId, Standing>();
  const rests = new Map<ClusterId, number>();
  const beat = () => {
    const { store, live, clock, log } = runtime();
    for (const cluster of store.clusters.all()) {
      const now = clock.now();
      const seen = cluster.guardStops === true && now >= (rests.get(cluster.id) ?? 0) ? live.watcher.observation(cluster.id) : undefined;
      // The watcher knows the settings of its last reload: what is allowed is asked of the store.
      const decided = seen ? stopWhich({ ...seen, cluster }, now, standing.get(cluster.id)) : {};
      if (decided.standing) standing.set(cluster.id, decided.standing);
      else standing.delete(cluster.id);
      if (!decided.stop) continue;
      standing.delete(cluster.id);
      rests.set(cluster.id, now + REST_MS);
      void act(runtime(), cluster.id, decided.stop).catch((e) => log.error({ err: e }, 'the guard could not stop an instance'));
    }
  };
  const timer = setInterval(() => {
    try {
      beat();
    } catch (e) {
      runtime().log.error({ err: e }, 'the guard could not look');
    }
  }, EVERY_MS).unref();
  return () => clearInterval(timer);
}

async function act(runtime: Runtime, id: ClusterId, stop: NonNullable<ReturnType<typeof stopWhich>['stop']>): Promise<void> {
  const { say } = wording(runtime.clock.now());
  const done = await stopInstance(runtime, { id, slot: stop.slot }, { timeoutSeconds: STOP_SECONDS }, BY_ITSELF);
  append(runtime, {
    at: runtime.clock.now(),
    who: BY_ITSELF,
    what: 'guard.stop',
    clusterId: id,
    subject: stop.slot,
    reason: stop.reasons.map(say).join(' ').slice(0, 1_000),
    result: done.ok ? 'ok' : 'failed',
    ...(!done.ok && { detail: done.error.message }),
  });
}
