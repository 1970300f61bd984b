import 'server-only';
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { openController } from '../adapters/controller/client';
import { readConfig } from '../adapters/hocon/read-config';
import type { Cluster, Slot } from '../domain/cluster/cluster';
import type { EngineId } from '../domain/engine/engine';
import { ok } from '../domain/result';
import type { Clock } from '../ports/clock';
import type { ControllerClient } from '../ports/controller';
import type { Engine } from '../ports/engine';
import type { Store } from '../ports/store';
import { engineHost } from '../usecases/clusters/discover';
import { readDisk } from '../usecases/observe/disk';
import type { Progress, RunContext, RunJoc } from '../usecases/switchover/context';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly engine: (id: EngineId) => Engine | undefined;
  readonly joc?: RunJoc;
  /** Distinguishes this Handover from others that use the same engines. */
  readonly self?: string;
  changed(runId: string): void;
  progress(runId: string, p: Progress): void;
}

/** Binds the runbook's use cases to the store, the engines and the Controllers. */
export function createRunContext(parts: Parts): RunContext & { close(): Promise<void> } {
  const clients = new Map<string, { readonly of: string; readonly client: ControllerClient }>();
  return {
    clock: parts.clock,
    runs: parts.store.runs,
    engine: parts.engine,
    hostOf(id) {
      const address = parts.store.engines.get(id)?.address;
      return address && engineHost(address);
    },
    cluster: (id) => parts.store.clusters.get(id),
    controller: (cluster, slot) => clientOf(clients, cluster, slot),
    readDisk: (engine, instance) => readDisk(engine, instance, readConfig),
    async flagOf(text, more) {
      const read = await readConfig({ controllerConf: text, ...more });
      return read.ok ? ok(read.value.isBackup ? 'on' : 'off') : read;
    },
    sleep: (ms, signal) => delay(ms, undefined, { signal }),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    ...(parts.joc && { joc: parts.joc }),
    changed: parts.changed,
    progress: parts.progress,
    self: parts.self ?? hostname(),
    async close() {
      await Promise.all([...clients.values()].map((c) => c.client.close()));
      clients.clear();
    },
  };
}

/** One client per member for all runs; a changed access gets a new one. */
function clientOf(
  clients: Map<string, { readonly of: string; readonly client: ControllerClient }>,
  cluster: Cluster,
  slot: Slot,
): ControllerClient | undefined {
  const member = slot === 'primary' ? cluster.primary : cluster.secondary;
  if (!member) return undefined;
  const key = `${cluster.id} ${slot}`;
  const of = JSON.stringify(member.access);
  const known = clients.get(key);
  if (known?.of === of) return known.client;
  void known?.client.close();
  const client = openController(member.access, { notReadyMs: 100 });
  clients.set(key, { of, client });
  return client;
}
