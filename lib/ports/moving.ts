/**
 * What moving a journal needs of an engine beyond lib/ports/engine.ts. Every method looks before it acts and may be repeated after an interruption.
 * Nothing here overwrites or deletes a journal: `append` only lengthens a file that has exactly the length it expects, `moveFiles` never replaces,
 * `discardCopy` takes only folders whose name says that they are Handover's own copy.
 */
import type { Readable } from 'node:stream';
import type { Result } from '../domain/result';

export interface Owner {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export interface MovingFiles {
  /**
   * Writes `bytes` bytes at `offset`, which must be the file's present length (0 = it is created): else CONFLICT and nothing is written. Flushed (fsync) when it
   * resolves. An interrupted append leaves a shorter tail; the caller asks for the length and goes on from there. DISK_FULL, READ_ONLY.
   */
  append(path: string, o: Owner & { content: Readable; bytes: number; offset: number; onBytes?: (bytes: number) => void; signal?: AbortSignal }): Promise<Result<void>>;
  /**
   * The same from a file of another instance of the same engine, without a way through Handover: `bytes` bytes from `offset` of `from.path`. `onBytes` tells how much is
   * there, about twice a second.
   */
  appendFrom(path: string, o: Owner & { from: { name: string; path: string }; offset: number; bytes: number; onBytes?: (bytes: number) => void; signal?: AbortSignal }): Promise<Result<void>>;
  /** SHA-256, hex, of the given ranges (`to` exclusive), one after the other, made where it is fastest. PATH_NOT_FOUND; a file that is too short is CONFLICT. */
  hashRanges(ranges: readonly { readonly path: string; readonly from: number; readonly to: number }[], signal?: AbortSignal): Promise<Result<readonly string[]>>;
  /**
   * Moves files from one folder to another within the volume by rename, in the given order; `to` is made when it is missing (with `owner`, which the files get too).
   * A file that is already there and not here any more counts as moved; one that is in both is CONFLICT. Both folders are flushed.
   */
  moveFiles(from: string, to: string, names: readonly string[], owner: Owner): Promise<Result<void>>;
  /** Deletes a folder that Handover made for a copy (its last name contains `incoming-`); anything else is BAD_REQUEST. Missing = done. */
  discardCopy(path: string): Promise<Result<void>>;
}
