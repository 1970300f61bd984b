'use client';
import type { ClusterView } from '../contract/words';
import { keys } from './keys';
import { type Live, useTopic } from './use-topic';

/** All clusters, live. `data` undefined = nothing heard yet (not: none). */
export const useClusters = (): Live<readonly ClusterView[]> => useTopic<readonly ClusterView[]>(keys.clusters);

/** One cluster, live. `missing` = the list is known and does not hold it. */
export function useCluster(id: string): Live<ClusterView> & { readonly missing: boolean } {
  const { data, ...rest } = useClusters();
  const found = data?.find((c) => c.id === id);
  return { ...rest, ...(found && { data: found }), missing: data !== undefined && !found };
}
