import type { EngineAnswer } from '@/lib/contract/api';
import type { ClusterView } from '@/lib/domain/cluster/view';

/**
 * What a page shows, where this Handover has a rehearsal world: `rehearsal` = nothing on it is real, `docker` = nothing on it is made up,
 * `both` = something of it may be either. What is not known counts as real.
 */
export function worldOf(
  path: string,
  clusters: readonly Pick<ClusterView, 'id' | 'world'>[] | undefined,
  engines: readonly Pick<EngineAnswer, 'kind'>[] | undefined,
): 'rehearsal' | 'docker' | 'both' {
  const id = /^\/clusters\/([^/]+)/.exec(path)?.[1];
  const cluster = clusters?.find((c) => c.id === id);
  if (cluster) return cluster.world;
  const real = !engines || engines.some(({ kind }) => kind !== 'rehearsal') || clusters?.some(({ world }) => world === 'docker') === true;
  return real ? 'both' : 'rehearsal';
}
