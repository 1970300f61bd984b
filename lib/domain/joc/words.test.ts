import { expect, test } from 'vitest';
import { proxyOf } from './follows';
import { componentWord, connectionWord } from './words';

test.each([
  [{ severity: 0, text: 'operational' }, 'operational'],
  [{ severity: 1, text: 'limited' }, 'limited'],
  [{ severity: 2, text: 'inoperable' }, 'inoperable'],
  // JOC's "unknown" has severity 2 as coded, 3 as documented (joc-cockpit 2.1).
  [{ severity: 2, text: 'unknown' }, 'unknown'],
  [{ severity: 3, text: 'unknown' }, 'unknown'],
  [{ severity: 0, text: 'a word of tomorrow' }, 'operational'],
  [{ severity: 4, text: 'a word of tomorrow' }, 'unknown'],
  [undefined, 'unknown'],
] as const)('%o is %s', (state, word) => expect(componentWord(state)).toBe(word));

test.each([
  [{ severity: 0, text: 'established' }, 'established'],
  [{ severity: 1, text: 'unstable' }, 'unstable'],
  [{ severity: 2, text: 'unreachable' }, 'unreachable'],
  [{ severity: 2, text: 'unknown' }, 'unknown'],
  [undefined, 'unknown'],
] as const)('connection %o is %s', (state, word) => expect(connectionWord(state)).toBe(word));

test.each([
  [5, 4, false, 'follows'],
  [4, 4, false, 'follows'],
  [3, 4, false, 'behind'],
  // Another one may work: the event may be its own (joc-proved N13). Older than this start, it is behind all the same.
  [5, 4, true, 'unknown'],
  [3, 4, true, 'behind'],
  [undefined, 4, false, 'unknown'],
  [5, undefined, false, 'unknown'],
] as const)('last event %s, started %s, another one may work %s: %s', (proxyAt, startedAt, otherMayWork, is) =>
  expect(proxyOf({ proxyAt, startedAt, otherMayWork })).toBe(is),
);
