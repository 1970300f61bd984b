/** Zod of the cluster page's view (lib/domain/cluster/view.ts says what each word means). */
import { z } from 'zod';
import type { ObservedRun } from '../../domain/cluster/observation';
import type { ClusterView, InstanceView, TimelineEvent } from '../../domain/cluster/view';
import { CLUSTER_STATES } from '../../domain/controller/controller';
import { FreshnessSchema, MessageSchema, Millis, opt, SlotSchema } from './basics';
import { ConfigSchema, InstanceRefSchema, InstanceSchema, JournalSchema, NodeAnswerSchema, RetiredSchema } from './instance';
import { JocViewSchema } from './joc-view';
import { StepSchema, StopReasonSchema } from './run-words';

const ToneSchema = z.enum(['ok', 'run', 'warn', 'unknown', 'bad', 'alarm']);
const BadgeSchema = z.strictObject({
  tone: z.enum(['active', 'must-not', 'neutral', 'gold', 'run', 'warn', 'bad', 'unknown']),
  word: MessageSchema,
});
const ActionSchema = z.strictObject({ kind: z.enum(['start', 'stop', 'logs']), allowed: z.boolean(), note: opt(MessageSchema) });

const ControllerSchema = z.strictObject({
  freshness: FreshnessSchema,
  controllerId: opt(z.string()),
  version: opt(z.string()),
  javaVersion: opt(z.string()),
  startedAt: opt(Millis),
  lastEventId: opt(z.number()),
  journalId: opt(z.string()),
  journalFiles: opt(z.number()),
  journalBytes: opt(z.number()),
  orderCount: opt(z.number()),
  node: opt(NodeAnswerSchema),
  ready: opt(z.union([z.boolean(), z.literal('unknown')])),
  tls: opt(z.enum(['none', 'server', 'mutual'])),
  error: opt(MessageSchema),
});
const DiskSchema = z.strictObject({
  freshness: FreshnessSchema,
  journal: opt(JournalSchema),
  stateEmpty: opt(z.boolean()),
  config: opt(ConfigSchema),
  retired: z.array(RetiredSchema),
  before: opt(z.strictObject({ at: Millis, config: opt(ConfigSchema), journal: opt(JournalSchema) })),
  freeBytes: opt(z.number()),
  totalBytes: opt(z.number()),
  error: opt(MessageSchema),
});
const DockerSchema = z.strictObject({
  freshness: FreshnessSchema,
  engineName: z.string(),
  engineVersion: opt(z.string()),
  instance: opt(InstanceSchema),
  error: opt(MessageSchema),
});

const ROLE_WORDS = [
  'active',
  'standby',
  'cold',
  'retired',
  'fenced',
  'idle',
  'starting',
  'stopping',
  'refused',
  'killed',
  'waiting',
  'unreachable',
  'absent',
  'unknown',
] as const;
const InstanceViewSchema = z
  .strictObject({
    slot: SlotSchema,
    ref: InstanceRefSchema,
    url: z.string(),
    role: z.enum(ROLE_WORDS),
    badges: z.array(BadgeSchema),
    component: z.enum(['operational', 'limited', 'inoperable', 'unknown', 'not-running']),
    nodeState: z.enum(['active', 'standby', 'unknown']),
    connection: z.enum(['established', 'unstable', 'unreachable', 'unknown', 'not-expected']),
    alive: z.enum(['yes', 'no', 'unknown']),
    mustNotLive: z.boolean(),
    reason: opt(MessageSchema),
    fences: z.array(z.enum(['restart-policy', 'backup-flag', 'retired-journal', 'empty-state'])),
    docker: DockerSchema,
    controller: ControllerSchema,
    disk: DiskSchema,
    actions: z.array(ActionSchema),
  })
  .meta({ id: 'InstanceView' }) satisfies z.ZodType<InstanceView>;

const ALARMS = [
  'two-alive',
  'may-be-two',
  'must-not-live',
  'unexpected-lineage',
  'nobody-active',
  'two-at-rest',
  'third-copy',
  'renamed',
  'restart-policy',
  'appointed-without-licence',
  'auto-remove',
  'spare-not-fenced',
  'journals-parted',
  'joc-elsewhere',
] as const;
const AlarmSchema = z.strictObject({
  code: z.enum(ALARMS),
  tone: z.enum(['alarm', 'bad', 'warn', 'unknown']),
  title: MessageSchema,
  detail: MessageSchema,
  since: opt(Millis),
  slots: z.array(SlotSchema),
});
const NextStepSchema = z.strictObject({
  title: MessageSchema,
  reasons: z.array(MessageSchema),
  act: opt(z.strictObject({ kind: z.enum(['start', 'stop']), slot: SlotSchema })),
  open: opt(z.enum(['add-secondary', 'settings', 'logs', 'accept-lineage', 'run', 'journals', 'engines', 'joc'])),
  command: opt(z.string()),
});
const LINKS = [
  'established',
  'unhealthy',
  'unreachable',
  'unknown',
  'not-expected',
  'fenced',
  'has-journal',
  'journal-at-rest',
  'replicating',
  'conflict',
] as const;
const STATUS_WORDS = [
  ...CLUSTER_STATES,
  'ActiveNodeIsNotReady',
  'NodeLossToBeConfirmed',
  'FailoverToBeConfirmed',
  'StandalonePair',
  'SingleController',
  'Unknown',
] as const;

const ObservedRunSchema = z
  .strictObject({
    runId: z.string(),
    from: SlotSchema,
    mode: z.enum(['forward', 'undo', 'by-hand']),
    phase: z.enum(['working', 'asking']),
    step: StepSchema,
    number: z.number(),
    of: z.number(),
    downSince: opt(Millis),
    stopped: opt(StopReasonSchema),
  })
  .meta({ id: 'ObservedRun' }) satisfies z.ZodType<ObservedRun>;

export const ClusterViewSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    controllerId: z.string(),
    world: z.enum(['docker', 'rehearsal']),
    kind: z.enum(['standalone-pair', 'licensed', 'single', 'unknown']),
    verdict: z.strictObject({ tone: ToneSchema, title: MessageSchema, why: MessageSchema, since: opt(Millis) }),
    next: opt(NextStepSchema),
    status: z.strictObject({
      code: z.enum(STATUS_WORDS),
      severity: opt(z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)])),
      word: MessageSchema,
      meaning: MessageSchema,
    }),
    primary: InstanceViewSchema,
    secondary: opt(InstanceViewSchema),
    links: z.array(z.strictObject({ slot: SlotSchema, kind: z.enum(LINKS), label: MessageSchema })),
    guard: z.strictObject({ tone: ToneSchema, title: MessageSchema, detail: MessageSchema, alarms: z.array(AlarmSchema) }),
    run: opt(ObservedRunSchema),
    joc: opt(JocViewSchema),
    oldestAt: opt(Millis),
  })
  .meta({ id: 'ClusterView', description: 'What is known of a cluster, judged' }) satisfies z.ZodType<ClusterView>;

export const TimelineEventSchema = z
  .strictObject({
    id: z.number(),
    at: Millis,
    kind: z.enum(['alarm', 'ok', 'start', 'stop', 'lost', 'journal', 'person', 'rehearsal', 'settings']),
    message: MessageSchema,
    who: opt(z.string()),
  })
  .meta({ id: 'TimelineEvent' }) satisfies z.ZodType<TimelineEvent>;
