/** What is written down of a run, in order and for ever (I4). The state of a run is nothing but the fold of these. */
import type { Problem } from '../errors';
import type { Millis } from '../reading';
import type { Message } from '../text/message';
import type { Plan } from './plan';
import type { StepId } from './steps';

/** Forward, or taking a step back. */
export type Way = 'do' | 'undo';
export type Outcome = 'succeeded' | 'failed' | 'unknown';

/** What a step leaves as proof: a sentence, and the raw facts for the report. */
export interface Evidence {
  readonly at: Millis;
  readonly said: Message;
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

/** What was true of the source when its stop was proved; every later look is compared with it. */
export interface Noted {
  readonly fingerprint: string;
  readonly lastEventId: number;
}

/** A range of a file that was hashed equal on both sides. `to` is exclusive. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  /** SHA-256, hex. */
  readonly sha256: string;
  /** Hashed while the source worked, or after its proved stop. */
  readonly when: 'ahead' | 'after';
}
export interface VerifiedFile {
  readonly name: string;
  readonly bytes: number;
  /** From 0 to `bytes` without gap; they may overlap (the last block is read again). */
  readonly segments: readonly Segment[];
  /** Of the file at the source when it was hashed: another inode means another file. */
  readonly sourceInode: number;
  /** Of the copy at the target: a rename keeps both, a later write does not. */
  readonly inode: number;
  readonly modifiedAt: Millis;
}

/** Why a run stopped by itself. Each has a text and a way on (catalogue `run.stopped.<reason>`). */
export type StopReason =
  | 'source-running' // somebody started the source again
  | 'source-ended' // the source ended by itself before it was shut down
  | 'target-running' // somebody started the target before its time
  | 'journal-changed' // the source's journal is not what it was after the proved stop
  | 'fence-gone'
  | 'lock-lost'
  | 'other-lineage' // the Controller that answers has another journal than planned
  | 'not-proper' // the source ended, but its journal does not end as a proper stop leaves it
  | 'target-refused' // the target ended by itself after the start
  | 'step-failed'
  | 'cannot-see' // something needed stayed unknown until the deadline
  | 'not-reached'; // the goal was not reached until the deadline

/** A warning that a person accepted: which check, and what it had measured. */
export interface AcceptedWarning {
  readonly id: string;
  readonly measured: Message;
}

export type Choice = 'continue' | 'undo' | 'by-hand' | 'done-by-hand';

export type RunEvent = { readonly at: Millis } & (
  | {
      readonly type: 'RunStarted';
      readonly plan: Plan;
      readonly planHash: string;
      readonly by: string;
      readonly reason: string;
      readonly ticket?: string;
      /** "Time Spent" of JOC Cockpit's audit comment, minutes. */
      readonly timeSpent?: number;
      /** Warnings of the checks that were accepted, as they read at the start. Absent in runs of an older Handover: not known. */
      readonly accepted?: readonly AcceptedWarning[];
    }
  | {
      readonly type: 'StepIntended';
      readonly step: StepId;
      readonly way: Way;
      /** With `shut-down`: orders that the source told of at the last look before it. Absent: it did not tell. */
      readonly orderCount?: number;
    }
  | {
      readonly type: 'StepEnded';
      readonly step: StepId;
      readonly way: Way;
      readonly outcome: Outcome;
      readonly evidence: readonly Evidence[];
      readonly problem?: Problem;
      readonly noted?: Noted;
    }
  /** Every file was hashed equal on both sides; where it lies was noted, so that a later look can tell whether it is still the same (I3). */
  | { readonly type: 'CopiedAhead'; readonly files: readonly VerifiedFile[] }
  | { readonly type: 'CopyVerified'; readonly files: readonly VerifiedFile[] }
  /** A Controller that must not work was stopped at once (target with another lineage). */
  | { readonly type: 'TargetStopped'; readonly why: StopReason }
  | { readonly type: 'RunStopped'; readonly reason: StopReason; readonly step: StepId; readonly problem?: Problem }
  /** Handover came back and found the run without an end. */
  | { readonly type: 'RunInterrupted' }
  | { readonly type: 'PersonChose'; readonly choice: Choice; readonly by: string; readonly why?: string }
  | { readonly type: 'RunEnded'; readonly result: RunResult }
);

/** `by-hand`: a person finished it; `undone`: everything is as before. */
export type RunResult = 'succeeded' | 'undone' | 'by-hand';
