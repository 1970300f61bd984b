import type { Millis } from './reading';

/** A line of the audit log. */
export interface AuditEntry {
  readonly id: number;
  readonly at: Millis;
  /** Account, `handover` for what happened by itself, `unknown account` where a name of nobody was tried. */
  readonly who: string;
  /** A word of audit.ts. */
  readonly what: string;
  readonly clusterId?: string;
  readonly subject?: string;
  readonly reason?: string;
  readonly ticket?: string;
  readonly result: 'ok' | 'refused' | 'failed';
  readonly detail?: string;
}
