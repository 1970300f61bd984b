'use client';
import { useState } from 'react';
import useSWR from 'swr';
import type { AuditAnswer } from '../contract/runs';
import { type CallFailure, call, fetcher } from './fetcher';
import { keys } from './keys';

const PAGE = 100;

/** Where the entries that fit can be saved from. */
export const auditExport = (text: string, format: 'csv' | 'jsonl'): string =>
  `${keys.audit}?${new URLSearchParams({ ...(text && { text }), format })}`;

/** The audit log, newest first, searched by the server in every field. The newest page is asked again every 10 s; `loadMore` fetches older ones. */
export function useAudit(
  text: string,
  on: boolean,
): { data?: readonly AuditAnswer[]; error?: CallFailure; hasMore: boolean; loadMore(): Promise<void> } {
  const query = (before?: number) =>
    `${keys.audit}?${new URLSearchParams({ ...(text && { text }), limit: String(PAGE), ...(before !== undefined && { before: String(before) }) })}`;
  const { data: newest, error } = useSWR<readonly AuditAnswer[], CallFailure>(on ? query() : null, fetcher, {
    revalidateOnFocus: false,
    shouldRetryOnError: false,
    refreshInterval: 10_000,
    keepPreviousData: true,
  });
  const [older, setOlder] = useState<{ text: string; lines: readonly AuditAnswer[]; end: boolean }>({ text, lines: [], end: false });
  const mine = older.text === text ? older : { text, lines: [], end: false };
  const seen = new Set(newest?.map((l) => l.id));
  const all = newest && [...newest, ...mine.lines.filter((l) => !seen.has(l.id))];
  return {
    ...(all && { data: all }),
    ...(error && { error }),
    hasMore: !mine.end && (mine.lines.length > 0 || (newest?.length ?? 0) >= PAGE),
    async loadMore() {
      const last = all?.at(-1);
      if (!last) return;
      const page = await call<readonly AuditAnswer[]>('GET', query(last.id));
      // What the newest page has pushed out since stays too: `all` is what the person sees now.
      if (page.ok) setOlder({ text, lines: [...(all ?? []), ...page.value], end: page.value.length < PAGE });
    },
  };
}
