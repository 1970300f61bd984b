import type { Snapshot } from '../contract/api';
import { call } from './fetcher';
import { keys } from './keys';
import { liveState } from './live-state';

const POLL_MS = 4_000;
/** The server says something every 10 s at least: longer silence is a broken connection, whatever the browser thinks. */
const SILENCE_MS = 25_000;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000] as const;

export const keyOf = (s: Snapshot): string => (s.topic === 'timeline' ? keys.timeline(s.data.clusterId) : keys[s.topic]);

interface Cache {
  mutate(key: string, next: unknown, o: { revalidate: boolean }): unknown;
  read(key: string): unknown;
  onSessionEnd(): void;
}

/** Writes a snapshot unless the cache holds one of the same or a later revision. */
export function write(cache: Pick<Cache, 'mutate' | 'read'>, snapshot: Snapshot): void {
  const key = keyOf(snapshot);
  const was = cache.read(key) as { rev?: number } | undefined;
  if (was?.rev !== undefined && was.rev >= snapshot.rev) return;
  const { topic: _, ...cached } = snapshot;
  cache.mutate(key, cached, { revalidate: false });
}

/**
 * Keeps one EventSource open, writes what it brings into the cache and tells live-state how it stands. While it is broken the topics are polled,
 * and it is opened anew with growing pauses (a browser does not reconnect after an HTTP error). Returns how to stop.
 */
export function openStream(cache: Cache): () => void {
  let source: EventSource | undefined;
  let failures = 0;
  let stopped = false;
  let polling = false;
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let silence: ReturnType<typeof setTimeout> | undefined;
  const later = (ms: number, run: () => void) => {
    const t = setTimeout(() => {
      timers.delete(t);
      run();
    }, ms);
    timers.add(t);
  };

  const heard = () => {
    if (stopped) return;
    failures = 0;
    liveState.set('live', Date.now(), true);
    clearTimeout(silence);
    silence = setTimeout(broken, SILENCE_MS);
  };

  function broken() {
    if (stopped || !source) return;
    clearTimeout(silence);
    source.close();
    source = undefined;
    liveState.set('lost', Date.now(), false);
    later((RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] as number) * (0.75 + Math.random() / 2), connect);
    failures += 1;
    if (!polling) void poll();
  }

  function connect() {
    if (stopped) return;
    const opened = new EventSource(keys.stream);
    source = opened;
    silence = setTimeout(broken, SILENCE_MS);
    opened.addEventListener('snapshot', (e) => {
      if (source !== opened) return;
      heard();
      write(cache, JSON.parse(e.data) as Snapshot);
    });
    opened.addEventListener('beat', () => source === opened && heard());
    opened.addEventListener('ended', () => stop() ?? cache.onSessionEnd());
    opened.onerror = () => source === opened && broken();
  }

  async function poll() {
    polling = true;
    const answer = await call<readonly Snapshot[]>('GET', `${keys.stream}?once=true`, undefined, { timeoutMs: 10_000 });
    polling = false;
    if (stopped || liveState.get().state === 'live') return;
    if (answer.ok) {
      for (const snapshot of answer.value) write(cache, snapshot);
      liveState.set('polling', Date.now(), true);
    } else if (answer.error.code === 'NOT_LOGGED_IN') {
      stop();
      return cache.onSessionEnd();
    } else liveState.set('lost', Date.now(), false);
    polling = true;
    later(POLL_MS, () => {
      polling = false;
      if (!stopped && liveState.get().state !== 'live') void poll();
    });
  }

  function stop(): undefined {
    stopped = true;
    source?.close();
    clearTimeout(silence);
    for (const t of timers) clearTimeout(t);
  }

  liveState.set('live', Date.now(), true);
  connect();
  return stop;
}
