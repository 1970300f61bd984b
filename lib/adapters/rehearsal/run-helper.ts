import 'server-only';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync } from 'node:fs';
import { chmod, cp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { HelperCommand, HelperOutcome } from '../../ports/engine';
import type { Containers } from './containers';
import type { ContainerDefinition } from './definition';

const LIMIT = 1_048_576;
const NOBODY = 65_534;

interface MountPlace {
  readonly target: string;
  readonly host: string;
}

/**
 * A helper "container": the command runs on this machine; an argument that is a path in a volume becomes the path in the volume's folder,
 * and in the output it is named as the container would. Paths inside of a longer argument stay as they are. `readOnly` works on a copy that can not be
 * written. What this can not do and a real engine does: cut off the network; give another user (only root can).
 */
export async function runHelper(
  containers: Containers,
  d: ContainerDefinition,
  others: readonly ContainerDefinition[],
  o: HelperCommand,
): Promise<Result<HelperOutcome>> {
  const places = [
    ...others.flatMap((c) => c.mounts.map((m) => ({ target: `/handover/${c.name}${m.target}`, volume: m.volume }))),
    ...d.mounts.map((m) => ({ target: m.target, volume: m.volume })),
  ]
    .sort((a, b) => b.target.length - a.target.length)
    .map(({ target, volume }): MountPlace => ({ target, host: realpathSync(containers.volumeFolder(volume)) }));
  if (!o.readOnly) return run(o, places, userOf(o.user));
  const copy = mkdtempSync(join(tmpdir(), 'handover-helper-'));
  try {
    const copies = await Promise.all(
      places.map(async ({ target, host }, i) => ({ target, host: await readOnlyCopy(host, join(copy, String(i))) })),
    );
    await chmod(copy, 0o755);
    return await run(o, copies, userOf(o.user) ?? (process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined));
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function readOnlyCopy(from: string, to: string): Promise<string> {
  await cp(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  const entries = await readdir(to, { recursive: true, withFileTypes: true });
  for (const e of entries.filter((e) => e.isFile())) await chmod(join(e.parentPath, e.name), 0o444);
  for (const e of entries.filter((e) => e.isDirectory())) await chmod(join(e.parentPath, e.name), 0o555);
  await chmod(to, 0o555);
  return to;
}

function userOf(user: string | undefined): { uid: number; gid: number } | undefined {
  const [, uid, gid] = /^(\d+)(?::(\d+))?$/.exec(user ?? '') ?? [];
  return uid !== undefined && process.getuid?.() === 0 ? { uid: Number(uid), gid: Number(gid ?? uid) } : undefined;
}

function run(
  o: HelperCommand,
  places: readonly MountPlace[],
  user: { uid: number; gid: number } | undefined,
): Promise<Result<HelperOutcome>> {
  const [program = '', ...args] = withoutBusybox(o.command.map((argument) => inside(argument, places)));
  return new Promise((done) => {
    const child = spawn(/*turbopackIgnore: true*/ program, args, {
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: `${dirname(process.execPath)}:${process.env.PATH ?? '/usr/bin:/bin'}`, LANG: 'C.UTF-8', NODE_ENV: 'production' },
      ...user,
    });
    const out = bounded(child.stdout);
    const errors = bounded(child.stderr);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    }, o.timeoutSeconds * 1000);
    child.on('error', (e) => {
      clearTimeout(timer);
      done(err(problem('HELPER_FAILED', `The helper could not run ${o.command[0]}.`, { detail: e.message })));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const said = (text: string): string => places.reduce((t, p) => t.replaceAll(p.host, p.target), text);
      if (late)
        done(
          err(
            problem('HELPER_FAILED', `The helper did not end within ${o.timeoutSeconds} s and was stopped.`, {
              detail: said(errors()).slice(0, 2000),
            }),
          ),
        );
      else done(ok({ exitCode: code ?? (signal === 'SIGKILL' ? 137 : 143), stdout: said(out()), stderr: said(errors()) }));
    });
  });
}

function inside(argument: string, places: readonly MountPlace[]): string {
  const p = places.find(({ target }) => argument === target || argument.startsWith(`${target}/`));
  return p ? p.host + argument.slice(p.target.length) : argument;
}

/** The images hold busybox; where this machine has none, its own commands take its place. */
function withoutBusybox(command: readonly string[]): readonly string[] {
  const installed = (): boolean => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'busybox')));
  return /(^|\/)busybox$/.test(command[0] ?? '') && command.length > 1 && !installed() ? command.slice(1) : command;
}

/** Keeps the first 1 MiB and lets the rest go by. */
function bounded(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    if (bytes < LIMIT) chunks.push(chunk.subarray(0, LIMIT - bytes));
    bytes += chunk.length;
  });
  return () => Buffer.concat(chunks).toString('utf8');
}
