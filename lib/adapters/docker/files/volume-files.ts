import 'server-only';
import { posix } from 'node:path';
import { problem } from '../../../domain/errors';
import { err, ok, type Result } from '../../../domain/result';
import type { VolumeFiles } from '../../../ports/engine';
import type { Connection } from '../connection';
import type { HelperPool } from '../helper-pool';
import type { Inspected } from '../instance';
import { needByName } from '../look';
import { entriesFrom, statFrom } from './entries';
import { placeOf, readOnly, scriptProblem } from './paths';
import { read } from './read';
import { asked, scripted } from './scripted';
import { LIST, MAKE_FOLDER, RENAME, SHA256, SPACE, STAT } from './scripts';
import { write } from './write';

/** About 300,000 files. */
const MOST_LISTING = 16 * 1_048_576;

interface Asked {
  readonly script: string;
  readonly path: string;
  readonly args?: readonly string[];
  readonly changes?: boolean;
  readonly limitMs?: number;
}

export function volumeFiles(c: Connection, pool: HelperPool, name: string): VolumeFiles {
  /** Runs a script on a path; its output is handed to `parse`. */
  async function ask<T>(a: Asked, parse: (stdout: string, path: string) => T | undefined): Promise<Result<T>> {
    const of = await needByName(c, name);
    if (!of.ok) return of;
    const place = placeOf(of.value, a.path);
    if (!place.ok) return place;
    if (a.changes && place.value.readOnly) return err(readOnly(of.value, a.path));
    const output = await inHelper(of.value, place.value.path, a);
    if (!output.ok) return output;
    const parsed = parse(output.value, place.value.path);
    if (parsed !== undefined) return ok(parsed);
    return err(
      problem('HELPER_FAILED', `The answer of a helper about "${a.path}" is not understood.`, {
        remedy: 'Report this with the detail.',
        detail: output.value.slice(0, 2000),
      }),
    );
  }

  async function inHelper(of: Inspected, path: string, a: Asked): Promise<Result<string>> {
    const on = { of, readOnly: !a.changes };
    const line = [a.script, path, ...(a.args ?? [])] as const;
    const ran = a.limitMs
      ? await scripted(c, pool, on, line, { limitMs: a.limitMs })
      : await asked(c, pool, on, line, { limitMs: c.limits.command, mostOutput: MOST_LISTING });
    if (!ran.ok) return ran;
    return ran.value.exitCode === 0
      ? ok(String(ran.value.stdout))
      : err(scriptProblem(c, of, a.path, ran.value.exitCode, ran.value.stderr));
  }

  const nothing = () => null;
  const done = (r: Result<null>): Result<void> => (r.ok ? ok(undefined) : r);

  return {
    list: (path) => ask({ script: LIST, path }, entriesFrom),
    stat: (path) => ask({ script: STAT, path }, (out, at) => statFrom(out, posix.basename(at))),
    async read(path, o) {
      const of = await needByName(c, name);
      if (!of.ok) return of;
      const place = placeOf(of.value, path);
      return place.ok ? read(c, pool, of.value, place.value.path, o) : place;
    },
    async write(path, o) {
      const of = await needByName(c, name);
      return of.ok ? write(c, pool, of.value, path, o) : of;
    },
    async makeFolder(path, { mode, uid, gid }) {
      return done(await ask({ script: MAKE_FOLDER, path, args: [mode.toString(8), `${uid}:${gid}`], changes: true }, nothing));
    },
    async rename(from, to) {
      const of = await needByName(c, name);
      if (!of.ok) return of;
      const target = placeOf(of.value, to);
      if (!target.ok) return target;
      return done(await ask({ script: RENAME, path: from, args: [target.value.path], changes: true }, nothing));
    },
    sha256: (path, o = {}) =>
      ask(
        { script: SHA256, path, args: [o.length === undefined ? 'all' : String(o.length)], limitMs: c.limits.bigCommand },
        (out) => /^[0-9a-f]{64}/.exec(out)?.[0],
      ),
    space: (path) =>
      ask({ script: SPACE, path }, (out) => {
        const found = /^(\d+) (\d+) (\d+)\s*$/.exec(out);
        if (!found) return undefined;
        const [size = 0, total = 0, free = 0] = found.slice(1).map(Number);
        return { freeBytes: free * size, totalBytes: total * size };
      }),
  };
}
