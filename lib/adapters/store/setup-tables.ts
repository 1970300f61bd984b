import 'server-only';
import { type Problem, problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { SetupEvent } from '../../domain/setup/setup';
import type { SetupLog } from '../../ports/setups';
import { StoreError } from '../../ports/store';
import type { Db } from './database';
import { guarded } from './failures';

/** Append-only, as the log of runs: an event's place in its set-up is its key. */
export const setupLog = (db: Db): SetupLog => ({
  list: ({ clusterId, limit = 1000 } = {}) =>
    guarded('read the set-ups', () =>
      db
        .all(
          `SELECT e.setup_id, e.cluster_id, MIN(e.at) AS started_at,
             (SELECT type FROM setup_events l WHERE l.setup_id = e.setup_id ORDER BY seq DESC LIMIT 1) AS last
           FROM setup_events e WHERE ?1 IS NULL OR e.cluster_id = ?1 GROUP BY e.setup_id ORDER BY CAST(e.setup_id AS INTEGER) DESC LIMIT ?2`,
          clusterId ?? null,
          limit,
        )
        .map((r) => ({
          setupId: String(r.setup_id),
          clusterId: String(r.cluster_id),
          startedAt: Number(r.started_at),
          // One that was made and is being taken back is open again.
          open: r.last !== 'SetupEnded',
        })),
    ),
  nextId: () =>
    guarded('number a set-up', () => {
      const row = db.get(
        "INSERT INTO facts (key, value) VALUES ('last-setup', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value",
      );
      return String(row?.value);
    }),
  events: (setupId) =>
    guarded(`read set-up ${setupId}`, () =>
      db
        .all('SELECT event FROM setup_events WHERE setup_id = ? ORDER BY seq', setupId)
        .map((r) => JSON.parse(String(r.event)) as SetupEvent),
    ),
  append: (setupId, clusterId, at, event): Result<void, Problem> => {
    try {
      return guarded(`write down a step of set-up ${setupId}`, () => {
        const sql = `INSERT INTO setup_events (setup_id, seq, cluster_id, at, type, event)
          SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE (SELECT COUNT(*) FROM setup_events WHERE setup_id = ?1) = ?2 RETURNING seq`;
        if (db.get(sql, setupId, at, clusterId, event.at, event.type, JSON.stringify(event))) return ok(undefined);
        return err(problem('CONFLICT', `Set-up ${setupId} has gone on elsewhere.`, { remedy: 'Look at it again.' }));
      });
    } catch (e) {
      if (e instanceof StoreError) return err(e.problem);
      throw e;
    }
  },
});
