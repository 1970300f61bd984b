/** Lines that hold every word of the filter, in any order, whatever their case. */
export function filterLines<L extends { readonly text: string }>(lines: readonly L[], filter: string): readonly L[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? lines : lines.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences of a terminal begin with it
const SEQUENCE = /\u001b\[[\d;:?]*[ -/]*[@-~]/g;
/** A line without colours and other control sequences of a terminal: what is read, searched and copied. */
export const plain = (text: string): string => text.replace(SEQUENCE, '');

export type LogLevel = 'error' | 'warn';
/** `2026-11-24 03:12:04.123+01 ERROR js7… - …`, coloured or not (log4j2 of a Controller; a level other than WARN and ERROR is written small). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with it
const STAMPED = /^(?:\u001b\[[\d;]*m)*\d{4}-\d\d-\d\d[ T]\S+\s+(?:\u001b\[[\d;]*m)*([A-Za-z]+)/;
/** Lines of a stack trace belong to the line that they follow. */
const GOES_ON = /^(?:\s+\S|Caused by: )/;

/**
 * How bad each line is, by what it says of itself; undefined = ordinary or not told. Never by the stream it came from: a Controller's start
 * script and the Controller itself write ordinary lines to stderr.
 */
export function levelsOf(lines: readonly { readonly text: string }[]): readonly (LogLevel | undefined)[] {
  let level: LogLevel | undefined;
  return lines.map(({ text }) => {
    const word = STAMPED.exec(text)?.[1]?.toLowerCase();
    if (word !== undefined)
      level = word === 'error' || word === 'fatal' ? 'error' : word === 'warn' || word === 'warning' ? 'warn' : undefined;
    else if (!GOES_ON.test(text)) level = undefined;
    return level;
  });
}
