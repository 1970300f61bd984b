/**
 * Grows a journal at rest to a wanted size, with filler that recovery accepts and folds cheaply.
 *   make-journal --data-directory=DIR --size=200MB [--kind=snapshot|events]
 * `snapshot`: orders FILLER-… in the newest file's snapshot; they survive every restart, count in the Overview, and the ending stays as it was.
 * `events`: lines of output written by FILLER orders at the end of the newest file, as of a Controller that was killed while at work.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseOptions } from '../shared/options';
import { isSeparator } from './journal/event-line';
import { listJournalFiles } from './journal/file-names';
import { END_OF_SNAPSHOT } from './journal/format';
import { scanLines } from './journal/line-scanner';
import { recoverFile } from './journal/recover';

const UNITS: Record<string, number> = { '': 1, kB: 1e3, MB: 1e6, GB: 1e9 };
const CHUNK = 4 * 1024 * 1024;
const TEXT = 'filler '.repeat(210);

function main(): void {
  const { values } = parseOptions(process.argv.slice(2), ['data-directory', 'size', 'kind']);
  const directory = path.join(values.get('data-directory')?.[0] ?? '', 'state');
  const size = /^([\d.]+)(kB|MB|GB|)$/.exec(values.get('size')?.[0] ?? '');
  const newest = fs.existsSync(directory) ? listJournalFiles(directory).at(-1) : undefined;
  if (!size || !newest) {
    console.error(
      'usage: make-journal --data-directory=DIR --size=200MB [--kind=snapshot|events]; DIR must hold a journal: start and stop a Controller first',
    );
    process.exit(1);
  }
  const wanted = Number(size[1]) * (UNITS[size[2] ?? ''] ?? 1);
  const { lastEventId, position, fd } = recoverFile(newest.path, newest.fileEventId);
  fs.closeSync(fd);
  if ((values.get('kind')?.[0] ?? 'snapshot') === 'events') appendEvents(newest.path, position, wanted, lastEventId);
  else growSnapshot(newest.path, wanted);
  console.log(`${newest.path} ${fs.statSync(newest.path).size} bytes`);
}

function appendEvents(file: string, position: number, wanted: number, lastEventId: number): void {
  fs.truncateSync(file, position);
  const fd = fs.openSync(file, 'a');
  let eventId = lastEventId;
  fill(
    fd,
    wanted - position,
    (n) => `${JSON.stringify({ eventId: ++eventId, Key: `FILLER-${n % 1000}`, TYPE: 'OrderStdoutWritten', chunk: TEXT })}\n`,
  );
  fs.closeSync(fd);
}

/** A new file beside, put in place by rename. */
function growSnapshot(file: string, wanted: number): void {
  const source = fs.openSync(file, 'r');
  const { size } = fs.fstatSync(source);
  let cut = 0;
  scanLines(source, 0, size, (buffer, start, end, position) => {
    cut = position;
    return !(isSeparator(buffer, start) && buffer.toString('latin1', start, end) === END_OF_SNAPSHOT);
  });
  const target = fs.openSync(`${file}.tmp`, 'w', 0o644);
  copy(source, target, 0, cut);
  const workflowPosition = { workflowId: { path: 'filler', versionId: '1' }, position: [0] };
  fill(
    target,
    wanted - size,
    (n) =>
      `${JSON.stringify({ TYPE: 'Order', id: `FILLER-${n}`, workflowPosition, state: { TYPE: 'Fresh' }, arguments: { filler: TEXT } })}\n`,
  );
  copy(source, target, cut, size);
  fs.closeSync(source);
  fs.closeSync(target);
  const { uid, gid } = fs.statSync(file);
  fs.chownSync(`${file}.tmp`, uid, gid);
  fs.renameSync(`${file}.tmp`, file);
}

function fill(fd: number, bytes: number, line: (n: number) => string): void {
  let n = 0;
  for (let left = bytes; left > 0; ) {
    let batch = '';
    while (batch.length < CHUNK && batch.length < left) batch += line(n++);
    fs.writeSync(fd, batch);
    left -= batch.length;
  }
}

function copy(source: number, target: number, from: number, to: number): void {
  const chunk = Buffer.allocUnsafe(CHUNK);
  for (let at = from; at < to; ) {
    const n = fs.readSync(source, chunk, 0, Math.min(CHUNK, to - at), at);
    fs.writeSync(target, chunk, 0, n);
    at += n;
  }
}

main();
