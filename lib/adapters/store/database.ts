import 'server-only';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { StoreError } from '../../ports/store';
import { guarded } from './failures';
import { MIGRATIONS } from './migrations';

export type Row = Record<string, unknown>;
/** The few calls of SQLite that the store uses. */
export interface Db {
  all(sql: string, ...params: unknown[]): Row[];
  get(sql: string, ...params: unknown[]): Row | undefined;
  run(sql: string, ...params: unknown[]): void;
  /** All or nothing. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/**
 * Opens the database, durable (WAL and synchronous=FULL: a commit is on disk when it returns), and brings it to the newest form. Throws StoreError.
 */
export function openDatabase(path: string, migrations: readonly string[] = MIGRATIONS): Db {
  return guarded(`open the database ${path}`, () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const raw = new Database(path, { timeout: 2_000 });
    // Hashes of passwords are in it; its WAL gets the same mode from SQLite.
    chmodSync(path, 0o600);
    try {
      for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) pragma(raw, setting);
      migrate(raw, path, migrations);
    } catch (e) {
      raw.close();
      throw e;
    }
    return wrap(raw);
  });
}

/** By `all` and never by `get`: libsql's `get` leaves its statement open, and an open statement keeps the lock. */
const pragma = (raw: Database.Database, setting: string) => raw.prepare(`PRAGMA ${setting}`).all()[0] as Row | undefined;

function migrate(raw: Database.Database, path: string, migrations: readonly string[]): void {
  const version = Number(pragma(raw, 'user_version')?.user_version);
  if (version > migrations.length) {
    throw new StoreError({
      code: 'STORE_FAILED',
      message: `The database ${path} was written by a newer Handover (form ${version}; this one knows up to ${migrations.length}).`,
      remedy: 'Run the newer Handover, or put back the copy of the data folder that was made before the update.',
    });
  }
  // Even with nothing to do a write is tried: a read-only database must be noticed now and not at the first save.
  raw.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of migrations.slice(version)) raw.exec(migration);
    raw.exec(`PRAGMA user_version = ${migrations.length}`);
    raw.exec('COMMIT');
  } catch (e) {
    raw.exec('ROLLBACK');
    throw e;
  }
}

function wrap(raw: Database.Database): Db {
  const statements = new Map<string, ReturnType<typeof raw.prepare>>();
  const prepared = (sql: string) => {
    const known = statements.get(sql) ?? raw.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  return {
    all: (sql, ...params) => prepared(sql).all(...params) as Row[],
    get: (sql, ...params) => prepared(sql).all(...params)[0] as Row | undefined,
    run: (sql, ...params) => void prepared(sql).run(...params),
    transaction: (work) => raw.transaction(work as () => unknown).immediate() as ReturnType<typeof work>,
    close() {
      statements.clear();
      // libsql lets go of the file only when its statements are collected as garbage: bring all of it into the one file now.
      pragma(raw, 'wal_checkpoint(TRUNCATE)');
      raw.close();
    },
  };
}

/**
 * Keeps a second Handover off the same folder, until the returned function is called or the process ends, however it ends: a second one
 * would be half right (its pages would not see what the first one saves). A database of its own, because libsql does not give an
 * exclusive lock on the real one back when it is closed, and so that the real one can be read and backed up meanwhile.
 */
export function lockFolder(path: string): () => void {
  return guarded(`lock the data folder with ${path}`, () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const raw = new Database(path, { timeout: 1_000 });
    raw.exec('BEGIN EXCLUSIVE');
    return () => {
      raw.exec('ROLLBACK');
      raw.close();
    };
  });
}
