/** Zod of the answers in api.ts. The compiler holds each to its type; being strict they also find what the type does not name. */
import { z } from 'zod';
import { ROLES } from '../../domain/account';
import {
  type AccountAnswer,
  type Candidate,
  type ClusterCheck,
  type ClusterSettingsAnswer,
  type ClusterTestAnswer,
  type EngineAnswer,
  type EngineTestAnswer,
  FAULTS,
  type MemberSettings,
  type RehearsalAnswer,
  type SessionAnswer,
} from '../api';
import { MessageSchema, Millis, opt, ProblemSchema, SlotSchema } from './basics';
import { CandidateInstanceSchema } from './instance';
import { ClusterViewSchema, TimelineEventSchema } from './view';

const role = z.enum(ROLES);
export const SessionSchema = z.strictObject({
  account: z.strictObject({ name: z.string(), role }),
  rehearsal: opt(z.boolean()),
}) satisfies z.ZodType<SessionAnswer>;
export const AccountSchema = z.strictObject({
  name: z.string(),
  role,
  createdAt: Millis,
  lastLoginAt: opt(Millis),
}) satisfies z.ZodType<AccountAnswer>;

export const EngineSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    address: z.string(),
    kind: z.enum(['socket', 'tls', 'tcp', 'ssh', 'rehearsal']),
    state: z.enum(['up', 'down', 'connecting']),
    version: opt(z.string()),
    apiVersion: opt(z.string()),
    since: opt(Millis),
    problem: opt(ProblemSchema),
    clusters: z.array(z.string()),
  })
  .meta({ id: 'Engine' }) satisfies z.ZodType<EngineAnswer>;
export const EngineTestSchema = z.strictObject({
  ok: z.boolean(),
  version: opt(z.string()),
  apiVersion: opt(z.string()),
  containers: opt(z.number()),
  controllers: opt(z.number()),
  problem: opt(ProblemSchema),
}) satisfies z.ZodType<EngineTestAnswer>;
export const CandidateSchema = z
  .strictObject({
    instance: CandidateInstanceSchema,
    because: z.array(MessageSchema),
    emulation: z.boolean(),
    controllerId: opt(z.string()),
    urls: z.array(z.string()),
    usedBy: opt(z.string()),
    answered: opt(z.strictObject({ url: z.string(), controllerId: opt(z.string()), version: opt(z.string()) })),
    hints: z.array(MessageSchema),
  })
  .meta({ id: 'Candidate' }) satisfies z.ZodType<Candidate>;

const CheckSchema = z.strictObject({
  slot: opt(SlotSchema),
  id: z.string(),
  result: z.enum(['pass', 'warn', 'block', 'unknown']),
  title: MessageSchema,
  measured: MessageSchema,
  remedy: opt(MessageSchema),
}) satisfies z.ZodType<ClusterCheck>;
export const ClusterTestSchema = z.strictObject({
  checks: z.array(CheckSchema),
  controllerId: opt(z.string()),
}) satisfies z.ZodType<ClusterTestAnswer>;

const MemberSchema = z.strictObject({
  engineId: z.string(),
  name: z.string(),
  url: z.string(),
  user: opt(z.string()),
  hasPassword: z.boolean(),
  ca: opt(z.string()),
  clientCert: opt(z.string()),
  hasClientKey: z.boolean(),
}) satisfies z.ZodType<MemberSettings>;
const SettingsSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  controllerId: z.string(),
  guardStops: opt(z.boolean()),
  primary: MemberSchema,
  secondary: opt(MemberSchema),
}) satisfies z.ZodType<ClusterSettingsAnswer>;
/** `view` is absent for the moment between saving and the first look. */
export const ClusterSchema = z.strictObject({ view: opt(ClusterViewSchema), settings: SettingsSchema });

const RehearsalSchema = z
  .strictObject({
    startedAt: Millis,
    faults: z.array(
      z.strictObject({ fault: z.enum(FAULTS), on: z.boolean(), since: opt(Millis), possible: z.boolean(), note: opt(MessageSchema) }),
    ),
    exercises: z.array(
      z.strictObject({
        id: z.string(),
        title: MessageSchema,
        hint: MessageSchema,
        state: z.enum(['done', 'current', 'open']),
        result: opt(MessageSchema),
      }),
    ),
    resetting: z.boolean(),
  })
  .meta({ id: 'Rehearsal' }) satisfies z.ZodType<RehearsalAnswer>;

/** The cached form of a topic: the stream's snapshot of it. */
const snapshot = <K extends string, T extends z.ZodType>(topic: K, data: T) =>
  z.strictObject({ topic: z.literal(topic), rev: z.number(), at: Millis, data });
export const ClustersSnapshot = snapshot('clusters', z.array(ClusterViewSchema));
export const EnginesSnapshot = snapshot('engines', z.array(EngineSchema));
export const RehearsalSnapshot = snapshot('rehearsal', RehearsalSchema);
export const TimelineSnapshot = snapshot('timeline', z.strictObject({ clusterId: z.string(), events: z.array(TimelineEventSchema) }));
