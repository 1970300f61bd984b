import type { Problem } from './errors';

/** Outcome of anything that may fail in a way the caller has to deal with. Adapters and use cases return it; they do not throw for expected failures. */
export type Result<T, E = Problem> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });
