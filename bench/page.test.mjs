import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pageOf } from './page.mjs';

const docs = join(import.meta.dirname, '../docs');

test('docs/performance.md is what the script makes of the figures, to the letter', () => {
  const results = JSON.parse(readFileSync(join(docs, 'performance.json'), 'utf8'));
  expect(readFileSync(join(docs, 'performance.md'), 'utf8')).toBe(pageOf(results));
});
