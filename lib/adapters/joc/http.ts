import 'server-only';
import { Agent } from 'undici';
import { type Problem, problem } from '../../domain/errors';
import type { JocSettings } from '../../domain/joc/joc';
import { err, ok, type Result } from '../../domain/result';
import { diagnose } from '../http/diagnose';
import { failureCode } from '../http/failure-code';
import { readAll } from '../http/read-all';
import { tlsOptions } from '../http/tls';
import { failureProblem } from './failures';

const CONNECT_MS = 2000;
/** Far above any answer we read: `controllers` of 100 pairs is 100 kB. */
const MAX_BYTES = 8 * 1024 * 1024;

export interface Ask {
  /** Below /joc/api/. */
  readonly path: string;
  readonly body?: unknown;
  readonly limitMs: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}
/** An HTTP answer, whole. `path` is what was asked. */
export interface Answer {
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  readonly location: string;
  readonly token: string;
  readonly text: string;
}
export interface Http {
  readonly url: string;
  /** One POST, the whole answer. Redirects are not followed, nothing is repeated. The Problem says why there was no answer. */
  ask(o: Ask): Promise<Result<Answer>>;
  close(): Promise<void>;
}

type Access = Pick<JocSettings, 'url' | 'ca' | 'clientCert' | 'clientKey'>;

/** HTTP to one JOC Cockpit, with connections of its own. A held long poll keeps one of them. */
export function createHttp(access: Access): Result<Http> {
  const url = parse(access.url);
  if (!url) return err(problem('JOC_UNREACHABLE', 'The address of JOC Cockpit is none.', { remedy: 'Write it as http://host:4446.' }));
  // Behind a proxy it may live below a path.
  const base = url.pathname.replace(/\/+$/, '');
  const shown = `${url.origin}${base}`;
  let tls: ReturnType<typeof tlsOptions>;
  try {
    tls = tlsOptions(access);
  } catch (e) {
    return err(failureProblem(e, shown, 'BROKEN_KEYS'));
  }
  // Jetty closes idle connections after 30 s: ours go before, so that none breaks under a request.
  const agent = new Agent({
    connect: { ...tls, timeout: CONNECT_MS },
    connections: 12,
    keepAliveTimeout: 10_000,
    keepAliveMaxTimeout: 20_000,
  });
  let explained: { code: string; as: string | undefined } | undefined;
  /** A failure of the same kind is not diagnosed again until something worked. */
  async function explain(e: unknown): Promise<Problem> {
    const code = failureCode(e);
    if (explained?.code !== code) explained = { code, as: await diagnose(e, url as URL) };
    return failureProblem(e, shown, explained.as ?? code);
  }

  return ok({
    url: shown,
    async ask({ path, body = {}, limitMs, headers = {}, signal }) {
      const limit = AbortSignal.timeout(limitMs);
      let started = false;
      try {
        const r = await agent.request({
          origin: url.origin,
          path: `${base}/joc/api/${path}`,
          method: 'POST',
          signal: signal ? AbortSignal.any([limit, signal]) : limit,
          headersTimeout: limitMs + 1000,
          bodyTimeout: limitMs + 1000,
          headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        });
        started = true;
        const header = (name: string) => [r.headers[name] ?? ''].flat()[0] ?? '';
        const text = await readAll(r.body, MAX_BYTES);
        explained = undefined;
        const [contentType, location, token] = ['content-type', 'location', 'x-access-token'].map(header) as [string, string, string];
        return ok({ path, status: r.statusCode, contentType, location, token, text });
      } catch (e) {
        return err(started || signal?.aborted ? failureProblem(e, shown) : await explain(e));
      }
    },
    close: () => agent.destroy(),
  });
}

function parse(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
  } catch {
    return undefined;
  }
}
