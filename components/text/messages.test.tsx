import { expect, test } from 'vitest';
import { AREAS } from '@/lib/domain/text/en';
import { messages } from './messages';

/** Areas of pages alone: what the server sends is in none of them. */
const OF_PAGES = /^(ui|runbook|readiness|wayBack)/;

test('every area that the server may send words of is fetched behind the page', () => {
  const missing = Object.entries(AREAS)
    .filter(([area]) => !OF_PAGES.test(area))
    .flatMap(([area, texts]) => (Object.keys(texts).some((key) => !(key in messages)) ? [area] : []));
  expect(missing).toEqual([]);
  expect(Object.keys(messages).length).toBeGreaterThan(500);
});
