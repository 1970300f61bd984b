/**
 * Setting a cluster up: what is wanted, the frozen plan, its steps and their events. Pure words; usecases/setup acts. As in the runbook: intent first, every effect
 * looks before it acts and may be repeated, resume is the same code as start, unknown never counts as done. Facts: reference/docker-images.md, product.md 3.
 */
import type { ClusterId } from '../cluster/cluster';
import type { EngineId } from '../engine/engine';
import type { Problem } from '../errors';
import type { InstanceRef, RestartPolicy } from '../instance/instance';
import type { Millis } from '../reading';
import type { Message } from '../text/message';

/** Everything that a set-up makes carries it; its value names the installation and the set-up (`markOf`). The adapters put it on. */
export const SETUP_LABEL = 'handover.setup';
/** Numbers of set-ups are small and those of one installation: with its name they are nobody else's. */
export const markOf = (self: string, setupId: string): string => `${self}-${setupId}`;

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
  /** Variables that look like secrets: named here, read from the Primary when the container is made, and written down nowhere. */
  readonly secretEnv?: readonly string[];
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
  /** Where its folders lie, as seen in the container. */
  readonly places: SetupPlaces;
}
export interface SetupPlaces {
  readonly state: string;
  /** The configuration directory, without a slash at its end. */
  readonly config: string;
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
  'configuration',
  'fence',
  'aside', // use-existing: what lies in its state directory is moved aside, once the fence is on
  'start', // create-both: the Primary alone
  'prove',
  'save', // the cluster in Handover's settings
  'unlock',
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
    readonly url: string;
    readonly user?: string;
    readonly places: SetupPlaces;
    /** Folder beside (or in) the state directory to which what lies there is moved. */
    readonly aside: string;
    /** Owner of the state directory. */
    readonly uid: number;
    readonly gid: number;
    /** As they were before: what an undo gives back. */
    readonly policy: RestartPolicy;
    readonly flag: 'on' | 'off';
  };
  /** The container from which configuration and secrets are copied; absent for create-both. */
  readonly from?: { readonly engineId: EngineId; readonly name: string; readonly containerId: string; readonly places: SetupPlaces };
  /** What the settings name as the Secondary before: the very container (use-existing), or one that is not there any more. */
  readonly replaces?: InstanceRef;
  readonly files: readonly PlannedFile[];
  /** js7.web.server.auth.public is switched off in the copy. */
  readonly closePublic?: true;
  readonly makeNetwork?: { readonly engineId: EngineId; readonly name: string };
  readonly steps: readonly SetupStepId[];
  readonly createdAt: Millis;
}

/**
 * `failed`: the step says why. `cannot-see`: what is needed stayed unknown. `runs`: a container that is to be removed works. `taken`: a name that was free has another owner now.
 * `holds-journal`: its state directory is not empty any more. `lock-theirs`: another Handover works on the cluster.
 */
export type SetupStopReason =
  | 'interrupted'
  | 'failed'
  | 'cannot-see'
  | 'not-reached'
  | 'runs'
  | 'taken'
  | 'holds-journal'
  | 'lock-theirs'
  | 'lock-lost';

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
      /** Undo: what was made and stays, because it has worked; each as a person would name it. */
      readonly kept?: readonly string[];
    }
  /** Nothing more happens until a person chooses. `interrupted`: Handover came back and found it without an end. */
  | { readonly type: 'SetupStopped'; readonly at: Millis; readonly reason: SetupStopReason; readonly step: SetupStepId }
  | { readonly type: 'Chosen'; readonly at: Millis; readonly choice: 'continue' | 'undo'; readonly who: string }
  | { readonly type: 'SetupEnded'; readonly at: Millis; readonly outcome: 'made' | 'undone' | 'left-by-hand' };
