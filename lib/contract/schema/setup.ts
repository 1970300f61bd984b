/** Zod of the answers in setup.ts. Strict, as all answers. */
import { z } from 'zod';
import { SETUP_KINDS, SETUP_STEP_IDS, type SetupPlan } from '../../domain/setup/setup';
import {
  type CompareRow,
  type ConfigDiff,
  CreateBothInput,
  CreateSecondaryInput,
  type SetupAnswer,
  type SetupInput,
  type SetupOptions,
  type SetupPlanAnswer,
  type SetupStepAnswer,
} from '../setup';
import { ClusterTestSchema } from './answers';
import { MessageSchema, Millis, opt, ProblemSchema, SlotSchema } from './basics';

const PortSchema = z.strictObject({ inside: z.number(), hostIp: z.string(), outside: z.number() });
const AttachmentSchema = z.strictObject({ network: z.string(), aliases: z.array(z.string()) });
const PolicySchema = z.strictObject({ name: z.enum(['no', 'always', 'unless-stopped', 'on-failure']), maxRetries: opt(z.number()) });
const PlacesSchema = z.strictObject({ state: z.string(), config: z.string() });
const StepIdSchema = z.enum(SETUP_STEP_IDS);
const KindSchema = z.enum(SETUP_KINDS);

const PlannedInstanceSchema = z.strictObject({
  slot: SlotSchema,
  engineId: z.string(),
  name: z.string(),
  hostname: z.string(),
  image: z.strictObject({ ref: z.string(), digest: z.string() }),
  copyImageFrom: opt(z.string()),
  user: opt(z.string()),
  env: z.record(z.string(), z.string()),
  secretEnv: opt(z.array(z.string()).meta({ description: 'Variables that look like secrets: named, their values are told nowhere' })),
  labels: z.record(z.string(), z.string()),
  mounts: z.array(z.strictObject({ kind: z.enum(['volume', 'bind']), source: z.string(), target: z.string(), isNew: z.boolean() })),
  networks: z.array(AttachmentSchema),
  ports: z.array(PortSchema),
  restartPolicy: PolicySchema,
  url: z.string(),
  places: PlacesSchema,
});
const SetupPlanSchema = z
  .strictObject({
    setupId: z.string(),
    kind: KindSchema,
    clusterId: z.string(),
    clusterName: z.string(),
    controllerId: z.string(),
    instances: z.array(PlannedInstanceSchema),
    existing: opt(
      z.strictObject({
        engineId: z.string(),
        name: z.string(),
        containerId: z.string(),
        stateFingerprint: z.string(),
        url: z.string(),
        user: opt(z.string()),
        places: PlacesSchema,
        aside: z.string(),
        uid: z.number(),
        gid: z.number(),
        policy: PolicySchema,
        flag: z.enum(['on', 'off']),
      }),
    ),
    from: opt(z.strictObject({ engineId: z.string(), name: z.string(), containerId: z.string(), places: PlacesSchema })),
    replaces: opt(z.strictObject({ engineId: z.string(), name: z.string() })),
    files: z.array(
      z.strictObject({
        slot: SlotSchema,
        path: z.string(),
        how: z.enum(['copied', 'changed', 'left-out', 'written']),
        bytes: opt(z.number()),
      }),
    ),
    closePublic: opt(z.literal(true)),
    makeNetwork: opt(z.strictObject({ engineId: z.string(), name: z.string() })),
    steps: z.array(StepIdSchema),
    createdAt: Millis,
  })
  .meta({ id: 'SetupPlan' }) satisfies z.ZodType<SetupPlan>;

export const SetupOptionsSchema = z
  .strictObject({
    engines: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        problem: opt(ProblemSchema),
        images: z.array(z.strictObject({ digest: z.string(), refs: z.array(z.string()), bytes: z.number(), emulation: z.boolean() })),
        networks: z.array(z.strictObject({ name: z.string(), driver: z.string() })),
        candidates: z.array(z.strictObject({ name: z.string(), urls: z.array(z.string()) })),
      }),
    ),
    // As a form sends it: what has a default may be left out.
    proposals: z.array(z.discriminatedUnion('kind', [CreateSecondaryInput, CreateBothInput])) as unknown as z.ZodType<SetupInput[]>,
    licence: z.strictObject({ known: z.enum(['proved', 'not', 'unknown']), note: MessageSchema }),
  })
  .meta({ id: 'SetupOptions' }) satisfies z.ZodType<SetupOptions>;

const CompareRowSchema = z.strictObject({
  id: z.string(),
  title: MessageSchema,
  primary: opt(z.array(z.string())),
  secondary: z.array(z.string()),
  compared: z.enum(['same', 'own', 'fence', 'differs']),
  note: MessageSchema,
}) satisfies z.ZodType<CompareRow>;
const ConfigDiffSchema = z.strictObject({
  slot: SlotSchema,
  path: z.string(),
  lines: z.array(z.strictObject({ sign: z.enum([' ', '+', '-']), text: z.string() })),
  why: MessageSchema,
}) satisfies z.ZodType<ConfigDiff>;
export const SetupPlanAnswerSchema = z
  .strictObject({
    plan: opt(SetupPlanSchema),
    problem: opt(ProblemSchema),
    hash: z.string(),
    at: Millis,
    ready: z.boolean(),
    verdict: z.strictObject({ title: MessageSchema, why: MessageSchema }),
    rows: z.array(CompareRowSchema),
    diffs: z.array(ConfigDiffSchema),
    copied: z.number().meta({ description: 'Files of the configuration that are copied as they are' }),
    checks: ClusterTestSchema.shape.checks,
    todo: z.array(z.strictObject({ title: MessageSchema, commands: z.array(z.string()) })),
    commands: z.array(z.string()),
    compose: z.string(),
    undo: MessageSchema,
  })
  .meta({ id: 'SetupPlanAnswer' }) satisfies z.ZodType<SetupPlanAnswer>;

const SetupStepSchema = z.strictObject({
  id: StepIdSchema,
  title: MessageSchema,
  state: z.enum(['open', 'working', 'done', 'failed', 'unknown', 'undone', 'skipped']),
  evidence: z.array(MessageSchema),
  problem: opt(ProblemSchema),
  startedAt: opt(Millis),
  endedAt: opt(Millis),
}) satisfies z.ZodType<SetupStepAnswer>;
export const SetupSchema = z
  .strictObject({
    id: z.string(),
    kind: KindSchema,
    clusterId: z.string(),
    clusterName: z.string(),
    who: z.string(),
    startedAt: Millis,
    endedAt: opt(Millis),
    state: z.enum(['working', 'asking', 'made', 'undoing', 'undone', 'left-by-hand']),
    why: opt(MessageSchema),
    steps: z.array(SetupStepSchema),
    progress: opt(z.strictObject({ bytes: z.number(), of: opt(z.number()) })),
    canUndo: z.boolean(),
    undoNote: opt(MessageSchema),
    choices: z.array(z.enum(['continue', 'undo'])),
    names: z.array(z.string()),
  })
  .meta({ id: 'Setup' }) satisfies z.ZodType<SetupAnswer>;
export const StartedSetupSchema = z.strictObject({ id: z.string() });
