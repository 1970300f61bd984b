'use client';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';

/** Where and when the page is read. The zone comes from a cookie on the first paint, so that times do not change under the reader's eyes. */
interface Viewer {
  readonly zone: string;
  /** Server's clock at the first paint, and its lead over this browser's clock, ms. */
  readonly renderedAt: number;
  readonly lead: number;
}
const ViewerContext = createContext<Viewer>({ zone: 'UTC', renderedAt: 0, lead: 0 });

/** Below this, the difference of the clocks is the time that the page took to arrive. */
const SKEW_MS = 20_000;
const leadOf = (serverNow: number): number => {
  const lead = serverNow - Date.now();
  return Math.abs(lead) < SKEW_MS ? 0 : lead;
};

export function ViewerProvider({ zone: first, renderedAt, children }: { zone: string; renderedAt: number; children: ReactNode }) {
  const [zone, setZone] = useState(first);
  const [lead] = useState(() => (typeof window === 'undefined' ? 0 : leadOf(renderedAt)));
  useEffect(() => {
    const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (mine && mine !== first) {
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
      document.cookie = `tz=${encodeURIComponent(mine)}; path=/; max-age=31536000; samesite=strict`;
      setZone(mine);
    }
  }, [first]);
  return <ViewerContext value={{ zone, renderedAt, lead }}>{children}</ViewerContext>;
}

let tick = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const beat = () => {
    tick = Date.now();
    for (const each of listeners) each();
  };
  timer ??= setInterval(beat, 1000);
  if (tick === 0) tick = Date.now();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

export const useZone = (): string => useContext(ViewerContext).zone;

/** The server's clock, once a second; on the first paint the moment it was rendered. */
export function useNow(): number {
  const { renderedAt, lead } = useContext(ViewerContext);
  const now = useSyncExternalStore(
    subscribe,
    () => tick,
    () => 0,
  );
  return now === 0 ? renderedAt : now + lead;
}
