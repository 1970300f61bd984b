/** Handover's HTTP API, typed by the contract's table. Whatever is decided is decided by the server. */
import type { ProblemAnswer } from '../contract/api';
import type { AnswerOf, RouteKey } from '../contract/routes';
import type { Problem } from '../domain/errors';
import { type Connection, nobody } from './connection';
import { EXIT, type ExitCode, Stop } from './exit';

export interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly input?: unknown;
}
export interface Api {
  /** Throws Stop with the server's words. */
  ask<K extends RouteKey>(key: K, asked?: Asked): Promise<AnswerOf<K>>;
  /** A document as text. */
  text(key: RouteKey, asked?: Asked): Promise<string>;
}

/** Preparing a switch-over measures two engines: it may take a while. */
const TIMEOUT_MS = 120_000;

export function openApi(connection: Connection): Api {
  async function send(key: RouteKey, { params = {}, query = {}, input }: Asked = {}): Promise<Response> {
    const [method = 'GET', path = ''] = key.split(' ');
    const url = new URL(connection.address + path.replace(/\[(\w+)\]/g, (_, name: string) => encodeURIComponent(params[name] ?? '')));
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    const headers = {
      authorization: `Bearer ${connection.token}`,
      'handover-as': encodeURIComponent(connection.as),
      ...(input !== undefined && { 'content-type': 'application/json' }),
    };
    const body = input === undefined ? {} : { body: JSON.stringify(input) };
    let response: Response;
    try {
      response = await fetch(url, { method, headers, ...body, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch {
      throw nobody(connection.address);
    }
    if (!response.ok) throw await refusal(response, connection);
    return response;
  }
  return {
    ask: async <K extends RouteKey>(key: K, asked?: Asked) => {
      const response = await send(key, asked);
      return (response.status === 204 ? undefined : await response.json()) as AnswerOf<K>;
    },
    text: async (key, asked) => (await send(key, asked)).text(),
  };
}

async function refusal(response: Response, { address }: Connection): Promise<Stop> {
  const answer = (await response.json().catch(() => undefined)) as Partial<ProblemAnswer> | undefined;
  const problem = answer?.problem;
  if (!problem) return new Stop(EXIT.failed, `${address} answered ${response.status}, and not as Handover does.`);
  if (problem.code === 'NOT_LOGGED_IN')
    return new Stop(
      EXIT.refused,
      `The Handover at ${address} does not accept this data folder’s token.`,
      'Name the data folder of that Handover: handover --data FOLDER.',
      true,
    );
  return new Stop(codeOf(problem, response.status), problem.message, problem.remedy);
}

function codeOf({ code }: Problem, status: number): ExitCode {
  if (code === 'BAD_REQUEST') return EXIT.usage;
  if (status === 403 || status === 409 || status === 429) return EXIT.refused;
  return EXIT.failed;
}
