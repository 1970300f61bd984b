/** The log of runs and the audit log: append-only, durable when a method returns (fsync), never rewritten. */
import type { AuditEntry } from '../domain/audit-entry';
import type { Problem } from '../domain/errors';
import type { Millis } from '../domain/reading';
import type { Result } from '../domain/result';
import type { RunEvent } from '../domain/switchover/events';

export interface RunLog {
  /** Every run of a cluster (or of all), newest first: its number and its first event; `open` = it has no end yet. */
  list(o?: {
    clusterId?: string;
    limit?: number;
  }): readonly { readonly runId: string; readonly clusterId: string; readonly startedAt: Millis; readonly open: boolean }[];
  /** The number of the next run: small, unique in this installation. */
  nextId(): string;
  events(runId: string): readonly RunEvent[];
  /**
   * Appends at position `at` (= number of events so far). CONFLICT when somebody else has appended meanwhile: then nobody's decision was based on this log,
   * and nothing may be done on its ground.
   */
  append(runId: string, clusterId: string, at: number, event: RunEvent): Result<void, Problem>;
}

export type { AuditEntry };
export interface AuditLog {
  append(entry: Omit<AuditEntry, 'id'>): void;
  /** Newest first. `text` is looked for in every field. */
  search(o: { text?: string; clusterId?: string; before?: number; limit: number }): readonly AuditEntry[];
}
