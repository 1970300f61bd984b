import { expect, test } from 'vitest';
import { StoreError } from '../../ports/store';
import { guarded } from './failures';

const failing = (code: string, message: string) => () => {
  throw Object.assign(new Error(message), { code });
};

/** Codes and words as SQLite and Node give them; a root user meets no missing permission, so these are not provoked. */
test.each([
  ['SQLITE_FULL', 'database or disk is full', /No space/],
  ['SQLITE_READONLY', 'attempt to write a readonly database', /read-only/],
  ['EROFS', 'EROFS: read-only file system, mkdir', /read-only/],
  ['EACCES', 'EACCES: permission denied, open', /no permission/],
  ['SQLITE_BUSY', 'database is locked', /Another process/],
  ['SQLITE_CORRUPT', 'database disk image is malformed', /damaged/],
  ['', 'ConnectionFailed("Unable to open connection to local database x: 14")', /cannot be opened/],
  ['SQLITE_IOERR', 'disk I/O error', /^Handover could not save the cluster x\.$/],
])('%s: %s', (code, message, words) => {
  try {
    guarded('save the cluster x', failing(code, message));
    expect.unreachable();
  } catch (e) {
    if (!(e instanceof StoreError)) throw e;
    expect(e.problem.code).toBe('STORE_FAILED');
    expect(e.problem.message).toMatch(words);
    expect(e.problem.detail).toContain(message);
    if (!code.endsWith('IOERR')) expect(e.problem.remedy).toBeTruthy();
  }
});
