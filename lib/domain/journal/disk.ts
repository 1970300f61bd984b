/** What lies in an instance's volumes: the state directory and the configuration. Read when the container is stopped (and on demand). Source: controller-api.md sections 5, 7, 8. */
import type { ClusterStateFacts } from '../controller/controller';
import type { Problem } from '../errors';
import type { Millis } from '../reading';

/**
 * How a journal ends. `proper` = newest file is header + snapshot + SnapshotTaken and the file before it ends with ControllerShutDown
 * (or the newest ends with ControllerShutDown: suppressSnapshot). `failed-start` = newest looks proper but the one before it does not
 * end with ControllerShutDown (product.md 3.12). `torn` = last line incomplete. `open` = ends with anything else.
 */
export type JournalEnding = 'proper' | 'failed-start' | 'open' | 'torn';

export interface JournalFile {
  readonly name: string;
  readonly fileEventId: number;
  readonly bytes: number;
  readonly modifiedAt: Millis;
}
export interface JournalAtRest {
  readonly journalId: string;
  readonly initiallyStartedAt: Millis;
  readonly generation: number;
  readonly files: readonly JournalFile[];
  readonly totalBytes: number;
  /** Last event id that the newest file holds (its own number where it holds none). */
  readonly lastEventId: number;
  readonly ending: JournalEnding;
  readonly controllerId?: string;
  readonly clusterState: ClusterStateFacts;
}
/** Names of folders beside `state` in which Handover (or a person) put a journal aside. */
export interface RetiredJournal {
  readonly path: string;
  readonly journalId?: string;
  readonly at?: Millis;
  readonly runId?: string;
  readonly why?: string;
  readonly by?: string;
}
export type StateDirectory =
  | { readonly kind: 'absent' }
  | { readonly kind: 'empty'; readonly path: string }
  | { readonly kind: 'journal'; readonly path: string; readonly journal: JournalAtRest }
  | { readonly kind: 'unreadable'; readonly path: string; readonly error: Problem };

export interface ConfigFacts {
  readonly path: string;
  /** js7.journal.cluster.node.is-backup, as JS7 reads booleans (true/on/yes). */
  readonly isBackup: boolean;
  /** js7.journal.cluster.nodes: node id → URL. */
  readonly clusterNodes?: Readonly<Record<string, string>>;
  readonly publicAccess: boolean;
}
export interface DiskFacts {
  readonly state: StateDirectory;
  readonly config: ConfigFacts | Problem;
  readonly retired: readonly RetiredJournal[];
  readonly freeBytes?: number;
  readonly totalBytes?: number;
  /** Last lines of the container log of a start that ended by itself, where one tells the reason. */
  readonly refusal?: Refusal;
}
/** Why a Controller refused to start, recognised from its own words on stderr (controller-api.md 10.4). */
export interface Refusal {
  readonly kind:
    | 'backup-flag'
    | 'no-licence'
    | 'duplicate-start'
    | 'other-controller-id'
    | 'no-signature-keys'
    | 'broken-journal'
    | 'foreign-event'
    | 'other';
  /** The Controller's own line. */
  readonly line: string;
}
