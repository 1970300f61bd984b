/**
 * The way back after a split brain in which Agents took part (product.md 6; tried on real ones, recordings 11b and 11c), as a checklist that is kept: what is written
 * down of it, in order and for ever. Nothing goes on by itself: each step is a person's word, or an act that a person asked for.
 */
import type { Problem } from '../errors';
import type { Millis } from '../reading';
import type { Plan } from '../switchover/plan';
import type { Message } from '../text/message';

export const WAY_STEPS = ['lock', 'stop', 'keep', 'agents-down', 'start', 'reset', 'agents-up', 'end'] as const;
export type WayStep = (typeof WAY_STEPS)[number];

/** Where a journal stood when both Controllers were proved to be stopped. */
export interface WayPoint {
  readonly journalId: string;
  readonly lastEventId: number;
  readonly fingerprint: string;
}

export type WayEvent = { readonly at: Millis } & (
  | {
      readonly type: 'Began';
      /** The side that is set aside is its source, the one that is kept its target: folders, owners, policies and flags as they were. */
      readonly plan: Plan;
      readonly by: string;
      readonly reason: string;
      readonly ticket?: string;
    }
  /** Before each act (I4); `agent` with `reset` alone. */
  | { readonly type: 'Intended'; readonly step: WayStep; readonly by: string; readonly agent?: string }
  /** The goal was seen, or a person has said so (`saidBy`): only what cannot be observed may be said. */
  | {
      readonly type: 'Done';
      readonly step: WayStep;
      readonly evidence: readonly Message[];
      readonly points?: { readonly kept: WayPoint; readonly aside: WayPoint };
      readonly agent?: string;
      readonly saidBy?: string;
      readonly why?: string;
    }
  | { readonly type: 'Failed'; readonly step: WayStep; readonly problem: Problem; readonly agent?: string }
  /** The other one turned out to be newer when both were stopped: kept and set aside change places. Only before anything was set aside. */
  | { readonly type: 'Turned'; readonly by: string }
  /** `left`: a person goes on by hand; nothing is taken back. */
  | { readonly type: 'Ended'; readonly result: 'done' | 'left'; readonly by: string; readonly why?: string }
);
