/** Writes a new journal file: header, snapshot, separators; first as `.tmp`, renamed when the snapshot is complete (controller-api 8.1, 8.3). */
import fs from 'node:fs';
import type { JsonObject } from '../../shared/json';
import type { ControllerState } from '../state/controller-state';
import { journalFile, linkCurrent } from './file-names';
import { END_OF_SNAPSHOT, EVENTS, headerLine, type JournalHeader, SNAPSHOT } from './format';

export interface OpenJournalFile {
  readonly fd: number;
  readonly path: string;
  readonly fileEventId: number;
  position: number;
}

/** `firstEvent` is the SnapshotTaken line: without it the file could not be recovered. */
export function writeSnapshotFile(
  directory: string,
  header: JournalHeader,
  state: ControllerState | undefined,
  firstEvent: string,
): OpenJournalFile {
  const path = journalFile(directory, header.eventId);
  const temporary = `${path}.tmp`;
  const fd = fs.openSync(temporary, 'w+', 0o644);
  const file: OpenJournalFile = { fd, path, fileEventId: header.eventId, position: 0 };
  append(file, `${headerLine(header)}\n${SNAPSHOT}\n`);
  if (state) {
    const { head, tail } = state.snapshot();
    appendObjects(file, head);
    const carriedAt = file.position;
    for (const chunk of state.carried.chunks()) append(file, chunk);
    if (state.carried.size > 0) state.carried.movedTo(fs.openSync(temporary, 'r'), carriedAt);
    appendObjects(file, tail);
  }
  append(file, `${END_OF_SNAPSHOT}\n${EVENTS}\n${firstEvent}\n`);
  fs.renameSync(temporary, path);
  linkCurrent(directory, path);
  return file;
}

const BATCH = 1000;
function appendObjects(file: OpenJournalFile, objects: readonly JsonObject[]): void {
  for (let i = 0; i < objects.length; i += BATCH)
    append(
      file,
      objects
        .slice(i, i + BATCH)
        .map((o) => `${JSON.stringify(o)}\n`)
        .join(''),
    );
}

export function append(file: OpenJournalFile, data: string | Buffer): void {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
  for (let done = 0; done < bytes.length; ) done += fs.writeSync(file.fd, bytes, done, bytes.length - done, file.position + done);
  file.position += bytes.length;
}
