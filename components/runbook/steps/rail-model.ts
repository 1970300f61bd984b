/** Which piece of the rail is gold: between two steps during both of which nobody works. */
export function railOf<T extends { readonly down: boolean }>(steps: readonly T[]) {
  return steps.map((step, i) => ({
    step,
    first: i === 0,
    last: i === steps.length - 1,
    downBefore: steps[i - 1]?.down === true,
    downAfter: steps[i + 1]?.down === true,
  }));
}

/** Index of the first step behind the point of no return; -1 where the plan has none. */
export const pointAt = (steps: readonly { readonly afterPoint: boolean }[]): number => steps.findIndex((s) => s.afterPoint);
