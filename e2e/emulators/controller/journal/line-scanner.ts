/** Reads a file line by line in chunks, without ever holding more than a chunk and one line. Synchronous: recovery happens before any port is open. */
import fs from 'node:fs';

const CHUNK = 1024 * 1024;
const LF = 10;

/** `stop` by returning false. The line is `buffer[start, end)` without its LF; `position` is where it begins in the file. */
export type OnLine = (buffer: Buffer, start: number, end: number, position: number) => boolean | undefined;

/** Returns the position behind the last complete line that was told; a rest without LF is not told. */
export function scanLines(fd: number, from: number, to: number, onLine: OnLine): number {
  let buffer = Buffer.allocUnsafe(CHUNK);
  let kept = 0;
  let position = from;
  let readAt = from;
  while (readAt < to) {
    if (kept === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
    const n = fs.readSync(fd, buffer, kept, Math.min(buffer.length - kept, to - readAt), readAt);
    if (n === 0) break;
    readAt += n;
    const length = kept + n;
    let start = 0;
    for (let lf = buffer.indexOf(LF, kept); lf >= 0 && lf < length; lf = buffer.indexOf(LF, start)) {
      if (onLine(buffer, start, lf, position) === false) return position + (lf + 1 - start);
      position += lf + 1 - start;
      start = lf + 1;
    }
    buffer.copyWithin(0, start, length);
    kept = length - start;
  }
  return position;
}
