import 'server-only';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { PublishedPort, RestartPolicy } from '../../domain/instance/instance';
import type { Result } from '../../domain/result';
import type { Engine, VolumeFiles } from '../../ports/engine';

export interface VolumeSpec {
  /** Absolute path in the instance. */
  readonly target: string;
  readonly readOnly?: boolean;
  /** Size limit; asked for only where `can.limitVolumes`. At least 64 KiB can be written below it. */
  readonly bytes?: number;
}

export interface InstanceSpec {
  readonly name: string;
  /**
   * The main process, for `sh -c`: it uses echo, printf, sleep, exit, trap and loops only, no path. Default: prints `ready`, then waits
   * and ends with code 0 on SIGTERM.
   */
  readonly script?: string;
  readonly volumes?: readonly VolumeSpec[];
  readonly env?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly hostname?: string;
  readonly ports?: readonly PublishedPort[];
  readonly restartPolicy?: RestartPolicy;
  readonly autoRemove?: boolean;
}

/** An engine under test, and what a person could do to its world behind its back. */
export interface EngineWorld {
  readonly engine: Engine;
  /**
   * What the world is able to do; cases that need more are skipped. `owners`: files and helpers of other user ids (as root).
   * `limitVolumes`: volumes of a limited size. `networks`: instances have networks of their own.
   */
  readonly can: { readonly owners: boolean; readonly limitVolumes: boolean; readonly networks?: boolean };
  /** Creates an instance without starting it. Each volume is new and empty, also after a removal under the same name. */
  create(spec: InstanceSpec): Promise<void>;
  /** An image with one reference, of its own, whose main process does what `READY_SCRIPT` does. */
  image(): Promise<{ readonly ref: string; readonly digest: string }>;
  /** A second engine that does not have the image. The same one each time; closed with the world. */
  another(): Promise<Engine>;
  remove(name: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** SIGKILL to the main process. */
  kill(name: string): Promise<void>;
  /** Removes all that was created. */
  close(): Promise<void>;
}

export const READY_SCRIPT = 'trap "exit 0" TERM; echo ready; while :; do sleep 0.1; done';
export const DATA = '/var/data';

let count = 0;
/** A name no other case uses. */
export const fresh = (word: string): string => `suite-${word}-${process.pid}-${++count}`;

/** The value of a success; a failure fails the test with its own words. */
export function value<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.error.code}: ${result.error.message}${result.error.detail ? ` [${result.error.detail}]` : ''}`);
}
/** The code of a failure; `ok` for a success. */
export const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  limitMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`Not within ${limitMs} ms: ${what}`);
    await delay(25);
  }
}

export async function untilState(engine: Engine, name: string, state: string): Promise<void> {
  await until(`${name} is ${state}`, async () => {
    const seen = value(await engine.inspect(name));
    return seen !== 'absent' && seen.state === state;
  });
}

/** Starts an instance and waits until its main process has printed `ready`. */
export async function startReady(engine: Engine, name: string): Promise<void> {
  value(await engine.start(name));
  await until(`${name} says ready`, async () => {
    let said = false;
    const onLine = (line: { text: string }) => {
      said ||= line.text === 'ready';
    };
    value(await engine.logs(name, { tail: 10, follow: false, signal: AbortSignal.timeout(5_000), onLine }));
    return said;
  });
}

export async function put(
  files: VolumeFiles,
  path: string,
  text: string | Uint8Array,
  owner: { mode?: number; uid?: number; gid?: number } = {},
): Promise<void> {
  const content = typeof text === 'string' ? Buffer.from(text) : text;
  value(
    await files.write(path, {
      content,
      bytes: content.length,
      mode: owner.mode ?? 0o644,
      uid: owner.uid ?? process.getuid?.() ?? 0,
      gid: owner.gid ?? process.getgid?.() ?? 0,
    }),
  );
}

export async function text(files: VolumeFiles, path: string, o?: { offset?: number; length?: number }): Promise<string> {
  return (await buffer(value(await files.read(path, o)))).toString();
}
