import 'server-only';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LogLine } from '../../ports/engine';
import { onChange } from './event-log';

/** Docker cuts longer lines too (16 KiB there; the port promises 64 KiB at most). */
const LONGEST_LINE = 65_536;
/** So much of a log's past is looked at. */
const PAST_BYTES = 4_000_000;

/** The output of a container, as its supervisor writes it: `<epoch ms> o|e <text>`, in the order in which it came. */
export class ContainerLog {
  readonly #folder: string;
  readonly #path: string;
  #offset = 0;
  #rest: Buffer = Buffer.alloc(0);

  constructor(containerFolder: string) {
    this.#folder = containerFolder;
    this.#path = join(containerFolder, 'log');
  }

  /** Whole lines that were not read yet. */
  next(): LogLine[] {
    const bytes = Buffer.concat([this.#rest, this.#new()]);
    const end = bytes.lastIndexOf(10) + 1;
    this.#rest = bytes.subarray(end);
    return bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1).flatMap(parse);
  }

  /** Until `ended` (asked before each look) or abort. */
  async follow(signal: AbortSignal, ended: () => boolean, onLine: (line: LogLine) => void): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((done) => {
      const look = (): void => {
        const last = ended();
        for (const line of this.next()) if (!signal.aborted) onLine(line);
        if (last) finish();
      };
      const finish = (): void => {
        stop();
        signal.removeEventListener('abort', finish);
        done();
      };
      signal.addEventListener('abort', finish);
      const stop = onChange(this.#folder, look, 500);
      look();
    });
  }

  #new(): Buffer {
    const size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= this.#offset) return Buffer.alloc(0);
    const start = Math.max(this.#offset, size - PAST_BYTES);
    const bytes = Buffer.alloc(size - start);
    const fd = openSync(this.#path, 'r');
    try {
      this.#offset = start + readSync(fd, bytes, 0, bytes.length, start);
    } finally {
      closeSync(fd);
    }
    return bytes;
  }
}

/** A line in pieces that are not too long; nothing for the half line at which a look into the past began. */
function parse(line: string): LogLine[] {
  const found = /^(\d{10,}) ([oe]) ([\s\S]*)$/.exec(line);
  if (!found) return [];
  const [, at, stream, text = ''] = found;
  const pieces = text.match(new RegExp(`[\\s\\S]{1,${LONGEST_LINE}}`, 'g')) ?? [''];
  return pieces.map((piece) => ({ at: Number(at), stream: stream === 'e' ? 'err' : 'out', text: piece }));
}
