import 'server-only';
import { posix } from 'node:path';
import { type Problem, problem } from '../../../domain/errors';
import { err, ok, type Result } from '../../../domain/result';
import type { Connection } from '../connection';
import type { Inspected } from '../instance';
import { wordsOf } from '../problems';
import { EXIT } from './scripts';

export interface Place {
  /** Normalised: absolute, without `.`, `..` and a slash at the end. */
  readonly path: string;
  readonly readOnly: boolean;
}

/** The volume mount a path lies in, by its text; links are looked at in the helper. tmpfs mounts cannot be shared, so they count as none. */
export function placeOf(c: Inspected, path: string): Result<Place> {
  const clean = path.startsWith('/') && !path.includes('\0') ? posix.normalize(path).replace(/(.)\/$/, '$1') : undefined;
  const [mount] = (c.Mounts ?? [])
    .filter(
      (m) =>
        (m.Type === 'volume' || m.Type === 'bind') &&
        clean !== undefined &&
        (clean === m.Destination || clean.startsWith(`${m.Destination.replace(/\/$/, '')}/`)),
    )
    .sort((a, b) => b.Destination.length - a.Destination.length);
  if (clean === undefined || !mount) return err(notInVolume(c, path));
  return ok({ path: clean, readOnly: mount.RW === false });
}

const nameOf = (c: Inspected) => c.Name.replace(/^\//, '');

const notInVolume = (c: Inspected, path: string): Problem =>
  problem('PATH_NOT_IN_VOLUME', `"${path}" is in none of the volumes of "${nameOf(c)}".`, {
    remedy: `Its volumes are: ${(c.Mounts ?? []).map((m) => m.Destination).join(', ') || 'none'}. Links may not lead out of them.`,
  });

export const pathNotFound = (c: Inspected, path: string): Problem =>
  problem('PATH_NOT_FOUND', `"${path}" is not there in "${nameOf(c)}", or is of another kind.`, {
    remedy: 'Check the path and the mounts of the container.',
  });

/** What it means that a script ended with a code other than 0. */
export function scriptProblem(connection: Connection, c: Inspected, path: string, exitCode: number, stderr: string): Problem {
  switch (exitCode) {
    case EXIT.notFound:
      return pathNotFound(c, path);
    case EXIT.outside:
      return notInVolume(c, path);
    case EXIT.exists:
      return problem('CONFLICT', `"${path}" exists already in "${nameOf(c)}".`, { remedy: 'Move it aside first.' });
    case EXIT.otherLength:
      return problem('CONFLICT', `"${path}" in "${nameOf(c)}" does not have the length it should have. Nothing was written.`, {
        remedy: 'Look again, and go on from what is there.',
      });
    case EXIT.otherVolume:
      return problem('PATH_NOT_IN_VOLUME', `"${path}" is on another volume of "${nameOf(c)}": only within one volume a rename is atomic.`, {
        remedy: 'Choose a target on the same volume.',
      });
  }
  return (
    wordsProblem(c, path, stderr) ??
    problem('HELPER_FAILED', `A command on "${path}" in a helper of "${nameOf(c)}" ended with ${exitCode} on ${connection.where}.`, {
      detail: stderr.slice(0, 2000),
    })
  );
}

/** Failures that are known by the words of the operating system only; in a command's output or in the engine's own. */
export function wordsProblem(c: Inspected, path: string, e: unknown): Problem | undefined {
  const detail = typeof e === 'string' ? e.slice(0, 2000) : wordsOf(e);
  if (/no space left on device|disk quota exceeded/i.test(detail))
    return problem('DISK_FULL', `No space is left on the volume of "${nameOf(c)}" that holds "${path}".`, {
      remedy: 'Free some space, or enlarge the volume.',
      detail,
    });
  if (/read-only/i.test(detail))
    return problem('READ_ONLY', `The volume of "${nameOf(c)}" that holds "${path}" is mounted read-only.`, {
      remedy: 'Mount it writable.',
      detail,
    });
  return undefined;
}

export const readOnly = (c: Inspected, path: string): Problem => wordsProblem(c, path, 'read-only') as Problem;
