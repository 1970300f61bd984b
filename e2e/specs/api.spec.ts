/** What a program (or a hostile page) may do with the API: the server decides, whatever a page shows. */
import { request as httpRequest } from 'node:http';
import { expect, test } from '../fixtures';
import { api } from '../world/api';
import type { Cookie, Server } from '../world/server.mjs';

const codeOf = async (answer: Response) => ((await answer.json()) as { problem: { code: string } }).problem.code;

test('without a session nothing is told but that Handover runs', async ({ server }) => {
  expect((await api(server, undefined, 'GET', '/api/health')).status).toBe(200);
  for (const path of ['/api/clusters', '/api/stream?once=true', '/api/openapi.json', '/api/accounts', '/api/clusters/demo/timeline']) {
    const answer = await api(server, undefined, 'GET', path);
    expect([path, answer.status, await codeOf(answer)]).toEqual([path, 401, 'NOT_LOGGED_IN']);
  }
});

test('a POST from another site is refused, with the cookie and all', async ({ server, cookie }) => {
  const from = (headers: Record<string, string>) => api(server, cookie, 'POST', '/api/rehearsal/faults/fill-disk', { on: false }, headers);
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]) {
    const answer = await from(headers as Record<string, string>);
    expect([headers, answer.status, await codeOf(answer)]).toEqual([headers, 403, 'CROSS_SITE']);
  }
  expect((await from({ origin: server.url, 'sec-fetch-site': 'same-origin' })).status).toBe(204);
});

test('a name that nobody told Handover is refused: an own name of another site may point here', async ({ server, cookie }) => {
  const asked = (host: string) => statusWithHost(server, cookie, host);
  const port = new URL(server.url).port;
  expect(await asked(`evil.example:${port}`)).toBe(403);
  expect(await asked(`localhost:${port}`)).toBe(200);
});

test('pages carry a strict policy', async ({ admin: page }) => {
  const answer = await page.goto('/');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/default-src '(self|none)'/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
  expect(answer?.headers()['x-content-type-options']).toBe('nosniff');
});

test('the session cookie is out of reach of scripts and other sites', async ({ server, account }) => {
  const { name, password } = await account('viewer');
  const answer = await api(server, undefined, 'POST', '/api/session', { name, password });
  expect(answer.headers.getSetCookie()[0]).toMatch(/HttpOnly/i);
  expect(answer.headers.getSetCookie()[0]).toMatch(/SameSite=(Strict|Lax)/i);
});

test('roles are the server’s business: a viewer may not act, an operator may not change settings', async ({ server, account }) => {
  const [viewer, operator] = [await account('viewer'), await account('operator')];
  const refused: [Cookie, string, string, unknown?][] = [
    [viewer.cookie, 'POST', '/api/clusters/demo/instances/primary/stop', {}],
    [viewer.cookie, 'POST', '/api/clusters/demo/instances/primary/start'],
    [viewer.cookie, 'POST', '/api/rehearsal/faults/kill-active', { on: true }],
    [viewer.cookie, 'POST', '/api/rehearsal/reset'],
    [operator.cookie, 'POST', '/api/engines', { name: 'x', address: { kind: 'socket', path: '/x' } }],
    [operator.cookie, 'DELETE', '/api/clusters/demo'],
    [operator.cookie, 'GET', '/api/accounts'],
    [operator.cookie, 'PATCH', `/api/accounts/${operator.name}`, { role: 'admin' }],
  ];
  for (const [cookie, method, path, body] of refused) {
    const answer = await api(server, cookie, method, path, body);
    expect([method, path, answer.status, await codeOf(answer)]).toEqual([method, path, 403, 'FORBIDDEN']);
  }
  expect((await api(server, operator.cookie, 'POST', '/api/rehearsal/faults/fill-disk', { on: false })).status).toBe(204);
});

test('the OpenAPI document is served, and names every route that is tried here', async ({ server, cookie }) => {
  const answer = await api(server, cookie, 'GET', '/api/openapi.json');
  expect(answer.status).toBe(200);
  const document = (await answer.json()) as { openapi: string; paths: Record<string, Record<string, { responses: object }>> };
  expect(document.openapi).toMatch(/^3\.1/);
  expect(Object.keys(document.paths).length).toBeGreaterThan(15);
  expect(document.paths['/api/clusters/{id}/instances/{slot}/stop']?.post?.responses).toHaveProperty('409');
});

test('nonsense is answered as a problem with a code, never with a stack', async ({ server, cookie }) => {
  const text = async (answer: Response) => [answer.status, await answer.text()] as const;
  const [status, broken] = await text(
    await fetch(`${server.url}/api/engines`, {
      method: 'POST',
      headers: { cookie: `${cookie.name}=${cookie.value}`, 'content-type': 'application/json' },
      body: '{"name": "x"',
    }),
  );
  expect(status).toBe(400);
  expect(JSON.parse(broken).problem.code).toBe('BAD_REQUEST');
  const [missing, words] = await text(await api(server, cookie, 'GET', '/api/clusters/..%2f..%2fetc'));
  expect(missing).toBe(404);
  expect(broken + words).not.toMatch(/\bat .*\.(js|ts):\d+/);
});

/** fetch sets Host itself. */
function statusWithHost(server: Server, cookie: Cookie, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(`${server.url}/api/clusters`, { headers: { host, cookie: `${cookie.name}=${cookie.value}` } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}
