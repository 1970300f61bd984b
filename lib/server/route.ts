import 'server-only';
import { randomUUID } from 'node:crypto';
import type { NextRequest, NextResponse } from 'next/server';
import {
  type AnswerOf,
  type InputOf,
  PARAMS,
  type ParamsOf,
  type QueryOf,
  ROUTES,
  type RouteKey,
  type RouteSpec,
} from '../contract/routes';
import { includes } from '../domain/account';
import { type Problem, problem } from '../domain/errors';
import { err, ok, type Result } from '../domain/result';
import { type Account, StoreError } from '../ports/store';
import { downloadAnswer, eventsAnswer, type FieldProblem, jsonAnswer, problemAnswer } from './answer';
import { claimedName, writeAudit } from './audit';
import { type Download, isDownload } from './download';
import { parse, readJson } from './input';
import { getRuntime, type Runtime } from './runtime';
import type { Session, SessionCookie } from './session';
import { checkHost, checkOrigin } from './site';

export { err, ok };

type Open<K extends RouteKey> = (typeof ROUTES)[K]['role'] extends 'open' ? undefined : never;
export interface Call<K extends RouteKey> {
  readonly runtime: Runtime;
  readonly request: NextRequest;
  readonly params: ParamsOf<K>;
  readonly input: InputOf<K>;
  readonly query: QueryOf<K>;
  /** Who asks; undefined only on open routes. */
  readonly session: Session | Open<K>;
  /** Logs an account in (or on, with the same session id) with the answer. */
  login(account: Account, sessionId?: string): void;
  logout(): void;
}
type Outcome<K extends RouteKey> = Result<AnswerOf<K> | ReadableStream<Uint8Array> | Download, FieldProblem>;
type Handler<K extends RouteKey> = (call: Call<K>) => Promise<Outcome<K>> | Outcome<K>;

/**
 * Makes a route handler: checks Host, origin, session and role, parses the input, runs `handler`, and answers in one form. Role and
 * schemas come from the contract's table under `key`. Whatever goes wrong ends as a problem; what nobody expected as INTERNAL with an
 * id that stands in the log.
 */
export function route<K extends RouteKey>(key: K, handler: Handler<K>, runtimeOf: () => Promise<Runtime> = getRuntime) {
  return async (request: NextRequest, context: { params: Promise<unknown> }): Promise<NextResponse> => {
    try {
      const runtime = await runtimeOf();
      return await answer(key, handler, runtime, request, await context.params);
    } catch (e) {
      return problemAnswer(e instanceof StoreError ? e.problem : unexpected(e, key));
    }
  };
}

async function answer<K extends RouteKey>(
  key: K,
  handler: Handler<K>,
  runtime: Runtime,
  request: NextRequest,
  rawParams: unknown,
): Promise<NextResponse> {
  const spec: RouteSpec = ROUTES[key];
  const foreign = checkHost(request.headers, runtime.env) ?? checkOrigin(request.method, request.headers, runtime.env);
  if (foreign) return problemAnswer(foreign);
  const session =
    runtime.commandLine.session(request.headers) ?? (await runtime.sessions.read(request.cookies.get(runtime.sessions.cookieName)?.value));
  const refusal = mayNot(spec, session);
  if (refusal) {
    if (session) writeAudit(runtime, key, session.account.name, { params: rawParams, input: undefined }, refusal);
    return problemAnswer(refusal);
  }
  const read = await readCall(spec, request, rawParams);
  if (!read.ok) return problemAnswer(read.error);

  // An object, so that what the handler sets is seen below.
  const cookie: { next?: SessionCookie | Promise<SessionCookie> } = session?.due
    ? { next: runtime.sessions.open(session.account, session.id) }
    : {};
  const outcome = await handler({
    ...(read.value as Pick<Call<K>, 'params' | 'input' | 'query'>),
    runtime,
    request,
    session: session as Call<K>['session'],
    login: (account, id) => {
      cookie.next = runtime.sessions.open(account, id);
    },
    logout: () => {
      cookie.next = runtime.sessions.gone;
    },
  });
  const { params, input } = read.value as Pick<Call<K>, 'params' | 'input'>;
  writeAudit(
    runtime,
    key,
    session?.account.name ?? claimedName(runtime, key, input),
    { params, input },
    outcome.ok ? undefined : outcome.error,
  );
  const response = outcome.ok ? good(key, spec, outcome.value, runtime) : problemAnswer(outcome.error);
  const set = await cookie.next;
  if (set) response.cookies.set(set.name, set.value, set.options);
  return response;
}

function mayNot(spec: RouteSpec, session: Session | undefined): Problem | undefined {
  if (spec.role === 'open') return undefined;
  if (!session) return problem('NOT_LOGGED_IN', 'You are not logged in, or the session has ended.', { remedy: 'Log in.' });
  if (includes(session.account.role, spec.role)) return undefined;
  const message = `This needs the role ${spec.role}; ${session.account.name} has the role ${session.account.role}.`;
  return problem('FORBIDDEN', message, { remedy: 'Ask an admin.' });
}

async function readCall(spec: RouteSpec, request: NextRequest, rawParams: unknown): Promise<Result<unknown, FieldProblem>> {
  const params: Record<string, unknown> = {};
  for (const [name, value] of Object.entries((rawParams ?? {}) as Record<string, string>)) {
    const one = parse(PARAMS[name as keyof typeof PARAMS], value, 'address');
    if (!one.ok) return err(problem('NOT_FOUND', `There is nothing at this address: ${name} cannot be "${value.slice(0, 50)}".`));
    params[name] = one.value;
  }
  const query = spec.query ? parse(spec.query, Object.fromEntries(request.nextUrl.searchParams), 'query') : ok(undefined);
  if (!query.ok) return query;
  if (!spec.input) return ok({ params, query: query.value, input: undefined });
  const body = await readJson(request);
  if (!body.ok) return body;
  const input = parse(spec.input, body.value, 'request');
  return input.ok ? ok({ params, query: query.value, input: input.value }) : input;
}

function good(key: string, spec: RouteSpec, value: unknown, runtime: Runtime): NextResponse {
  if (value instanceof ReadableStream) return eventsAnswer(value as ReadableStream<Uint8Array>);
  if (isDownload(value)) return downloadAnswer(value);
  if (typeof spec.answer !== 'string' && !runtime.env.production) {
    const parsed = spec.answer.safeParse(JSON.parse(JSON.stringify(value)));
    if (!parsed.success) throw new Error(`The answer of ${key} breaks the contract: ${JSON.stringify(parsed.error.issues)}`);
  }
  return jsonAnswer(spec.answer === 'none' ? undefined : value, spec.status);
}

function unexpected(e: unknown, key: string): Problem {
  const id = randomUUID().slice(0, 8);
  globalThis.handover?.log.error({ err: e, route: key, id }, 'a route failed');
  return problem('INTERNAL', `Something went wrong inside Handover (${id}).`, {
    remedy: `Look for ${id} in Handover's log and report it.`,
  });
}
