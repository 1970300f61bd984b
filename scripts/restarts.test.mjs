import { expect, it } from 'vitest';
import { restarts } from './restarts.mjs';

it('gives up after so many in so long, and only then', () => {
  const again = restarts(2, 1_000);
  expect([0, 10, 20, 999, 1_005, 1_006, 1_011].map(again)).toEqual([true, true, false, false, true, false, true]);
});
