/** The log of runs and the audit log: append-only, durable when a method returns (fsync), never rewritten. */
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

export interface AuditEntry {
  readonly id: number;
  readonly at: Millis;
  /** Account, or `handover` for what happened by itself. */
  readonly who: string;
  /** A word from the table in lib/domain/audit.ts. */
  readonly what: string;
  readonly clusterId?: string;
  readonly subject?: string;
  readonly reason?: string;
  readonly ticket?: string;
  readonly result: 'ok' | 'refused' | 'failed';
  readonly detail?: string;
}
export interface AuditLog {
  append(entry: Omit<AuditEntry, 'id'>): void;
  /** Newest first. `text` is looked for in every field. */
  search(o: { text?: string; clusterId?: string; before?: number; limit: number }): readonly AuditEntry[];
}
