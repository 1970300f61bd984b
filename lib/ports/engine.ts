/**
 * A container engine in our words. Two adapters: `docker/` (dockerode) and `rehearsal/` (child processes and folders); one contract
 * suite holds both (lib/adapters/engine.suite.ts). Every method answers with a Result in bounded time; nothing throws for a world that is broken.
 * Codes: ENGINE_* when the engine itself fails, INSTANCE_NOT_FOUND, PATH_*, DISK_FULL, READ_ONLY, HELPER_FAILED, LOCK_*.
 * Looking never changes anything (I8).
 */
import type { Readable } from 'node:stream';
import type { EngineEvent, EngineId, EngineInfo } from '../domain/engine/engine';
import type { Instance, RestartPolicy } from '../domain/instance/instance';
import type { Millis } from '../domain/reading';
import type { Result } from '../domain/result';
import type { Making } from './making';
import type { MovingFiles } from './moving';

export interface Engine {
  readonly id: EngineId;
  readonly name: string;
  readonly world: 'docker' | 'rehearsal';

  describe(): Promise<Result<EngineInfo>>;
  /** All containers, stopped ones too, mounts sorted by target. Not only Controllers: discovery judges. Our own helpers and locks are left out, here and in `watch`. */
  list(): Promise<Result<readonly Instance[]>>;
  inspect(name: string): Promise<Result<Instance | 'absent'>>;

  /**
   * Events until `signal` aborts. Reconnects by itself with back-off and jitter; `onConnection` tells each loss and return, so that a
   * watcher looks again after a gap. Resolves when aborted.
   */
  watch(
    handlers: { onEvent(e: EngineEvent): void; onConnection(up: boolean, why?: Result<never>): void },
    signal: AbortSignal,
  ): Promise<void>;

  /** Idempotent: already running is success. Not proof that it stays up: inspect again. PORT_TAKEN, with the port in the message. */
  start(name: string): Promise<Result<void>>;
  /** SIGTERM, then SIGKILL after `timeoutSeconds`. Idempotent. Resolves when the container has stopped. */
  stop(name: string, o: { timeoutSeconds: number }): Promise<Result<void>>;
  setRestartPolicy(name: string, policy: RestartPolicy): Promise<Result<void>>;

  /** The container's own log. Ends when the log ends (without follow) or `signal` aborts. */
  logs(name: string, o: { tail: number; follow: boolean; signal: AbortSignal; onLine(line: LogLine): void }): Promise<Result<void>>;

  /** Files in the volumes of an instance, whether it runs or not. */
  files(name: string): VolumeFiles;
  /** The same volumes, for moving a journal. */
  moving(name: string): MovingFiles;
  /** Images, networks, volumes, new containers, aliases. */
  readonly making: Making;

  /**
   * Runs a command in a helper made from the instance's own image, with the instance's volumes (and those of `alsoVolumesOf`, under
   * `/handover/<name><path>`), without network (but see `network`), and removes it. Output is bounded (1 MB); a non-zero exit is a value, not an error.
   */
  runHelper(name: string, o: HelperCommand): Promise<Result<HelperOutcome>>;

  /**
   * A lock that every Handover sees that talks to this engine (a container name is atomic: create answers 409). `owner` is stored with it.
   * LOCK_HELD when someone holds it (the message names the owner).
   */
  takeLock(key: string, owner: Readonly<Record<string, string>>): Promise<Result<EngineLock>>;
  inspectLock(key: string): Promise<Result<EngineLock | 'free'>>;
  /** Releases the lock only if it still carries `token`. LOCK_LOST otherwise. Releasing a free lock is success. */
  releaseLock(key: string, token: string): Promise<Result<void>>;

  close(): Promise<void>;
}

export interface LogLine {
  readonly at?: Millis;
  readonly stream: 'out' | 'err';
  readonly text: string;
}

export interface EngineLock {
  readonly key: string;
  /** Unique per taking (the lock container's id). */
  readonly token: string;
  readonly owner: Readonly<Record<string, string>>;
  readonly takenAt: Millis;
}

export interface HelperCommand {
  readonly command: readonly string[];
  readonly timeoutSeconds: number;
  readonly user?: string;
  readonly alsoVolumesOf?: readonly string[];
  /** Fed to the command's standard input; back-pressure holds. */
  readonly stdin?: Readable;
  readonly readOnly?: boolean;
  /**
   * In the network of the instance, which must run (else CONFLICT), and then without any volume and without powers over files. Only for asking whether an address can
   * be reached from there. Absent: without network. HELPER_FAILED in a world whose instances have no networks of their own (the rehearsal).
   */
  readonly network?: 'own';
}
export interface HelperOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface FileEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly bytes: number;
  readonly modifiedAt: Millis;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly inode?: number;
  readonly linkTarget?: string;
}

/** Paths are absolute, as in the container, and must lie in one of its volumes (else PATH_NOT_IN_VOLUME). */
export interface VolumeFiles {
  /** Entries of a folder, sorted by name (code units). PATH_NOT_FOUND, also for what is not a folder. Links are told as links. */
  list(path: string): Promise<Result<readonly FileEntry[]>>;
  stat(path: string): Promise<Result<FileEntry>>;
  /** The bytes from `offset` on, at most `length`: never the whole file where a piece is asked for. Follows links inside the volumes. PATH_NOT_FOUND for what is not a file. */
  read(path: string, o?: { offset?: number; length?: number }): Promise<Result<Readable>>;
  /** Writes a whole file: to a temporary name, fsync, rename. The content's size must be known: CONFLICT when it has another, the old file stays. */
  write(path: string, o: { content: Readable | Uint8Array; bytes: number; mode: number; uid: number; gid: number }): Promise<Result<void>>;
  /** CONFLICT when something is there; PATH_NOT_FOUND when its parent is not. */
  makeFolder(path: string, o: { mode: number; uid: number; gid: number }): Promise<Result<void>>;
  /** Within one volume (else PATH_NOT_IN_VOLUME); atomic; CONFLICT when the target exists. */
  rename(from: string, to: string): Promise<Result<void>>;
  /** SHA-256, hex, of the first `length` bytes (default: all), read where it is fastest. */
  sha256(path: string, o?: { length?: number }): Promise<Result<string>>;
  space(path: string): Promise<Result<{ freeBytes: number; totalBytes: number }>>;
}
