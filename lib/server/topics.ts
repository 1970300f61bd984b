import 'server-only';
import type { ClusterChange, Snapshot, StreamData } from '../contract/api';
import { diff } from '../contract/merge-patch';
import type { ClusterView } from '../domain/cluster/view';

/** One thing that clients follow. Its texts are made at most once per revision, whoever needs them. */
interface Entry {
  readonly rev: number;
  readonly at: number;
  readonly data: object;
  /** What was told last: patches start from there. */
  readonly told?: { readonly rev: number; readonly data: object };
  full?: string;
  delta?: string;
}
type Whole = Exclude<keyof StreamData, 'clusters' | 'timeline'>;

export interface Topics {
  /** Revision of the newest change. */
  rev(): number;
  put<T extends Whole>(topic: T, data: StreamData[T], at: number): Change;
  putTimeline(data: StreamData['timeline'], at: number): Change;
  putCluster(view: ClusterView, at: number): Change;
  removeCluster(id: string, at: number): Change;
  cluster(id: string): ClusterView | undefined;
  /** Everything, as a new client needs it. */
  snapshots(): Snapshot[];
  clusters(): Extract<Snapshot, { topic: 'clusters' }>;
  /** Undefined: nothing was ever told of it. */
  snapshot<T extends Whole>(topic: T): Extract<Snapshot, { topic: T }> | undefined;
  /** What a client that has everything up to `rev` still needs, as server-sent events. */
  since(rev: number): string;
  /** From now on patches start from what is known now. */
  markTold(): void;
}
/** quiet: only times of readings went on; may wait for the next beat. */
export type Change = 'none' | 'quiet' | 'loud';

const event = (name: string, data: string) => `event: ${name}\ndata: ${data}\n\n`;

/** `firstRev` must be above everything that was told before a restart: the time of the start is, as there is less than one change per ms. */
export function createTopics(firstRev: number): Topics {
  let rev = firstRev;
  /** Revision of the newest change of membership: who is behind it needs the whole list. */
  let membership = firstRev;
  const clusters = new Map<string, Entry>();
  const others = new Map<string, Entry>();

  const next = (was: Entry | undefined, data: object, at: number): Entry => {
    rev += 1;
    return { rev, at, data, ...(was?.told && { told: was.told }) };
  };
  const other = (key: string, data: object, at: number): Change => {
    const was = others.get(key);
    if (was && !changes(was.data, data)) return 'none';
    others.set(key, next(was, data, at));
    return 'loud';
  };
  const clustersNow = (): Extract<Snapshot, { topic: 'clusters' }> => {
    const entries = [...clusters.values()];
    const newest = Math.max(membership, ...entries.map((e) => e.rev));
    const data = entries.map((e) => e.data as ClusterView).sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
    return { topic: 'clusters', rev: newest, at: Math.max(0, ...entries.map((e) => e.at)), data };
  };
  const otherText = (key: string, e: Entry): string => {
    e.full ??= event('snapshot', JSON.stringify({ topic: key.split(':')[0], rev: e.rev, at: e.at, data: e.data }));
    return e.full;
  };
  const clusterText = (id: string, e: Entry, from: number): string => {
    const { rev: r, at, told } = e;
    if (told && from >= told.rev) {
      e.delta ??= event(
        'cluster',
        JSON.stringify({ id, rev: r, at, base: told.rev, patch: changes(told.data, e.data) ?? {} } satisfies ClusterChange),
      );
      return e.delta;
    }
    e.full ??= event('cluster', JSON.stringify({ id, rev: r, at, view: e.data as ClusterView } satisfies ClusterChange));
    return e.full;
  };
  return {
    rev: () => rev,
    // `null` is a value of its own: nothing to tell (run-progress).
    put: (topic, data, at) => other(topic, data as object, at),
    putTimeline: (data, at) => other(`timeline:${data.clusterId}`, data, at),
    putCluster(view, at) {
      const was = clusters.get(view.id);
      const patch = was && changes(was.data, view);
      if (was && !patch) return 'none';
      const entry = next(was, view, at);
      clusters.set(view.id, entry);
      if (!was || (was.data as ClusterView).name !== view.name) membership = entry.rev;
      return patch && isQuiet(patch) ? 'quiet' : 'loud';
    },
    removeCluster(id) {
      others.delete(`timeline:${id}`);
      if (!clusters.delete(id)) return 'none';
      rev += 1;
      membership = rev;
      return 'loud';
    },
    cluster: (id) => clusters.get(id)?.data as ClusterView | undefined,
    snapshots: () => [
      clustersNow(),
      ...[...others]
        .filter(([key]) => !key.startsWith('timeline:'))
        .map(([topic, { rev: r, at, data }]) => ({ topic, rev: r, at, data }) as Snapshot),
    ],
    clusters: clustersNow,
    snapshot(topic) {
      const e = others.get(topic);
      return e && ({ topic, rev: e.rev, at: e.at, data: e.data } as never);
    },
    since(from) {
      const changed = [...others].filter(([, e]) => e.rev > from).map(([key, e]) => otherText(key, e));
      if (from < membership) return event('snapshot', JSON.stringify(clustersNow())) + changed.join('');
      return (
        [...clusters]
          .filter(([, e]) => e.rev > from)
          .map(([id, e]) => clusterText(id, e, from))
          .join('') + changed.join('')
      );
    },
    markTold() {
      for (const [id, e] of clusters) if (e.told?.rev !== e.rev) clusters.set(id, { ...e, told: { rev: e.rev, data: e.data } });
    },
  };
}

const changes = (before: object | null, after: object | null) =>
  before === null || after === null
    ? before === after
      ? undefined
      : {}
    : diff(before as Record<string, unknown>, after as Record<string, unknown>);

const TIMES = new Set(['at', 'oldestAt']);
/** Does a patch change nothing but when something was last read? */
function isQuiet(patch: object): boolean {
  return Object.entries(patch).every(
    ([key, v]) => TIMES.has(key) || (typeof v === 'object' && v !== null && !Array.isArray(v) && isQuiet(v)),
  );
}
