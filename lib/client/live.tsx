'use client';
import { type ReactNode, useEffect, useMemo } from 'react';
import { SWRConfig, useSWRConfig } from 'swr';
import type { SessionAnswer, Snapshot } from '../contract/api';
import { keys } from './keys';
import { keyOf, openStream } from './stream';

/** What the server rendered the page with (lib/server/page.ts, firstPaint). */
export interface LiveInitial {
  readonly session: SessionAnswer;
  readonly snapshots: readonly Snapshot[];
}

/** Puts the first snapshots into SWR and keeps the tab's one stream open. One per page tree: in the layout of the logged-in pages. */
export function LiveProvider({ initial, children }: { initial: LiveInitial; children: ReactNode }) {
  const fallback = useMemo(() => {
    const topics = initial.snapshots.map(({ topic: _, ...cached }, i) => [keyOf(initial.snapshots[i] as Snapshot), cached] as const);
    return { [keys.session]: initial.session, ...Object.fromEntries(topics) };
  }, [initial]);
  return (
    <SWRConfig value={{ fallback }}>
      <Stream />
      {children}
    </SWRConfig>
  );
}

function Stream() {
  const { mutate, cache } = useSWRConfig();
  useEffect(() => openStream({ mutate, read: (key) => cache.get(key)?.data, onSessionEnd: toLogin }), [mutate, cache]);
  return null;
}

const toLogin = () => window.location.assign(`/login?from=${encodeURIComponent(window.location.pathname)}`);
