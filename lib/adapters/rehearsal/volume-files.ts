import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, type Stats } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, readlink, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { FileEntry, VolumeFiles } from '../../ports/engine';
import type { Containers } from './containers';
import type { ContainerDefinition } from './definition';
import { faultsOf, gate } from './faults';
import { Owners } from './owners';
import { spaceOf } from './space';
import { throttle } from './throttle';
import { containerPath, fileProblem, type Place, place } from './volume-paths';

/** Files of one container of an emulated engine: the folders that are its volumes. Pretended faults (slow copy, full disk) act here. */
export function volumeFiles(containers: Containers, engineName: string, name: string): VolumeFiles {
  const folder = containers.folder;
  const speed = (): number | undefined => faultsOf(folder).bytesPerSecond;
  const ownersOf = (p: Place): Owners => new Owners(folder, p.volume);

  /** Finds the path, does the work, turns what the file system says into our codes. */
  async function at<T>(
    path: string,
    o: { follow: boolean; change?: boolean },
    work: (p: Place, d: ContainerDefinition) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const closed = await gate(folder, engineName);
    if (closed) return closed;
    const d = containers.find(name);
    if (!d) return err(problem('INSTANCE_NOT_FOUND', `There is no container ${name} on ${engineName}.`));
    const p = place(containers, d, path, o);
    if (!p.ok) return p;
    if (o.change && p.value.readOnly) return err(problem('READ_ONLY', `${p.value.target} is mounted read-only in ${name}.`));
    try {
      return await work(p.value, d);
    } catch (e) {
      return err(fileProblem(e, path, name));
    }
  }

  async function entry(p: Place, host: string, rel: string, base: string): Promise<FileEntry> {
    const s = await lstat(host);
    const owner = ownersOf(p).of(rel, { uid: s.uid, gid: s.gid });
    return {
      name: base,
      kind: kindOf(s),
      bytes: s.size,
      modifiedAt: Math.floor(s.mtimeMs),
      mode: s.mode & 0o7777,
      uid: owner.uid,
      gid: owner.gid,
      inode: s.ino,
      ...(s.isSymbolicLink() && { linkTarget: containerPath(p, await readlink(host)) }),
    };
  }

  async function write(p: Place, path: string, o: Parameters<VolumeFiles['write']>[1]): Promise<Result<void>> {
    if ((await stat(p.host).catch(() => undefined))?.isDirectory()) return err(problem('CONFLICT', `${path} is a folder in ${name}.`));
    const { freeBytes } = await spaceOf(folder);
    if (o.bytes > freeBytes) {
      return err(
        problem('DISK_FULL', `${path} needs ${o.bytes} bytes on ${engineName}, ${freeBytes} are free.`, {
          remedy: 'Free space on the volume.',
        }),
      );
    }
    const temporary = join(dirname(p.host), `.handover-${randomBytes(6).toString('hex')}.tmp`);
    try {
      const source = o.content instanceof Uint8Array ? Readable.from(pieces(o.content), { objectMode: false }) : o.content;
      await pipeline(source, throttle(speed), createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }));
      const written = (await stat(temporary)).size;
      if (written !== o.bytes)
        return err(problem('CONFLICT', `${path} was announced with ${o.bytes} bytes, ${written} came. Nothing was changed.`));
      await ownersOf(p).give(temporary, p.rel, o);
      await chmod(temporary, o.mode); // a change of the owner may take bits away
      await rename(temporary, p.host);
      await syncFolder(dirname(p.host));
      return ok(undefined);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  return {
    list: (path) =>
      at(path, { follow: true }, async (p) => {
        const names = (await readdir(p.host)).filter((n) => !/^\.handover-[0-9a-f]{12}\.tmp$/.test(n)).sort();
        const entries = await Promise.all(
          names.map((n) => entry(p, join(p.host, n), p.rel === '' ? n : `${p.rel}/${n}`, n).catch(() => undefined)),
        );
        return ok(entries.filter((e) => e !== undefined)); // what vanished meanwhile is not there
      }),
    stat: (path) =>
      at(path, { follow: false }, async (p) => ok(await entry(p, p.host, p.rel, path.split('/').filter(Boolean).at(-1) ?? ''))),
    read: (path, o = {}) =>
      at(path, { follow: true }, async (p) => {
        if (!(await stat(p.host)).isFile()) return err(problem('PATH_NOT_FOUND', `${path} is not a file in ${name}.`));
        const start = o.offset ?? 0;
        if (o.length === 0) return ok(Readable.from([]));
        const bytes = createReadStream(p.host, { start, ...(o.length !== undefined && { end: start + o.length - 1 }) });
        if (speed() === undefined) return ok(bytes);
        const slow = throttle(speed);
        bytes.on('error', (e) => slow.destroy(e));
        return ok(bytes.pipe(slow));
      }),
    write: (path, o) => at(path, { follow: false, change: true }, (p) => write(p, path, o)),
    makeFolder: (path, o) =>
      at(path, { follow: false, change: true }, async (p) => {
        await mkdir(p.host);
        await ownersOf(p).give(p.host, p.rel, o);
        await chmod(p.host, o.mode);
        return ok(undefined);
      }),
    rename: (from, to) =>
      at(from, { follow: false, change: true }, (source) =>
        at(to, { follow: false, change: true }, async (target) => {
          if (source.volume !== target.volume)
            return err(
              problem('PATH_NOT_IN_VOLUME', `${from} and ${to} are in different volumes of ${name}: only within one is a rename atomic.`),
            );
          if (await lstat(target.host).catch(() => undefined)) return err(problem('CONFLICT', `${to} exists already in ${name}.`));
          await rename(source.host, target.host);
          ownersOf(source).moved(source.rel, target.rel);
          await syncFolder(dirname(target.host));
          return ok(undefined);
        }),
      ),
    sha256: (path, o = {}) =>
      at(path, { follow: true }, async (p) => {
        const hash = createHash('sha256');
        if (o.length === 0) return ok(hash.digest('hex'));
        await pipeline(createReadStream(p.host, { highWaterMark: 1 << 20, ...(o.length !== undefined && { end: o.length - 1 }) }), hash);
        return ok(hash.digest('hex'));
      }),
    space: (path) => at(path, { follow: true }, async () => ok(await spaceOf(folder))),
  };
}

const kindOf = (s: Stats): FileEntry['kind'] => (s.isFile() ? 'file' : s.isDirectory() ? 'folder' : s.isSymbolicLink() ? 'link' : 'other');

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += 16_384) yield bytes.subarray(i, i + 16_384);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
