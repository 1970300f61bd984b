import 'server-only';
import type { Snapshot, StreamData } from '../contract/api';
import type { ClusterView } from '../domain/cluster/view';
import { createTopics, type Topics } from './topics';

/** Changes that only say "read again" are told together, this often: 200 pages watching 100 clusters must cost little. */
const QUIET_MS = 2_000;
/** Also how soon a page may say that it hears nothing (lib/client/stream.ts, components/layout/live-indicator.tsx). */
const BEAT_MS = 5_000;
/** Bytes that may wait in one connection before it gets no more: then only the newest counts. */
const WAITING = 64 * 1024;

interface Client {
  /** Revision up to which it has everything. */
  sent: number;
  readonly session: string;
  readonly account: string;
  readonly out: ReadableStreamDefaultController<Uint8Array>;
  readonly limit: ReturnType<typeof setTimeout>;
}

export interface Hub {
  readonly put: <T extends 'engines' | 'jocs' | 'rehearsal' | 'runs' | 'run-progress' | 'setups'>(
    topic: T,
    data: StreamData[T],
    at: number,
  ) => void;
  putTimeline(data: StreamData['timeline'], at: number): void;
  /** `figures`: only ages and figures went on; told together with others. */
  putCluster(view: ClusterView, at: number, why?: 'changed' | 'figures'): void;
  removeCluster(id: string, at: number): void;
  readonly read: Pick<Topics, 'snapshot' | 'snapshots' | 'clusters' | 'cluster' | 'rev'>;
  /** The body of one server-sent event stream. `endsAt`: the session's end. */
  connect(who: { session: string; account: string; endsAt: number }): ReadableStream<Uint8Array>;
  /** Tells the streams of a session, or of an account (but one session), that it is over, and closes them. */
  end(who: { session: string } | { account: string; except?: string | undefined }): void;
  /** Another stream of a session (a log): aborted when the session or its account ends. Returns how it is forgotten. */
  endWith(who: { session: string; account: string }, stop: AbortController): () => void;
  clients(): number;
  closeAll(): void;
}

export function createHub(clock: { now(): number }): Hub {
  const topics = createTopics(clock.now());
  const clients = new Set<Client>();
  const others = new Set<{ session: string; account: string; stop: AbortController }>();
  const encoder = new TextEncoder();
  let flushing = false;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const drop = (client: Client, words?: string) => {
    if (!clients.delete(client)) return;
    clearTimeout(client.limit);
    try {
      if (words) client.out.enqueue(encoder.encode(words));
      client.out.close();
    } catch {
      // It was gone already.
    }
  };
  const send = (client: Client, bytes: Uint8Array) => {
    try {
      client.out.enqueue(bytes);
    } catch {
      drop(client);
    }
  };
  const ready = (client: Client) => (client.out.desiredSize ?? 0) > 0;

  /** Gives every client that can take it what it misses. Those that are equally far share the bytes. */
  const flush = () => {
    flushing = false;
    clearTimeout(quiet);
    quiet = undefined;
    const now = topics.rev();
    const chunks = new Map<number, Uint8Array>();
    for (const client of [...clients]) {
      if (client.sent >= now || !ready(client)) continue;
      const chunk = chunks.get(client.sent) ?? encoder.encode(topics.since(client.sent));
      chunks.set(client.sent, chunk);
      client.sent = now;
      send(client, chunk);
    }
    topics.markTold();
  };
  const changed = (change: 'none' | 'quiet' | 'loud') => {
    if (change === 'none' || clients.size === 0) return;
    if (change === 'quiet') quiet ??= setTimeout(flush, QUIET_MS).unref();
    else if (!flushing) {
      flushing = true;
      // All that changes in the same turn goes out together.
      setImmediate(flush);
    }
  };
  const beat = setInterval(() => {
    const bytes = encoder.encode(`event: beat\ndata: ${clock.now()}\n\n`);
    for (const client of [...clients]) if (ready(client)) send(client, bytes);
  }, BEAT_MS).unref();

  return {
    put: (topic, data, at) => changed(topics.put(topic, data as never, at)),
    putTimeline: (data, at) => changed(topics.putTimeline(data, at)),
    putCluster(view, at, why) {
      const change = topics.putCluster(view, at);
      changed(change === 'loud' && why === 'figures' ? 'quiet' : change);
    },
    removeCluster: (id, at) => changed(topics.removeCluster(id, at)),
    read: topics,
    connect({ session, account, endsAt }) {
      let client: Client | undefined;
      const start = (out: ReadableStreamDefaultController<Uint8Array>) => {
        if (closed) return out.close();
        const text = topics.snapshots().map((s: Snapshot) => `event: snapshot\ndata: ${JSON.stringify(s)}\n\n`);
        const ms = Math.min(Math.max(0, endsAt - clock.now()), 2 ** 31 - 1);
        const limit = setTimeout(() => client && drop(client, ENDED), ms).unref();
        topics.markTold();
        client = { sent: topics.rev(), session, account, out, limit };
        clients.add(client);
        send(client, encoder.encode(`retry: 2000\n\n${text.join('')}`));
      };
      const pull = () => {
        if (client && client.sent < topics.rev() && !flushing && !quiet) {
          const from = client.sent;
          client.sent = topics.rev();
          send(client, encoder.encode(topics.since(from)));
        }
      };
      return new ReadableStream(
        { start, pull, cancel: () => client && drop(client) },
        new ByteLengthQueuingStrategy({ highWaterMark: WAITING }),
      );
    },
    end(who) {
      const over = (c: Pick<Client, 'session' | 'account'>) =>
        'session' in who ? c.session === who.session : c.account === who.account && c.session !== who.except;
      for (const client of [...clients]) if (over(client)) drop(client, ENDED);
      for (const other of [...others]) if (over(other)) other.stop.abort();
    },
    endWith(who, stop) {
      const one = { session: who.session, account: who.account, stop };
      others.add(one);
      return () => void others.delete(one);
    },
    clients: () => clients.size,
    closeAll() {
      closed = true;
      clearInterval(beat);
      clearTimeout(quiet);
      for (const client of [...clients]) drop(client);
    },
  };
}

const ENDED = 'event: ended\ndata: {}\n\n';
