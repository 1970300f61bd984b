import 'server-only';

/** One word of a shell command that stands for exactly this text, whatever it holds (no NUL: no argument can have one). */
export const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A `printf` command, in plain ASCII, that prints exactly these bytes. In pieces: nobody's line limit is met. */
export function shellBytes(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    let format = '';
    for (const b of bytes.subarray(at, at + PIECE)) format += plain(b) ? String.fromCharCode(b) : `\\${b.toString(8).padStart(3, '0')}`;
    // `--` is not known everywhere; a piece that begins with a dash is written as an octal number instead.
    parts.push(`printf '${format.replace(/^-/, '\\055')}'`);
  }
  return parts.length === 0 ? ':' : parts.join(' && ');
}
const PIECE = 4096;
/** Printable, and of no meaning to `printf` or within single quotes. Line feeds may stay. */
const plain = (b: number): boolean => b === 10 || (b >= 32 && b < 127 && b !== 37 && b !== 39 && b !== 92);
