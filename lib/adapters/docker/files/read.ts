import 'server-only';
import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { err, ok, type Result } from '../../../domain/result';
import type { Connection } from '../connection';
import type { Running } from '../helper';
import type { HelperPool } from '../helper-pool';
import type { Inspected } from '../instance';
import { Explained } from '../problems';
import { inTime } from '../silence';
import { type Archived, archived } from './archive';
import { pathNotFound, placeOf, scriptProblem } from './paths';
import { asked } from './scripted';
import { READ, READ_PIECE } from './scripts';

const BLOCK = 65_536;
const BIG = 8 * 1_048_576;
/** So much is read ahead of whoever takes it: with Node's 16 KB both engines would wait for each other after each piece. */
const AHEAD = 1_048_576;
/** What is read through the archive API is taken at once and kept in memory; about what a socket holds, so that dockerd is done even if we vanish. */
const SMALL = 262_144;

/**
 * A small piece near the beginning: from the archive, which needs no helper. All else: `dd` in a helper. While an archive is read, dockerd (20.10) holds
 * the container's lock: inspecting and stopping it wait until the reader is done. So never hand such a stream to anybody.
 */
export async function read(
  c: Connection,
  pool: HelperPool,
  of: Inspected,
  path: string,
  o: { offset?: number; length?: number } = {},
): Promise<Result<Readable>> {
  const offset = o.offset ?? 0;
  if (o.length !== undefined && o.length <= SMALL && offset + o.length > SMALL) return readPiece(c, pool, of, path, offset, o.length);
  if (offset === 0 && o.length !== undefined && o.length > BIG) return readArchive(c, pool, of, path, o.length);
  if (offset + (o.length ?? 0) > SMALL) return readInHelper(c, pool, of, path, offset, o.length);
  const found = await followed(c, of, path);
  if (!found.ok) return found;
  const { content, bytes, end } = found.value;
  const until = Math.min(bytes, offset + (o.length ?? Number.POSITIVE_INFINITY));
  try {
    if (until <= SMALL)
      return ok(Readable.from([(await beginning(content, until, c.limits.look)).subarray(offset)], { objectMode: false }));
  } catch (e) {
    return err(c.problemOf(e, `reading "${path}"`));
  } finally {
    end();
  }
  return readInHelper(c, pool, of, path, offset, o.length);
}

/** A small piece from further back, through the open shell. */
async function readPiece(
  c: Connection,
  pool: HelperPool,
  of: Inspected,
  path: string,
  offset: number,
  length: number,
): Promise<Result<Readable>> {
  const line = [READ_PIECE, path, String(offset), String(length)] as const;
  const ran = await asked(c, pool, { of, readOnly: true }, line, { limitMs: c.limits.command, mostOutput: length });
  if (!ran.ok) return ran;
  if (ran.value.exitCode !== 0) return err(scriptProblem(c, of, path, ran.value.exitCode, ran.value.stderr));
  return ok(Readable.from([ran.value.stdout], { objectMode: false }));
}

/**
 * Much from the beginning on: as an archive, which comes several times as fast as the output of a command. Of a helper: dockerd holds the lock of the container
 * while it sends, and that must not be the instance's. Whoever only looks meanwhile uses the helper's open shell, which needs no lock.
 */
async function readArchive(c: Connection, pool: HelperPool, of: Inspected, path: string, length: number): Promise<Result<Readable>> {
  const borrowed = await pool.borrow(of, true);
  if (!borrowed.ok) return borrowed;
  const found = await archived(c, of, path, borrowed.value.helper.id);
  const end = () => {
    if (found.ok) found.value.end();
    borrowed.value.done();
  };
  if (found.ok && found.value.kind === 'file') return ok(bytesOf(c, found.value.content, 0, length, end));
  end();
  return found.ok ? readInHelper(c, pool, of, path, 0, length) : found;
}

async function beginning(content: AsyncIterable<Buffer>, bytes: number, limitMs: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let left = bytes;
  const take = async () => {
    if (left === 0) return;
    for await (const chunk of content) {
      parts.push(chunk.subarray(0, left));
      left -= Math.min(left, chunk.length);
      if (left === 0) return;
    }
  };
  await inTime(take(), limitMs);
  return Buffer.concat(parts);
}

/** The file itself, where `path` is a link to it. */
async function followed(c: Connection, of: Inspected, path: string): Promise<Result<Archived>> {
  let at = path;
  for (let step = 0; step <= 20; step++) {
    const place = placeOf(of, at);
    if (!place.ok) return place;
    const found = await archived(c, of, place.value.path);
    if (!found.ok || found.value.kind === 'file') return found;
    found.value.end();
    if (found.value.kind !== 'link' || !found.value.linkTarget) break;
    at = posix.resolve(posix.dirname(place.value.path), found.value.linkTarget);
  }
  return err(pathNotFound(of, path));
}

async function readInHelper(
  c: Connection,
  pool: HelperPool,
  of: Inspected,
  path: string,
  offset: number,
  length: number | undefined,
): Promise<Result<Readable>> {
  const helper = await pool.borrow(of, true);
  if (!helper.ok) return helper;
  const { done } = helper.value;
  const skipped = offset % BLOCK;
  const bytes = length === undefined ? 'all' : String(length + skipped);
  const started = await helper.value.helper.run(['sh', '-c', READ, 'handover', path, String(Math.floor(offset / BLOCK)), bytes]);
  if (!started.ok) {
    done({ broken: true });
    return started;
  }
  const running = started.value;
  const stdout = outputOf(running);
  const finish = () => {
    running.abandon();
    done();
  };
  try {
    const first = await stdout.next();
    if (!first.done) {
      // The full stop that says the file is there.
      const rest = first.value.subarray(1);
      const content = (async function* () {
        if (rest.length > 0) yield rest;
        yield* stdout;
      })();
      return ok(bytesOf(c, content, skipped, length, finish));
    }
    const code = await running.exitCode();
    finish();
    return code.ok ? err(scriptProblem(c, of, path, code.value, stdout.words())) : code;
  } catch (e) {
    done({ broken: true });
    return err(c.problemOf(e, `reading "${path}"`));
  }
}

/** Standard output alone; `words` holds the beginning of the other one. */
function outputOf(running: Running): AsyncGenerator<Buffer> & { words(): string } {
  let words = '';
  const out = (async function* () {
    for await (const { stream, bytes } of running.output) {
      if (stream === 'out') yield bytes;
      else words = (words + bytes.toString()).slice(0, 2000);
    }
  })();
  return Object.assign(out, { words: () => words });
}

/**
 * A stream of `length` bytes from `offset` on. `end` is called when it is over, for whatever reason. The engine may fall silent: after
 * `limits.silence` without a byte, while one is wanted, the stream breaks.
 */
function bytesOf(c: Connection, source: AsyncIterable<Buffer>, offset: number, length: number | undefined, end: () => void): Readable {
  async function* piece(): AsyncGenerator<Buffer> {
    let skip = offset;
    let left = length ?? Number.POSITIVE_INFINITY;
    const from = source[Symbol.asyncIterator]();
    try {
      while (left > 0) {
        const next = await inTime(from.next(), c.limits.silence);
        if (next.done) return;
        const kept = next.value.subarray(Math.min(skip, next.value.length));
        skip -= next.value.length - kept.length;
        const bytes = kept.subarray(0, left);
        left -= bytes.length;
        if (bytes.length > 0) yield bytes;
      }
    } catch (e) {
      throw new Explained(c.problemOf(e, 'reading a file'));
    } finally {
      end();
    }
  }
  const stream = Readable.from(piece(), { objectMode: false, highWaterMark: AHEAD });
  // A stream that is destroyed before it was read does not run the generator, nor its `finally`.
  stream.once('close', end);
  return stream;
}
