'use client';
import { useState } from 'react';
import useSWR from 'swr';
import type { TimelineEvent } from '../contract/words';
import { type CallFailure, call, fetcher } from './fetcher';
import { keys } from './keys';
import { useLive } from './use-live';
import { type Cached, type Live, withStaleness } from './use-topic';

/** As many as the server tells at a time. */
const TIMELINE_PAGE = 50;
type Page = Cached<{ clusterId: string; events: readonly TimelineEvent[] }>;

/** A cluster's timeline, newest first: the newest page is live, `loadMore` fetches older ones. */
export function useTimeline(id: string): Live<readonly TimelineEvent[]> & { readonly hasMore: boolean; loadMore(): Promise<void> } {
  const { data, error } = useSWR<Page, CallFailure>(keys.timeline(id), fetcher, { revalidateOnFocus: false });
  const [older, setOlder] = useState<{ id: string; events: readonly TimelineEvent[]; end: boolean }>({ id, events: [], end: false });
  const mine = older.id === id ? older : { id, events: [], end: false };
  const newest = data?.data.events;
  const seen = new Set(newest?.map((e) => e.id));
  const all = newest && [...newest, ...mine.events.filter((e) => !seen.has(e.id))];
  return {
    ...withStaleness(all, error, useLive()),
    hasMore: !mine.end && (mine.events.length > 0 || (newest?.length ?? 0) >= TIMELINE_PAGE),
    async loadMore() {
      const last = all?.at(-1);
      if (!last) return;
      const page = await call<Page>('GET', `${keys.timeline(id)}?before=${last.id}&limit=${TIMELINE_PAGE}`);
      if (!page.ok) return;
      // What the live page has pushed out since stays too: `all` is what the person sees now.
      setOlder({ id, events: [...(all ?? []), ...page.value.data.events], end: page.value.data.events.length < TIMELINE_PAGE });
    },
  };
}
