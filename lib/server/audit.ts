import 'server-only';
import { type InputOf, type ParamsOf, ROUTES, type RouteKey } from '../contract/routes';
import { type AuditWord, NOBODY_KNOWN } from '../domain/audit';
import { ERRORS, type Problem } from '../domain/errors';
import type { AuditEntry } from '../ports/runs';
import type { Runtime } from './runtime';

type About = Pick<AuditEntry, 'clusterId' | 'subject' | 'reason' | 'ticket' | 'detail'>;
interface Row<K extends RouteKey> {
  readonly what: AuditWord;
  /** Of the request, without any secret. The input is absent where it was refused before it was read. */
  readonly about?: (call: { readonly params: ParamsOf<K>; readonly input: InputOf<K> | undefined }) => {
    readonly [N in keyof About]?: About[N] | undefined;
  };
  /** What went well is written by whoever did it (a run writes its own lines). */
  readonly refusedOnly?: true;
}

const subject = (text: string | undefined) => ({ subject: text });
const cluster = ({ params }: { params: { id: string } }) => ({ clusterId: params.id });
const instance = ({ params }: { params: { id: string; slot: string } }) => ({ clusterId: params.id, subject: params.slot });

/** JOC's audit triple, and how it is registered. */
const registration = ({ params, input }: { params: { id: string }; input: Registration | undefined }) => ({
  clusterId: params.id,
  subject: input?.jocId,
  reason: input?.audit?.comment,
  ticket: input?.audit?.ticketLink,
  detail: input?.follow?.kind ?? input?.type,
});
interface Registration {
  readonly jocId?: string;
  readonly type?: string;
  readonly follow?: { readonly kind: string };
  readonly audit?: { readonly comment?: string | undefined; readonly ticketLink?: string | undefined } | undefined;
}

/** Every route that changes something. A test holds that none is forgotten. */
export const AUDITED: { readonly [K in RouteKey]?: Row<K> } = {
  'POST /api/session': { what: 'session.login' },
  'PATCH /api/session': { what: 'session.password' },
  'DELETE /api/session': { what: 'session.logout' },
  'POST /api/first-run': { what: 'account.first', about: ({ input }) => subject(input?.name) },
  'POST /api/accounts': {
    what: 'account.created',
    about: ({ input }) => ({ ...subject(input?.name), detail: input && `role ${input.role}` }),
  },
  'PATCH /api/accounts/[name]': {
    what: 'account.changed',
    about: ({ params, input }) => ({
      ...subject(params.name),
      detail: [input?.role && `role ${input.role}`, input?.password !== undefined && 'password'].filter(Boolean).join(', ') || undefined,
    }),
  },
  'DELETE /api/accounts/[name]': { what: 'account.removed', about: ({ params }) => subject(params.name) },
  'POST /api/engines': { what: 'engine.added', about: ({ input }) => subject(input?.name) },
  'PATCH /api/engines/[id]': { what: 'engine.changed', about: ({ params }) => subject(params.id) },
  'DELETE /api/engines/[id]': { what: 'engine.removed', about: ({ params }) => subject(params.id) },
  'POST /api/jocs': { what: 'joc.added', about: ({ input }) => ({ ...subject(input?.name), detail: input?.url }) },
  'PATCH /api/jocs/[id]': { what: 'joc.changed', about: ({ params, input }) => ({ ...subject(params.id), detail: input?.url }) },
  'DELETE /api/jocs/[id]': { what: 'joc.removed', about: ({ params }) => subject(params.id) },
  'POST /api/clusters': { what: 'cluster.added', about: ({ input }) => subject(input?.name) },
  'PATCH /api/clusters/[id]': { what: 'cluster.changed', about: cluster },
  'DELETE /api/clusters/[id]': { what: 'cluster.removed', about: cluster },
  'POST /api/clusters/[id]/joc': { what: 'registration.made', refusedOnly: true, about: registration },
  'DELETE /api/clusters/[id]/joc': { what: 'registration.removed', about: registration },
  'POST /api/clusters/[id]/joc/follow': { what: 'registration.follows', about: registration },
  'POST /api/clusters/[id]/accept-lineage': { what: 'lineage.accepted', about: cluster },
  'POST /api/clusters/[id]/lock/take-over': {
    what: 'lock.taken-over',
    about: ({ params, input }) => ({ clusterId: params.id, reason: input?.reason }),
  },
  'POST /api/clusters/[id]/instances/[slot]/start': { what: 'instance.start', about: instance },
  'POST /api/clusters/[id]/instances/[slot]/stop': { what: 'instance.stop', about: instance },
  'POST /api/clusters/[id]/runs': {
    what: 'run.start',
    refusedOnly: true,
    about: ({ params, input }) => ({ clusterId: params.id, subject: input?.expectActive, reason: input?.reason, ticket: input?.ticket }),
  },
  'POST /api/runs/[id]/choose': {
    what: 'run.choose',
    refusedOnly: true,
    about: ({ params, input }) => ({ subject: `run ${params.id}`, reason: input?.why, detail: input?.choice }),
  },
  'POST /api/clusters/[id]/way-back': {
    what: 'way-back.begin',
    refusedOnly: true,
    about: ({ params, input }) => ({ clusterId: params.id, subject: input?.keep, reason: input?.reason, ticket: input?.ticket }),
  },
  'POST /api/clusters/[id]/way-back/step': {
    what: 'way-back.step',
    refusedOnly: true,
    about: ({ params, input }) => ({ clusterId: params.id, subject: input?.step, reason: input?.why, detail: input?.agent }),
  },
  'POST /api/clusters/[id]/way-back/leave': {
    what: 'way-back.ended',
    refusedOnly: true,
    about: ({ params, input }) => ({ clusterId: params.id, reason: input?.why }),
  },
  'POST /api/setups': {
    what: 'setup.started',
    refusedOnly: true,
    about: ({ input }) => ({
      subject: input && ('name' in input.input ? input.input.name : input.input.clusterName),
      ...(input && 'clusterId' in input.input && { clusterId: input.input.clusterId }),
    }),
  },
  'POST /api/setups/[id]/choose': {
    what: 'setup.choose',
    refusedOnly: true,
    about: ({ params, input }) => ({ subject: `set-up ${params.id}`, detail: input?.choice }),
  },
  'POST /api/retired/purge': {
    what: 'retired.purge',
    about: ({ input }) => ({ clusterId: input?.clusterId, subject: input && `${input.slot}: ${input.path}` }),
  },
  'POST /api/rehearsal/faults/[fault]': {
    what: 'rehearsal.fault',
    about: ({ params, input }) => ({ ...subject(params.fault), detail: input && (input.on ? 'on' : 'off') }),
  },
  'POST /api/rehearsal/reset': { what: 'rehearsal.reset' },
};
/** Routes that send something and change nothing. */
export const CHANGES_NOTHING: readonly RouteKey[] = [
  'POST /api/engines/test',
  'POST /api/jocs/test',
  'POST /api/clusters/test',
  'POST /api/clusters/[id]/joc/test',
  'POST /api/setups/plan',
];

/** Writes down what a request did or was refused. What was done is done: a log that cannot be written is told in Handover's own log. */
export function writeAudit(
  runtime: Pick<Runtime, 'store' | 'clock' | 'log'>,
  key: RouteKey,
  who: string,
  call: { params: unknown; input: unknown },
  failure: Problem | undefined,
): void {
  const row = AUDITED[key] as Row<RouteKey> | undefined;
  // Whoever tries too often is told so without a line each.
  if (!row || failure?.code === 'TOO_MANY_REQUESTS' || (row.refusedOnly && !failure)) return;
  const about = Object.entries(row.about?.(call as never) ?? {}).filter(([, v]) => v !== undefined && v !== '');
  append(runtime, {
    at: runtime.clock.now(),
    who,
    what: row.what,
    ...Object.fromEntries(about),
    result: failure === undefined ? 'ok' : ERRORS[failure.code].status < 500 ? 'refused' : 'failed',
    ...(failure && { detail: failure.message }),
  });
}

/** Who asks at a route without a session: only a name that is one of ours. */
export function claimedName({ store }: Pick<Runtime, 'store'>, key: RouteKey, input: unknown): string {
  const name = ROUTES[key].role === 'open' ? (input as { name?: unknown } | undefined)?.name : undefined;
  return typeof name === 'string' && store.accounts.get(name.trim()) ? name.trim() : NOBODY_KNOWN;
}

/** One line; never throws. */
export function append({ store, log }: Pick<Runtime, 'store' | 'log'>, entry: Omit<AuditEntry, 'id'> & { readonly what: AuditWord }): void {
  try {
    store.audit.append(entry);
  } catch (e) {
    log.error({ err: e, entry }, 'the audit log could not be written');
  }
}
