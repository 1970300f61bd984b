'use client';
import useSWR from 'swr';
import type { CallFailure } from './fetcher';
import { useLive } from './use-live';

/** What every hook of a live topic returns. Stale = nothing has come through since `since` (browser clock, epoch ms). */
export interface Live<T> {
  readonly data?: T;
  readonly error?: CallFailure;
  readonly isStale: boolean;
  readonly since?: number;
}
/** The cached form of a topic: the stream's snapshot without its name. */
export interface Cached<T> {
  readonly rev: number;
  readonly at: number;
  readonly data: T;
}

/** Reads a topic from the cache. It never fetches: stream.ts is the only writer. */
export function useTopic<T>(key: string): Live<T> {
  const { data } = useSWR<Cached<T>>(key, null);
  return withStaleness(data?.data, undefined, useLive());
}

export function withStaleness<T>(data: T | undefined, error: CallFailure | undefined, live: { state: string; lastAt: number }): Live<T> {
  const isStale = live.state === 'lost';
  return { isStale, ...(data !== undefined && { data }), ...(error && { error }), ...(isStale && { since: live.lastAt }) };
}
