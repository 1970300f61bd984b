/**
 * How fresh the whole page is. live: the stream is open. polling: it is broken, but asking every few seconds works.
 * lost: nothing gets through; what is shown is from `lastAt`.
 */
export interface LiveState {
  readonly state: 'live' | 'polling' | 'lost';
  /** Since when this state holds, epoch ms of this browser. */
  readonly since: number;
  /** Last word from the server, epoch ms of this browser. */
  readonly lastAt: number;
}

/** What a page begins with, in the server's HTML too: the same object, so that coming alive changes nothing. */
export const atFirst: LiveState = { state: 'live', since: 0, lastAt: 0 };
let current: LiveState = atFirst;
const listeners = new Set<() => void>();

export const liveState = {
  get: (): LiveState => current,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Tells the listeners only where the state changes: a heartbeat must not render the page. */
  set(state: LiveState['state'], now: number, heard: boolean): void {
    const lastAt = heard ? now : current.lastAt;
    if (state === current.state) {
      Object.assign(current, { lastAt, since: current.since || now });
      return;
    }
    current = { state, since: now, lastAt };
    for (const listener of listeners) listener();
  },
};
