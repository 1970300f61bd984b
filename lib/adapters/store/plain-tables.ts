import 'server-only';
import type { AccountRole } from '../../domain/account';
import type { TimelineEvent } from '../../domain/cluster/view';
import type { Account, Store } from '../../ports/store';
import type { Db, Row } from './database';
import { guarded } from './failures';

const toAccount = (row: Row): Account => ({
  name: String(row.name),
  role: row.role as AccountRole,
  passwordHash: String(row.password_hash),
  createdAt: Number(row.created_at),
  generation: Number(row.generation),
  ...(row.last_login_at !== null && { lastLoginAt: Number(row.last_login_at) }),
});

export const accountTable = (db: Db): Store['accounts'] => ({
  all: () => guarded('read the accounts', () => db.all('SELECT * FROM accounts ORDER BY name').map(toAccount)),
  get: (name) =>
    guarded(`read the account ${name}`, () => {
      const row = db.get('SELECT * FROM accounts WHERE name = ?', name);
      return row && toAccount(row);
    }),
  save: (a) =>
    guarded(`save the account ${a.name}`, () => {
      const sql =
        'INSERT OR REPLACE INTO accounts (name, role, password_hash, created_at, last_login_at, generation) VALUES (?, ?, ?, ?, ?, ?)';
      db.run(sql, a.name, a.role, a.passwordHash, a.createdAt, a.lastLoginAt ?? null, a.generation);
    }),
  remove: (name) => guarded(`remove the account ${name}`, () => db.run('DELETE FROM accounts WHERE name = ?', name)),
});

/** Kept per cluster; older ones go, so that a Controller that flaps for months does not fill the disk. */
const KEEP = 10_000;

const toEvent = (row: Row): TimelineEvent => ({
  id: Number(row.id),
  at: Number(row.at),
  kind: row.kind as TimelineEvent['kind'],
  message: JSON.parse(String(row.message)) as TimelineEvent['message'],
  ...(row.who !== null && { who: String(row.who) }),
});

export const timelineTable = (db: Db, keep = KEEP): Store['timeline'] => ({
  append: (clusterId, e) =>
    guarded(`note an event of the cluster ${clusterId}`, () => {
      const sql = 'INSERT INTO timeline (cluster_id, at, kind, message, who) VALUES (?, ?, ?, ?, ?) RETURNING id';
      const id = Number(db.get(sql, clusterId, e.at, e.kind, JSON.stringify(e.message), e.who ?? null)?.id);
      if (id % 100 === 0) {
        db.run(
          'DELETE FROM timeline WHERE cluster_id = ?1 AND id <= (SELECT id FROM timeline WHERE cluster_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)',
          clusterId,
          keep,
        );
      }
      return { ...e, id };
    }),
  list: (clusterId, { limit, before = Number.MAX_SAFE_INTEGER }) =>
    guarded(`read the timeline of the cluster ${clusterId}`, () =>
      db.all('SELECT * FROM timeline WHERE cluster_id = ? AND id < ? ORDER BY id DESC LIMIT ?', clusterId, before, limit).map(toEvent),
    ),
});

export const factTable = (db: Db): Store['facts'] => ({
  get: (key) => guarded(`read ${key}`, () => db.get('SELECT value FROM facts WHERE key = ?', key)?.value as string | undefined),
  set: (key, value) => guarded(`save ${key}`, () => db.run('INSERT OR REPLACE INTO facts (key, value) VALUES (?, ?)', key, value)),
});
