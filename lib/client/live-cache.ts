import type { ClusterChange, Snapshot } from '../contract/api';
import { applyPatch } from '../contract/merge-patch';
import type { ClusterView } from '../contract/words';
import { keyOf, keys } from './keys';
import type { Cached } from './use-topic';

export interface Cache {
  mutate(key: string, next: unknown, o: { revalidate: boolean }): unknown;
  read(key: string): unknown;
}
/** The list as of `listRev`, and clusters that were told one by one since. */
type Clusters = Cached<readonly ClusterView[]> & { readonly listRev: number; readonly since: Readonly<Record<string, number>> };

/** Writes a snapshot unless the cache holds one of the same or a later revision. */
export function write(cache: Cache, snapshot: Snapshot): void {
  const key = keyOf(snapshot);
  const was = cache.read(key) as Cached<unknown> | undefined;
  if (was && was.rev >= snapshot.rev) return;
  const { topic, ...cached } = snapshot;
  cache.mutate(key, topic === 'clusters' ? { ...cached, listRev: cached.rev, since: {} } : cached, { revalidate: false });
}

/** Applies the change of one cluster. `gap` = something before it is missing: ask for everything. */
export function applyChange(cache: Cache, change: ClusterChange): 'done' | 'old' | 'gap' {
  const was = cache.read(keys.clusters) as Clusters | undefined;
  const before = was?.data.find((c) => c.id === change.id);
  if (!was || !before) return 'gap';
  const known = was.since[change.id] ?? was.listRev;
  if (known >= change.rev) return 'old';
  if (!change.view && (change.base ?? 0) > known) return 'gap';
  const after = change.view ?? (applyPatch(before, change.patch) as ClusterView);
  const next: Clusters = {
    rev: Math.max(was.rev, change.rev),
    at: change.at,
    listRev: was.listRev,
    since: { ...was.since, [change.id]: change.rev },
    data: was.data.map((c) => (c === before ? after : c)),
  };
  cache.mutate(keys.clusters, next, { revalidate: false });
  return 'done';
}
