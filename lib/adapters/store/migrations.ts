import 'server-only';

/**
 * The database's history: the number of a migration is its place (1, 2 …), kept in `user_version`. A migration that was released is
 * never changed; a new one is appended.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE engines (id TEXT PRIMARY KEY, settings TEXT NOT NULL, secrets TEXT NOT NULL) STRICT;
  CREATE TABLE clusters (id TEXT PRIMARY KEY, settings TEXT NOT NULL, secrets TEXT NOT NULL) STRICT;
  CREATE TABLE accounts (
    name TEXT PRIMARY KEY, role TEXT NOT NULL, password_hash TEXT NOT NULL, created_at INTEGER NOT NULL, last_login_at INTEGER, generation INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE timeline (
    id INTEGER PRIMARY KEY AUTOINCREMENT, cluster_id TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL, who TEXT
  ) STRICT;
  CREATE INDEX timeline_by_cluster ON timeline (cluster_id, id);
  `,
];
