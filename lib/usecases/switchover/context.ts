import 'server-only';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import type { EngineId } from '../../domain/engine/engine';
import type { Instance } from '../../domain/instance/instance';
import type { JocId } from '../../domain/joc/joc';
import type { DiskFacts } from '../../domain/journal/disk';
import type { Result } from '../../domain/result';
import type { Plan } from '../../domain/switchover/plan';
import type { StepId } from '../../domain/switchover/steps';
import type { Clock } from '../../ports/clock';
import type { ConfigTexts } from '../../ports/config';
import type { ControllerClient } from '../../ports/controller';
import type { Engine } from '../../ports/engine';
import type { RunLog } from '../../ports/runs';
import type { FollowJoc } from '../joc/ports';
import type { JocSource } from '../observe/joc-watch';

/** How far a copy is: shown live, never written down. */
export interface Progress {
  readonly step: StepId;
  readonly what: 'copy' | 'verify';
  readonly file: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
}

/** What a run needs of the outside. One context serves all runs of this process. */
export interface RunContext {
  readonly clock: Clock;
  /** Monotonic milliseconds, for deadlines; absent: those of this process. */
  elapsed?(): number;
  readonly runs: RunLog;
  engine(id: EngineId): Engine | undefined;
  /** Its host as Handover reaches it; undefined: this host. */
  hostOf?(id: EngineId): string | undefined;
  cluster(id: string): Cluster | undefined;
  /** The Controller of a member, with the access that the settings name. Shared with the observers. */
  controller(cluster: Cluster, slot: Slot): ControllerClient | undefined;
  readDisk(engine: Engine, instance: Instance): Promise<Result<DiskFacts>>;
  /** Reads the backup flag of a configuration text, `more` as far as it is known. Throws nothing; a broken text is a Result. */
  flagOf(text: string, more?: Omit<ConfigTexts, 'controllerConf'>): Promise<Result<'on' | 'off'>>;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** SHA-256, hex, of a short text: the hash of a plan. */
  hash(text: string): string;
  /** Something of a run changed: pages and watchers look again. */
  changed(runId: string): void;
  progress(runId: string, p: Progress): void;
  /** How JOC Cockpits are told; absent: none is known to this context. */
  readonly joc?: RunJoc;
  /** Name of this Handover for the locks, e.g. its host. */
  readonly self: string;
}

export interface RunJoc {
  /** A saved JOC; undefined: there is no such one (any more). */
  of(id: JocId): JocSource | undefined;
  readonly follow: FollowJoc;
  /** So long a JOC that does not answer is tried again, ms; absent: 20 s. */
  readonly patienceMs?: number;
}

export type Which = 'source' | 'target';
export const lockKey = (plan: Plan): string => plan.clusterId;
