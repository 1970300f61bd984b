import type { ClusterChange, Snapshot } from '../contract/api';
import { call } from './fetcher';
import { keys } from './keys';
import { applyChange, type Cache, write } from './live-cache';
import { liveState } from './live-state';

const POLL_MS = 4_000;
/** The server says something every 5 s at least: two missed beats are a broken connection, whatever the browser thinks. */
const SILENCE_MS = 12_000;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000] as const;

interface StreamOptions extends Cache {
  /** After a gap: what is not part of the topics has to be asked for again. */
  onReturn(): void;
  onSessionEnd(): void;
}

/**
 * Keeps one EventSource open, writes what it brings into the cache and tells live-state how it stands. While it is broken the topics are
 * polled, and it is opened anew with growing pauses (a browser does not reconnect after an HTTP error). Returns how to stop.
 */
export function openStream(o: StreamOptions): () => void {
  let source: EventSource | undefined;
  let failures = 0;
  let stopped = false;
  let wasBroken = false;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let nextPoll: ReturnType<typeof setTimeout> | undefined;

  function heard() {
    failures = 0;
    clearTimeout(nextPoll);
    liveState.set('live', Date.now(), true);
    clearTimeout(silence);
    silence = setTimeout(broken, SILENCE_MS);
    if (wasBroken) o.onReturn();
    wasBroken = false;
  }

  function broken() {
    source?.close();
    source = undefined;
    clearTimeout(silence);
    const pause = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 15_000;
    failures += 1;
    retry = setTimeout(connect, pause * (0.75 + Math.random() / 2));
    if (wasBroken) return;
    wasBroken = true;
    liveState.set('lost', Date.now(), false);
    void poll();
  }

  function connect() {
    const opened = new EventSource(keys.stream);
    source = opened;
    silence = setTimeout(broken, SILENCE_MS);
    const on = (name: string, act: (data: string) => void) =>
      opened.addEventListener(name, (e) => {
        if (source !== opened || stopped) return;
        heard();
        act((e as MessageEvent<string>).data);
      });
    on('snapshot', (data) => write(o, JSON.parse(data) as Snapshot));
    on('cluster', (data) => {
      if (applyChange(o, JSON.parse(data) as ClusterChange) === 'gap') void fetchAll();
    });
    on('beat', () => {});
    on('ended', sessionEnded);
    opened.onerror = () => {
      if (source === opened && !stopped) broken();
    };
  }

  async function fetchAll(): Promise<'ok' | 'failed'> {
    const answer = await call<readonly Snapshot[]>('GET', `${keys.stream}?once=true`, undefined, { timeoutMs: 10_000 });
    if (stopped) return 'failed';
    if (answer.ok) for (const snapshot of answer.value) write(o, snapshot);
    else if (answer.error.code === 'NOT_LOGGED_IN') sessionEnded();
    return answer.ok ? 'ok' : 'failed';
  }

  async function poll() {
    const outcome = await fetchAll();
    if (stopped || !wasBroken) return;
    if (outcome === 'ok') o.onReturn();
    liveState.set(outcome === 'ok' ? 'polling' : 'lost', Date.now(), outcome === 'ok');
    nextPoll = setTimeout(poll, POLL_MS);
  }

  function stop() {
    stopped = true;
    source?.close();
    for (const timer of [silence, retry, nextPoll]) clearTimeout(timer);
  }
  function sessionEnded() {
    stop();
    o.onSessionEnd();
  }

  liveState.set('live', Date.now(), true);
  connect();
  return stop;
}
