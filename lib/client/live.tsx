'use client';
import { type ReactNode, useEffect, useMemo } from 'react';
import { SWRConfig, useSWRConfig } from 'swr';
import type { SessionAnswer, Snapshot } from '../contract/api';
import { keyOf, keys } from './keys';
import { liveState } from './live-state';
import { standsStill } from './still';

/** What the server rendered the page with (lib/server/page.ts, firstPaint). */
export interface LiveInitial {
  readonly session: SessionAnswer;
  readonly snapshots: readonly Snapshot[];
}

/** Puts the first snapshots into SWR and keeps the tab's one stream open. One per page tree: in the layout of the logged-in pages. */
export function LiveProvider({ initial, children }: { initial: LiveInitial; children: ReactNode }) {
  const fallback = useMemo(
    () => ({ [keys.session]: initial.session, ...Object.fromEntries(initial.snapshots.map((s) => [keyOf(s), s])) }),
    [initial],
  );
  return (
    <SWRConfig value={{ fallback }}>
      <Stream />
      {children}
    </SWRConfig>
  );
}

/** How long to wait before the stream's code is fetched again where it did not come. */
const AGAIN_MS = 2_000;

function Stream() {
  const { mutate, cache } = useSWRConfig();
  useEffect(() => {
    let stop: (() => void) | undefined;
    let over = false;
    // What stands there was rendered a moment ago; from here on silence is told as silence.
    liveState.set('live', Date.now(), true);
    const begin = async () => {
      await standsStill();
      const { openStream } = await import('./stream');
      if (over) return;
      stop = openStream({
        mutate,
        read: (key) => cache.get(key)?.data,
        // Timelines come when they change and are no part of the first snapshots: those on the page may have missed something.
        onReturn: () => void mutate((key) => typeof key === 'string' && key.endsWith('/timeline')),
        onSessionEnd: () => window.location.assign(`/login?from=${encodeURIComponent(window.location.pathname)}`),
      });
    };
    const tryTo = () =>
      void begin().catch(() => {
        if (over) return;
        liveState.set('lost', Date.now(), false);
        setTimeout(tryTo, AGAIN_MS);
      });
    tryTo();
    return () => {
      over = true;
      stop?.();
    };
  }, [mutate, cache]);
  return null;
}
