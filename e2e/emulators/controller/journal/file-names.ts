/** Names in `data/state` (controller-api 8.1). The prefix is always `controller`; the number is the EventId of the last event *before* the file. */
import fs from 'node:fs';
import path from 'node:path';

const SYMLINK = 'controller-journal';

export interface JournalFileName {
  readonly fileEventId: number;
  readonly path: string;
}

export function journalFile(directory: string, fileEventId: number): string {
  return path.join(directory, `controller--${fileEventId}.journal`);
}

/** Ascending by number. */
export function listJournalFiles(directory: string): JournalFileName[] {
  return fs
    .readdirSync(directory)
    .flatMap((name) => {
      const match = /^controller--(\d+)\.journal$/.exec(name);
      return match ? [{ fileEventId: Number(match[1]), path: path.join(directory, name) }] : [];
    })
    .sort((a, b) => a.fileEventId - b.fileEventId);
}

/** Points the symbolic link at the current file; a convenience only, never read at recovery. */
export function linkCurrent(directory: string, file: string): void {
  const link = path.join(directory, SYMLINK);
  fs.rmSync(link, { force: true });
  fs.symlinkSync(path.basename(file), link);
}

/** Files never finished, removed at the next start (controller-api 8.1). */
export function removeTemporaryFiles(directory: string): void {
  for (const name of fs.readdirSync(directory))
    if (/^controller--\d+\.journal\.tmp$/.test(name)) fs.rmSync(path.join(directory, name), { force: true });
}
