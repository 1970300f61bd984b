/**
 * Every route of our HTTP API: who may use it, what goes in, what comes out and how it may fail. The routes' wrapper takes role and
 * schemas from here, the OpenAPI document is printed from here, and a test holds the table of roles.
 */
import { z } from 'zod';
import type { AccountRole } from '../domain/account';
import type { ErrorCode } from '../domain/errors';
import * as api from './api';
import { JOC_ROUTES } from './joc-routes';
import * as runs from './runs';
import * as answers from './schema/answers';
import { opt, SlotSchema } from './schema/basics';
import * as run from './schema/runs';
import { SETUP_ROUTES } from './setup-routes';
import * as way from './way-back';

export interface RouteSpec {
  readonly role: AccountRole | 'open';
  readonly summary: string;
  /** JSON body. */
  readonly input?: z.ZodType;
  readonly query?: z.ZodType;
  /** `none` = 204; `events` = a stream of server-sent events; `json` = a document of its own; `markdown` = one to be saved. */
  readonly answer: z.ZodType | 'none' | 'events' | 'json' | 'markdown';
  /** Other forms in which it answers when the query asks for them. */
  readonly also?: readonly ('text/csv' | 'application/jsonl')[];
  readonly status?: 201;
  /** Beside those that every route may answer with (COMMON_ERRORS). */
  readonly errors?: readonly ErrorCode[];
}

/** Any route may answer with these; open ones without the second and third. */
export const COMMON_ERRORS = [
  'BAD_REQUEST',
  'NOT_LOGGED_IN',
  'FORBIDDEN',
  'CROSS_SITE',
  'INTERNAL',
  'STORE_FAILED',
] as const satisfies readonly ErrorCode[];

const ENGINE = [
  'ENGINE_UNREACHABLE',
  'ENGINE_FORBIDDEN',
  'ENGINE_TIMEOUT',
  'ENGINE_NOT_DOCKER',
  'ENGINE_TLS',
  'ENGINE_ERROR',
] as const satisfies readonly ErrorCode[];
const INSTANCE = ['NOT_FOUND', ...ENGINE, 'INSTANCE_NOT_FOUND'] as const satisfies readonly ErrorCode[];

const flag = z.enum(['true', 'false']).transform((v) => v === 'true');
const TimelineQuery = z.object({
  before: opt(z.coerce.number().int().positive()),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const LogsQuery = z.object({ tail: z.coerce.number().int().min(0).max(10_000).default(500), follow: flag.default(true) });
const StreamQuery = z.object({ once: flag.default(false) });

export const PARAMS = { id: z.string(), name: z.string(), slot: SlotSchema, fault: z.enum(api.FAULTS) } as const;

export const ROUTES = {
  'GET /api/health': { role: 'open', summary: 'Does Handover run?', answer: z.strictObject({ status: z.literal('ok') }) },
  'GET /api/openapi.json': { role: 'viewer', summary: 'This document', answer: 'json' },

  'POST /api/session': {
    role: 'open',
    summary: 'Log in',
    input: api.LoginInput,
    answer: answers.SessionSchema,
    errors: ['LOGIN_REFUSED', 'TOO_MANY_REQUESTS'],
  },
  'GET /api/session': { role: 'viewer', summary: 'Who is logged in', answer: answers.SessionSchema },
  'PATCH /api/session': {
    role: 'viewer',
    summary: 'Change the own password; all other sessions of the account end',
    input: api.OwnPasswordInput,
    answer: 'none',
    errors: ['LOGIN_REFUSED', 'TOO_MANY_REQUESTS'],
  },
  'DELETE /api/session': { role: 'viewer', summary: 'Log out', answer: 'none' },
  'POST /api/first-run': {
    role: 'open',
    summary: 'Create the first account with the code from the console',
    input: api.FirstRunInput,
    status: 201,
    answer: answers.SessionSchema,
    errors: ['CODE_REFUSED', 'CONFLICT', 'TOO_MANY_REQUESTS'],
  },

  'GET /api/accounts': { role: 'admin', summary: 'All accounts', answer: z.array(answers.AccountSchema) },
  'POST /api/accounts': {
    role: 'admin',
    summary: 'Create an account',
    input: api.AccountInput,
    status: 201,
    answer: answers.AccountSchema,
    errors: ['CONFLICT'],
  },
  'PATCH /api/accounts/[name]': {
    role: 'admin',
    summary: 'Change role or password; its sessions end',
    input: api.AccountPatch,
    answer: answers.AccountSchema,
    errors: ['NOT_FOUND', 'CONFLICT'],
  },
  'DELETE /api/accounts/[name]': {
    role: 'admin',
    summary: 'Remove an account; its sessions end',
    answer: 'none',
    errors: ['NOT_FOUND', 'CONFLICT'],
  },

  'GET /api/engines': { role: 'viewer', summary: 'All engines and how they are', answer: answers.EnginesSnapshot },
  'POST /api/engines': {
    role: 'admin',
    summary: 'Add an engine',
    input: api.EngineInput,
    status: 201,
    answer: answers.EngineSchema,
    errors: ['CONFLICT'],
  },
  'POST /api/engines/test': {
    role: 'admin',
    summary: 'Try an address without saving it',
    input: api.EngineInput,
    answer: answers.EngineTestSchema,
  },
  'PATCH /api/engines/[id]': {
    role: 'admin',
    summary: 'Change an engine',
    input: api.EngineInput,
    answer: answers.EngineSchema,
    errors: ['NOT_FOUND', 'CONFLICT'],
  },
  'DELETE /api/engines/[id]': {
    role: 'admin',
    summary: 'Forget an engine; refused while clusters use it',
    answer: 'none',
    errors: ['NOT_FOUND', 'CONFLICT'],
  },
  'GET /api/engines/[id]/candidates': {
    role: 'admin',
    summary: 'Containers that look like Controllers',
    answer: z.array(answers.CandidateSchema),
    errors: ['NOT_FOUND', ...ENGINE],
  },

  ...JOC_ROUTES,

  'GET /api/clusters': { role: 'viewer', summary: 'All clusters, judged', answer: answers.ClustersSnapshot },
  'POST /api/clusters': {
    role: 'admin',
    summary: 'Add a cluster; nothing is written to the outside',
    input: api.ClusterInput,
    status: 201,
    answer: answers.ClusterSchema,
    errors: ['CONFLICT', 'NOT_FOUND', 'CONTROLLER_ID_DIFFERS', ...ENGINE],
  },
  'POST /api/clusters/test': {
    role: 'admin',
    summary: 'Try the settings without saving them',
    input: api.ClusterInput,
    query: z.object({ id: opt(z.string().meta({ description: 'Cluster that is edited: its stored secrets stand in for absent ones' })) }),
    answer: answers.ClusterTestSchema,
  },
  'GET /api/clusters/[id]': {
    role: 'viewer',
    summary: 'One cluster and its settings, without secrets',
    answer: answers.ClusterSchema,
    errors: ['NOT_FOUND'],
  },
  'PATCH /api/clusters/[id]': {
    role: 'admin',
    summary: 'Change a cluster; absent secrets are kept',
    input: api.ClusterInput,
    answer: answers.ClusterSchema,
    errors: ['NOT_FOUND', 'CONFLICT', 'CONTROLLER_ID_DIFFERS', ...ENGINE],
  },
  'DELETE /api/clusters/[id]': {
    role: 'admin',
    summary: 'Forget a cluster; nothing outside is touched',
    answer: 'none',
    errors: ['NOT_FOUND'],
  },
  'POST /api/clusters/[id]/accept-lineage': {
    role: 'admin',
    summary: 'The journal that lives now is the expected one',
    answer: 'none',
    errors: ['NOT_FOUND', 'CONFLICT'],
  },
  'POST /api/clusters/[id]/lock/take-over': {
    role: 'admin',
    summary: 'Remove a lock that another Handover left, after reading who holds it; not while a run is open',
    input: runs.TakeOverLockInput,
    answer: 'none',
    errors: ['NOT_FOUND', 'CONFLICT', 'LOCK_LOST', 'ENGINE_UNREACHABLE'],
  },
  'POST /api/clusters/[id]/instances/[slot]/start': {
    role: 'operator',
    summary: 'Start the container',
    answer: 'none',
    errors: [...INSTANCE, 'CONFLICT', 'LOCK_HELD'],
  },
  'POST /api/clusters/[id]/instances/[slot]/stop': {
    role: 'operator',
    summary: 'Stop the container',
    input: api.StopInput,
    answer: 'none',
    errors: [...INSTANCE, 'CONFLICT', 'LOCK_HELD', 'INSTANCE_REMOVED_ON_STOP'],
  },
  'GET /api/clusters/[id]/instances/[slot]/logs': {
    role: 'viewer',
    summary: 'The container log: events `lines`, then `end`',
    query: LogsQuery,
    answer: 'events',
    errors: ['NOT_FOUND'],
  },
  'GET /api/clusters/[id]/timeline': {
    role: 'viewer',
    summary: 'What happened, newest first',
    query: TimelineQuery,
    answer: answers.TimelineSnapshot,
    errors: ['NOT_FOUND'],
  },

  'GET /api/clusters/[id]/switch-over': {
    role: 'operator',
    summary: 'Before a switch-over: all checks, measured now, and the plan',
    query: runs.PrepareQuery,
    answer: run.PrepareSchema,
    errors: ['NOT_FOUND'],
  },
  'GET /api/clusters/[id]/switch-over/checks': {
    role: 'operator',
    summary: 'One check before a switch-over, or a group of them, measured again',
    query: runs.CheckAgainQuery,
    answer: run.CheckAgainSchema,
    errors: ['NOT_FOUND'],
  },
  'GET /api/clusters/[id]/plan.md': {
    role: 'operator',
    summary: 'The plan as a document, with the commands a person would type',
    query: runs.PrepareQuery,
    answer: 'markdown',
    errors: [...INSTANCE, 'CONFLICT', 'JOURNAL_MISSING', 'PATH_NOT_FOUND', 'CONFIG_BROKEN', 'HELPER_FAILED'],
  },
  'POST /api/clusters/[id]/runs': {
    role: 'operator',
    summary: 'Begin a switch-over, if everything is still as it was read',
    input: runs.StartRunInput,
    status: 201,
    answer: run.StartRunSchema,
    errors: [...INSTANCE, 'CONFLICT', 'LOCK_HELD', 'JOURNAL_MISSING', 'PATH_NOT_FOUND', 'CONFIG_BROKEN', 'HELPER_FAILED'],
  },
  'GET /api/runs': { role: 'viewer', summary: 'Runs, newest first', query: runs.RunsQuery, answer: z.array(run.RunSummarySchema) },
  'GET /api/runs/[id]': {
    role: 'viewer',
    summary: 'One run; while it is open the world is looked at, at most once a second',
    answer: run.RunSchema,
    errors: ['NOT_FOUND'],
  },
  'POST /api/runs/[id]/choose': {
    role: 'operator',
    summary: 'Continue, undo, or take over by hand',
    input: runs.ChooseInput,
    answer: 'none',
    errors: ['NOT_FOUND', 'CONFLICT'],
  },
  'GET /api/runs/[id]/report.md': { role: 'viewer', summary: 'The report as a document', answer: 'markdown', errors: ['NOT_FOUND'] },
  'GET /api/runs/[id]/report.json': { role: 'viewer', summary: 'The report', answer: run.ReportSchema, errors: ['NOT_FOUND'] },

  'GET /api/clusters/[id]/journals': {
    role: 'viewer',
    summary: 'Both journals compared: where they part, and what each has beyond',
    answer: run.JournalsSchema,
    errors: ['NOT_FOUND'],
  },
  'GET /api/clusters/[id]/way-back': {
    role: 'viewer',
    summary: 'The way back after a split brain: the one without an end, else the last one; the world is looked at',
    answer: way.WaySchema,
    errors: ['NOT_FOUND'],
  },
  'POST /api/clusters/[id]/way-back': {
    role: 'operator',
    summary: 'Begin a way back after a split brain; this alone touches nothing',
    input: way.WayBeginInput,
    answer: 'none',
    errors: [...INSTANCE, 'CONFLICT', 'JOURNAL_MISSING', 'PATH_NOT_FOUND', 'CONFIG_BROKEN', 'HELPER_FAILED'],
  },
  'POST /api/clusters/[id]/way-back/step': {
    role: 'operator',
    summary: 'Do the step of the way back whose turn it is; what comes of it is told by GET',
    input: way.WayStepInput,
    answer: 'none',
    errors: ['NOT_FOUND', 'CONFLICT'],
  },
  'POST /api/clusters/[id]/way-back/leave': {
    role: 'operator',
    summary: 'End the way back here; nothing is taken back, the lock is released',
    input: way.WayLeaveInput,
    answer: 'none',
    errors: ['NOT_FOUND', 'CONFLICT', ...ENGINE],
  },
  'GET /api/retired': { role: 'viewer', summary: 'Journals that were put aside, in all clusters', answer: z.array(run.RetiredSchema) },
  'POST /api/retired/purge': {
    role: 'admin',
    summary: 'Delete a journal that was put aside, for good; only when nothing holds it',
    input: runs.PurgeInput,
    answer: 'none',
    errors: [...INSTANCE, 'CONFLICT', 'LOCK_HELD', 'READ_ONLY', 'HELPER_FAILED'],
  },
  ...SETUP_ROUTES,
  'GET /api/audit': {
    role: 'operator',
    summary: 'Who did what, newest first; as csv or jsonl the whole of what the search finds',
    query: runs.AuditQuery,
    answer: z.array(run.AuditSchema),
    also: ['text/csv', 'application/jsonl'],
  },

  'GET /api/stream': {
    role: 'viewer',
    summary: 'Everything live: events `snapshot`, `cluster`, `beat`, `ended`; with once=true the snapshots as JSON',
    query: StreamQuery,
    answer: 'events',
  },

  'GET /api/rehearsal': { role: 'viewer', summary: 'The rehearsal world', answer: answers.RehearsalSnapshot, errors: ['NOT_FOUND'] },
  'POST /api/rehearsal/faults/[fault]': {
    role: 'operator',
    summary: 'Provoke a fault, or end it',
    input: api.FaultInput,
    answer: 'none',
    errors: ['NOT_FOUND', 'CONFLICT'],
  },
  'POST /api/rehearsal/reset': { role: 'operator', summary: 'Start the rehearsal anew', answer: 'none', errors: ['NOT_FOUND', 'CONFLICT'] },
} as const satisfies Record<string, RouteSpec>;

export type RouteKey = keyof typeof ROUTES;
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
export type InputOf<K extends RouteKey> = (typeof ROUTES)[K] extends { input: infer S } ? Parsed<S> : undefined;
export type QueryOf<K extends RouteKey> = (typeof ROUTES)[K] extends { query: infer S } ? Parsed<S> : undefined;
type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [N in keyof T]: DeepReadonly<T[N]> }
    : T;
export type AnswerOf<K extends RouteKey> = (typeof ROUTES)[K]['answer'] extends infer A
  ? A extends z.ZodType
    ? DeepReadonly<z.output<A>>
    : A extends 'none'
      ? // biome-ignore lint/suspicious/noConfusingVoidType: the answer of a function that gives none
        void
      : unknown
  : never;
type Params<P extends string> = P extends `${string}[${infer N}]${infer R}` ? N | Params<R> : never;
export type ParamsOf<K extends RouteKey> = { readonly [N in Params<K> & keyof typeof PARAMS]: z.output<(typeof PARAMS)[N]> };
