import 'server-only';
import type { EngineHosts } from '../../domain/joc/container';
import type { Runtime } from '../runtime';

/** The names under which the host of an engine is known: as Handover reaches it, and as the engine calls it. A local socket is this host. */
export const hostsOf =
  ({ store, live }: Pick<Runtime, 'store' | 'live'>): EngineHosts =>
  (engineId) => {
    const address = store.engines.get(engineId)?.address;
    const info = live.watcher.engines().find((e) => e.id === engineId)?.info;
    const own = info?.kind === 'value' ? [info.value.hostname] : [];
    return address && 'host' in address ? { own, reached: address.host, local: false } : { own, local: true };
  };
