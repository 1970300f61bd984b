import 'server-only';
import type { Logger } from 'pino';
import { openController } from '../adapters/controller/client';
import { readConfig } from '../adapters/hocon/read-config';
import type { ClusterId } from '../domain/cluster/cluster';
import type { ObservedRun } from '../domain/cluster/observation';
import type { ClusterView } from '../domain/cluster/view';
import type { Clock } from '../ports/clock';
import type { Store } from '../ports/store';
import type { JocOf } from '../usecases/observe/joc-watch';
import { createWatcher, type Watcher } from '../usecases/observe/watcher';
import type { EngineSet } from './engine-set';
import { engineAnswers } from './engines';
import type { Hub } from './hub';
import { withoutSecrets } from './public-view';

/** The newest page of a timeline, as the stream tells it. */
const TIMELINE_PAGE = 50;

/** The watcher, bound to the store (what to watch) and the hub (who wants to know). */
export interface Live {
  readonly watcher: Watcher;
  /** Clusters or engines were saved or removed: watch them as they are now. */
  reload(): void;
  /** The pages' list of engines may read otherwise now. */
  tellEngines(): void;
  tellTimeline(id: ClusterId): void;
  close(): void;
}
interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly engines: EngineSet;
  readonly log: Logger;
  /** Beside the hub: who else wants each new view. */
  readonly onView?: (view: ClusterView) => void;
  readonly runOf?: (id: ClusterId) => ObservedRun | undefined;
  readonly jocOf?: JocOf;
}

export function startLive(parts: Parts): Live {
  const { store, clock, hub, engines, log } = parts;
  const told = new Set<ClusterId>();
  const tellTimeline = (id: ClusterId) =>
    hub.putTimeline({ clusterId: id, events: store.timeline.list(id, { limit: TIMELINE_PAGE }) }, clock.now());
  const onView = (view: ClusterView, why: 'changed' | 'figures') => {
    told.add(view.id);
    hub.putCluster(withoutSecrets(view), clock.now(), why);
    if (why === 'changed') parts.onView?.(view);
  };
  /** Clusters of a rehearsal that is not on are kept, but nobody could see anything of them. */
  const clusters = () =>
    store.clusters
      .all()
      .filter(
        (c) => engines.get(c.primary.ref.engineId) !== undefined || store.engines.get(c.primary.ref.engineId)?.address.kind !== 'rehearsal',
      );
  const tellEngines = () => hub.put('engines', engineAnswers(parts, watcher.engines()), clock.now());
  const watcher = createWatcher({
    engines: engines.all(),
    openController,
    readConfig,
    clock,
    store,
    onView,
    onTimeline: tellTimeline,
    onEngines: () => tellEngines(),
    ...(parts.runOf && { runOf: parts.runOf }),
    ...(parts.jocOf && { jocOf: parts.jocOf }),
    onFailure: (what, e) => log.error({ err: e }, `the watcher failed at ${what}`),
  });
  const reload = () => {
    const now = clusters();
    watcher.setEngines(engines.all());
    watcher.setClusters(now);
    for (const id of told) {
      if (now.some((c) => c.id === id)) continue;
      told.delete(id);
      hub.removeCluster(id, clock.now());
    }
    tellEngines();
  };
  reload();
  return { watcher, reload, tellEngines, tellTimeline, close: () => watcher.close() };
}
