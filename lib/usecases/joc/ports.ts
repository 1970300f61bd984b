import 'server-only';
import type { Cluster, ClusterId, Slot } from '../../domain/cluster/cluster';
import type { EngineId } from '../../domain/engine/engine';
import type { ClusterJoc, JocAudit, JocId, JocSettings } from '../../domain/joc/joc';
import type { Millis } from '../../domain/reading';
import type { Result } from '../../domain/result';
import type { Message } from '../../domain/text/message';
import type { Clock } from '../../ports/clock';
import type { Engine } from '../../ports/engine';
import type { JocClient } from '../../ports/joc';

/** What registering and following need of the outside. */
export interface JocPorts {
  readonly clock: Clock;
  /** The one client of a saved JOC; undefined: there is no such JOC. */
  client(id: JocId): JocClient | undefined;
  settings(id: JocId): JocSettings | undefined;
  engine(id: EngineId): Engine | undefined;
  /** Rejects when `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A registration was learned better (a spelling that works goes first): to be saved with the cluster. */
  remember?(clusterId: ClusterId, joc: ClusterJoc): void;
}

export interface FollowInput {
  readonly cluster: Cluster;
  readonly live: Slot;
  readonly joc: ClusterJoc;
  /** `Overview.startedAt` of the live Controller (its own clock): the proof is a proxy that is not older (joc-proved N3). */
  readonly controllerStartedAt: Millis;
  readonly audit: JocAudit;
  readonly signal: AbortSignal;
  /**
   * The alias may be given to a container that runs, which cuts its connections in that network for a moment. A person's word; without it CONFLICT where that would
   * be needed.
   */
  readonly mayInterrupt?: boolean;
  /** How long the proof of what is registered already may take at most, ms; default 15 s, 45 s for a name that leads elsewhere now. */
  readonly proofMs?: number;
}
export interface Followed {
  /** What was done and what proves it, for the log of a run and the page. */
  readonly evidence: readonly Message[];
  /** The URL that JOC has registered now. */
  readonly urlNow: string;
}
/**
 * Makes JOC follow the live Controller, and proves it. Looks first; nothing is changed where JOC follows already; may be repeated after any interruption.
 * `ok` = JOC's proxy has been seen to follow. JOC_CONNECTION: done, but the proof has not come in time (the proxy stays behind).
 * Others: those of ports/joc.ts, CONFLICT, ENGINE_*, NETWORK_NOT_FOUND. Implemented by `followJoc(ports)` in follow.ts.
 */
export type FollowJoc = (o: FollowInput) => Promise<Result<Followed>>;

/**
 * Follow kind `name` only: gives the alias to the container of `to` and takes it from the other one, keeping all other aliases and addresses. Idempotent. To be called while
 * both are stopped (it cuts nothing then); a running container is CONFLICT without `mayInterrupt`. Other kinds: nothing to do. Implemented by `carryAlias(ports)` in alias.ts.
 */
export type CarryAlias = (o: {
  readonly cluster: Cluster;
  readonly to: Slot;
  readonly joc: ClusterJoc;
  readonly mayInterrupt?: boolean;
}) => Promise<
  Result<{
    readonly evidence: readonly Message[];
    /** Puts the names back as they were. Absent: nothing was changed. */
    readonly undo?: () => Promise<Result<void>>;
  }>
>;
