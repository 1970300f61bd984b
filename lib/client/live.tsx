'use client';
import { type ReactNode, useEffect, useMemo } from 'react';
import { SWRConfig, useSWRConfig } from 'swr';
import type { SessionAnswer, Snapshot } from '../contract/api';
import { keys } from './keys';
import { keyOf } from './live-cache';
import { openStream } from './stream';

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

function Stream() {
  const { mutate, cache } = useSWRConfig();
  useEffect(
    () =>
      openStream({
        mutate,
        read: (key) => cache.get(key)?.data,
        // Timelines come when they change and are no part of the first snapshots: those on the page may have missed something.
        onReturn: () => void mutate((key) => typeof key === 'string' && key.endsWith('/timeline')),
        onSessionEnd: () => window.location.assign(`/login?from=${encodeURIComponent(window.location.pathname)}`),
      }),
    [mutate, cache],
  );
  return null;
}
