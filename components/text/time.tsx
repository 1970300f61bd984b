'use client';
import { formatAge, formatFor, formatTime } from '@/lib/domain/text/format';
import { useNow, useZone } from './viewer';

/** A moment, in the viewer's zone. */
export function Time({ at }: { at: number }) {
  const zone = useZone();
  return <time dateTime={new Date(at).toISOString()}>{formatTime(at, { zone, now: useNow() })}</time>;
}

/** How long ago: `2 s ago`, ticking. */
export function Age({ since }: { since: number }) {
  return <span className="whitespace-nowrap">{formatAge(useNow() - since)}</span>;
}

/** For how long by now: `16 min`, ticking. */
export function Lasting({ since }: { since: number }) {
  return <span className="whitespace-nowrap">{formatFor(useNow() - since)}</span>;
}

/** The same to the second, for what counts by the second: `11 min 08 s`. */
export function Clock({ since }: { since: number }) {
  const s = Math.max(0, Math.floor((useNow() - since) / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const text =
    s < 60
      ? `${s} s`
      : s < 3600
        ? `${Math.floor(s / 60)} min ${two(s % 60)} s`
        : `${Math.floor(s / 3600)} h ${two(Math.floor((s % 3600) / 60))} min`;
  return <span className="whitespace-nowrap">{text.replaceAll(' ', '\u00a0')}</span>;
}
