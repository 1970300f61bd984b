import 'server-only';
import { z } from 'zod';
import type { JocBox, JocFacts, JocNode, JocSees, JocState } from '../../domain/joc/joc';
import type { Millis } from '../../domain/reading';

/** Shapes of JOC's answers, as far as we read them (joc-cockpit 1.2, 1.3, 1.6). Fields we do not know are allowed and dropped. */
const State = z.object({ severity: z.number(), _text: z.string() });
const text = z.string().nullish();

/** JOC writes `…123+00:00` and `…12.3Z`, and older ones `+0000`. */
export function readDate(value: string | null | undefined): Millis | undefined {
  const ms = value ? Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function read<T>(schema: z.ZodType<T>, body: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
const UNKNOWN: JocState = { severity: 4, text: 'unknown' };
const state = (s: z.output<typeof State> | null | undefined): JocState => (s ? { severity: s.severity, text: s._text } : UNKNOWN);
const opt = <K extends string, T>(key: K, value: T | null | undefined): { readonly [N in K]?: T } =>
  value === undefined || value === null ? {} : ({ [key]: value } as { readonly [N in K]?: T });

const Fault = z.object({ code: z.string(), message: text });
const ErrorAnswer = z.union([
  z.object({ error: Fault }).transform((a) => a.error),
  z.object({ errors: z.array(Fault).min(1) }).transform((a) => a.errors[0] as z.output<typeof Fault>),
]);
/** The error of a 420 or 434 body, or the first of a 419. */
export const readError = (body: string): { code: string; message: string } | undefined => {
  const e = read(ErrorAnswer, body);
  return e && { code: e.code, message: e.message ?? '' };
};

const MessageAnswer = z.object({
  message: text,
  apiCall: text,
  approvers: z.array(z.object({ accountName: z.string() })).nullish(),
});
export const readMessage = (body: string): { message: string; apiCall?: string; approvers: readonly string[] } | undefined => {
  const m = read(MessageAnswer, body);
  return m && { message: m.message ?? '', ...opt('apiCall', m.apiCall), approvers: (m.approvers ?? []).map((a) => a.accountName) };
};

const Login = z.object({
  isAuthenticated: z.boolean(),
  accessToken: text,
  message: text,
  isApprovalRequestor: z.boolean().nullish(),
  sessionTimeout: z.number().nullish(),
});
export const readLogin = (body: string) => read(Login, body);

const IsActive = z.object({ ok: z.boolean() });
export const readActive = (body: string): boolean | undefined => read(IsActive, body)?.ok;

const Version = z.object({ version: z.string() });
export const readVersion = (body: string): string | undefined => read(Version, body)?.version;

const Properties = z.object({
  title: text,
  securityLevel: text,
  forceCommentsForAuditLog: z.boolean().nullish(),
  comments: z.array(z.string()).nullish(),
});
export type Own = Pick<JocFacts, 'title' | 'securityLevel' | 'forceReasons' | 'reasons'>;
export const readProperties = (body: string): Own | undefined => {
  const p = read(Properties, body);
  return (
    p && {
      ...opt('title', p.title),
      ...opt('securityLevel', p.securityLevel),
      forceReasons: p.forceCommentsForAuditLog === true,
      reasons: p.comments ?? [],
    }
  );
};

const Licence = z.object({ type: text, valid: z.boolean().nullish(), validUntil: text });
const LICENCES = ['OPENSOURCE', 'COMMERCIAL_VALID', 'COMMERCIAL_INVALID'] as const;
export const readLicence = (body: string): JocFacts['licence'] => {
  const l = read(Licence, body);
  return { type: LICENCES.find((t) => t === l?.type) ?? 'unknown', ...opt('validUntil', readDate(l?.validUntil)) };
};

const Tree = z.object({
  joc: z.object({ administration: z.object({ controllers: z.object({ manage: z.boolean().nullish() }).nullish() }).nullish() }).nullish(),
});
/** `administration.controllers.manage`; undefined where the answer is no permission tree. */
export const readManage = (body: string): boolean | undefined => {
  const tree = read(Tree, body);
  return tree?.joc ? tree.joc.administration?.controllers?.manage === true : undefined;
};
const Ids = z.object({ controllerIds: z.array(z.string()).nullish() });
export const readIds = (body: string): readonly string[] | undefined => read(Ids, body)?.controllerIds ?? undefined;

const Node = z.object({
  role: text,
  title: text,
  url: z.string(),
  clusterUrl: text,
  startedAt: text,
  version: text,
  securityLevel: text,
  componentState: State.nullish(),
  connectionState: State.nullish(),
  clusterNodeState: State.nullish(),
});
const Box = z.object({
  title: text,
  url: text,
  current: z.boolean().nullish(),
  version: text,
  securityLevel: text,
  componentState: State.nullish(),
  connectionState: State.nullish(),
  clusterNodeState: State.nullish(),
});
const Components = z.object({
  controllers: z.array(Node).nullish(),
  jocs: z.array(Box).nullish(),
  database: z.object({ dbms: z.string(), version: text, componentState: State.nullish(), connectionState: State.nullish() }).nullish(),
  clusterState: State.nullish(),
});
const ROLES = ['STANDALONE', 'PRIMARY', 'BACKUP'] as const;

const states = (o: Pick<z.output<typeof Box>, 'componentState' | 'connectionState' | 'clusterNodeState'>) => ({
  component: state(o.componentState),
  connection: state(o.connectionState),
  ...opt('node', o.clusterNodeState && state(o.clusterNodeState)),
});
const node = (n: z.output<typeof Node>): JocNode => ({
  role: ROLES.find((r) => r === n.role) ?? 'unknown',
  title: n.title ?? '',
  url: n.url,
  ...opt('clusterUrl', n.clusterUrl),
  ...states(n),
  ...opt('startedAt', readDate(n.startedAt)),
  ...opt('version', n.version),
  ...opt('securityLevel', n.securityLevel),
});
const box = (b: z.output<typeof Box>): JocBox => ({
  title: b.title ?? '',
  ...opt('url', b.url),
  current: b.current === true,
  ...opt('version', b.version),
  ...opt('securityLevel', b.securityLevel),
  ...states(b),
});
/** `controller/components`, or `controllers`, which has the nodes alone. */
export const readComponents = (body: string): Omit<JocSees, 'controllerId' | 'proxyAt'> | undefined => {
  const c = read(Components, body);
  const d = c?.database;
  return (
    c && {
      nodes: (c.controllers ?? []).map(node),
      jocs: (c.jocs ?? []).map(box),
      ...(d && {
        database: { dbms: d.dbms, ...opt('version', d.version), component: state(d.componentState), connection: state(d.connectionState) },
      }),
      ...(c.clusterState && { clusterStatus: state(c.clusterState) }),
    }
  );
};

const Survey = z.object({ surveyDate: text });
export const readSurvey = (body: string): Millis | undefined => readDate(read(Survey, body)?.surveyDate);

const Tested = z.object({ controller: z.object({ controllerId: text }) });
/** Which Controller JOC found; '' where what answers tells none (any server that answers some JSON passes JOC's test). */
export const readTested = (body: string): string | undefined => {
  const t = read(Tested, body);
  return t && (t.controller.controllerId ?? '');
};

const Done = z.union([z.object({ ok: z.literal(true) }), z.object({ roles: z.array(z.unknown()) })]);
/** `ok`, or the permission tree: what the first registration answers. */
export const isDone = (body: string): boolean => read(Done, body) !== undefined;

const Events = z.object({ eventId: z.number(), eventSnapshots: z.array(z.unknown()).nullish() });
export const readEvents = (body: string): { eventId: number; any: boolean } | undefined => {
  const e = read(Events, body);
  return e && { eventId: e.eventId, any: (e.eventSnapshots ?? []).length > 0 };
};
