/** JSON merge patch (RFC 7396) between values without `null`, as our views are. `undefined` counts as absent. */
type Json = Record<string, unknown>;
const isRecord = (v: unknown): v is Json => typeof v === 'object' && v !== null && !Array.isArray(v);

const same = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));

/** What turns `before` into `after`; undefined where they are equal. Arrays are replaced as a whole. */
export function diff(before: Json, after: Json): Json | undefined {
  const patch: Json = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const a = before[key];
    const b = after[key];
    if (b === undefined) {
      if (a !== undefined) patch[key] = null;
    } else if (isRecord(a) && isRecord(b)) {
      const inner = diff(a, b);
      if (inner) patch[key] = inner;
    } else if (!same(a, b)) patch[key] = isRecord(b) ? (diff({}, b) ?? {}) : b;
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}

/** A new value; what the patch does not touch is the same object as before, so that React need not render it again. */
export function applyPatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Json = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = applyPatch(result[key], value);
  }
  return result;
}
