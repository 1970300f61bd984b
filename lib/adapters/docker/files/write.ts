import 'server-only';
import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { type Problem, problem } from '../../../domain/errors';
import { err, ok, type Result } from '../../../domain/result';
import type { VolumeFiles } from '../../../ports/engine';
import { type Connection, meaning } from '../connection';
import type { Helper } from '../helper';
import type { HelperPool } from '../helper-pool';
import type { Inspected } from '../instance';
import { Explained } from '../problems';
import { runToEnd } from '../run-helper';
import { placeOf, readOnly, scriptProblem, wordsProblem } from './paths';
import { asked } from './scripted';
import { DISCARD, PLACE, WRITABLE, WRITE_SMALL } from './scripts';

type Content = Parameters<VolumeFiles['write']>[1];

/** Temporary name beside the target, content by the archive API into the helper, then `sync` and `mv`. Whatever fails, the old file stays and the temporary one goes. */
export async function write(c: Connection, pool: HelperPool, of: Inspected, path: string, o: Content): Promise<Result<void>> {
  const place = placeOf(of, path);
  if (!place.ok) return place;
  if (place.value.readOnly) return err(readOnly(of, path));
  if (!(o.content instanceof Readable) && o.content.length <= SMALL) return writeSmall(c, pool, of, path, place.value.path, o, o.content);
  const borrowed = await pool.borrow(of, false);
  if (!borrowed.ok) return borrowed;
  const { helper, done } = borrowed.value;
  const target = place.value.path;
  const temporary = `.handover-${randomBytes(6).toString('hex')}.tmp`;
  const temporaryPath = posix.join(posix.dirname(target), temporary);
  const run = async (script: string, limitMs: number, ...paths: string[]): Promise<Result<void>> => {
    const ran = await runToEnd(c, helper, ['sh', '-c', script, 'handover', ...paths], limitMs);
    if (!ran.ok) return ran;
    return ran.value.exitCode === 0 ? ok(undefined) : err(scriptProblem(c, of, path, ran.value.exitCode, ran.value.stderr));
  };
  try {
    const may = await run(WRITABLE, c.limits.command, target);
    if (!may.ok) return may;
    const sent = await send(c, helper, of, path, { folder: posix.dirname(target), name: temporary }, o);
    const placed = sent.ok ? await run(PLACE, c.limits.bigCommand, temporaryPath, target) : sent;
    if (!placed.ok) await run(DISCARD, c.limits.command, temporaryPath);
    return placed;
  } finally {
    if (o.content instanceof Readable) o.content.destroy();
    await done();
  }
}

/** So much may wait to be sent: with 16 KB the sending side would wait after each piece. */
const AHEAD = 1_048_576;
/** So much goes through the open shell, as part of the script. */
const SMALL = 65_536;

/** The same in one question: temporary file, content, `sync`, `mv`. */
async function writeSmall(
  c: Connection,
  pool: HelperPool,
  of: Inspected,
  path: string,
  target: string,
  o: Content,
  content: Uint8Array,
): Promise<Result<void>> {
  if (content.length !== o.bytes) return err(otherSize(content.length > o.bytes ? 'longer' : 'shorter', o.bytes));
  const temporary = posix.join(posix.dirname(target), `.handover-${randomBytes(6).toString('hex')}.tmp`);
  const args = [temporary, target, o.mode.toString(8), `${o.uid}:${o.gid}`] as const;
  const ran = await asked(c, pool, { of, readOnly: false }, [WRITE_SMALL, ...args], {
    limitMs: c.limits.command,
    mostOutput: 1024,
    content,
  });
  if (!ran.ok) return ran;
  return ran.value.exitCode === 0 ? ok(undefined) : err(scriptProblem(c, of, path, ran.value.exitCode, ran.value.stderr));
}

/** The content as a file in a helper's volumes, written as it comes: what fails leaves a shorter one. */
export async function send(
  c: Connection,
  helper: Helper,
  of: Inspected,
  path: string,
  to: { folder: string; name: string },
  o: Content,
): Promise<Result<void>> {
  const pack = tar.pack({ highWaterMark: AHEAD });
  const stalled = stallGuard(c.limits.silence, (e) => pack.destroy(e));
  let failure: Error | undefined;
  const filled = fill(pack, to.name, o, stalled.touch).catch((e: Error) => {
    failure = e;
    pack.destroy(e);
  });
  try {
    // The limit as a whole is that of big things; a standstill is noticed earlier.
    const put = await c.call(`writing "${path}"`, c.limits.bigCommand, (docker, abortSignal) => {
      const asked = docker
        .getContainer(helper.id)
        .putArchive(Readable.from(pack as unknown as AsyncIterable<Buffer>), { path: to.folder, abortSignal });
      return meaning(asked as Promise<unknown>, (_, e) => wordsProblem(of, path, e));
    });
    if (failure instanceof Explained) return err(failure.problem);
    return put.ok ? ok(undefined) : put;
  } finally {
    stalled.clear();
    pack.destroy(new Error('the transfer is over'));
    // It may have nothing to give now, and would be waited for.
    if (o.content instanceof Readable) o.content.destroy();
    await filled;
  }
}

const otherSize = (is: string, announced: number): Problem =>
  problem('CONFLICT', `The content to be written is ${is} than the ${announced} bytes announced; nothing was changed.`, {
    remedy: 'The source changed meanwhile: look at it again.',
  });

/** Writes the one entry. Content of another size than announced is refused: the archive would be broken, or the file half. */
async function fill(pack: tar.Pack, name: string, o: Content, touch: () => void): Promise<void> {
  const wrong = (is: string) => new Explained(otherSize(is, o.bytes));
  const entry = pack.entry({ name, size: o.bytes, mode: o.mode, uid: o.uid, gid: o.gid, mtime: new Date() });
  entry.on('error', () => {});
  const source: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = o.content instanceof Readable ? o.content : [o.content];
  let written = 0;
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    written += bytes.length;
    if (written > o.bytes) throw wrong('longer');
    touch();
    if (bytes.length > 0 && !entry.write(bytes)) await drained(entry);
  }
  if (written < o.bytes) throw wrong('shorter');
  entry.end(undefined);
  pack.finalize();
}

function drained(entry: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = (e?: Error) => {
      entry.off('drain', onDrain);
      entry.off('close', onClose);
      if (e) reject(e);
      else resolve();
    };
    const onDrain = () => over();
    const onClose = () => over(new Error('the transfer ended early'));
    entry.on('drain', onDrain);
    entry.on('close', onClose);
  });
}

function stallGuard(ms: number, onStall: (e: Error) => void): { touch(): void; clear(): void } {
  const start = () => setTimeout(() => onStall(Object.assign(new Error(`nothing moved for ${ms} ms`), { code: 'ETIMEDOUT' })), ms);
  let timer = start();
  return {
    touch: () => {
      clearTimeout(timer);
      timer = start();
    },
    clear: () => clearTimeout(timer),
  };
}
