/**
 * What moving a journal needs of an engine beyond lib/ports/engine.ts. Every method looks before it acts and may be repeated after an interruption.
 * Nothing here overwrites or deletes a journal: `append` only lengthens a file that has exactly the length it expects, `moveFiles` never replaces,
 * `discardCopy` takes only folders whose name says that they are Handover's own copy, `purgeRetired` only what was put aside.
 */
import type { Readable } from 'node:stream';
import type { FilePieces } from '../domain/journal/ending';
import type { Result } from '../domain/result';
import type { FileEntry } from './engine';

export interface Owner {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** What one look at a side's volumes finds, all of it at one moment and at one question's price. */
export interface Survey {
  /** The state directory, sorted by name. Links without their targets. */
  readonly state: readonly FileEntry[] | 'absent';
  /** The folder in which Handover's own folders lie (domain/instance/paths.ts). */
  readonly beside: readonly FileEntry[] | 'absent';
  /** Both ends of the two journal files with the highest numbers, the newest first; fewer where there are fewer. */
  readonly newest: readonly FilePieces[];
  /** The texts asked for (at most 256 KiB of each), in that order. */
  readonly texts: readonly (Uint8Array | 'absent')[];
}

export interface MovingFiles {
  /** Changes nothing. A folder or text that is not there is part of the answer; PATH_NOT_IN_VOLUME and a world that cannot be seen are errors. */
  survey(o: { readonly state: string; readonly beside: string; readonly texts: readonly string[] }): Promise<Result<Survey>>;
  /**
   * Makes ready what the other methods need, so that they answer in milliseconds while it is used and for half a minute after; nothing in a volume changes.
   * `from`: another instance of the same engine from which `appendFrom` will copy.
   */
  warm(o?: { readonly from?: string }): Promise<Result<void>>;
  /**
   * Writes `bytes` bytes at `offset`, which must be the file's present length (0 = it is created): else CONFLICT and nothing is written. Flushed (fsync) when it
   * resolves. An interrupted append leaves a shorter tail; the caller asks for the length and goes on from there. DISK_FULL, READ_ONLY.
   */
  append(
    path: string,
    o: Owner & { content: Readable; bytes: number; offset: number; onBytes?: (bytes: number) => void; signal?: AbortSignal },
  ): Promise<Result<void>>;
  /**
   * The same from a file of another instance of the same engine, without a way through Handover: `bytes` bytes from `offset` of `from.path`. `onBytes` tells how much is
   * there, about twice a second.
   */
  appendFrom(
    path: string,
    o: Owner & {
      from: { name: string; path: string };
      offset: number;
      bytes: number;
      onBytes?: (bytes: number) => void;
      signal?: AbortSignal;
    },
  ): Promise<Result<void>>;
  /** SHA-256, hex, of the given ranges (`to` exclusive), one after the other, made where it is fastest. PATH_NOT_FOUND; a file that is too short is CONFLICT. */
  hashRanges(
    ranges: readonly { readonly path: string; readonly from: number; readonly to: number }[],
    signal?: AbortSignal,
  ): Promise<Result<readonly string[]>>;
  /**
   * Moves files from one folder to another within the volume by rename, in the given order; `to` is made when it is missing (with `owner`, which the files get too).
   * A file that is already there and not here any more counts as moved; one that is in both is CONFLICT. Both folders are flushed.
   */
  moveFiles(from: string, to: string, names: readonly string[], owner: Owner): Promise<Result<void>>;
  /**
   * Replaces the content of a small text file (at most 64 KiB), keeping its owner and mode; the one before stays as `keep` in the same folder, unless such a file is there already.
   * Durable when it resolves; the file is never half. PATH_NOT_FOUND, READ_ONLY, DISK_FULL.
   */
  replaceText(path: string, o: { readonly content: Uint8Array; readonly keep: string }): Promise<Result<void>>;
  /** Deletes a folder that Handover made for a copy (its last name contains `incoming-`); anything else is BAD_REQUEST. Missing = done. */
  discardCopy(path: string): Promise<Result<void>>;
  /**
   * Deletes a journal that was put aside (its last name contains `retired-` or `aside-`); anything else is BAD_REQUEST. Missing = done. Whether it may go is not
   * judged here (usecases/switchover/retired.ts).
   */
  purgeRetired(path: string): Promise<Result<void>>;
}
