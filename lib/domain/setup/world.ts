/** What a set-up needs to know of the world, observed afresh before every act. `unknown` is never taken for the harmless value. */
import type { RestartPolicyName } from '../instance/instance';
import type { Tri } from '../switchover/world';

/** `foreign` = there, but not of this set-up: never touched. */
export type Made = 'absent' | 'ours' | 'foreign' | 'unknown';

export interface SetupSide {
  readonly container: Made;
  /** The container runs (paused and restarting count as running). */
  readonly running: Tri;
  /** New volumes: of all that are planned, what is there? `some` = some of ours are, the rest is absent. `none-planned` = bind mounts only. */
  readonly volumes: 'absent' | 'some' | 'ours' | 'foreign' | 'unknown' | 'none-planned';
  /** A journal in the state directory, or one put aside beside it: then it has worked, or came to hold what must not be lost. */
  readonly holds: 'nothing' | 'journal' | 'unknown';
  /** Of one that was there before: a journal file lies in its state directory that was not there, or not so long, when it was planned. It was started since. */
  readonly newer: Tri;
  /** Every planned file of the configuration is there as planned, and the state directory too. */
  readonly configuration: 'complete' | 'incomplete' | 'unknown';
  readonly flag: 'on' | 'off' | 'unknown';
  readonly policy: RestartPolicyName | 'unknown';
  /** What was moved aside by this set-up lies there. */
  readonly aside: Tri;
  /** The Controller answers with the planned ID, active and ready. Asked of the Primary that create-both starts. */
  readonly works: Tri;
}
export interface SetupWorld {
  /** `ours` only when it is seen in all engines with this set-up's name. */
  readonly lock: 'ours' | 'free' | 'theirs' | 'partly' | 'unknown';
  /** The image is on every engine that needs it. */
  readonly image: Tri;
  readonly network: Made;
  readonly primary?: SetupSide;
  readonly secondary: SetupSide;
  /** The settings name what this set-up made; `other` = another container stands there. */
  readonly saved: 'yes' | 'no' | 'other';
}
