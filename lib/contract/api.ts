/**
 * Handover's own HTTP API: what goes in and what comes out, one schema each. Routes parse their input with it, hooks their answers;
 * the OpenAPI document is generated from it. Times are epoch milliseconds, ids are slugs (`[a-z0-9-]`).
 */
import { z } from 'zod';
import { type AccountRole, ROLES } from '../domain/account';
import type { ClusterView, TimelineEvent } from '../domain/cluster/view';
import type { Problem } from '../domain/errors';
import type { RehearsalFault } from '../domain/rehearsal/faults';
import type { Message } from '../domain/text/message';
import type { JocAnswer } from './joc';
import type { CopyProgress, RunSummary } from './runs';
import type { SetupAnswer } from './setup';

const RoleSchema = z.enum(ROLES);

const name = z.string().trim().min(1, 'Give a name').max(64, 'At most 64 characters');
const password = z.string().min(10, 'At least 10 characters').max(200);
const url = z
  .string()
  .trim()
  .regex(/^https?:\/\/[^\s/]+(:\d+)?\/?$/, 'An address such as http://host:4444, without a path');

// ---- session and accounts ----------------------------------------------------------------------------------------------------------
export const LoginInput = z.object({ name: z.string(), password: z.string() });
export const FirstRunInput = z.object({ code: z.string().trim(), name, password });
export interface SessionAnswer {
  readonly account: { readonly name: string; readonly role: AccountRole };
  /** Does this Handover have a rehearsal world? */
  readonly rehearsal?: boolean;
}
/** Changing one's own password: the old one is asked for again. All other sessions of the account end. */
export const OwnPasswordInput = z.object({ oldPassword: z.string().max(200), password });
export const AccountInput = z.object({ name, role: RoleSchema, password });
export const AccountPatch = z.object({ role: RoleSchema.optional(), password: password.optional() });
export interface AccountAnswer {
  readonly name: string;
  readonly role: AccountRole;
  readonly createdAt: number;
  readonly lastLoginAt?: number;
}

// ---- engines -----------------------------------------------------------------------------------------------------------------------
const EngineAddressInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('socket'), path: z.string().trim().startsWith('/', 'An absolute path such as /var/run/docker.sock') }),
  z.object({
    kind: z.literal('tls'),
    host: z.string().trim().min(1),
    port: z.number().int().min(1).max(65535),
    ca: z.string(),
    cert: z.string(),
    key: z.string(),
  }),
  z.object({ kind: z.literal('tcp'), host: z.string().trim().min(1), port: z.number().int().min(1).max(65535) }),
  z.object({
    kind: z.literal('ssh'),
    host: z.string().trim().min(1),
    port: z.number().int().min(1).max(65535),
    user: z.string().trim().min(1),
    privateKey: z.string().optional(),
  }),
]);
export const EngineInput = z.object({ name, address: EngineAddressInput });
export interface EngineAnswer {
  readonly id: string;
  readonly name: string;
  /** Shown as a person would type it, e.g. `unix:///var/run/docker.sock`; never with secrets. */
  readonly address: string;
  readonly kind: 'socket' | 'tls' | 'tcp' | 'ssh' | 'rehearsal';
  readonly state: 'up' | 'down' | 'connecting';
  readonly version?: string;
  readonly apiVersion?: string;
  readonly since?: number;
  readonly problem?: Problem;
  /** Clusters that use it. */
  readonly clusters: readonly string[];
}
export interface EngineTestAnswer {
  readonly ok: boolean;
  readonly version?: string;
  readonly apiVersion?: string;
  readonly containers?: number;
  readonly controllers?: number;
  readonly problem?: Problem;
}
export type { Candidate, ClusterCheck, ClusterTest as ClusterTestAnswer } from '../domain/cluster/candidate';

// ---- clusters ----------------------------------------------------------------------------------------------------------------------
export const AccessInput = z.object({
  url,
  user: z.string().trim().optional(),
  /** Absent on an edit = keep the stored one. */
  password: z.string().optional(),
  ca: z.string().optional(),
  clientCert: z.string().optional(),
  clientKey: z.string().optional(),
});
export const MemberInput = z.object({ engineId: z.string(), name: z.string().min(1), access: AccessInput });
export const ClusterInput = z.object({ name, primary: MemberInput, secondary: MemberInput.optional(), guardStops: z.boolean().optional() });
export type ClusterInput = z.infer<typeof ClusterInput>;
/** The saved settings for the edit form; secrets are told only as present or not. */
export interface ClusterSettingsAnswer {
  readonly id: string;
  readonly name: string;
  readonly controllerId: string;
  /** The guard may stop the one of two live Controllers that must not live. Off when absent. */
  readonly guardStops?: boolean;
  readonly primary: MemberSettings;
  readonly secondary?: MemberSettings;
}
export interface MemberSettings {
  readonly engineId: string;
  readonly name: string;
  readonly url: string;
  readonly user?: string;
  readonly hasPassword: boolean;
  readonly ca?: string;
  readonly clientCert?: string;
  readonly hasClientKey: boolean;
}
export const StopInput = z.object({ timeoutSeconds: z.number().int().min(1).max(600).default(120) });

// ---- rehearsal ---------------------------------------------------------------------------------------------------------------------
export { REHEARSAL_FAULTS as FAULTS, type RehearsalFault as Fault } from '../domain/rehearsal/faults';
export const FaultInput = z.object({ on: z.boolean() });
export interface FaultAnswer {
  readonly fault: RehearsalFault;
  readonly on: boolean;
  readonly since?: number;
  readonly possible: boolean;
  /** Why not possible now. */
  readonly note?: Message;
}
export interface ExerciseAnswer {
  readonly id: string;
  readonly title: Message;
  readonly hint: Message;
  readonly state: 'done' | 'current' | 'open';
  readonly result?: Message;
}
export interface RehearsalAnswer {
  readonly startedAt: number;
  readonly faults: readonly FaultAnswer[];
  readonly exercises: readonly ExerciseAnswer[];
  readonly resetting: boolean;
}

// ---- logs --------------------------------------------------------------------------------------------------------------------------
/** Events of the log stream: `lines` with LogLineAnswer[], then `end` with { problem? }. */
export interface LogLineAnswer {
  readonly at?: number;
  readonly stream: 'out' | 'err';
  readonly text: string;
}

// ---- the stream --------------------------------------------------------------------------------------------------------------------
/**
 * One server-sent event: the newest state of one topic. `rev` grows per topic, across restarts too; an older one never wins.
 * `timeline` is sent when it changes (the newest 50 events of one cluster), not at the start: ask /timeline for the first page.
 * Beside `snapshot` come `beat` (every 5 s) and `ended` (the session is over or changed: log in again).
 */
export type StreamData = {
  clusters: readonly ClusterView[];
  timeline: { clusterId: string; events: readonly TimelineEvent[] };
  engines: readonly EngineAnswer[];
  jocs: readonly JocAnswer[];
  rehearsal: RehearsalAnswer;
  /** All open runs and the last 20, newest first. */
  runs: readonly RunSummary[];
  /** The copy that moves now; `null` when none does. */
  'run-progress': { readonly runId: string; readonly progress: CopyProgress } | null;
  /** All open set-ups and the last 20, newest first. */
  setups: readonly SetupAnswer[];
};
export type Snapshot = { [T in keyof StreamData]: { topic: T; rev: number; at: number; data: StreamData[T] } }[keyof StreamData];

/**
 * Event `cluster`: one cluster of the topic `clusters` has changed. Either `patch` (JSON merge patch, RFC 7396, onto its state as of `base`)
 * or the whole `view`. A list of clusters at revision R holds every cluster as of R.
 */
export interface ClusterChange {
  readonly id: string;
  readonly rev: number;
  readonly at: number;
  readonly base?: number;
  readonly patch?: unknown;
  readonly view?: ClusterView;
}

export interface ProblemAnswer {
  readonly problem: Problem;
  /** For a form: what is wrong with which field. */
  readonly fields?: Readonly<Record<string, string>>;
}
