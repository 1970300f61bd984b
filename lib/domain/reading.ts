import type { Problem } from './errors';

/** Milliseconds since 1970, as the clock port tells them. */
export type Millis = number;

/**
 * What one source said, and when. A failed reading is not its last value: `last` is kept only so that a page can say "until 03:02:11".
 * `never` = not asked yet. Neither `failed` nor `never` may be taken as "stopped".
 */
export type Reading<T> =
  | { readonly kind: 'never' }
  | { readonly kind: 'value'; readonly value: T; readonly at: Millis }
  | {
      readonly kind: 'failed';
      readonly error: Problem;
      readonly since: Millis;
      readonly at: Millis;
      readonly last?: { readonly value: T; readonly at: Millis };
    };

export const never: Reading<never> = { kind: 'never' };

/** Fresh under 10 s, stale from 30 s (design/README.md section 9). */
export const FRESH_MS = 10_000;
export const STALE_MS = 30_000;

// biome-ignore lint/suspicious/noShadowRestrictedNames: a reading's value; nobody means the global of that name
export const valueOf = <T>(r: Reading<T>): T | undefined => (r.kind === 'value' ? r.value : undefined);

/** The next reading after a success or a failure; keeps since when it fails and the last value. */
export function nextReading<T>(
  previous: Reading<T>,
  outcome: { ok: true; value: T } | { ok: false; error: Problem },
  at: Millis,
): Reading<T> {
  if (outcome.ok) return { kind: 'value', value: outcome.value, at };
  if (previous.kind === 'failed') return { ...previous, error: outcome.error, at };
  return {
    kind: 'failed',
    error: outcome.error,
    since: at,
    at,
    ...(previous.kind === 'value' && { last: { value: previous.value, at: previous.at } }),
  };
}
