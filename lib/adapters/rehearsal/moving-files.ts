import 'server-only';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { MovingFiles, Owner } from '../../ports/moving';
import type { Containers } from './containers';
import { faultsOf, gate } from './faults';
import { Owners } from './owners';
import { spaceOf } from './space';
import { survey } from './survey';
import { throttle } from './throttle';
import { volumeFiles } from './volume-files';
import { fileProblem, type Place, place } from './volume-paths';

/** The moving side of an emulated engine's volumes (ports/moving.ts): plain files, with the pretended faults. */
export function movingFiles(containers: Containers, engineName: string, name: string): MovingFiles {
  const folder = containers.folder;

  async function find(of: string, path: string, change: boolean): Promise<Result<Place>> {
    const closed = await gate(folder, engineName);
    if (closed) return closed;
    const d = containers.find(of);
    if (!d) return err(problem('INSTANCE_NOT_FOUND', `There is no container ${of} on ${engineName}.`));
    const p = place(containers, d, path, { follow: !change });
    return p.ok && change && p.value.readOnly ? err(problem('READ_ONLY', `${p.value.target} is mounted read-only in ${of}.`)) : p;
  }
  const guarded = async <T>(path: string, work: () => Promise<Result<T>>): Promise<Result<T>> => {
    try {
      return await work();
    } catch (e) {
      return err(fileProblem(e, path, name));
    }
  };

  async function append(
    path: string,
    content: Readable,
    o: Owner & { bytes: number; offset: number; onBytes?: (bytes: number) => void; signal?: AbortSignal },
  ): Promise<Result<void>> {
    const p = await find(name, path, true);
    if (!p.ok) return p;
    return guarded(path, async () => {
      const length = (await stat(p.value.host).catch(() => undefined))?.size ?? 0;
      if (length !== o.offset) return err(problem('CONFLICT', `${path} holds ${length} bytes, not ${o.offset}. Nothing was written.`));
      if (o.bytes > (await spaceOf(folder)).freeBytes)
        return err(problem('DISK_FULL', `No space is left for ${path} on ${engineName}.`, { remedy: 'Free space on the volume.' }));
      const meter = counter(o.onBytes);
      const file = createWriteStream(p.value.host, { flags: o.offset === 0 ? 'w' : 'a', mode: o.mode, flush: true });
      await pipeline(
        content,
        throttle(() => faultsOf(folder).bytesPerSecond),
        meter.stream,
        file,
        ...(o.signal ? [{ signal: o.signal }] : []),
      );
      await new Owners(folder, p.value.volume).give(p.value.host, p.value.rel, o);
      const now = (await stat(p.value.host)).size;
      return now === o.offset + o.bytes
        ? ok(undefined)
        : err(
            problem('CONFLICT', `${path} was to hold ${o.offset + o.bytes} bytes, it holds ${now}.`, {
              remedy: 'Try again: it goes on from what is there.',
            }),
          );
    });
  }

  return {
    survey: (o) => survey(volumeFiles(containers, engineName, name), o),
    async warm() {
      return (await gate(folder, engineName)) ?? ok(undefined);
    },
    append: (path, o) => append(path, o.content, o),
    async appendFrom(path, o) {
      const from = await find(o.from.name, o.from.path, false);
      if (!from.ok) return from;
      if (o.bytes === 0) return append(path, Readable.from([]), o);
      return append(path, createReadStream(from.value.host, { start: o.offset, end: o.offset + o.bytes - 1, highWaterMark: 1 << 20 }), o);
    },
    async hashRanges(ranges, signal) {
      const hashes: string[] = [];
      for (const { path, from, to } of ranges) {
        const p = await find(name, path, false);
        if (!p.ok) return p;
        const hashed = await guarded(path, async () => {
          if ((await stat(p.value.host)).size < to) return err(problem('CONFLICT', `${path} is shorter than ${to} bytes.`));
          const hash = createHash('sha256');
          if (to > from)
            await pipeline(
              createReadStream(p.value.host, { start: from, end: to - 1, highWaterMark: 1 << 20 }),
              hash,
              ...(signal ? [{ signal }] : []),
            );
          return ok(hash.digest('hex'));
        });
        if (!hashed.ok) return hashed;
        hashes.push(hashed.value);
      }
      return ok(hashes);
    },
    async moveFiles(from, to, names, owner) {
      const [source, target] = [await find(name, from, true), await find(name, to, true)];
      if (!source.ok) return source;
      if (!target.ok) return target;
      if (source.value.volume !== target.value.volume)
        return err(
          problem('PATH_NOT_IN_VOLUME', `${from} and ${to} are in different volumes of ${name}: only within one is a rename atomic.`),
        );
      const owners = new Owners(folder, target.value.volume);
      return guarded(from, async () => {
        if (!(await there(target.value.host))) {
          await mkdir(target.value.host);
          await owners.give(target.value.host, target.value.rel, owner);
          await chmod(target.value.host, owner.mode);
        }
        for (const file of names) {
          const [a, b] = [join(source.value.host, file), join(target.value.host, file)];
          const [here, gone] = [await there(a), await there(b)];
          if (here && gone) return err(problem('CONFLICT', `${file} is in ${from} and in ${to}. Neither was touched.`));
          if (!here && !gone) return err(problem('PATH_NOT_FOUND', `${file} is neither in ${from} nor in ${to}.`));
          if (here) await rename(a, b);
          if (here) owners.moved(`${source.value.rel}/${file}`, `${target.value.rel}/${file}`);
          await owners.give(b, `${target.value.rel}/${file}`, owner);
        }
        for (const f of [source.value.host, target.value.host, dirname(target.value.host)]) await flush(f);
        return ok(undefined);
      });
    },
    async replaceText(path, o) {
      const at = await find(name, path, true);
      if (!at.ok) return at;
      const files = volumeFiles(containers, engineName, name);
      const [was, kept] = [await files.stat(path), await files.stat(o.keep)];
      if (!was.ok) return was;
      if (!kept.ok && kept.error.code !== 'PATH_NOT_FOUND') return kept;
      const write = (to: string, content: Uint8Array) =>
        files.write(to, { content, bytes: content.length, mode: was.value.mode & 0o777, uid: was.value.uid, gid: was.value.gid });
      if (!kept.ok) {
        const before = await files.read(path);
        const copied = before.ok ? await write(o.keep, await buffer(before.value)) : before;
        if (!copied.ok) return copied;
      }
      return write(path, o.content);
    },
    async discardCopy(path) {
      if (!basename(path).includes('incoming-'))
        return err(problem('BAD_REQUEST', `${path} is not a copy of Handover’s own: it is not deleted.`));
      return remove(path);
    },
    async purgeRetired(path) {
      if (!/(retired|aside)-/.test(basename(path)))
        return err(problem('BAD_REQUEST', `${path} is not a journal that was put aside: it is not deleted.`));
      return remove(path);
    },
  };
  async function remove(path: string): Promise<Result<void>> {
    const p = await find(name, path, true);
    if (!p.ok) return p.error.code === 'PATH_NOT_FOUND' ? ok(undefined) : p;
    return guarded(path, async () => {
      await rm(p.value.host, { recursive: true, force: true });
      await flush(dirname(p.value.host));
      return ok(undefined);
    });
  }
}

const there = async (path: string): Promise<boolean> => (await lstat(path).catch(() => undefined)) !== undefined;

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function counter(onBytes: ((bytes: number) => void) | undefined): { stream: Transform } {
  let done = 0;
  return {
    stream: new Transform({
      transform(chunk: Buffer, _encoding, next) {
        done += chunk.length;
        onBytes?.(done);
        next(null, chunk);
      },
    }),
  };
}
