/** Reads events out of the files, from any event on: the one source of all event streams (controller-api 1.3). */
import fs from 'node:fs';
import type { EventId } from '../../shared/event-id';
import { eventHead, isSeparator } from './event-line';
import type { JournalFileName } from './file-names';
import { EVENTS, parseHeader } from './format';
import type { Journal } from './journal';
import { scanLines } from './line-scanner';

/** A file of another lineage lies between: the real one answers 500 (recording 04b/023). */
export class LineageError extends Error {}

export interface EventLine {
  readonly eventId: EventId;
  readonly type: string;
  readonly line: string;
}

const ENOUGH = 256 * 1024;

interface Begin {
  readonly position: number;
  readonly lineage: string | undefined;
}
const BEGINS = new Map<string, Begin>();

export class EventReader {
  readonly #journal: Journal;
  #file: JournalFileName;
  #fd: number;
  #position: number;
  /** Events up to here have been told. */
  after: EventId;

  private constructor(journal: Journal, file: JournalFileName, after: EventId) {
    this.#journal = journal;
    this.#file = file;
    this.#fd = fs.openSync(file.path, 'r');
    this.after = after;
    this.#position = this.#beginOfEvents();
  }

  /** A reader behind `after`, or undefined if no such event is to be found. Call `close` when done. */
  static after(journal: Journal, after: EventId): EventReader | undefined {
    const file = journal.files.findLast((f) => f.fileEventId <= after);
    if (!file || after > journal.committed.eventId) return undefined;
    const reader = new EventReader(journal, file, after);
    if (after === file.fileEventId || reader.#seek(after)) return reader;
    reader.close();
    return undefined;
  }

  close(): void {
    fs.closeSync(this.#fd);
  }

  /** The next events, some at a time; none when there is nothing more now. */
  read(): EventLine[] {
    const lines: EventLine[] = [];
    for (;;) {
      const isCurrent = this.#file.fileEventId === this.#journal.file?.fileEventId;
      const end = isCurrent ? this.#journal.committed.position : fs.fstatSync(this.#fd).size;
      let bytes = 0;
      this.#position = scanLines(this.#fd, this.#position, end, (buffer, start, lineEnd) => {
        const head = isSeparator(buffer, start) ? undefined : eventHead(buffer, start, lineEnd);
        if (head && head.eventId > this.after) {
          lines.push({ ...head, line: buffer.toString('utf8', start, lineEnd) });
          this.after = head.eventId;
          bytes += lineEnd - start;
        }
        return bytes < ENOUGH;
      });
      if (lines.length > 0 || isCurrent || !this.#nextFile()) return lines;
    }
  }

  #nextFile(): boolean {
    const next = this.#journal.files.find((f) => f.fileEventId > this.#file.fileEventId);
    if (!next) return false;
    fs.closeSync(this.#fd);
    this.#file = next;
    this.#fd = fs.openSync(next.path, 'r');
    this.#position = this.#beginOfEvents();
    return true;
  }

  /** Remembered per file: a big snapshot is walked through once, not for each reader. */
  #beginOfEvents(): number {
    const known = BEGINS.get(this.#file.path);
    const { position, lineage } = known ?? this.#findBegin();
    if (!known) BEGINS.set(this.#file.path, { position, lineage });
    if (lineage !== this.#journal.header?.journalId) throw new LineageError(`JournalIdMismatch in ${this.#file.path}`);
    return position;
  }

  #findBegin(): Begin {
    let first = true;
    let lineage: string | undefined;
    const position = scanLines(this.#fd, 0, fs.fstatSync(this.#fd).size, (buffer, start, end) => {
      if (first) lineage = parseHeader(JSON.parse(buffer.toString('utf8', start, end)))?.journalId;
      first = false;
      return !(isSeparator(buffer, start) && buffer.toString('latin1', start, end) === EVENTS);
    });
    return { position, lineage };
  }

  /** Goes behind exactly this event; false if the file does not hold it. */
  #seek(eventId: EventId): boolean {
    // Most readers ask for what comes next: the last event needs no search.
    if (eventId === this.#journal.committed.eventId && this.#file.fileEventId === this.#journal.file?.fileEventId) {
      this.#position = this.#journal.committed.position;
      return true;
    }
    let found = false;
    this.#position = scanLines(this.#fd, this.#position, fs.fstatSync(this.#fd).size, (buffer, start, end) => {
      const head = isSeparator(buffer, start) ? undefined : eventHead(buffer, start, end);
      found = head?.eventId === eventId;
      return !(found || (head !== undefined && head.eventId > eventId));
    });
    return found;
  }
}
