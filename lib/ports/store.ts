/** Handover's own memory (SQLite in the data folder). Synchronous and durable: when a method returns, a `kill -9` loses nothing of it. Secrets are encrypted at rest. */
import type { AccountRole } from '../domain/account';
import type { Cluster, ClusterId } from '../domain/cluster/cluster';
import type { TimelineEvent } from '../domain/cluster/view';
import type { EngineId, EngineSettings } from '../domain/engine/engine';
import type { Problem } from '../domain/errors';
import type { JocId, JocSettings } from '../domain/joc/joc';
import type { Millis } from '../domain/reading';
import type { AuditLog, RunLog } from './runs';
import type { SetupLog } from './setups';

/** Thrown by every method that could not read or save (disk full, read-only, damaged): nothing of the change was kept. */
export class StoreError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
    this.name = 'StoreError';
  }
}

export interface Account {
  readonly name: string;
  readonly role: AccountRole;
  /** scrypt, with its own salt and parameters; never leaves the server. */
  readonly passwordHash: string;
  readonly createdAt: Millis;
  readonly lastLoginAt?: Millis;
  /** Grows when the password or role changes or the account logs out everywhere: older sessions end. */
  readonly generation: number;
}

export interface Store {
  readonly engines: {
    all(): readonly EngineSettings[];
    get(id: EngineId): EngineSettings | undefined;
    save(e: EngineSettings): void;
    remove(id: EngineId): void;
  };
  readonly clusters: {
    all(): readonly Cluster[];
    get(id: ClusterId): Cluster | undefined;
    save(c: Cluster): void;
    remove(id: ClusterId): void;
  };
  readonly jocs: {
    all(): readonly JocSettings[];
    get(id: JocId): JocSettings | undefined;
    save(j: JocSettings): void;
    remove(id: JocId): void;
  };
  readonly accounts: {
    all(): readonly Account[];
    get(name: string): Account | undefined;
    save(a: Account): void;
    remove(name: string): void;
  };
  readonly timeline: {
    append(clusterId: ClusterId, e: Omit<TimelineEvent, 'id'>): TimelineEvent;
    /** Newest first. */
    list(clusterId: ClusterId, o: { limit: number; before?: number }): readonly TimelineEvent[];
  };
  /** Small facts of the installation, e.g. the rehearsal's progress. */
  readonly facts: { get(key: string): string | undefined; set(key: string, value: string): void };
  readonly runs: RunLog;
  readonly setups: SetupLog;
  readonly audit: AuditLog;
  close(): void;
}
