/**
 * The runbook's part of our HTTP API: what the pages of preparing, running and reporting show. Times are epoch milliseconds; words for people are
 * messages of the catalogue.
 */

import { z } from 'zod';
import type { AuditEntry } from '../domain/audit-entry';
import type { Slot } from '../domain/cluster/cluster';
import type { Problem } from '../domain/errors';
import type { Choice, Outcome, RunResult, StopReason, Way } from '../domain/switchover/events';
import type { PlanJoc } from '../domain/switchover/plan';
import type { CheckResult } from '../domain/switchover/preflight/check';
import type { Report } from '../domain/switchover/report';
import type { Progress as StepProgress } from '../domain/switchover/state';
import type { StepId } from '../domain/switchover/steps';
import type { Message } from '../domain/text/message';
import { SlotSchema } from './schema/basics';

/** `from` = the instance that has the journal now. Absent: the one that is active, or the one that has a journal. */
export const PrepareQuery = z.object({ from: SlotSchema.optional() });

/** GET /api/clusters/[id]/switch-over (operator): measures everything anew. */
export interface PrepareAnswer {
  readonly from: Slot;
  readonly to: Slot;
  readonly checks: readonly CheckResult[];
  readonly counts: { readonly pass: number; readonly warn: number; readonly block: number; readonly unknown: number };
  readonly ready: boolean;
  readonly measuredAt: number;
  /** Somebody's lock on the cluster; `tokens` name it for POST …/lock/take-over. */
  readonly heldLock?: { readonly run: string; readonly handover: string; readonly since: number; readonly tokens: readonly string[] };
  /** Why no plan could be made (then there is none, and the checks say more). */
  readonly problem?: Problem;
  readonly plan?: PlanAnswer;
}
/** GET /api/clusters/[id]/switch-over/checks (operator). `only` = id of a check, or a group. */
export const CheckAgainQuery = z.object({ from: SlotSchema, only: z.string() });
export interface CheckAgainAnswer {
  readonly checks: readonly CheckResult[];
  readonly measuredAt: number;
  /** The lock, where a check looked for one and it is held. */
  readonly heldLock?: NonNullable<PrepareAnswer['heldLock']>;
}
export interface PlanAnswer {
  readonly hash: string;
  readonly variant: 'switch-over' | 'source-crashed';
  readonly source: PlanSideAnswer;
  readonly target: PlanSideAnswer;
  readonly journalId: string;
  readonly journalBytes: number;
  readonly orderCount?: number;
  readonly steps: readonly PlanStepAnswer[];
  /** How JOC Cockpit is to follow. */
  readonly joc?: PlanJoc;
  readonly expectedMs: number;
  readonly expectedDownMs: number;
}
export interface PlanSideAnswer {
  readonly slot: Slot;
  readonly name: string;
  readonly engine: string;
  readonly url: string;
}
export interface PlanStepAnswer {
  readonly step: StepId;
  readonly number: number;
  readonly title: Message;
  readonly why: Message;
  /** Absent: it cannot be undone. */
  readonly undo?: Message;
  readonly expectedMs: number;
  readonly down: boolean;
  readonly afterPoint: boolean;
  /** What a person would type instead. */
  readonly commands: readonly string[];
}

/** POST /api/clusters/[id]/runs (operator). The checks are measured again when they are older than 30 s. */
export const StartRunInput = z.object({
  from: SlotSchema,
  /** The hash of the plan that was read; refused when the plan would be another one now (I5). */
  planHash: z.string(),
  /** The typed name of the container that has the journal now; a start for another one is refused (I5). */
  expectActive: z.string(),
  /** Comment, time spent and ticket link are what JOC Cockpit asks for with each change, in its form. */
  reason: z
    .string()
    .trim()
    .min(1, 'Say why')
    .max(255, 'At most 255 characters')
    .regex(/^[^<>]*$/, 'Without < and >'),
  ticket: z.string().trim().max(255).optional(),
  /** Minutes. */
  timeSpent: z.number().int().min(1, 'At least 1 minute').max(100_000).optional(),
  /** Ids of the warnings that were accepted. */
  accepted: z.array(z.string()),
});
/** POST /api/clusters/[id]/lock/take-over (admin): removes the lock whose evidence was read. */
export const TakeOverLockInput = z.object({
  tokens: z.array(z.string()).min(1),
  reason: z.string().trim().min(1, 'Say why').max(255, 'At most 255 characters'),
});
export interface StartRunAnswer {
  readonly runId: string;
}

export interface RunSummary {
  readonly runId: string;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly from: PlanSideAnswer;
  readonly to: PlanSideAnswer;
  readonly by: string;
  readonly reason: string;
  readonly ticket?: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly state: 'working' | 'asking' | 'ended';
  readonly mode: 'forward' | 'undo' | 'by-hand';
  readonly result?: RunResult;
  readonly stopped?: { readonly reason: StopReason | 'interrupted'; readonly step: StepId };
  readonly step: StepId;
  readonly number: number;
  readonly of: number;
  readonly downMs?: number;
  readonly downSince?: number;
  /** Steps whose goal was missed and that were left: something is still to be done. */
  readonly left?: readonly StepId[];
}
export interface CopyProgress {
  readonly step: StepId;
  readonly file: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
}
/** A fact of the plan beside the same fact of the world. */
export interface Compared {
  readonly id: string;
  readonly title: Message;
  readonly planned: Message;
  readonly seen: Message;
  readonly verdict: 'same' | 'differs' | 'unknown';
}
/** GET /api/runs/[id]: looks at the world. */
export interface RunAnswer {
  readonly summary: RunSummary;
  readonly planHash: string;
  readonly expectedDownMs: number;
  readonly steps: readonly RunStepAnswer[];
  readonly pointPassed: boolean;
  readonly choices: readonly Choice[];
  readonly recommended?: Choice;
  readonly whyRecommended: readonly Message[];
  /** What an undo would do, in order. Empty where there is nothing to undo. */
  readonly undoWould: readonly Message[];
  readonly compared: readonly Compared[];
  /** What a person does outside Handover first, exactly: the target was started before its time. */
  readonly byYou?: { readonly text: Message; readonly commands: readonly string[] };
  readonly lookedAt?: number;
  readonly progress?: CopyProgress;
  readonly log: readonly RunLogLine[];
  /** Commands of the steps that remain, for finishing by hand. */
  readonly remaining: readonly { readonly title: Message; readonly commands: readonly string[] }[];
  readonly report: Report;
}
export interface RunStepAnswer extends PlanStepAnswer {
  readonly progress: StepProgress;
  readonly undone: StepProgress;
  readonly evidence: readonly Message[];
  readonly problem?: { readonly message: string; readonly remedy?: string; readonly detail?: string };
  readonly beganAt?: number;
  readonly endedAt?: number;
}
export interface RunLogLine {
  readonly at: number;
  readonly kind: 'start' | 'intent' | 'outcome' | 'proof' | 'stop' | 'person' | 'end';
  readonly step?: StepId;
  readonly way?: Way;
  readonly outcome?: Outcome;
  readonly text: Message;
}
export const ChooseInput = z.object({
  choice: z.enum(['continue', 'undo', 'by-hand', 'done-by-hand']),
  why: z.string().trim().max(255).optional(),
});

export const RunsQuery = z.object({ clusterId: z.string().optional(), limit: z.coerce.number().int().min(1).max(500).default(100) });
export const AuditQuery = z.object({
  text: z.string().optional(),
  clusterId: z.string().optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  format: z.enum(['json', 'csv', 'jsonl']).default('json'),
});

/** GET /api/audit, newest first. With `format` csv or jsonl: everything that fits the search, up to 100 000 lines. */
export type AuditAnswer = AuditEntry;

/** GET /api/clusters/[id]/journals: both journals beside each other. */
export interface JournalsAnswer {
  readonly primary: JournalSide;
  readonly secondary?: JournalSide;
  readonly sameLineage: boolean | 'unknown';
  /** Newest event that both hold; undefined where it cannot be told from the files still there. */
  readonly lastCommon?: { readonly eventId: number; readonly at: number };
  readonly newer?: Slot | 'equal';
  /** Orders that have started on both sides after the last common event. */
  readonly startedByBoth: readonly string[];
  readonly comparedAt: number;
}
export interface JournalSide {
  readonly slot: Slot;
  readonly name: string;
  readonly place: 'state' | 'retired';
  readonly path?: string;
  readonly journalId?: string;
  readonly ending?: string;
  readonly lastEventId?: number;
  readonly totalBytes?: number;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly inBoth: 'equal' | 'prefix' | 'differs' | 'only-here';
  }[];
  /** Events beyond the last common one: how many (undefined = too many to read), the first 200. */
  readonly beyond?: {
    readonly count: number;
    readonly events: readonly { readonly eventId: number; readonly type: string; readonly key?: string }[];
  };
  /** Why something of it could not be read or told. */
  readonly problem?: Message;
}

/** GET /api/retired: journals put aside, in all clusters. */
export interface RetiredAnswer {
  readonly clusterId: string;
  readonly slot: Slot;
  readonly name: string;
  readonly engine: string;
  readonly path: string;
  readonly bytes: number;
  readonly at?: number;
  readonly runId?: string;
  readonly by?: string;
  readonly why?: string;
  readonly journalId?: string;
  readonly purgeable: boolean;
  /** Why it is held. */
  readonly held?: Message;
}

/** POST /api/retired/purge (admin). `confirm`: the folder's own name, typed. */
export const PurgeInput = z.object({ clusterId: z.string(), slot: SlotSchema, path: z.string(), confirm: z.string().trim() });
