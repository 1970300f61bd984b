import type { ControllerFacts } from '../controller/controller';
import type { EngineId, EngineInfo } from '../engine/engine';
import type { ContainerReading, InstanceRef } from '../instance/instance';
import type { JocObservation } from '../joc/joc';
import type { DiskFacts } from '../journal/disk';
import type { Millis, Reading } from '../reading';
import type { StopReason } from '../switchover/events';
import type { StepId } from '../switchover/steps';
import type { Cluster, Slot } from './cluster';

/** Everything that was seen of one member, each source for itself: they are never merged here. */
export interface MemberObservation {
  /** Is the engine itself answering? */
  readonly engine: Reading<EngineInfo>;
  readonly container: Reading<ContainerReading>;
  readonly controller: Reading<ControllerFacts>;
  /** Read while the container does not run, and on demand. */
  readonly disk: Reading<DiskFacts>;
  /** A stop was asked for (by Handover, or Docker told of the signal) and its end has not been seen. Our clock. */
  readonly stopping?: { readonly since: Millis };
  /** Since when it has not worked before its present run, as far as it was seen: earlier than Docker's word where the runs between were idle or refused. Engine's clock. */
  readonly restedSince?: Millis;
}

/** Another container of the same Controller ID that the cluster does not know (a third copy?). */
export interface Stranger {
  readonly ref: InstanceRef;
  readonly running: boolean;
  readonly journalId?: string;
  /** It is the very container (by its id) that was this member before: somebody renamed it. */
  readonly formerly?: Slot;
}

/** The cluster's run that has no end yet, as the run's own log tells it. */
export interface ObservedRun {
  readonly runId: string;
  readonly from: Slot;
  readonly mode: 'forward' | 'undo' | 'by-hand';
  /** `asking`: nothing happens until a person chooses. */
  readonly phase: 'working' | 'asking';
  readonly step: StepId;
  readonly number: number;
  readonly of: number;
  /** Nobody works since then, as planned; until one was proved to work again. */
  readonly downSince?: Millis;
  /** Why it asks. */
  readonly stopped?: StopReason | 'interrupted';
}

export interface ClusterObservation {
  readonly cluster: Cluster;
  readonly primary: MemberObservation;
  readonly secondary?: MemberObservation;
  readonly strangers: readonly Stranger[];
  /** Which world it is; `docker` when absent. */
  readonly world?: 'docker' | 'rehearsal';
  /** Names of the engines as the settings have them; the id stands in where one is missing. */
  readonly engineNames?: Readonly<Record<EngineId, string>>;
  readonly run?: ObservedRun;
  /** What its JOC Cockpit says; absent where none is connected. */
  readonly joc?: JocObservation;
  /** Since when the cluster state that the active node reports now has been seen (`PreparedToBeCoupled` is a warning for its first 60 s only). */
  readonly statusSince?: Millis;
}
