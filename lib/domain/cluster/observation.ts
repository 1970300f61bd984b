import type { ControllerFacts } from '../controller/controller';
import type { EngineInfo } from '../engine/engine';
import type { ContainerReading, InstanceRef } from '../instance/instance';
import type { DiskFacts } from '../journal/disk';
import type { Reading } from '../reading';
import type { Cluster } from './cluster';

/** Everything that was seen of one member, each source for itself: they are never merged here. */
export interface MemberObservation {
  /** Is the engine itself answering? */
  readonly engine: Reading<EngineInfo>;
  readonly container: Reading<ContainerReading>;
  readonly controller: Reading<ControllerFacts>;
  /** Read while the container does not run, and on demand. */
  readonly disk: Reading<DiskFacts>;
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
}
