import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { problem } from '../../../domain/errors';
import { err, ok, type Result } from '../../../domain/result';
import type { MovingFiles } from '../../../ports/moving';
import type { Connection } from '../connection';
import type { HelperPool } from '../helper-pool';
import type { Inspected } from '../instance';
import { needByName } from '../look';
import {
  APPEND,
  APPEND_FROM,
  APPEND_FROM_SMALL,
  APPEND_SMALL,
  DISCARD_COPY,
  HASH_RANGES,
  KEEP_OF_PART,
  MOVE_FILES,
  PART_IS_WHOLE,
  PURGE_RETIRED,
  READY_FOR_ARCHIVE,
  REPLACE,
  SURVEY,
} from './moving-scripts';
import { placeOf, readOnly, scriptProblem } from './paths';
import { read } from './read';
import { asked, type Fed, scripted } from './scripted';
import { surveyFrom } from './survey';
import { send } from './write';

/** A shell that finds no such command. */
const NO_SUCH_COMMAND = 127;
/** So many bytes are appended as part of a script; so many are copied or hashed in the open shell. More gets a process of its own, which can be given up and tells how far it is. */
const ARCHIVE = 8 * 1_048_576;
const [CONTENT, SHORT] = [65_536, 16 * 1_048_576];
const KEEP_MS = 30_000;
/** Both folders' entries, pieces and texts. */
const MOST_SURVEY = 20 * 1_048_576;

/** The moving side of an instance's volumes, in helpers made from its own image. */
export function movingFiles(c: Connection, pool: HelperPool, name: string): MovingFiles {
  async function writable(path: string): Promise<Result<{ of: Inspected; path: string }>> {
    const of = await needByName(c, name);
    if (!of.ok) return of;
    const place = placeOf(of.value, path);
    if (!place.ok) return place;
    return place.value.readOnly ? err(readOnly(of.value, path)) : ok({ of: of.value, path: place.value.path });
  }
  /** A short script that changes something. */
  async function act(
    at: { of: Inspected; path: string },
    script: string,
    args: readonly string[],
    o: { also?: readonly Inspected[]; content?: Uint8Array } = {},
  ): Promise<Result<string>> {
    const on = { of: at.of, readOnly: false, alone: true, also: o.also };
    const ran = await asked(c, pool, on, [script, at.path, ...args], {
      limitMs: c.limits.bigCommand,
      mostOutput: 65_536,
      ...(o.content && { content: o.content }),
    });
    if (!ran.ok) return ran;
    return ran.value.exitCode === 0
      ? ok(ran.value.stdout.toString())
      : err(scriptProblem(c, at.of, at.path, ran.value.exitCode, ran.value.stderr));
  }
  async function change(
    at: { of: Inspected; path: string },
    script: string,
    args: readonly string[],
    { also, ...fed }: Fed & { also?: readonly Inspected[] } = {},
  ): Promise<Result<string>> {
    const on = { of: at.of, readOnly: false, alone: true, also };
    const ran = await scripted(c, pool, on, [script, at.path, ...args], { limitMs: c.limits.bigCommand, ...fed });
    if (!ran.ok) return ran;
    return ran.value.exitCode === 0 ? ok(ran.value.stdout) : err(scriptProblem(c, at.of, at.path, ran.value.exitCode, ran.value.stderr));
  }
  const whole =
    (path: string, end: number) =>
    (r: Result<string>): Result<void> => {
      if (!r.ok) return r;
      const length = Number(r.value.trim().split('\n').at(-1));
      return length === end
        ? ok(undefined)
        : err(
            problem('CONFLICT', `"${path}" was to hold ${end} bytes, it holds ${length}.`, {
              remedy: 'Try again: it goes on from what is there.',
            }),
          );
    };

  return {
    async survey(o) {
      const of = await needByName(c, name);
      if (!of.ok) return of;
      const places = [o.state, o.beside, ...o.texts].map((path) => placeOf(of.value, path));
      const paths: string[] = [];
      for (const place of places) {
        if (!place.ok) return place;
        paths.push(place.value.path);
      }
      const on = { of: of.value, readOnly: true };
      const ran = await asked(c, pool, on, [SURVEY, ...paths], { limitMs: c.limits.command, mostOutput: MOST_SURVEY });
      if (!ran.ok) return ran;
      if (ran.value.exitCode !== 0) return err(scriptProblem(c, of.value, o.state, ran.value.exitCode, ran.value.stderr));
      const seen = surveyFrom(ran.value.stdout);
      return seen ? ok(seen) : err(problem('HELPER_FAILED', `The look into the volumes of "${name}" was not answered whole.`));
    },
    async warm(o = {}) {
      const of = await needByName(c, name);
      if (!of.ok) return of;
      const from = o.from === undefined ? undefined : await needByName(c, o.from);
      if (from && !from.ok) return from;
      const on = { of: of.value, readOnly: false, alone: true, also: from && [from.value], keepMs: KEEP_MS };
      const ran = await asked(c, pool, on, [':'], { limitMs: c.limits.change, mostOutput: 0 });
      return ran.ok ? ok(undefined) : ran;
    },
    async append(path, o) {
      // It may break before anybody reads it; whoever reads it then finds the error.
      o.content.on('error', () => {});
      const at = await writable(path);
      if (!at.ok) return at;
      if (o.bytes <= CONTENT) {
        const content = await whollyRead(o.content, o.bytes);
        if (!content.ok) return content;
        o.onBytes?.(content.value.length);
        return whole(
          path,
          o.offset + o.bytes,
        )(await act(at.value, APPEND_SMALL, [String(o.offset), o.mode.toString(8), `${o.uid}:${o.gid}`], { content: content.value }));
      }
      if (o.offset === 0 && o.bytes > ARCHIVE) return appendArchive(at.value, path, o);
      const counted = counter(o.onBytes);
      counted.on('error', () => {});
      if (o.content.destroyed) counted.destroy(o.content.errored ?? new Error('It broke off'));
      o.content.on('error', (e) => counted.destroy(e));
      const ran = await change(at.value, APPEND, [String(o.offset), o.mode.toString(8), `${o.uid}:${o.gid}`], {
        stdin: o.content.pipe(counted),
        ...(o.signal && { signal: o.signal }),
      });
      return whole(path, o.offset + o.bytes)(ran);
    },
    async appendFrom(path, o) {
      const [at, source] = await Promise.all([writable(path), needByName(c, o.from.name)]);
      if (!at.ok) return at;
      if (!source.ok) return source;
      const from = placeOf(source.value, o.from.path);
      if (!from.ok) return from;
      const args = [
        String(o.offset),
        o.mode.toString(8),
        `${o.uid}:${o.gid}`,
        `/handover/${o.from.name}${from.value.path}`,
        String(o.bytes),
      ];
      if (o.bytes <= SHORT) {
        const ran = await act(at.value, APPEND_FROM_SMALL, args, { also: [source.value] });
        if (ran.ok) o.onBytes?.(o.bytes);
        return whole(path, o.offset + o.bytes)(ran);
      }
      const onLine = (line: string) => o.onBytes?.(Math.max(0, Number(line) - o.offset));
      const ran = await change(at.value, APPEND_FROM, args, { also: [source.value], onLine, ...(o.signal && { signal: o.signal }) });
      return whole(path, o.offset + o.bytes)(ran);
    },
    async hashRanges(ranges, signal) {
      if (ranges.length === 0) return ok([]);
      const of = await needByName(c, name);
      if (!of.ok) return of;
      const args: string[] = [];
      for (const r of ranges) {
        const place = placeOf(of.value, r.path);
        if (!place.ok) return place;
        args.push(place.value.path, String(r.from), String(r.to));
      }
      const on = { of: of.value, readOnly: true };
      const short = ranges.reduce((sum, r) => sum + r.to - r.from, 0) <= SHORT;
      const ran = short
        ? await asked(c, pool, on, [HASH_RANGES, ...args], { limitMs: c.limits.bigCommand, mostOutput: 1_048_576 })
        : await scripted(c, pool, on, [HASH_RANGES, ...args], { limitMs: c.limits.bigCommand, ...(signal && { signal }) });
      if (!ran.ok) return ran;
      if (ran.value.exitCode === NO_SUCH_COMMAND) return hashHere(of.value, ranges);
      if (ran.value.exitCode !== 0) return err(scriptProblem(c, of.value, ranges[0]?.path ?? '', ran.value.exitCode, ran.value.stderr));
      const stdout = String(ran.value.stdout);
      const hashes = stdout
        .trim()
        .split('\n')
        .map((l) => /^[0-9a-f]{64}/.exec(l)?.[0] ?? '');
      return hashes.length === ranges.length && hashes.every(Boolean)
        ? ok(hashes)
        : err(
            problem('HELPER_FAILED', `The hashes of ${ranges.length} files could not be made in a helper of "${name}".`, {
              detail: stdout.slice(0, 2000),
            }),
          );
    },
    async moveFiles(from, to, names, o) {
      if (names.length === 0) return ok(undefined);
      const [a, b] = await Promise.all([writable(from), writable(to)]);
      if (!a.ok) return a;
      if (!b.ok) return b;
      const ran = await act(a.value, MOVE_FILES, [b.value.path, o.mode.toString(8), `${o.uid}:${o.gid}`, ...names]);
      return ran.ok ? ok(undefined) : ran;
    },
    async replaceText(path, o) {
      const [at, kept] = await Promise.all([writable(path), writable(o.keep)]);
      if (!at.ok) return at;
      if (!kept.ok) return kept;
      const { content } = o;
      if (content.length > CONTENT) return err(problem('BAD_REQUEST', `"${path}" is no small text.`));
      const temporary = posix.join(posix.dirname(at.value.path), `.handover-${randomBytes(6).toString('hex')}.tmp`);
      const on = { of: at.value.of, readOnly: false, alone: true };
      const ran = await asked(c, pool, on, [REPLACE, temporary, at.value.path, kept.value.path], {
        limitMs: c.limits.command,
        mostOutput: 1024,
        content,
      });
      if (!ran.ok) return ran;
      return ran.value.exitCode === 0 ? ok(undefined) : err(scriptProblem(c, at.value.of, path, ran.value.exitCode, ran.value.stderr));
    },
    async discardCopy(path) {
      if (!/incoming-[^/]*\/?$/.test(path))
        return err(problem('BAD_REQUEST', `"${path}" is not a copy of Handover’s own: it is not deleted.`));
      return remove(path, DISCARD_COPY);
    },
    async purgeRetired(path) {
      if (!/(retired|aside)-[^/]*\/?$/.test(path))
        return err(problem('BAD_REQUEST', `"${path}" is not a journal that was put aside: it is not deleted.`));
      return remove(path, PURGE_RETIRED);
    },
  };
  async function remove(path: string, script: string): Promise<Result<void>> {
    const at = await writable(path);
    if (!at.ok) return at;
    const ran = await act(at.value, script, []);
    return ran.ok ? ok(undefined) : ran;
  }

  /**
   * Much into a new file: as an archive, which goes in several times as fast as the input of a command. The engine itself unpacks it, and may go on with what it
   * has when the connection is gone; nobody can end that. So it goes into a file of its own, which takes the place of the empty one when it is whole.
   */
  async function appendArchive(
    at: { of: Inspected; path: string },
    path: string,
    o: Parameters<MovingFiles['append']>[1],
  ): Promise<Result<void>> {
    const ready = await act(at, READY_FOR_ARCHIVE, ['0', o.mode.toString(8), `${o.uid}:${o.gid}`]);
    const helper = ready.ok ? await pool.borrow(at.of, false) : ready;
    const part = `${at.path}.part-${randomBytes(6).toString('hex')}`;
    if (!helper.ok) {
      o.content.destroy();
      return helper;
    }
    const counted = counter(o.onBytes);
    counted.on('error', () => {});
    if (o.content.destroyed) counted.destroy(o.content.errored ?? new Error('It broke off'));
    const abort = () => o.content.destroy(new Error('It was aborted'));
    o.content.on('error', (e) => counted.destroy(e));
    o.signal?.addEventListener('abort', abort, { once: true });
    try {
      const to = { folder: posix.dirname(part), name: posix.basename(part) };
      const content = { content: o.content.pipe(counted), bytes: o.bytes, mode: o.mode, uid: o.uid, gid: o.gid };
      const sent = await send(c, helper.value.helper, at.of, path, to, content);
      if (sent.ok) return whole(path, o.bytes)(await act(at, PART_IS_WHOLE, [part]));
      // So that one can go on from what has come. Where not even that can be done, from the beginning.
      await act(at, KEEP_OF_PART, [part]);
      return sent;
    } finally {
      o.signal?.removeEventListener('abort', abort);
      o.content.destroy();
      await helper.value.done();
    }
  }

  /** The image has no tool for hashes: the bytes come here. */
  async function hashHere(of: Inspected, ranges: Parameters<MovingFiles['hashRanges']>[0]): Promise<Result<readonly string[]>> {
    const hashes: string[] = [];
    for (const r of ranges) {
      const stream = await read(c, pool, of, r.path, { offset: r.from, length: r.to - r.from });
      if (!stream.ok) return stream;
      const hash = createHash('sha256');
      try {
        await pipeline(stream.value, hash);
      } catch (e) {
        return err(c.problemOf(e, `reading "${r.path}"`));
      }
      hashes.push(hash.digest('hex'));
    }
    return ok(hashes);
  }
}

/** Exactly so many bytes. */
async function whollyRead(content: Readable, bytes: number): Promise<Result<Buffer>> {
  try {
    const all = await buffer(content);
    if (all.length === bytes) return ok(all);
    return err(
      problem('CONFLICT', `${bytes} bytes were to be appended, ${all.length} came. Nothing was written.`, {
        remedy: 'Look again, and go on from what is there.',
      }),
    );
  } catch (e) {
    return err(problem('ENGINE_ERROR', 'What was to be appended could not be read.', { detail: String(e).slice(0, 2000) }));
  }
}

function counter(onBytes: ((bytes: number) => void) | undefined): Transform {
  let done = 0;
  return new Transform({
    highWaterMark: 1 << 20,
    transform(chunk: Buffer, _encoding, next) {
      done += chunk.length;
      onBytes?.(done);
      next(null, chunk);
    },
  });
}
