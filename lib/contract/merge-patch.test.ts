import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyPatch, diff } from './merge-patch';

const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.oneof(fc.integer(), fc.record({ a: fc.string() }))));
const { tree } = fc.letrec<{ tree: Record<string, unknown> }>((tie) => ({
  tree: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.oneof({ maxDepth: 3 }, leaf, tie('tree')), { maxKeys: 4 }),
}));

test('a patch turns the old value into the new one, and equal values need none', () => {
  fc.assert(
    fc.property(tree, tree, (a, b) => {
      const patch = diff(a, b);
      if (patch) expect(patch).not.toEqual({});
      else expect(a).toEqual(b);
      expect(patch ? applyPatch(a, JSON.parse(JSON.stringify(patch))) : a).toEqual(b);
    }),
  );
});

test('what is not touched stays the same object, and nothing is changed in place', () => {
  const before = { left: { x: 1 }, right: { y: { z: 1 }, gone: 1 } };
  const after = applyPatch(before, { right: { y: { z: 2 }, gone: null } }) as typeof before;
  expect(after).toEqual({ left: { x: 1 }, right: { y: { z: 2 } } });
  expect(after.left).toBe(before.left);
  expect(before.right).toEqual({ y: { z: 1 }, gone: 1 });
});

test('only the parts that differ are sent', () => {
  expect(diff({ a: { at: 1, x: [1] }, b: 'b' }, { a: { at: 2, x: [1] }, b: 'b' })).toEqual({ a: { at: 2 } });
});
