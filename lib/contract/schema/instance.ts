import { z } from 'zod';
import type { NodeAnswer } from '../../domain/controller/controller';
import { CLUSTER_STATES } from '../../domain/controller/controller';
import type { Instance } from '../../domain/instance/instance';
import type { ConfigFacts, JournalAtRest, RetiredJournal } from '../../domain/journal/disk';
import { Millis, opt, ProblemSchema } from './basics';

export const InstanceRefSchema = z.strictObject({ engineId: z.string(), name: z.string() });
const MountSchema = z.strictObject({
  kind: z.enum(['volume', 'bind', 'other']),
  source: z.string(),
  target: z.string(),
  readOnly: z.boolean(),
});
const NetworkSchema = z.strictObject({ network: z.string(), aliases: z.array(z.string()), ip: opt(z.string()), fixedIp: opt(z.string()) });
const PortSchema = z.strictObject({ inside: z.number(), hostIp: z.string(), outside: z.number() });

const bareInstance = z.strictObject({
  engineId: z.string(),
  id: z.string(),
  name: z.string(),
  hostname: z.string(),
  image: z.strictObject({ ref: z.string(), digest: z.string() }),
  state: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead', 'unknown']),
  exitCode: opt(z.number()),
  oomKilled: z.boolean(),
  createdAt: Millis,
  startedAt: opt(Millis),
  finishedAt: opt(Millis),
  endedBefore: opt(Millis),
  restartPolicy: z.strictObject({ name: z.enum(['no', 'always', 'unless-stopped', 'on-failure']), maxRetries: opt(z.number()) }),
  autoRemove: z.boolean(),
  user: z.string(),
  labels: z.record(z.string(), z.string()),
  mounts: z.array(MountSchema),
  networks: z.array(NetworkSchema),
  ports: z.array(PortSchema),
});
export const CandidateInstanceSchema = bareInstance satisfies z.ZodType<Omit<Instance, 'env'>>;
/** `env` holds only what the server lets out (RUN_JS_*): the rest may be secret. */
export const InstanceSchema = bareInstance
  .extend({ env: z.record(z.string(), z.string()) })
  .meta({ id: 'Instance', description: 'What an engine says of a container' }) satisfies z.ZodType<Instance>;

const ClusterStateSchema = z.strictObject({
  type: z.enum([...CLUSTER_STATES, 'unknown']),
  name: z.string(),
  activeId: opt(z.string()),
  idToUri: opt(z.record(z.string(), z.string())),
  clusterWatchId: opt(z.string()),
});
export const NodeAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('state'),
    state: z.strictObject({ nodeId: z.string(), isBackup: z.boolean(), clusterState: ClusterStateSchema }),
  }),
  z.strictObject({ kind: z.enum(['not-ready', 'not-appointed', 'waiting', 'login-needed']) }),
  z.strictObject({ kind: z.literal('failed'), error: ProblemSchema }),
]) satisfies z.ZodType<NodeAnswer>;

export const JournalSchema = z.strictObject({
  journalId: z.string(),
  initiallyStartedAt: Millis,
  generation: z.number(),
  files: z.array(z.strictObject({ name: z.string(), fileEventId: z.number(), bytes: z.number(), modifiedAt: Millis })),
  totalBytes: z.number(),
  lastEventId: z.number(),
  ending: z.enum(['proper', 'failed-start', 'open', 'torn']),
  controllerId: opt(z.string()),
  clusterState: ClusterStateSchema,
}) satisfies z.ZodType<JournalAtRest>;
export const ConfigSchema = z.strictObject({
  path: z.string(),
  isBackup: z.boolean(),
  clusterNodes: opt(z.record(z.string(), z.string())),
  publicAccess: z.boolean(),
}) satisfies z.ZodType<ConfigFacts>;
export const RetiredSchema = z.strictObject({
  path: z.string(),
  journalId: opt(z.string()),
  at: opt(Millis),
  runId: opt(z.string()),
  why: opt(z.string()),
  by: opt(z.string()),
}) satisfies z.ZodType<RetiredJournal>;
