/** The log of set-ups: append-only, durable when a method returns (fsync), never rewritten. No secret is ever in it. */
import type { Problem } from '../domain/errors';
import type { Millis } from '../domain/reading';
import type { Result } from '../domain/result';
import type { SetupEvent } from '../domain/setup/setup';

export interface SetupLog {
  /** Newest first; `open` = it has no end, or one that is being taken back. */
  list(o?: { clusterId?: string; limit?: number }): readonly {
    readonly setupId: string;
    readonly clusterId: string;
    readonly startedAt: Millis;
    readonly open: boolean;
  }[];
  /** The number of the next set-up: small, unique in this installation. */
  nextId(): string;
  events(setupId: string): readonly SetupEvent[];
  /** Appends at position `at` (= number of events so far). CONFLICT when somebody else has appended meanwhile. */
  append(setupId: string, clusterId: string, at: number, event: SetupEvent): Result<void, Problem>;
}
