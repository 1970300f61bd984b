import 'server-only';
import { type Problem, problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { Answer } from './probe';

/**
 * The newest API version that is asked for: its change log names nothing that we use otherwise (docs.docker.com, "Engine API version history"); tests run on
 * 1.41. The oldest: `HostConfig.Mounts` and `Init` of helpers came with it.
 */
export const NEWEST = '1.51';
const OLDEST = '1.25';

const parts = (v: string): readonly [number, number] => {
  const [major = 0, minor = 0] = v.split('.').map(Number);
  return [major, minor];
};
const older = (a: string, b: string): boolean => {
  const [x, y] = [parts(a), parts(b)];
  return x[0] !== y[0] ? x[0] < y[0] : x[1] < y[1];
};

export interface Spoken {
  /** Engine version, e.g. `27.3.1`. */
  readonly version: string;
  /** API version both sides speak, e.g. `1.41`. */
  readonly apiVersion: string;
}

/** What `GET /version` (without a version prefix) tells: which API version to speak, or why this is not an engine we can talk to. */
export function negotiate(answer: Answer, where: string): Result<Spoken> {
  const said = answer.body.slice(0, 2000);
  const html = /^\s*(<!doctype|<html)/i.test(answer.body);
  if (answer.status === 400 && /HTTP request to an HTTPS server/i.test(answer.body))
    return err(
      problem('ENGINE_TLS', `${where} speaks TLS, but the address says plain TCP.`, {
        remedy: 'Choose TLS and give the CA, certificate and key.',
        detail: said,
      }),
    );
  if ((answer.status === 401 || answer.status === 403) && !html)
    return err(
      problem('ENGINE_FORBIDDEN', `${where} refuses GET /version (HTTP ${answer.status}).`, {
        remedy: 'If a socket proxy stands in front of the engine, allow the endpoints listed in docs/engine-endpoints.md.',
        detail: said,
      }),
    );
  const body = json(answer.body);
  const { ApiVersion: api, MinAPIVersion: least, Version: version } = body;
  if (answer.status !== 200 || typeof api !== 'string' || !/^\d+\.\d+$/.test(api)) return err(notDocker(where, answer, html, said));
  if (older(api, OLDEST))
    return err(
      problem('ENGINE_ERROR', `${where} is too old: it speaks API version ${api}, Handover needs ${OLDEST} or newer (Docker 1.13).`, {
        remedy: 'Update the Docker Engine.',
      }),
    );
  if (typeof least === 'string' && older(NEWEST, least))
    return err(
      problem('ENGINE_ERROR', `${where} is too new: it speaks API version ${least} and newer only, Handover knows up to ${NEWEST}.`, {
        remedy: 'Update Handover.',
      }),
    );
  return ok({ version: typeof version === 'string' ? version : 'unknown', apiVersion: older(api, NEWEST) ? api : NEWEST });
}

function notDocker(where: string, answer: Answer, html: boolean, said: string): Problem {
  const got = html ? 'a web page' : answer.status !== 200 ? `HTTP ${answer.status}` : 'something that is not a Docker version';
  return problem('ENGINE_NOT_DOCKER', `${where} answers, but not as a Docker Engine: GET /version brought ${got}.`, {
    remedy: 'Check host and port: this may be a web server, a proxy, or another program.',
    detail: said,
  });
}

function json(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
