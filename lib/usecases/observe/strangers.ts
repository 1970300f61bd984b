import 'server-only';
import type { Cluster } from '../../domain/cluster/cluster';
import { discover } from '../../domain/cluster/discovery';
import type { Stranger } from '../../domain/cluster/observation';
import type { Instance } from '../../domain/instance/instance';
import type { Millis } from '../../domain/reading';
import type { Engine } from '../../ports/engine';
import { readLineage } from './disk';

const AGAIN_MS = 600_000;
const MAX_READS = 2;

/** Containers beside the clusters' own that carry a Controller of the same ID: a third copy may live there. */
export interface Strangers {
  of(cluster: Cluster): readonly Stranger[];
  /** Reads the lineage of those that are new or changed, a few at a time. */
  tick(now: Millis, clusters: readonly Cluster[], enginesById: ReadonlyMap<string, Engine>): void;
}

const keyOf = (i: Pick<Instance, 'engineId' | 'name'>) => `${i.engineId}/${i.name}`;
const version = (i: Instance) => `${i.id} ${i.state} ${i.startedAt} ${i.finishedAt}`;
const RUNS = new Set(['running', 'paused', 'restarting', 'removing', 'unknown']);

export function findStrangers(instances: () => readonly Instance[], onChange: () => void): Strangers {
  const lineages = new Map<string, { version: string; at: Millis; journalId?: string }>();
  let reading = 0;

  const alike = (cluster: Cluster): Instance[] => {
    const own = new Set([cluster.primary, cluster.secondary].flatMap((m) => (m ? [`${m.ref.engineId}/${m.ref.name}`] : [])));
    return instances().filter((i) => i.env.RUN_JS_ID === cluster.controllerId && !own.has(keyOf(i)) && discover(i) !== undefined);
  };
  let members = new Set<string>();

  return {
    of(cluster) {
      return alike(cluster).flatMap((i) => {
        const journalId = lineages.get(keyOf(i))?.journalId;
        // Controller IDs repeat between installations: a member of another cluster is a stranger only with our lineage.
        if (members.has(keyOf(i)) && (journalId === undefined || journalId !== cluster.expectedJournalId)) return [];
        return [{ ref: { engineId: i.engineId, name: i.name }, running: RUNS.has(i.state), ...(journalId !== undefined && { journalId }) }];
      });
    },
    tick(now, clusters, engines) {
      members = new Set(clusters.flatMap((c) => [c.primary, c.secondary].flatMap((m) => (m ? [`${m.ref.engineId}/${m.ref.name}`] : []))));
      const candidates = new Map(clusters.flatMap(alike).map((i) => [keyOf(i), i]));
      for (const key of lineages.keys()) if (!candidates.has(key)) lineages.delete(key);
      for (const [key, i] of candidates) {
        const known = lineages.get(key);
        const engine = engines.get(i.engineId);
        if (!engine || reading >= MAX_READS || (known?.version === version(i) && now - known.at < AGAIN_MS)) continue;
        lineages.set(key, { version: version(i), at: now, ...(known?.journalId !== undefined && { journalId: known.journalId }) });
        reading += 1;
        void readLineage(engine, i).then((journalId) => {
          reading -= 1;
          lineages.set(key, { version: version(i), at: now, ...(journalId !== undefined && { journalId }) });
          if (journalId !== known?.journalId) onChange();
        });
      }
    },
  };
}
