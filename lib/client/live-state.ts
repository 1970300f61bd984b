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

let current: LiveState = { state: 'live', since: 0, lastAt: 0 };
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
    if (state === current.state && current.since !== 0) {
      current = Object.assign(current, { lastAt });
      return;
    }
    current = { state, since: now, lastAt };
    for (const listener of listeners) listener();
  },
};
