/** Zod of JOC Cockpit's part of a view (lib/domain/joc/view.ts says what each word means). */
import { z } from 'zod';
import type { JocFollow, JocState } from '../../domain/joc/joc';
import type { JocView } from '../../domain/joc/view';
import { FreshnessSchema, MessageSchema, Millis, opt, SlotSchema } from './basics';

const Component = z.enum(['operational', 'limited', 'inoperable', 'unknown', 'not-running']);
const CONNECTIONS = ['established', 'unstable', 'unreachable', 'unknown', 'not-expected'] as const;
const State = z.strictObject({ severity: z.number(), text: z.string() }).meta({ id: 'JocState' }) satisfies z.ZodType<JocState>;

const Urls = z.array(z.string());
export const JocFollowSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('name'), url: z.string(), alias: z.string(), network: z.string() }),
    z.strictObject({ kind: z.literal('front'), url: z.string() }),
    z.strictObject({ kind: z.literal('update'), urls: z.strictObject({ primary: opt(Urls), secondary: opt(Urls) }) }),
    z.strictObject({
      kind: z.literal('cluster'),
      urls: z.strictObject({ primary: z.string(), secondary: z.string() }),
      clusterUrls: opt(z.strictObject({ primary: opt(z.string()), secondary: opt(z.string()) })),
    }),
  ])
  .meta({ id: 'JocFollow', description: 'How a registration follows the live Controller' }) satisfies z.ZodType<JocFollow>;

const Box = z.strictObject({
  title: z.string(),
  url: opt(z.string()),
  current: z.boolean(),
  version: opt(z.string()),
  securityLevel: opt(z.string()),
  component: State,
  connection: State,
  node: opt(State),
});
const Says = z.strictObject({
  slot: SlotSchema,
  freshness: FreshnessSchema,
  registered: z.enum(['this', 'by-name', 'not', 'unknown']),
  as: MessageSchema,
  caption: opt(z.string()),
  url: opt(z.string()),
  connection: z.enum(CONNECTIONS),
  component: Component,
  proxy: z.enum(['follows', 'behind', 'unknown', 'not-expected']),
  differs: z.array(MessageSchema),
});
const DRIFT = ['url', 'controller-id', 'proxy', 'live', 'security-level', 'roles', 'licence', 'caption', 'version', 'started'] as const;
const Drift = z.strictObject({
  id: z.enum(DRIFT),
  title: MessageSchema,
  joc: MessageSchema,
  real: MessageSchema,
  verdict: z.enum(['same', 'differs', 'unknown']),
  remedy: opt(MessageSchema),
});

export const JocViewSchema = z
  .strictObject({
    jocId: z.string(),
    name: z.string(),
    url: z.string(),
    freshness: FreshnessSchema,
    error: opt(MessageSchema),
    title: opt(z.string()),
    version: opt(z.string()),
    securityLevel: opt(z.string()),
    active: opt(z.boolean()),
    licence: opt(
      z.strictObject({ type: z.enum(['OPENSOURCE', 'COMMERCIAL_VALID', 'COMMERCIAL_INVALID', 'unknown']), validUntil: opt(Millis) }),
    ),
    mayManage: opt(z.enum(['yes', 'no', 'approval', 'unknown'])),
    component: Component,
    boxes: z.array(Box),
    database: opt(z.strictObject({ dbms: z.string(), version: opt(z.string()), component: Component, connection: z.enum(CONNECTIONS) })),
    registered: z.enum(['yes', 'no', 'unknown']),
    follow: opt(JocFollowSchema),
    clusterStatus: opt(State),
    says: z.array(Says),
    links: z.array(z.strictObject({ slot: SlotSchema, connection: z.enum([...CONNECTIONS, 'not-registered']), label: MessageSchema })),
    drift: z.array(Drift),
    toFollow: opt(z.strictObject({ slot: SlotSchema, note: MessageSchema, since: opt(Millis) })),
  })
  .meta({ id: 'JocView', description: 'What JOC Cockpit says of a cluster, beside what Handover sees' }) satisfies z.ZodType<JocView>;
