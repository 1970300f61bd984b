/**
 * Changes `js7.journal.cluster.node.is-backup` in a controller.conf without touching the admin's own text: a managed block is put at its
 * end (before the closing brace of a file with an outer brace), where it wins over what stands before it (HOCON: the later value counts).
 * Taking the block away gives the former text back, byte for byte. Facts: controller-api.md section 5.
 */
export const BEGIN = '\n# >>> Handover: managed block. Handover writes and removes it; change nothing in it by hand.\n';
export const END = '# <<< Handover\n';

/** The text without Handover's block: what the admin wrote. */
export function withoutBlock(text: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  return begin < 0 || end < 0 ? text : text.slice(0, begin) + text.slice(end + END.length);
}

/**
 * The text with which the flag reads as wanted. `own` is what the admin's own text (`withoutBlock`) says, read by a HOCON parser; where it
 * says it already, no block is left. Idempotent.
 */
export function withFlag(text: string, flag: 'on' | 'off', ownFlag: 'on' | 'off'): string {
  const own = withoutBlock(text);
  if (ownFlag === flag) return own;
  const block = `${BEGIN}js7.journal.cluster.node.is-backup = ${flag === 'on' ? 'yes' : 'no'}\n${END}`;
  const at = closingBrace(own) ?? own.length;
  return own.slice(0, at) + block + own.slice(at);
}

/** Position of the brace that closes the whole file, if it has an outer brace. Strings and comments are skipped. */
function closingBrace(text: string): number | undefined {
  let depth = 0;
  let outer = false;
  for (const { char, at } of code(text)) {
    if (depth === 0 && !outer) {
      if (char !== '{') return undefined;
      outer = true;
    }
    if (char === '{') depth++;
    if (char === '}' && --depth === 0) return at;
  }
  return undefined;
}

const TOKEN = /"""[\s\S]*?"""+|"(?:[^"\\\n]|\\.)*"|#[^\n]*|\/\/[^\n]*|\s+|([\s\S])/g;
/** The characters that are neither white space, comment nor inside a string; a string counts as one `"`. */
function* code(text: string): Generator<{ char: string; at: number }> {
  for (const m of text.matchAll(TOKEN)) {
    if (m[1] !== undefined) yield { char: m[1], at: m.index };
    else if (m[0].startsWith('"')) yield { char: '"', at: m.index };
  }
}

/** The text with more lines at its end (inside an outer brace), where they win over what stands before them. */
export function withLines(text: string, lines: readonly string[]): string {
  const at = closingBrace(text) ?? text.length;
  const before = text.slice(0, at);
  return `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${lines.map((l) => `${l}\n`).join('')}${text.slice(at)}`;
}
