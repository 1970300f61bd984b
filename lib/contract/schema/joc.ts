/** Zod of the answers in joc.ts. The compiler holds each to its type. */
import { z } from 'zod';
import type { JocFacts } from '../../domain/joc/joc';
import type { JocAnswer, JocTestAnswer, RegisterAnswer, RegisterDraft, UrlTestAnswer } from '../joc';
import { MessageSchema, Millis, opt, ProblemSchema, SlotSchema } from './basics';
import { JocFollowSchema, JocViewSchema } from './joc-view';

const FactsSchema = z
  .strictObject({
    url: z.string(),
    version: z.string(),
    title: opt(z.string()),
    securityLevel: opt(z.string()),
    active: z.boolean(),
    licence: z.strictObject({ type: z.enum(['OPENSOURCE', 'COMMERCIAL_VALID', 'COMMERCIAL_INVALID', 'unknown']), validUntil: opt(Millis) }),
    mayManage: z.enum(['yes', 'no', 'approval', 'unknown']),
    forceReasons: z.boolean(),
    reasons: z.array(z.string()),
    controllerIds: z.array(z.string()),
    latencyMs: z.number(),
  })
  .meta({ id: 'JocFacts' }) satisfies z.ZodType<JocFacts>;

export const JocSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    user: z.string(),
    hasPassword: z.boolean(),
    ca: opt(z.string()),
    clientCert: opt(z.string()),
    hasClientKey: z.boolean(),
    state: z.enum(['up', 'down', 'connecting']),
    since: opt(Millis),
    problem: opt(ProblemSchema),
    facts: opt(FactsSchema),
    clusters: z.array(z.string()),
  })
  .meta({ id: 'Joc' }) satisfies z.ZodType<JocAnswer>;
export const JocsSnapshot = z.strictObject({ topic: z.literal('jocs'), rev: z.number(), at: Millis, data: z.array(JocSchema) });
export const JocTestSchema = z.strictObject({
  ok: z.boolean(),
  facts: opt(FactsSchema),
  problem: opt(ProblemSchema),
  hints: z.array(MessageSchema),
}) satisfies z.ZodType<JocTestAnswer>;

const RESULT = z.enum(['pass', 'warn', 'block', 'unknown']);
export const UrlTestSchema = z
  .strictObject({
    url: z.string(),
    at: Millis,
    results: z.array(
      z.strictObject({
        from: z.enum(['joc', 'handover', 'primary', 'secondary']),
        result: RESULT,
        measured: MessageSchema,
        code: opt(z.string()),
      }),
    ),
    why: z.array(MessageSchema),
    better: opt(z.strictObject({ url: z.string(), why: MessageSchema, tested: z.enum(['pass', 'block', 'unknown']) })),
    accounts: z.array(z.strictObject({ user: z.enum(['JOC', 'History']), result: RESULT, measured: MessageSchema })),
  })
  .meta({ id: 'UrlTest' }) satisfies z.ZodType<UrlTestAnswer>;

const possible = z.strictObject({ possible: z.boolean(), note: MessageSchema });
const proposals = z.array(z.strictObject({ url: z.string(), why: MessageSchema }));
export const RegisterDraftSchema = z
  .strictObject({
    jocs: z.array(JocSchema),
    jocId: opt(z.string()),
    view: opt(JocViewSchema),
    controllerId: z.string(),
    live: opt(SlotSchema),
    autonomous: possible,
    cluster: possible,
    ways: z.array(possible.extend({ kind: z.enum(['name', 'front', 'update', 'cluster']) })),
    alias: opt(
      z.strictObject({
        alias: z.string(),
        network: z.string(),
        url: z.string(),
        carried: opt(z.enum(['primary', 'secondary', 'nobody'])),
      }),
    ),
    urls: z.strictObject({ primary: proposals, secondary: proposals }),
    captions: z.strictObject({ primary: z.string(), secondary: z.string() }),
    reasons: z.array(z.string()),
    forceReasons: z.boolean(),
    notes: z.array(MessageSchema),
    registered: opt(z.strictObject({ jocId: z.string(), follow: JocFollowSchema })),
  })
  .meta({ id: 'RegisterDraft' }) satisfies z.ZodType<RegisterDraft>;
export const RegisterSchema = z.strictObject({
  outcome: z.enum(['proved', 'not-yet']),
  message: MessageSchema,
}) satisfies z.ZodType<RegisterAnswer>;
