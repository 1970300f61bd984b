import 'server-only';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import { discover } from '../../domain/cluster/discovery';
import type { Stranger } from '../../domain/cluster/observation';
import type { Instance, InstanceRef } from '../../domain/instance/instance';
import type { Millis } from '../../domain/reading';
import type { Engine } from '../../ports/engine';
import { readLineage } from './disk';

const AGAIN_MS = 600_000;
const MAX_READS = 2;

/** Containers beside the clusters' own that carry a Controller of the same ID: a third copy may live there. */
export interface Strangers {
  /** As of the last beat. */
  of(cluster: Cluster): readonly Stranger[];
  /** Looks through what was listed; reads the lineage of those that are new or changed, a few at a time. */
  tick(now: Millis, clusters: readonly Cluster[], enginesById: ReadonlyMap<string, Engine>): void;
}

const keyOf = (i: InstanceRef) => `${i.engineId}/${i.name}`;
const version = (i: Instance) => `${i.id} ${i.state} ${i.startedAt} ${i.finishedAt}`;
const RUNS = new Set(['running', 'paused', 'restarting', 'removing', 'unknown']);

export function findStrangers(instances: () => readonly Instance[], onChange: () => void): Strangers {
  const lineages = new Map<string, { version: string; at: Millis; journalId?: string }>();
  const found = new Map<string, readonly Stranger[]>();
  /** Id of the container that was last seen under a member's name. */
  const lastIds = new Map<string, string>();
  let reading = 0;

  const memberKeys = (c: Cluster) => [c.primary, c.secondary].flatMap((m) => (m ? [`${m.ref.engineId}/${m.ref.name}`] : []));
  const toStranger = (i: Instance): Stranger => {
    const journalId = lineages.get(keyOf(i))?.journalId;
    return { ref: { engineId: i.engineId, name: i.name }, running: RUNS.has(i.state), ...(journalId !== undefined && { journalId }) };
  };

  /** The container that was a member before and has another name now; undefined while the name is taken. */
  function formerly(cluster: Cluster, i: Instance, idOf: ReadonlyMap<string, string>): Slot | undefined {
    return (['primary', 'secondary'] as const).find((slot) => {
      const ref = cluster[slot]?.ref;
      const key = ref && keyOf(ref);
      return ref?.engineId === i.engineId && key !== undefined && !idOf.has(key) && lastIds.get(key) === i.id;
    });
  }

  return {
    of: (cluster) => found.get(cluster.id) ?? [],
    tick(now, clusters, engines) {
      const byId = new Map<string, Instance[]>();
      for (const i of instances()) {
        const id = i.env.RUN_JS_ID;
        if (id !== undefined) byId.set(id, [...(byId.get(id) ?? []), i]);
      }
      const members = new Set(clusters.flatMap(memberKeys));
      const idOf = new Map(instances().map((i) => [keyOf(i), i.id]));
      for (const key of lastIds.keys()) if (!members.has(key)) lastIds.delete(key);
      for (const key of members) {
        const id = idOf.get(key);
        if (id !== undefined) lastIds.set(key, id);
      }
      const candidates = new Map<string, Instance>();
      found.clear();
      for (const cluster of clusters) {
        const own = new Set(memberKeys(cluster));
        // One Docker may be configured as two engines: the same container is no second one.
        const ownIds = new Set([...own].map((key) => idOf.get(key)));
        const alike = (byId.get(cluster.controllerId) ?? []).filter(
          (i) => !own.has(keyOf(i)) && !ownIds.has(i.id) && discover(i) !== undefined,
        );
        for (const i of alike) candidates.set(keyOf(i), i);
        // Controller IDs repeat between installations: a member of another cluster is a stranger only with our lineage.
        const foreign = (s: Stranger) =>
          members.has(`${s.ref.engineId}/${s.ref.name}`) && (s.journalId === undefined || s.journalId !== cluster.expectedJournalId);
        found.set(
          cluster.id,
          alike
            .map((i) => {
              const slot = formerly(cluster, i, idOf);
              return { ...toStranger(i), ...(slot && { formerly: slot }) };
            })
            .filter((s) => !foreign(s)),
        );
      }
      for (const key of lineages.keys()) if (!candidates.has(key)) lineages.delete(key);
      for (const [key, i] of candidates) {
        const known = lineages.get(key);
        const engine = engines.get(i.engineId);
        if (!engine || reading >= MAX_READS || (known?.version === version(i) && now - known.at < AGAIN_MS)) continue;
        lineages.set(key, { version: version(i), at: now, ...(known?.journalId !== undefined && { journalId: known.journalId }) });
        reading += 1;
        void readLineage(engine, i)
          .catch(() => undefined)
          .then((journalId) => {
            reading -= 1;
            lineages.set(key, { version: version(i), at: now, ...(journalId !== undefined && { journalId }) });
            if (journalId !== known?.journalId) onChange();
          });
      }
    },
  };
}
