import type { ControllerFacts } from '../controller/controller';
import type { EngineId, EngineInfo } from '../engine/engine';
import type { ContainerReading, InstanceRef } from '../instance/instance';
import type { DiskFacts } from '../journal/disk';
import type { Millis, Reading } from '../reading';
import type { Cluster } from './cluster';

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
}

/** Another container of the same Controller ID that the cluster does not know (a third copy?). */
export interface Stranger {
  readonly ref: InstanceRef;
  readonly running: boolean;
  readonly journalId?: string;
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
  /** Since when the cluster state that the active node reports now has been seen (`PreparedToBeCoupled` is a warning for its first 60 s only). */
  readonly statusSince?: Millis;
}
