import 'server-only';
import type { Result } from '../../domain/result';
import type { WayEvent } from '../../domain/wayback/events';
import type { RunContext } from '../switchover/context';

/** The log of ways back: at most one per cluster has no end. Durable when a method returns. */
export interface WayLog {
  /** Of the last one; empty where there was none. */
  events(clusterId: string): readonly WayEvent[];
  /** How many there were. */
  count(clusterId: string): number;
  begin(clusterId: string, event: WayEvent): Result<void>;
  /** CONFLICT when the log has another length than `at`: nobody's decision was based on this one. */
  append(clusterId: string, at: number, event: WayEvent): Result<void>;
}
export interface WayContext {
  readonly ctx: RunContext;
  readonly log: WayLog;
  /** Something was written down: the last event. */
  changed(clusterId: string, events: readonly WayEvent[]): void;
  /** How long the kept one must stay up, ms. Default: STAYS_MS. */
  readonly staysMs?: number;
}
