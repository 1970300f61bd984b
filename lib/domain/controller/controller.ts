/** What a Controller says over HTTP, as far as we read it. Shapes: reference/controller-api.md section 2, recordings 01, 08. */
import type { Problem } from '../errors';
import type { Millis } from '../reading';

export interface Overview {
  readonly controllerId: string;
  readonly version: string;
  /** Missing while the node has no state (unappointed backup). Equal on two nodes = same lineage. */
  readonly initiallyStartedAt?: Millis;
  readonly startedAt: Millis;
  readonly orderCount?: number;
  readonly javaVersion?: string;
}

export interface JournalFileInfo {
  /** The number in the file name: the event id before the file. */
  readonly fileEventId: number;
  /** Bytes committed so far. */
  readonly position: number;
}
export interface JournalInfo {
  readonly lastEventId: number;
  readonly tornEventId: number;
  readonly files: readonly JournalFileInfo[];
}

export const CLUSTER_STATES = [
  'Empty',
  'NodesAppointed',
  'PreparedToBeCoupled',
  'Coupled',
  'ActiveShutDown',
  'PassiveLost',
  'SwitchedOver',
  'FailedOver',
] as const;
export type KnownClusterState = (typeof CLUSTER_STATES)[number];
/** A state we do not know is kept by its name and counts as unknown. */
export interface ClusterStateFacts {
  readonly type: KnownClusterState | 'unknown';
  /** The word the Controller used. */
  readonly name: string;
  readonly activeId?: string;
  readonly idToUri?: Readonly<Record<string, string>>;
  readonly clusterWatchId?: string;
}
export interface NodeState {
  readonly nodeId: string;
  readonly isBackup: boolean;
  readonly clusterState: ClusterStateFacts;
}

/** Where a Controller that answers stands. `waiting` = the route hangs: a coupled node waits for its peer (controller-api.md 1.0.3). */
export type NodeAnswer =
  | { readonly kind: 'state'; readonly state: NodeState }
  | { readonly kind: 'not-ready' }
  | { readonly kind: 'not-appointed' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'login-needed' }
  | { readonly kind: 'failed'; readonly error: Problem };

/** One look at a living Controller. `journal` always answers where the web server is up: it is the liveness probe. */
export interface ControllerFacts {
  readonly url: string;
  readonly journal: JournalInfo;
  /** The lineage, where the journal route could be read. */
  readonly journalId?: string;
  /** `hanging` = did not answer in time although journalInfo did. */
  readonly overview: Overview | 'hanging' | Problem;
  readonly node: NodeAnswer;
  /** NoOperation accepted = active and ready. `unknown` where we may not ask or it hangs. Never inferred. */
  readonly ready: boolean | 'unknown';
  /** ClusterWatch of a licensed pair: seen alive? undefined where it cannot be known. */
  readonly clusterWatch?: 'alive' | 'silent';
  readonly tls: 'none' | 'server' | 'mutual';
  /** Answering time of the liveness probe, ms. */
  readonly latencyMs: number;
}

/**
 * An Agent as a Controller's snapshot tells it (controller-api.md 2.7). `coupled` = couplingState Coupled and no coupling problem since: a Controller
 * keeps Coupled in its journal, so that right after a start it is only what was so before.
 */
export interface AgentFacts {
  readonly name: string;
  /** Where its (first) director answers; empty where the snapshot does not tell. */
  readonly url: string;
  readonly coupled: boolean;
}
