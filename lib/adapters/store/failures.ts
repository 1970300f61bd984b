import 'server-only';
import type { Problem } from '../../domain/errors';
import { StoreError } from '../../ports/store';

const REMEDIES: readonly (readonly [RegExp, string, string])[] = [
  [
    /SQLITE_FULL|ENOSPC|disk is full/,
    'No space is left on the disk.',
    'Free some space in the data folder. Nothing of this change was saved.',
  ],
  [/SQLITE_READONLY|EROFS|readonly|read-only/, 'It is read-only.', 'Make the data folder writable for the user that Handover runs as.'],
  [/EACCES|EPERM|SQLITE_PERM|permission/i, 'Handover has no permission.', 'Give the data folder to the user that Handover runs as.'],
  [
    /SQLITE_BUSY|SQLITE_LOCKED|database is locked/,
    'Another process uses it.',
    'Stop the other Handover on this data folder, or give this one a folder of its own (HANDOVER_DATA).',
  ],
  [
    /SQLITE_NOTADB|SQLITE_CORRUPT|malformed|not a database/,
    'It is damaged.',
    'Put the database back from a backup. Move the damaged file aside, do not delete it.',
  ],
  [
    /SQLITE_CANTOPEN|ENOENT|ENOTDIR|ConnectionFailed/,
    'It cannot be opened.',
    'Check that the data folder exists and is writable for the user that Handover runs as.',
  ],
];

/** What a failure of SQLite or the file system means for the admin. `doing`: "save the cluster …", "open …". */
export function problemOf(e: unknown, doing: string): Problem {
  const { code = '', message = String(e) } = (e ?? {}) as { code?: string; message?: string };
  const [, why, remedy] = REMEDIES.find(([pattern]) => pattern.test(code) || pattern.test(message)) ?? [];
  return {
    code: 'STORE_FAILED',
    message: `Handover could not ${doing}. ${why ?? ''}`.trim(),
    ...(remedy && { remedy }),
    detail: `${code} ${message}`.trim().slice(0, 2000),
  };
}

/** Runs `work`; whatever fails becomes a StoreError that names what was being done. */
export function guarded<T>(doing: string, work: () => T): T {
  try {
    return work();
  } catch (e) {
    throw e instanceof StoreError ? e : new StoreError(problemOf(e, doing));
  }
}
