import type { ProblemAnswer } from '../contract/api';
import type { Problem, Result } from '../contract/words';

/** A refusal in the words of the server, with what a form needs. `status` 0 = no answer at all. */
export interface CallFailure extends Problem {
  readonly status: number;
  /** Field name (`primary.access.url`) → what is wrong with it. Empty where no field is to blame. */
  readonly fields: Readonly<Record<string, string>>;
  /** From Retry-After, seconds: only with TOO_MANY_REQUESTS. */
  readonly retryAfter?: number;
}
export type CallResult<T> = Result<T, CallFailure>;
export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** One call of our own API. Never throws, never retries; `signal` aborts. Default limit 60 s (a stop may take long: give more). */
export async function call<T = void>(
  method: Method,
  path: string,
  body?: unknown,
  o: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<CallResult<T>> {
  const limit = AbortSignal.timeout(o.timeoutMs ?? 60_000);
  try {
    const response = await fetch(path, {
      method,
      headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: o.signal ? AbortSignal.any([o.signal, limit]) : limit,
    });
    if (response.ok) return { ok: true, value: (response.status === 204 ? undefined : await response.json()) as T };
    return { ok: false, error: await failureOf(response) };
  } catch {
    const remedy =
      'Check that Handover runs and that the network is up, then try again. What was asked for may have been done: look before you repeat it.';
    return { ok: false, error: { code: 'HANDOVER_UNREACHABLE', message: 'Handover did not answer.', remedy, status: 0, fields: {} } };
  }
}

async function failureOf(response: Response): Promise<CallFailure> {
  const answer = (await response.json().catch(() => undefined)) as Partial<ProblemAnswer> | undefined;
  const retryAfter = Number(response.headers.get('retry-after'));
  const odd: Problem = { code: 'INTERNAL', message: `Handover answered with status ${response.status} and no explanation.` };
  return { ...(answer?.problem ?? odd), status: response.status, fields: answer?.fields ?? {}, ...(retryAfter > 0 && { retryAfter }) };
}

/** SWR's fetcher: throws the CallFailure. */
export async function fetcher<T>(path: string): Promise<T> {
  const result = await call<T>('GET', path);
  if (!result.ok) throw result.error;
  return result.value;
}
