import { expect, test } from 'vitest';
import { lineage, newer } from './lineage';

test('by journalId, else by the first start, else unknown', () => {
  expect(lineage({ journalId: 'a' }, { journalId: 'a' })).toBe('same');
  expect(lineage({ journalId: 'a', initiallyStartedAt: 1 }, { journalId: 'b', initiallyStartedAt: 1 })).toBe('different');
  expect(lineage({ initiallyStartedAt: 1 }, { journalId: 'b', initiallyStartedAt: 1 })).toBe('same');
  expect(lineage({ initiallyStartedAt: 1 }, { initiallyStartedAt: 2 })).toBe('different');
  expect(lineage({ journalId: 'a' }, { initiallyStartedAt: 2 })).toBe('unknown');
  expect(lineage({}, {})).toBe('unknown');
});

test('newer only within one lineage', () => {
  expect(newer({ journalId: 'a', lastEventId: 2 }, { journalId: 'a', lastEventId: 1 })).toBe('a');
  expect(newer({ journalId: 'a', lastEventId: 1 }, { journalId: 'a', lastEventId: 2 })).toBe('b');
  expect(newer({ journalId: 'a', lastEventId: 1 }, { journalId: 'a', lastEventId: 1 })).toBe('equal');
  expect(newer({ journalId: 'a', lastEventId: 1 }, { journalId: 'b', lastEventId: 2 })).toBe('unknown');
  expect(newer({ journalId: 'a' }, { journalId: 'a', lastEventId: 2 })).toBe('unknown');
});
