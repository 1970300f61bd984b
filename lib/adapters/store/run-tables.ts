import 'server-only';
import { type Problem, problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { RunEvent } from '../../domain/switchover/events';
import type { AuditEntry, AuditLog, RunLog } from '../../ports/runs';
import { StoreError } from '../../ports/store';
import type { Db, Row } from './database';
import { guarded } from './failures';

/** Runs are append-only: an event's place in its run is its key, so two writers cannot both be right. */
export const runLog = (db: Db): RunLog => ({
  list: ({ clusterId, limit = 1000 } = {}) =>
    guarded('read the runs', () =>
      db
        .all(
          `SELECT run_id, cluster_id, MIN(at) AS started_at, MAX(type = 'RunEnded') AS ended FROM run_events
           WHERE ?1 IS NULL OR cluster_id = ?1 GROUP BY run_id ORDER BY CAST(run_id AS INTEGER) DESC LIMIT ?2`,
          clusterId ?? null,
          limit,
        )
        .map((r) => ({
          runId: String(r.run_id),
          clusterId: String(r.cluster_id),
          startedAt: Number(r.started_at),
          open: Number(r.ended) === 0,
        })),
    ),
  nextId: () =>
    guarded('number a run', () => {
      const row = db.get(
        "INSERT INTO facts (key, value) VALUES ('last-run', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value",
      );
      return String(row?.value);
    }),
  events: (runId) =>
    guarded(`read run ${runId}`, () =>
      db.all('SELECT event FROM run_events WHERE run_id = ? ORDER BY seq', runId).map((r) => JSON.parse(String(r.event)) as RunEvent),
    ),
  append: (runId, clusterId, at, event): Result<void, Problem> => {
    try {
      return guarded(`write down a step of run ${runId}`, () => {
        const sql = `INSERT INTO run_events (run_id, seq, cluster_id, at, type, event)
          SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE (SELECT COUNT(*) FROM run_events WHERE run_id = ?1) = ?2 RETURNING seq`;
        if (db.get(sql, runId, at, clusterId, event.at, event.type, JSON.stringify(event))) return ok(undefined);
        return err(problem('CONFLICT', `Run ${runId} has gone on elsewhere.`, { remedy: 'Look at it again.' }));
      });
    } catch (e) {
      if (e instanceof StoreError) return err(e.problem);
      throw e;
    }
  },
});

const toEntry = (r: Row): AuditEntry => ({
  id: Number(r.id),
  at: Number(r.at),
  who: String(r.who),
  what: String(r.what),
  result: r.result as AuditEntry['result'],
  ...(r.cluster_id !== null && { clusterId: String(r.cluster_id) }),
  ...(r.subject !== null && { subject: String(r.subject) }),
  ...(r.reason !== null && { reason: String(r.reason) }),
  ...(r.ticket !== null && { ticket: String(r.ticket) }),
  ...(r.detail !== null && { detail: String(r.detail) }),
});

export const auditLog = (db: Db): AuditLog => ({
  append: (e) =>
    guarded('write the audit log', () =>
      db.run(
        'INSERT INTO audit (at, who, what, cluster_id, subject, reason, ticket, result, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        e.at,
        e.who,
        e.what,
        e.clusterId ?? null,
        e.subject ?? null,
        e.reason ?? null,
        e.ticket ?? null,
        e.result,
        e.detail ?? null,
      ),
    ),
  search: ({ text, clusterId, before = Number.MAX_SAFE_INTEGER, limit }) =>
    guarded('read the audit log', () =>
      db
        .all(
          `SELECT * FROM audit WHERE id < ?1 AND (?2 IS NULL OR cluster_id = ?2)
           AND (?3 IS NULL OR instr(lower(who || ' ' || what || ' ' || ifnull(cluster_id, '') || ' ' || ifnull(subject, '') || ' ' || ifnull(reason, '') || ' ' || ifnull(ticket, '') || ' ' || result || ' ' || ifnull(detail, '')), lower(?3)) > 0)
           ORDER BY id DESC LIMIT ?4`,
          before,
          clusterId ?? null,
          text ?? null,
          limit,
        )
        .map(toEntry),
    ),
});
