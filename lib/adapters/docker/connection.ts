import 'server-only';
import type Docker from 'dockerode';
import type { EngineSettings } from '../../domain/engine/engine';
import type { Problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { Limits } from './limits';
import { type Answer, probe } from './probe';
import { Explained, engineProblem, TimeLimit } from './problems';
import { type Transport, transportTo } from './transport';
import { negotiate, type Spoken } from './version';

/** The way to one engine. Every call ends within its limit, whatever the engine does. */
export interface Connection {
  readonly settings: EngineSettings;
  readonly limits: Limits;
  readonly where: string;
  /** Asks through dockerode in the negotiated API version. `ask` hands `signal` on where dockerode takes one. */
  call<T>(
    doing: string,
    limitMs: number,
    ask: (docker: Docker, signal: AbortSignal) => Promise<T>,
    outer?: AbortSignal,
  ): Promise<Result<T>>;
  /** GET of a path without dockerode and without a version prefix. */
  probe(path: string): Promise<Result<Answer>>;
  negotiated(): Promise<Result<Spoken>>;
  problemOf(e: unknown, doing: string): Problem;
  close(): void;
}

export function openConnection(settings: EngineSettings, limits: Limits): Connection {
  if (settings.address.kind === 'rehearsal') throw new Error('The rehearsal world is not a Docker Engine.');
  const transport = transportTo(settings.address);
  const named = { name: settings.name, transport };
  const where = `Docker Engine "${settings.name}" (${transport.text})`;
  let agreed: { docker: Docker; spoken: Spoken } | undefined;
  let agreeing: Promise<Result<{ docker: Docker; spoken: Spoken }>> | undefined;

  const problemOf = (e: unknown, doing: string): Problem => {
    const found = engineProblem(e, named, doing);
    // Whoever answers next may be another engine or version.
    if (found.code === 'ENGINE_UNREACHABLE' || found.code === 'ENGINE_TLS') agreed = undefined;
    return found;
  };
  const attempt = async <T>(doing: string, work: () => Promise<T>): Promise<Result<T>> => {
    try {
      return ok(await work());
    } catch (e) {
      return err(problemOf(e, doing));
    }
  };

  async function agree(): Promise<Result<{ docker: Docker; spoken: Spoken }>> {
    const answer = await attempt('asking for its version', () => limited(limits.look, (signal) => probe(transport, '/version', signal)));
    if (!answer.ok) return answer;
    const spoken = negotiate(answer.value, where);
    if (!spoken.ok) return spoken;
    agreed = { docker: await dockerode(transport, spoken.value.apiVersion), spoken: spoken.value };
    return ok(agreed);
  }
  async function ready(): Promise<Result<{ docker: Docker; spoken: Spoken }>> {
    if (agreed) return ok(agreed);
    agreeing ??= agree().finally(() => {
      agreeing = undefined;
    });
    return agreeing;
  }

  return {
    settings,
    limits,
    where,
    problemOf,
    async call(doing, limitMs, ask, outer) {
      const to = await ready();
      if (!to.ok) return to;
      return attempt(doing, () => limited(limitMs, (signal) => ask(to.value.docker, signal), outer));
    },
    probe: (path) => attempt(`asking ${path}`, () => limited(limits.look, (signal) => probe(transport, path, signal))),
    async negotiated() {
      const to = await ready();
      return to.ok ? ok(to.value.spoken) : to;
    },
    close: () => transport.close(),
  };
}

/** Leaves a call with an explained problem when the engine answered with a status that means something in it. */
export async function meaning<T>(asked: Promise<T>, of: (status: number, e: unknown) => Problem | undefined): Promise<T> {
  try {
    return await asked;
  } catch (e) {
    const status = (e as { statusCode?: number }).statusCode;
    const found = status === undefined ? undefined : of(status, e);
    throw found ? new Explained(found) : e;
  }
}

/** The limit holds until the promise settles: a stream it brings lives on. docker-modem may never answer when a connection breaks half-way, hence the race. */
async function limited<T>(ms: number, work: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal): Promise<T> {
  const abort = new AbortController();
  const onOuter = () => abort.abort(outer?.reason);
  if (outer?.aborted) onOuter();
  outer?.addEventListener('abort', onOuter, { once: true });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TimeLimit(ms));
      abort.abort();
    }, ms);
    abort.signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
  late.catch(() => {});
  const asked = work(abort.signal);
  asked.catch(() => {});
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', onOuter);
  }
}

/**
 * The library is loaded for the first engine that answers: it takes a tenth of a second of a processor, which the first page need not wait for.
 * Its constructor reads DOCKER_HOST and certificate files even when it is told everything: without those, for this moment.
 */
async function dockerode(transport: Transport, apiVersion: string): Promise<Docker> {
  const { default: Docker } = await import('dockerode');
  const { DOCKER_HOST, DOCKER_CERT_PATH } = process.env;
  delete process.env.DOCKER_HOST;
  delete process.env.DOCKER_CERT_PATH;
  try {
    return new Docker({ ...transport.docker, version: `v${apiVersion}` });
  } finally {
    if (DOCKER_HOST !== undefined) process.env.DOCKER_HOST = DOCKER_HOST;
    if (DOCKER_CERT_PATH !== undefined) process.env.DOCKER_CERT_PATH = DOCKER_CERT_PATH;
  }
}
