import 'server-only';

/** What changes all the time while nothing happens: ages and figures. A view that differs in these alone is not urgent. */
const FIGURES: ReadonlySet<string> = new Set([
  'at',
  'oldestAt',
  'lastEventId',
  'journalBytes',
  'orderCount',
  'freeBytes',
  'totalBytes',
  'clockSkewMs',
]);

/** Equal but for ages and figures? Both are plain JSON. Parts that are the same object are not walked. */
export function sameSubstance(a: unknown, b: unknown): boolean {
  return equal(a, b, FIGURES);
}
export const sameEntirely = (a: unknown, b: unknown): boolean => equal(a, b, NOTHING);
const NOTHING: ReadonlySet<string> = new Set();

function equal(a: unknown, b: unknown, but: ReadonlySet<string>): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => equal(x, b[i], but));
  }
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(x);
  if (keys.length !== Object.keys(y).length) return false;
  return keys.every((k) => (but.has(k) ? k in y : k in y && equal(x[k], y[k], but)));
}
