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
  `
  CREATE TABLE run_events (
    run_id TEXT NOT NULL, seq INTEGER NOT NULL, cluster_id TEXT NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (run_id, seq)
  ) STRICT;
  CREATE INDEX run_events_by_cluster ON run_events (cluster_id);
  CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, cluster_id TEXT, subject TEXT, reason TEXT, ticket TEXT,
    result TEXT NOT NULL, detail TEXT
  ) STRICT;
  CREATE TRIGGER run_events_stay BEFORE UPDATE ON run_events BEGIN SELECT RAISE(ABORT, 'run events are never changed'); END;
  CREATE TRIGGER run_events_are_kept BEFORE DELETE ON run_events BEGIN SELECT RAISE(ABORT, 'run events are never deleted'); END;
  CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
  CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never deleted from'); END;
  `,
  `
  CREATE TABLE jocs (id TEXT PRIMARY KEY, settings TEXT NOT NULL, secrets TEXT NOT NULL) STRICT;
  `,
  `
  CREATE TABLE setup_events (
    setup_id TEXT NOT NULL, seq INTEGER NOT NULL, cluster_id TEXT NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (setup_id, seq)
  ) STRICT;
  CREATE INDEX setup_events_by_cluster ON setup_events (cluster_id);
  CREATE TRIGGER setup_events_stay BEFORE UPDATE ON setup_events BEGIN SELECT RAISE(ABORT, 'set-up events are never changed'); END;
  CREATE TRIGGER setup_events_are_kept BEFORE DELETE ON setup_events BEGIN SELECT RAISE(ABORT, 'set-up events are never deleted'); END;
  `,
];
