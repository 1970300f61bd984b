import 'server-only';
import type { Readable } from 'node:stream';
import { Agent } from 'undici';
import type { ControllerAccess } from '../../domain/cluster/cluster';
import type { Problem } from '../../domain/errors';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { diagnose } from '../http/diagnose';
import { failureCode } from '../http/failure-code';
import { readAll as readWhole } from '../http/read-all';
import { tlsOptions } from '../http/tls';
import { failureProblem, type Where } from './failures';
import type { Answer } from './refusals';

const CONNECT_MS = 2000;
/** Far above any answer we read (journalInfo of 10 000 files is 600 kB). */
const MAX_BYTES = 4 * 1024 * 1024;

export interface Ask {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  /** Time limit for the whole answer, ms. */
  readonly limitMs: number;
  readonly token?: string | undefined;
  readonly json?: unknown;
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
}
export interface Http {
  readonly where: Where;
  /** One request, the whole answer. Redirects are not followed, nothing is repeated. The Problem says why there was no answer. */
  ask(o: Ask): Promise<Result<Answer>>;
  /** A stream; `limitMs` is for its headers, `idleMs` for the longest silence in it. */
  open(o: Ask & { idleMs: number }): Promise<Result<{ status: number; contentType: string; body: Readable }>>;
  close(): Promise<void>;
}

/** HTTP to one Controller, with connections of its own that are kept. */
export function createHttp(access: ControllerAccess): Result<Http> {
  const url = originOf(access.url);
  if (!url)
    return err(problem('CONTROLLER_UNREACHABLE', 'The address of the Controller is none.', { remedy: 'Write it as http://host:4444.' }));
  const where: Where = { url: url.origin, hasClientCertificate: access.clientCert !== undefined };
  let tls: ReturnType<typeof tlsOptions>;
  try {
    tls = tlsOptions(access);
  } catch (e) {
    return err(failureProblem(e, where, 'BROKEN_KEYS'));
  }
  const agent = new Agent({
    connect: { ...tls, timeout: CONNECT_MS },
    connections: 6,
    keepAliveTimeout: 30_000,
    keepAliveMaxTimeout: 60_000,
  });

  let explained: { code: string; as: string | undefined } | undefined;
  /** A failure of the same kind is not diagnosed again until something worked. */
  async function explain(e: unknown, aborted: boolean): Promise<Problem> {
    const code = failureCode(e);
    if (aborted) return failureProblem(e, where);
    if (explained?.code !== code) explained = { code, as: await diagnose(e, url as URL, '/controller/api/journalInfo') };
    return failureProblem(e, where, explained.as ?? code);
  }

  const request = (o: Ask, signal: AbortSignal, more: object) =>
    agent.request({
      origin: where.url,
      path: o.path,
      method: o.method ?? 'GET',
      signal,
      headersTimeout: o.limitMs + 1000,
      bodyTimeout: o.limitMs + 1000,
      headers: {
        accept: o.accept ?? 'application/json',
        ...(o.token !== undefined && { 'x-js7-session': o.token }),
        ...(o.json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(o.json !== undefined && { body: JSON.stringify(o.json) }),
      ...more,
    });

  return ok({
    where,
    async ask(o) {
      const limit = AbortSignal.timeout(o.limitMs);
      let started = false;
      try {
        const r = await request(o, o.signal ? AbortSignal.any([limit, o.signal]) : limit, {});
        started = true;
        const text = await readAll(r.body);
        explained = undefined;
        return ok({ status: r.statusCode, contentType: header(r.headers, 'content-type'), location: header(r.headers, 'location'), text });
      } catch (e) {
        if (started && failureCode(e) === 'UND_ERR_SOCKET') return err(failureProblem(e, where, 'CUT_ANSWER'));
        return err(await explain(e, o.signal?.aborted === true));
      }
    },
    async open(o) {
      const headers = new AbortController();
      const timer = setTimeout(() => headers.abort(new DOMException('no headers', 'TimeoutError')), o.limitMs);
      try {
        const r = await request(o, o.signal ? AbortSignal.any([headers.signal, o.signal]) : headers.signal, { bodyTimeout: o.idleMs });
        return ok({ status: r.statusCode, contentType: header(r.headers, 'content-type'), body: r.body });
      } catch (e) {
        return err(await explain(e, o.signal?.aborted === true));
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => agent.destroy(),
  });
}

export const readAll = (body: Readable): Promise<string> => readWhole(body, MAX_BYTES);

const header = (h: Record<string, string | string[] | undefined>, name: string): string => {
  const v = h[name];
  return (Array.isArray(v) ? v[0] : v) ?? '';
};

function originOf(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
  } catch {
    return undefined;
  }
}
