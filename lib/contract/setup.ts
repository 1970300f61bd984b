/**
 * Our HTTP API of the set-up wizard. Routes (in ROUTES once they exist; all admin):
 * - GET /api/setups/options?clusterId= : what can be chosen, with proposals.
 * - POST /api/setups/plan : the dry run: what will be made, compared, checked; nothing is changed.
 * - POST /api/setups : start what was read (`hash`). Answers 201 with the id; the page follows GET /api/setups/[id] and topic `setups`.
 * - GET /api/setups : all, newest first. GET /api/setups/[id]. POST /api/setups/[id]/choose : continue or undo after an interruption or a failure; undo of a finished one.
 */
import { z } from 'zod';
import type { Problem } from '../domain/errors';
import type { Row as CompareRow } from '../domain/setup/rows';
import type { SetupKind, SetupPlan, SetupStepId } from '../domain/setup/setup';
import type { Message } from '../domain/text/message';
import { AccessInput, type ClusterCheck } from './api';

const containerName = z
  .string()
  .trim()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/, 'Letters, digits, dots, dashes; two at least')
  .max(63, 'At most 63 characters');
const port = z.number().int().min(1).max(65535);
const placed = {
  engineId: z.string(),
  name: containerName,
  hostname: containerName,
  /** Published on this address; empty list = only inside the network. */
  ports: z.array(z.object({ inside: port, hostIp: z.string(), outside: port })).max(4),
  networks: z.array(z.object({ network: z.string(), aliases: z.array(containerName).max(8) })).max(8),
  /** A new volume's name per mount target, or a bind mount (absolute path on the engine's host). */
  mounts: z
    .array(z.object({ kind: z.enum(['volume', 'bind']), source: z.string().trim().min(1), target: z.string() }))
    .min(1)
    .max(8),
  /** As Handover reaches it. */
  url: z
    .string()
    .trim()
    .regex(/^https?:\/\/[^\s/]+(:\d+)?\/?$/, 'An address such as http://host:4444, without a path'),
};
export const CreateSecondaryInput = z.object({
  kind: z.literal('create-secondary'),
  clusterId: z.string(),
  ...placed,
  /** Added to or replacing the Primary's environment; an empty value takes the variable away. RUN_JS_ID is always the Primary's. */
  env: z.record(z.string(), z.string()).default({}),
  /** Offered only with its warning; absent = as the Primary has it, never switched on by itself. */
  copyPublicAccess: z.boolean().default(true),
  /** Only with a proven licence: the two node URLs of `cluster.nodes`. */
  nodes: z.object({ primary: z.string(), secondary: z.string() }).optional(),
});
const UseExistingInput = z.object({
  kind: z.literal('use-existing'),
  clusterId: z.string(),
  engineId: z.string(),
  name: z.string().min(1),
  access: AccessInput,
  /** What lies in its state directory is moved aside; needs to be said, never by itself. */
  moveAside: z.boolean().default(false),
});
export const CreateBothInput = z.object({
  kind: z.literal('create-both'),
  clusterName: z.string().trim().min(1).max(64),
  controllerId: z
    .string()
    .trim()
    .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'Letters, digits, - and _')
    .max(64),
  imageDigest: z.string(),
  network: z.string().trim().min(1),
  primary: z.object(placed),
  secondary: z.object(placed),
});
export const SetupInput = z.discriminatedUnion('kind', [CreateSecondaryInput, UseExistingInput, CreateBothInput]);
export type SetupInput = z.input<typeof SetupInput>;
/** `hash` of the plan that was read: a changed world stops here with the difference. */
export const StartSetupInput = z.object({ input: SetupInput, hash: z.string() });
export const ChooseSetupInput = z.object({ choice: z.enum(['continue', 'undo']) });

export interface SetupOptions {
  readonly engines: readonly {
    readonly id: string;
    readonly name: string;
    readonly problem?: Problem;
    readonly images: readonly {
      readonly digest: string;
      readonly refs: readonly string[];
      readonly bytes: number;
      readonly emulation: boolean;
    }[];
    readonly networks: readonly { readonly name: string; readonly driver: string }[];
    /** Stopped containers that could be an existing Secondary, with the addresses that would lead to them: those of other clusters and other Controller IDs are left out. */
    readonly candidates: readonly { readonly name: string; readonly urls: readonly string[] }[];
  }[];
  /** With clusterId: the wizard's first proposal, ready to be planned; the engine may be changed. One per engine for create-secondary. */
  readonly proposals: readonly SetupInput[];
  /** What can be known of a licence, and what follows. */
  readonly licence: { readonly known: 'proved' | 'not' | 'unknown'; readonly note: Message };
}
export type { CompareRow };
export interface ConfigDiff {
  readonly slot: 'primary' | 'secondary';
  readonly path: string;
  /** Lines around a change, without secrets. */
  readonly lines: readonly { readonly sign: ' ' | '+' | '-'; readonly text: string }[];
  readonly why: Message;
}
export interface SetupPlanAnswer {
  /** Absent where none can be made: `problem` says why, and `ready` is false. */
  readonly plan?: SetupPlan;
  readonly problem?: Problem;
  readonly hash: string;
  readonly at: number;
  readonly ready: boolean;
  readonly verdict: { readonly title: Message; readonly why: Message };
  readonly rows: readonly CompareRow[];
  readonly diffs: readonly ConfigDiff[];
  readonly copied: number;
  readonly checks: readonly ClusterCheck[];
  /** Things to do by a person: certificates to be made with these lines (keytool, openssl). */
  readonly todo: readonly { readonly title: Message; readonly commands: readonly string[] }[];
  /** The same by hand. */
  readonly commands: readonly string[];
  readonly compose: string;
  readonly undo: Message;
}
export interface SetupStepAnswer {
  readonly id: SetupStepId;
  readonly title: Message;
  readonly state: 'open' | 'working' | 'done' | 'failed' | 'unknown' | 'undone' | 'skipped';
  readonly evidence: readonly Message[];
  readonly problem?: Problem;
  readonly startedAt?: number;
  readonly endedAt?: number;
}
export interface SetupAnswer {
  readonly id: string;
  readonly kind: SetupKind;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly who: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** `asking`: interrupted or failed: continue or undo. */
  readonly state: 'working' | 'asking' | 'made' | 'undoing' | 'undone' | 'left-by-hand';
  readonly why?: Message;
  readonly steps: readonly SetupStepAnswer[];
  /** Of the image that is copied now. */
  readonly progress?: { readonly bytes: number; readonly of?: number };
  readonly canUndo: boolean;
  readonly undoNote?: Message;
  /** What a person may choose now; `undo` of a working one breaks it off. */
  readonly choices: readonly ('continue' | 'undo')[];
  /** Everything that it makes, as a person would name it at the engines; where something was left, only that. */
  readonly names: readonly string[];
}
