import 'server-only';
import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { Containers } from './containers';
import type { ContainerDefinition } from './definition';
import { errorCode } from './durable';

/** A path in a container, found on this machine. */
export interface Place {
  /** On this machine. */
  readonly host: string;
  /** Folder of the volume on this machine, links resolved. */
  readonly root: string;
  readonly volume: string;
  /** Where the volume is mounted in the container. */
  readonly target: string;
  readonly readOnly: boolean;
  /** Within the volume; empty for its root. */
  readonly rel: string;
}

/**
 * Finds a container path in one of its volumes. Nothing outside is reached: neither by `..` nor through a symbolic link on the way
 * (with `follow` also at its end). PATH_NOT_IN_VOLUME, PATH_NOT_FOUND (the folder it would lie in is missing).
 */
export function place(containers: Containers, d: ContainerDefinition, path: string, o: { follow: boolean }): Result<Place> {
  const outside = (why: string) => err(problem('PATH_NOT_IN_VOLUME', `${path} is not in a volume of ${d.name}${why}.`));
  if (!path.startsWith('/') || path.includes('\0')) return outside(': an absolute path is needed');
  const clean = posix.normalize(path).replace(/(.)\/+$/, '$1');
  const mount = d.mounts
    .filter((m) => clean === m.target || clean.startsWith(`${m.target}/`))
    .sort((a, b) => b.target.length - a.target.length)[0];
  if (!mount) return outside('');
  const rel = clean.slice(mount.target.length + 1);
  const base = containers.volumeFolder(mount.volume);
  const host = rel === '' ? base : join(base, rel);
  try {
    const root = realpathSync(base);
    const inRoot = (p: string) => p === root || p.startsWith(root + sep);
    const parent = rel === '' ? root : realpathSync(dirname(host));
    if (!inRoot(parent)) return outside(': a symbolic link leads out of it');
    if (o.follow && lstatSync(host).isSymbolicLink() && !inRoot(realpathSync(host))) return outside(': a symbolic link leads out of it');
    return ok({
      host: rel === '' ? root : join(parent, posix.basename(clean)),
      root,
      volume: mount.volume,
      target: mount.target,
      readOnly: mount.readOnly,
      rel,
    });
  } catch (e) {
    return err(fileProblem(e, path, d.name));
  }
}

/** The container's name of an absolute path on this machine, as far as it lies in the volume. */
export const containerPath = (p: Pick<Place, 'root' | 'target'>, host: string): string =>
  host === p.root ? p.target : host.startsWith(p.root + sep) ? `${p.target}/${relative(p.root, host)}` : host;

export function fileProblem(e: unknown, path: string, container: string): ReturnType<typeof problem> {
  const detail = e instanceof Error ? e.message.slice(0, 2000) : String(e);
  switch (errorCode(e)) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ELOOP':
      return problem('PATH_NOT_FOUND', `${path} does not exist in ${container}.`);
    case 'ENOSPC':
    case 'EDQUOT':
      return problem('DISK_FULL', `No space is left for ${path} in ${container}.`, { remedy: 'Free space on the volume.' });
    case 'EROFS':
      return problem('READ_ONLY', `${path} in ${container} is on a read-only volume.`);
    case 'EEXIST':
    case 'ENOTEMPTY':
      return problem('CONFLICT', `${path} exists already in ${container}.`);
    default:
      return problem('ENGINE_ERROR', `${path} in ${container} could not be used.`, { detail });
  }
}
