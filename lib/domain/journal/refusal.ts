/** Why a Controller ended by itself, from its own words on stderr: controller-api.md 10.4, recordings 02, 04b, 06, 07, 10, 11, 12. */
import type { Refusal } from './disk';

const WORDS: readonly (readonly [Refusal['kind'], RegExp])[] = [
  ['backup-flag', /PrimaryClusterNodeMayNotBecomeBackup/],
  ['no-licence', /No license for js7\.controller\.cluster/],
  ['duplicate-start', /Duplicate start of JS7/],
  ['other-controller-id', /Recovered 'Controller:.*' differs from configured 'Controller:/],
  ['no-signature-keys', /No trusted signature keys/],
  ['foreign-event', /Event could not be stored: (UnknownKey|InapplicableOrderEvent|Inapplicable)/],
  ['broken-journal', /Missing JournalHeader|JournalHeader's eventId|Journal file contains no event|JSON sequence is corrupt|JournalTypeMismatch/],
  ['other', /ERROR js7\.common\.system\.startup\.ServiceMain - /],
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: stderr is coloured
const COLOURS = /\u001b\[[0-9;]*m/g;
/** First line of every start. */
const START = /\bJS7 Controller \d/;

/** The reason among the last lines of a container's log, oldest first. Only the last start counts. Undefined: none is told (a kill, a proper stop). */
export function recogniseRefusal(lines: readonly string[]): Refusal | undefined {
  const plain = lines.map((l) => l.replace(COLOURS, ''));
  const start = plain.findLastIndex((l) => START.test(l));
  const own = plain.slice(Math.max(start, 0));
  for (const [kind, words] of WORDS) {
    const line = own.find((l) => words.test(l));
    if (line !== undefined) return { kind, line: line.trim().slice(0, 500) };
  }
  return undefined;
}
