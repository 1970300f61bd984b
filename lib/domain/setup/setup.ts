/**
 * Setting a cluster up: what is wanted, the frozen plan, its steps and their events. Pure words; usecases/setup acts. As in the runbook: intent first, every effect
 * looks before it acts and may be repeated, resume is the same code as start, unknown never counts as done. Facts: reference/docker-images.md, product.md 3.
 */
import type { ClusterId } from '../cluster/cluster';
import type { EngineId } from '../engine/engine';
import type { Problem } from '../errors';
import type { RestartPolicy } from '../instance/instance';
import type { Millis } from '../reading';
import type { Message } from '../text/message';

export const SETUP_KINDS = ['create-secondary', 'use-existing', 'create-both'] as const;
export type SetupKind = (typeof SETUP_KINDS)[number];

/** One container that will be made. */
export interface PlannedInstance {
  readonly slot: 'primary' | 'secondary';
  readonly engineId: EngineId;
  readonly name: string;
  readonly hostname: string;
  readonly image: { readonly ref: string; readonly digest: string };
  /** The image has to be copied from this engine first. */
  readonly copyImageFrom?: EngineId;
  readonly user?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly mounts: readonly {
    readonly kind: 'volume' | 'bind';
    readonly source: string;
    readonly target: string;
    readonly isNew: boolean;
  }[];
  readonly networks: readonly { readonly network: string; readonly aliases: readonly string[] }[];
  readonly ports: readonly { readonly inside: number; readonly hostIp: string; readonly outside: number }[];
  readonly restartPolicy: RestartPolicy;
  /** As Handover reaches it afterwards. */
  readonly url: string;
}
/** A file of the configuration as it will be. Contents of files with secrets are never in a plan. */
export interface PlannedFile {
  readonly slot: 'primary' | 'secondary';
  /** Relative to the configuration directory, e.g. `controller.conf`, `private/private.conf`. */
  readonly path: string;
  /** `copied` as it is; `changed` (controller.conf with the managed block); `left-out` (a private key or keystore: its own must be made); `written` anew. */
  readonly how: 'copied' | 'changed' | 'left-out' | 'written';
  readonly bytes?: number;
}

export const SETUP_STEP_IDS = [
  'lock',
  'image',
  'network',
  'volumes',
  'container',
  'aside', // use-existing: what lies in its state directory is moved aside
  'configuration',
  'fence',
  'start', // create-both: the Primary alone
  'prove',
  'save', // the cluster in Handover's settings
] as const;
export type SetupStepId = (typeof SETUP_STEP_IDS)[number];

export interface SetupPlan {
  readonly setupId: string;
  readonly kind: SetupKind;
  /** The cluster that gets its Secondary; create-both: the one that will be made. */
  readonly clusterId: ClusterId;
  readonly clusterName: string;
  readonly controllerId: string;
  readonly instances: readonly PlannedInstance[];
  /** use-existing: the container that is there. */
  readonly existing?: {
    readonly engineId: EngineId;
    readonly name: string;
    readonly containerId: string;
    readonly stateFingerprint: string;
  };
  readonly files: readonly PlannedFile[];
  readonly makeNetwork?: { readonly engineId: EngineId; readonly name: string };
  readonly steps: readonly SetupStepId[];
  readonly createdAt: Millis;
}

export type SetupEvent =
  | { readonly type: 'SetupStarted'; readonly at: Millis; readonly plan: SetupPlan; readonly hash: string; readonly who: string }
  | { readonly type: 'StepIntended'; readonly at: Millis; readonly step: SetupStepId; readonly undo: boolean }
  | {
      readonly type: 'StepEnded';
      readonly at: Millis;
      readonly step: SetupStepId;
      readonly undo: boolean;
      readonly outcome: 'succeeded' | 'failed' | 'unknown';
      readonly evidence: readonly Message[];
      readonly problem?: Problem;
    }
  | { readonly type: 'Chosen'; readonly at: Millis; readonly choice: 'continue' | 'undo'; readonly who: string }
  | { readonly type: 'SetupEnded'; readonly at: Millis; readonly outcome: 'made' | 'undone' | 'left-by-hand' };
