'use client';
import { useLive } from '@/lib/client/use-live';
import { useNow } from '../text/viewer';

/** A stream that reconnects at once is no news. */
const PATIENCE_MS = 3_000;

/** Since when nothing has come from Handover itself, and from when is what the page shows; undefined while it answers. Browser's clock. */
export function useLost(): { readonly since: number; readonly lastAt: number } | undefined {
  const live = useLive();
  const now = useNow();
  if (live.state !== 'lost' || now - live.since < PATIENCE_MS) return undefined;
  return { since: live.since, lastAt: live.lastAt || live.since };
}
