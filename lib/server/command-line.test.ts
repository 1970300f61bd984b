import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCommandLine } from './command-line';
import { ok, route } from './route';
import { ask, createWorld, problemOf, type World } from './testing/world';

let world: World;
beforeEach(() => {
  world = createWorld();
});
afterEach(() => world.close());

const file = (name: string) => join(world.runtime.env.dataDir, name);
const token = () => readFileSync(file('cli-token'), 'utf8').trim();
const bearer = (t: string, as?: string) => ({ authorization: `Bearer ${t}`, ...(as !== undefined && { 'handover-as': as }) });
const whoami = (headers: Record<string, string>, cookie?: string, method = 'GET') =>
  ask(
    route(
      'GET /api/session',
      ({ session }) => ok({ account: { name: session.account.name, role: session.account.role } }),
      async () => world.runtime,
    ),
    { headers, cookie, method },
  );
const nameOf = async (headers: Record<string, string>, cookie?: string) =>
  ((await (await whoami(headers, cookie)).json()) as { account: { name: string; role: string } }).account;

describe('the token of the command line', () => {
  test('lies in the data folder, for its owner alone, with the address beside it', () => {
    expect(statSync(file('cli-token')).mode & 0o777).toBe(0o600);
    expect(token()).toMatch(/^[\w-]{43}$/);
    expect(JSON.parse(readFileSync(file('server.json'), 'utf8'))).toEqual({ address: 'http://127.0.0.1:3000', pid: process.pid });
  });
  test('acts as an operator, under the name given', async () => {
    expect(await nameOf(bearer(token(), 'Ad%C3%A4'))).toEqual({ name: 'Adä (command line)', role: 'operator' });
    expect(await nameOf(bearer(token()))).toEqual({ name: 'somebody (command line)', role: 'operator' });
    expect((await nameOf(bearer(token(), '%0A%1Bx'))).name).toBe('x (command line)');
    expect((await nameOf(bearer(token(), '%E0%A4%A'))).name).toBe('somebody (command line)');
  });
  test('opens no settings and no accounts', async () => {
    const accounts = route(
      'GET /api/accounts',
      () => ok([]),
      async () => world.runtime,
    );
    const refused = await ask(accounts, { headers: bearer(token()) });
    expect([refused.status, (await problemOf(refused)).problem.code]).toEqual([403, 'FORBIDDEN']);
  });
  test('a wrong, shortened or old one opens nothing', async () => {
    const old = token();
    for (const wrong of ['x', '', old.slice(1), `${old}x`, old.toLowerCase()]) {
      expect((await whoami(bearer(wrong))).status, wrong).toBe(401);
    }
    expect((await whoami({ authorization: `Basic ${old}` })).status).toBe(401);
    const next = openCommandLine({ dataDir: world.runtime.env.dataDir, address: 'http://127.0.0.1:1', clock: world.runtime.clock });
    expect(token()).not.toBe(old);
    expect(next.session(new Headers(bearer(old)))).toBeUndefined();
    expect(next.session(new Headers(bearer(token())))).toBeDefined();
    next.close();
    expect([existsSync(file('cli-token')), existsSync(file('server.json'))]).toEqual([false, false]);
  });
  test('a foreign authorization does not take away what a cookie opens (proxies add such headers)', async () => {
    const cookie = await world.as('viewer');
    expect(await nameOf({ authorization: 'Bearer of-a-proxy' }, cookie)).toEqual({ name: 'viewer', role: 'viewer' });
    expect(await nameOf({ authorization: 'Basic eDp5' }, cookie)).toEqual({ name: 'viewer', role: 'viewer' });
  });
  test('sets no cookie, and does not loosen the rules against other sites', async () => {
    expect((await whoami(bearer(token()))).headers.get('set-cookie')).toBeNull();
    const post = async (headers: Record<string, string>, cookie?: string) => (await whoami(headers, cookie, 'POST')).status;
    const cookie = await world.as('viewer');
    expect(await post(bearer(token()))).toBe(200);
    expect(await post({ origin: 'http://evil.example' }, cookie)).toBe(403);
    expect(await post({ ...bearer(token()), origin: 'http://evil.example' })).toBe(403);
    expect(await post({ ...bearer('wrong'), 'sec-fetch-site': 'cross-site' }, cookie)).toBe(403);
    expect(await post({ ...bearer(token()), host: 'evil.example' })).toBe(403);
  });
  test('never stands in the log, not even when a route fails with the request at hand', async () => {
    let logged = '';
    const sink = new Writable({
      write(chunk, _, done) {
        logged += chunk;
        done();
      },
    });
    const { createLog } = await import('./log');
    const log = createLog('trace', sink);
    globalThis.handover = { runtime: Promise.resolve(world.runtime), log };
    try {
      const failing = route(
        'GET /api/session',
        ({ request }) => {
          throw Object.assign(new Error('broken'), { headers: Object.fromEntries(request.headers) });
        },
        async () => world.runtime,
      );
      expect((await ask(failing, { headers: bearer(token()) })).status).toBe(500);
    } finally {
      globalThis.handover = undefined;
    }
    expect(logged).toContain('a route failed');
    expect(logged).not.toContain(token());
  });
});
