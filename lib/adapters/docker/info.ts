import 'server-only';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { Connection } from './connection';

/** What we read of `GET /info`. */
export interface Told {
  readonly hostname: string;
  readonly os: string;
  readonly rootless: boolean;
  /** The engine's clock, RFC 3339 with nanoseconds. */
  readonly systemTime: string;
}

export async function askInfo(c: Connection): Promise<Result<Told>> {
  // Without a version only /version and /_ping are meant to be asked.
  const spoken = await c.negotiated();
  if (!spoken.ok) return spoken;
  const answer = await c.probe(`/v${spoken.value.apiVersion}/info`);
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  let told: Record<string, unknown> = {};
  try {
    told = JSON.parse(body) as Record<string, unknown>;
  } catch {
    // Told below.
  }
  if (status !== 200 || typeof told.Name !== 'string')
    return err(
      problem(
        status === 401 || status === 403 ? 'ENGINE_FORBIDDEN' : 'ENGINE_ERROR',
        `${c.where} does not answer GET /info as expected (HTTP ${status}).`,
        {
          remedy: 'If a socket proxy stands in front of the engine, allow the endpoints listed in docs/engine-endpoints.md.',
          detail: body.slice(0, 2000),
        },
      ),
    );
  const text = (v: unknown) => (typeof v === 'string' ? v : '');
  return ok({
    hostname: told.Name,
    os: text(told.OperatingSystem),
    rootless: Array.isArray(told.SecurityOptions) && told.SecurityOptions.includes('name=rootless'),
    systemTime: text(told.SystemTime),
  });
}
