/** Handover's own API as a program uses it: with the session's cookie, and no browser. */
import type { Cookie, Server } from './server.mjs';

export async function api(
  server: Pick<Server, 'url'>,
  cookie: Cookie | undefined,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method,
    headers: {
      ...(cookie && { cookie: `${cookie.name}=${cookie.value}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** The same, for what has to succeed. */
export async function must<T = unknown>(...call: Parameters<typeof api>): Promise<T> {
  const answer = await api(...call);
  if (!answer.ok) throw new Error(`${call[2]} ${call[3]}: ${answer.status} ${await answer.text()}`);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}
