/** Why did a Controller end by itself? Recognised from its own words on stderr (controller-api.md 10.3, 10.4; the lines of recordings 02, 04, 04b, 06, 07, 10, 11, 12). */
import type { Refusal } from './disk';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the logger colours its lines with ANSI escapes
const COLOURS = /\x1b\[[0-9;]*m/g;
/** First line of each start: `2026-11-23 23:35:09.732Z JS7 Controller 2.9.1`. The log of a container holds all its starts. */
const START = /^\S+ \S+ JS7 Controller \d/;

/** An ERROR line; a rejected command is only a WARN and says nothing about the end of the process. */
const error = (text: RegExp): RegExp => new RegExp(`\\bERROR\\b.*(?:${text.source})`, 'i');
const TABLE: readonly [Refusal['kind'], RegExp][] = [
  ['duplicate-start', /^(?:\S+ \S+ )?Duplicate start of JS7/],
  ['backup-flag', error(/PrimaryClusterNodeMayNotBecomeBackup/)],
  ['no-licence', error(/No license for js7\.controller\.cluster/)],
  ['no-licence', /Stop Controller due .*No license for js7\.controller\.cluster/],
  ['other-controller-id', error(/Recovered 'Controller:[^']*' differs from configured/)],
  ['no-signature-keys', error(/No trusted signature keys/)],
  [
    'broken-journal',
    error(
      /JSON sequence is corrupt|Missing JournalHeader|Journal file contains no event|JournalHeader's eventId=\S+ does not match|JournalTypeMismatch/,
    ),
  ],
  ['foreign-event', error(/Event could not be stored: (?:UnknownKey|Inapplicable)/)],
  // The start program's own last words. "died" of a cancelled start (SIGTERM on an unappointed backup) is another logger's.
  ['other', error(/startup\.ServiceMain - /)],
  ['other', error(/🔥 HALT|🟥 HALT/)],
];
const MAX_LINE = 500;

/**
 * The reason of the last start's end, from the last lines of a container's log (oldest first), or undefined if none is recognised: a proper stop, a kill, a
 * living process. Ask only for a container that has ended. Of several reasons the one higher in the table wins.
 */
export function recogniseRefusal(lines: readonly string[]): Refusal | undefined {
  const plain = lines.map((line) => line.replace(COLOURS, '').trimEnd());
  const start = plain.findLastIndex((line) => START.test(line));
  const last = plain.slice(start + 1);
  for (const [kind, pattern] of TABLE) {
    const line = last.find((l) => pattern.test(l));
    if (line !== undefined) return { kind, line: line.slice(0, MAX_LINE) };
  }
  return undefined;
}
