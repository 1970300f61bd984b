import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import type { JocPorts } from '../../usecases/joc/ports';
import type { Runtime } from '../runtime';

/** Binds the use cases of registration to the store, the engines and the JOC Cockpits. */
export const jocPorts = ({ clock, store, engines, jocs }: Pick<Runtime, 'clock' | 'store' | 'engines' | 'jocs'>): JocPorts => ({
  clock,
  client: jocs.client,
  settings: jocs.settings,
  engine: engines.get,
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
  remember(id, joc) {
    const cluster = store.clusters.get(id);
    if (cluster) store.clusters.save({ ...cluster, joc });
  },
});
