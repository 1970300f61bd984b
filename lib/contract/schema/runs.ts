/** Zod of the answers in runs.ts. Strict, as all answers: what the type does not name fails in development and tests. */
import { z } from 'zod';
import type { VerifiedFile } from '../../domain/switchover/events';
import type { PlanJoc } from '../../domain/switchover/plan';
import type { CheckResult } from '../../domain/switchover/preflight/check';
import { GROUPS } from '../../domain/switchover/preflight/check';
import type { Report } from '../../domain/switchover/report';
import type {
  AuditAnswer,
  CheckAgainAnswer,
  Compared,
  CopyProgress,
  JournalSide,
  JournalsAnswer,
  PlanAnswer,
  PlanSideAnswer,
  PlanStepAnswer,
  PrepareAnswer,
  RetiredAnswer,
  RunAnswer,
  RunLogLine,
  RunStepAnswer,
  RunSummary,
  StartRunAnswer,
} from '../runs';
import { MessageSchema, Millis, opt, ProblemSchema, SlotSchema } from './basics';
import { InstanceRefSchema } from './instance';
import { ChoiceSchema, OutcomeSchema, ProgressSchema, ResultSchema, StepSchema, StopReasonSchema, WaySchema } from './run-words';

const CheckResultSchema = z
  .strictObject({
    id: z.string(),
    group: z.enum(GROUPS),
    verdict: z.enum(['pass', 'warn', 'block', 'unknown']),
    measured: MessageSchema,
    at: opt(Millis),
  })
  .meta({ id: 'CheckResult' }) satisfies z.ZodType<CheckResult>;
const SideSchema = z.strictObject({
  slot: SlotSchema,
  name: z.string(),
  engine: z.string(),
  url: z.string(),
}) satisfies z.ZodType<PlanSideAnswer>;
const planStep = z.strictObject({
  step: StepSchema,
  number: z.number(),
  title: MessageSchema,
  why: MessageSchema,
  undo: opt(MessageSchema),
  expectedMs: z.number(),
  down: z.boolean(),
  afterPoint: z.boolean(),
  commands: z.array(z.string()),
}) satisfies z.ZodType<PlanStepAnswer>;
const FollowSchema = z.enum(['name', 'front', 'update']);
const NameSideSchema = z.strictObject({ held: z.boolean(), attached: z.boolean(), others: z.array(z.string()) });
const PlanJocSchema = z.strictObject({
  jocId: z.string(),
  name: z.string(),
  url: z.string(),
  follow: FollowSchema,
  from: opt(z.string()),
  to: z.array(z.string()),
  caption: opt(z.string()),
  move: opt(z.strictObject({ alias: z.string(), network: z.string(), source: NameSideSchema, target: NameSideSchema })),
}) satisfies z.ZodType<PlanJoc>;
const PlanSchema = z
  .strictObject({
    hash: z.string(),
    variant: z.enum(['switch-over', 'source-crashed']),
    source: SideSchema,
    target: SideSchema,
    journalId: z.string(),
    journalBytes: z.number(),
    orderCount: opt(z.number()),
    steps: z.array(planStep),
    joc: opt(PlanJocSchema),
    expectedMs: z.number(),
    expectedDownMs: z.number(),
  })
  .meta({ id: 'Plan' }) satisfies z.ZodType<PlanAnswer>;
const HeldLockSchema = z.strictObject({ run: z.string(), handover: z.string(), since: Millis, tokens: z.array(z.string()) });
export const CheckAgainSchema = z.strictObject({
  checks: z.array(CheckResultSchema),
  measuredAt: Millis,
  heldLock: opt(HeldLockSchema),
}) satisfies z.ZodType<CheckAgainAnswer>;
export const PrepareSchema = z.strictObject({
  from: SlotSchema,
  to: SlotSchema,
  checks: z.array(CheckResultSchema),
  counts: z.strictObject({ pass: z.number(), warn: z.number(), block: z.number(), unknown: z.number() }),
  ready: z.boolean(),
  measuredAt: Millis,
  heldLock: opt(HeldLockSchema),
  problem: opt(ProblemSchema),
  plan: opt(PlanSchema),
}) satisfies z.ZodType<PrepareAnswer>;
export const StartRunSchema = z.strictObject({ runId: z.string() }) satisfies z.ZodType<StartRunAnswer>;

export const RunSummarySchema = z
  .strictObject({
    runId: z.string(),
    clusterId: z.string(),
    clusterName: z.string(),
    from: SideSchema,
    to: SideSchema,
    by: z.string(),
    reason: z.string(),
    ticket: opt(z.string()),
    startedAt: Millis,
    endedAt: opt(Millis),
    state: z.enum(['working', 'asking', 'ended']),
    mode: z.enum(['forward', 'undo', 'by-hand']),
    result: opt(ResultSchema),
    stopped: opt(z.strictObject({ reason: StopReasonSchema, step: StepSchema })),
    step: StepSchema,
    number: z.number(),
    of: z.number(),
    downMs: opt(z.number()),
    downSince: opt(Millis),
    left: opt(z.array(StepSchema)),
  })
  .meta({ id: 'RunSummary' }) satisfies z.ZodType<RunSummary>;

const EvidenceSchema = z.strictObject({
  at: Millis,
  said: MessageSchema,
  facts: opt(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
});
const VerifiedFileSchema = z.strictObject({
  name: z.string(),
  bytes: z.number(),
  segments: z.array(z.strictObject({ from: z.number(), to: z.number(), sha256: z.string(), when: z.enum(['ahead', 'after']) })),
  sourceInode: z.number(),
  inode: z.number(),
  modifiedAt: Millis,
}) satisfies z.ZodType<VerifiedFile>;
const ReportSideSchema = z.strictObject({ slot: z.string(), ref: InstanceRefSchema, url: z.string() });
export const ReportSchema = z
  .strictObject({
    runId: z.string(),
    clusterId: z.string(),
    planHash: z.string(),
    result: z.union([ResultSchema, z.literal('open')]),
    from: ReportSideSchema,
    to: ReportSideSchema,
    controllerId: z.string(),
    journalId: z.string(),
    by: z.string(),
    reason: z.string(),
    ticket: opt(z.string()),
    timeSpent: opt(z.number().meta({ description: 'Minutes' })),
    accepted: opt(z.array(z.strictObject({ id: z.string(), measured: MessageSchema }))),
    joc: opt(
      z.strictObject({
        name: z.string(),
        follow: FollowSchema,
        alias: opt(z.string()),
        before: opt(z.string()),
        after: opt(z.string()),
        proxyAt: opt(Millis),
        outcome: z.enum(['follows', 'left', 'not-told']),
      }),
    ),
    left: z.array(StepSchema),
    startedAt: Millis,
    endedAt: opt(Millis),
    downMs: opt(z.number()),
    downSince: opt(Millis),
    steps: z.array(
      z.strictObject({
        step: StepSchema,
        way: WaySchema,
        outcome: z.union([OutcomeSchema, z.literal('none')]),
        beganAt: Millis,
        endedAt: opt(Millis),
        evidence: z.array(EvidenceSchema),
        problem: opt(ProblemSchema),
      }),
    ),
    files: z.array(VerifiedFileSchema),
    bytes: z.number(),
    decisions: z.array(z.strictObject({ at: Millis, by: z.string(), choice: z.string(), why: opt(z.string()) })),
    stops: z.array(z.strictObject({ at: Millis, reason: StopReasonSchema, step: opt(StepSchema) })),
  })
  .meta({ id: 'Report' }) satisfies z.ZodType<Report>;

const CopyProgressSchema = z.strictObject({
  step: StepSchema,
  file: z.string(),
  doneBytes: z.number(),
  totalBytes: z.number(),
  bytesPerSecond: z.number(),
}) satisfies z.ZodType<CopyProgress>;
const ComparedSchema = z.strictObject({
  id: z.string(),
  title: MessageSchema,
  planned: MessageSchema,
  seen: MessageSchema,
  verdict: z.enum(['same', 'differs', 'unknown']),
}) satisfies z.ZodType<Compared>;
const RunStepSchema = planStep.extend({
  progress: ProgressSchema,
  undone: ProgressSchema,
  evidence: z.array(MessageSchema),
  problem: opt(z.strictObject({ message: z.string(), remedy: opt(z.string()), detail: opt(z.string()) })),
  beganAt: opt(Millis),
  endedAt: opt(Millis),
}) satisfies z.ZodType<RunStepAnswer>;
const LogLineSchema = z.strictObject({
  at: Millis,
  kind: z.enum(['start', 'intent', 'outcome', 'proof', 'stop', 'person', 'end']),
  step: opt(StepSchema),
  way: opt(WaySchema),
  outcome: opt(OutcomeSchema),
  text: MessageSchema,
}) satisfies z.ZodType<RunLogLine>;
export const RunSchema = z
  .strictObject({
    summary: RunSummarySchema,
    planHash: z.string(),
    expectedDownMs: z.number(),
    steps: z.array(RunStepSchema),
    pointPassed: z.boolean(),
    choices: z.array(ChoiceSchema),
    recommended: opt(ChoiceSchema),
    whyRecommended: z.array(MessageSchema),
    undoWould: z.array(MessageSchema),
    compared: z.array(ComparedSchema),
    byYou: opt(z.strictObject({ text: MessageSchema, commands: z.array(z.string()) })),
    lookedAt: opt(Millis),
    progress: opt(CopyProgressSchema),
    log: z.array(LogLineSchema),
    remaining: z.array(z.strictObject({ title: MessageSchema, commands: z.array(z.string()) })),
    report: ReportSchema,
  })
  .meta({ id: 'Run' }) satisfies z.ZodType<RunAnswer>;

export const AuditSchema = z
  .strictObject({
    id: z.number(),
    at: Millis,
    who: z.string(),
    what: z.string().meta({ description: 'A word such as run.start' }),
    clusterId: opt(z.string()),
    subject: opt(z.string()),
    reason: opt(z.string()),
    ticket: opt(z.string()),
    result: z.enum(['ok', 'refused', 'failed']),
    detail: opt(z.string()),
  })
  .meta({ id: 'AuditEntry' }) satisfies z.ZodType<AuditAnswer>;

const JournalSideSchema = z.strictObject({
  slot: SlotSchema,
  name: z.string(),
  place: z.enum(['state', 'retired']),
  path: opt(z.string()),
  journalId: opt(z.string()),
  ending: opt(z.string()),
  lastEventId: opt(z.number()),
  totalBytes: opt(z.number()),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.number(), inBoth: z.enum(['equal', 'prefix', 'differs', 'only-here']) })),
  beyond: opt(
    z.strictObject({
      count: z.number(),
      events: z.array(z.strictObject({ eventId: z.number(), type: z.string(), key: opt(z.string()) })),
    }),
  ),
  problem: opt(MessageSchema),
}) satisfies z.ZodType<JournalSide>;
export const JournalsSchema = z
  .strictObject({
    primary: JournalSideSchema,
    secondary: opt(JournalSideSchema),
    sameLineage: z.union([z.boolean(), z.literal('unknown')]),
    lastCommon: opt(z.strictObject({ eventId: z.number(), at: Millis })),
    newer: opt(z.enum(['primary', 'secondary', 'equal'])),
    startedByBoth: z.array(z.string()),
    comparedAt: Millis,
  })
  .meta({ id: 'Journals' }) satisfies z.ZodType<JournalsAnswer>;
export const RetiredSchema = z
  .strictObject({
    clusterId: z.string(),
    slot: SlotSchema,
    name: z.string(),
    engine: z.string(),
    path: z.string(),
    bytes: z.number(),
    at: opt(Millis),
    runId: opt(z.string()),
    by: opt(z.string()),
    why: opt(z.string()),
    journalId: opt(z.string()),
    purgeable: z.boolean(),
    held: opt(MessageSchema),
  })
  .meta({ id: 'RetiredCopy' }) satisfies z.ZodType<RetiredAnswer>;
