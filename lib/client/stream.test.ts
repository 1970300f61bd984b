import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keys } from './keys';
import { liveState } from './live-state';
import { openStream } from './stream';

/** The browser's EventSource, by hand. */
class Source {
  static all: Source[] = [];
  closed = false;
  onerror: (() => void) | null = null;
  private readonly listeners = new Map<string, (e: { data: string }) => void>();
  constructor(readonly url: string) {
    Source.all.push(this);
  }
  addEventListener(name: string, act: (e: { data: string }) => void) {
    this.listeners.set(name, act);
  }
  tell(name: string, data: unknown = {}) {
    this.listeners.get(name)?.({ data: JSON.stringify(data) });
  }
  close() {
    this.closed = true;
  }
}
const newest = () => Source.all.at(-1) as Source;
let values: Map<string, unknown>;
let stop: () => void;
let answers: () => Response;
const returned = vi.fn();
const ended = vi.fn();
const snapshot = (rev: number) => ({ topic: 'engines', rev, at: rev, data: [] });
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
  answers = () => Response.json([snapshot(50)]);
  vi.stubGlobal('fetch', async () => answers());
  Source.all = [];
  values = new Map();
  returned.mockClear();
  ended.mockClear();
  stop = openStream({ read: (k) => values.get(k), mutate: (k, v) => values.set(k, v), onReturn: returned, onSessionEnd: ended });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('snapshots go into the cache, and the page is live', () => {
  newest().tell('snapshot', snapshot(7));
  expect(values.get(keys.engines)).toMatchObject({ rev: 7 });
  expect(liveState.get().state).toBe('live');
  expect(returned).not.toHaveBeenCalled();
});

test('when the stream breaks the page is polled, and live again when it is back', async () => {
  newest().tell('snapshot', snapshot(7));
  newest().onerror?.();
  expect(liveState.get().state).toBe('lost');
  await settle();
  expect(liveState.get().state).toBe('polling');
  expect(values.get(keys.engines)).toMatchObject({ rev: 50 });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(Source.all).toHaveLength(2);
  returned.mockClear();
  newest().tell('snapshot', snapshot(60));
  expect(liveState.get().state).toBe('live');
  expect(returned).toHaveBeenCalledOnce();
  const fetching = vi.fn(() => Response.json([]));
  answers = fetching;
  for (let n = 0; n < 4; n++) {
    await vi.advanceTimersByTimeAsync(5_000);
    newest().tell('beat');
  }
  expect(fetching).not.toHaveBeenCalled();
});

test('when nothing gets through it says since when, and tries less and less often', async () => {
  newest().tell('beat');
  const { lastAt } = liveState.get();
  answers = () => {
    throw new TypeError('offline');
  };
  await vi.advanceTimersByTimeAsync(5_000);
  newest().onerror?.();
  await settle();
  expect(liveState.get()).toMatchObject({ state: 'lost', lastAt });
  for (let n = 0; n < 8; n++) {
    await vi.advanceTimersByTimeAsync(20_000);
    newest().onerror?.();
  }
  expect(Source.all.length).toBeLessThanOrEqual(10);
  answers = () => Response.json([]);
  await vi.advanceTimersByTimeAsync(4_100);
  expect(liveState.get().state).toBe('polling');
});

test('silence is a broken stream', async () => {
  newest().tell('beat');
  const first = newest();
  await vi.advanceTimersByTimeAsync(11_000);
  expect(first.closed).toBe(false);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(first.closed).toBe(true);
  expect(liveState.get().state).toBe('polling');
});

test('the end of the session ends everything, whether the stream or an answer tells it', async () => {
  newest().tell('ended');
  expect(ended).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(Source.all).toHaveLength(1);
});
test('so does an answer that says so', async () => {
  answers = () => Response.json({ problem: { code: 'NOT_LOGGED_IN', message: 'x' } }, { status: 401 });
  newest().onerror?.();
  await settle();
  expect(ended).toHaveBeenCalledOnce();
});

test('a gap is filled by asking for everything', async () => {
  newest().tell('cluster', { id: 'a', rev: 9, at: 9, base: 8, patch: {} });
  await settle();
  expect(values.get(keys.engines)).toMatchObject({ rev: 50 });
});
