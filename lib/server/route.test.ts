import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ROUTES, type RouteKey } from '../contract/routes';
import { includes, ROLES } from '../domain/account';
import { problem } from '../domain/errors';
import { StoreError } from '../ports/store';
import { err, ok, route } from './route';
import { ask, createWorld, problemOf, type World } from './testing/world';

let world: World;
beforeEach(() => {
  world = createWorld();
});
afterEach(() => world.close());
const made = <K extends RouteKey>(key: K, handler: Parameters<typeof route<K>>[1]) => route(key, handler, async () => world.runtime);

describe('who may use which route', () => {
  const table = (Object.keys(ROUTES) as RouteKey[]).flatMap((key) => ['nobody' as const, ...ROLES].map((who) => ({ key, who })));
  test.each(table)('$key by $who', async ({ key, who }) => {
    const run = vi.fn(() => err(problem('INTERNAL', 'reached')));
    const [method = '', path = ''] = key.split(' ');
    const cookie = who === 'nobody' ? undefined : await world.as(who);
    const params = { id: 'x', name: 'x', slot: 'primary', fault: 'fill-disk' };
    const named = Object.fromEntries(Object.entries(params).filter(([name]) => path.includes(`[${name}]`)));
    const response = await ask(made(key, run as never), { method, cookie, params: named, body: method === 'GET' ? undefined : {} });
    const { role } = ROUTES[key];
    const allowed = role === 'open' || (who !== 'nobody' && includes(who, role));
    const { code } = (await problemOf(response)).problem;
    // An empty body may be refused after that: only the role is asked here.
    if (allowed) expect(['INTERNAL', 'BAD_REQUEST']).toContain(code);
    else {
      expect(code).toBe(who === 'nobody' ? 'NOT_LOGGED_IN' : 'FORBIDDEN');
      expect(run).not.toHaveBeenCalled();
    }
  });
});

describe('requests of other sites', () => {
  const post = (headers: Record<string, string>, method = 'POST') =>
    ask(
      made('DELETE /api/session', () => ok(undefined)),
      { method, headers, ...cookieOf() },
    );
  let cookie: string;
  const cookieOf = () => ({ cookie });
  beforeEach(async () => {
    cookie = await world.as('admin');
  });
  test.each([
    [{}, 204],
    [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }, 204],
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'http://localhost:3001' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ host: 'rebound.evil.example', origin: 'http://rebound.evil.example', 'sec-fetch-site': 'same-origin' }, 403],
    [{ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }, 204],
    [{ host: '[::1]:3000', origin: 'http://[::1]:3000' }, 204],
  ])('%j → %i', async (headers, status) => {
    expect((await post(headers as Record<string, string>)).status).toBe(status);
  });
  test('a safe method needs no origin, but a known host', async () => {
    expect((await post({ origin: 'http://evil.example' }, 'GET')).status).toBe(204);
    expect((await post({ host: 'evil.example' }, 'GET')).status).toBe(403);
  });
  test('behind a proxy the public origin counts, and trusted names', async () => {
    world.close();
    world = createWorld({ HANDOVER_ORIGIN: 'https://handover.example.com', HANDOVER_TRUSTED_HOSTS: 'inner, other:81' });
    cookie = await world.as('admin');
    expect((await post({ host: 'inner:3000', origin: 'https://handover.example.com' })).status).toBe(204);
    expect((await post({ host: 'handover.example.com', origin: 'https://handover.example.com' })).status).toBe(204);
    expect((await post({ host: 'inner:3000', origin: 'https://handover.example.org' })).status).toBe(403);
    expect((await post({ host: 'other:81' })).status).toBe(204);
    expect((await post({ host: 'handover.example.org' })).status).toBe(403);
  });
});

describe('input', () => {
  const create =
    (body: unknown, headers = {}) =>
    async () =>
      ask(
        made('POST /api/accounts', ({ input }) => err(problem('CONFLICT', input.name))),
        { method: 'POST', body, headers, cookie: await world.as('admin') },
      );
  test('is parsed, and refused field by field', async () => {
    expect((await problemOf(await create({ name: ' ada ', role: 'viewer', password: '1234567890' })())).problem.message).toBe('ada');
    const refused = await create({ name: '', role: 'king', password: 'short' })();
    expect(refused.status).toBe(400);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(Object.keys((await problemOf(refused)).fields ?? {})).toEqual(['name', 'role', 'password']);
  });
  test('must be JSON, and not larger than 1 MB', async () => {
    expect((await create({ a: 1 }, { 'content-type': 'text/plain' })()).status).toBe(400);
    expect((await problemOf(await create({ name: 'x'.repeat(1_100_000) })())).problem.message).toMatch(/larger than 1 MB/);
  });
  test('a wrong part of the address is not found', async () => {
    const handler = made('POST /api/clusters/[id]/instances/[slot]/start', () => ok(undefined));
    expect((await ask(handler, { method: 'POST', cookie: await world.as('operator'), params: { id: 'a', slot: 'third' } })).status).toBe(
      404,
    );
  });
  test('a query has its defaults', async () => {
    const handler = made('GET /api/clusters/[id]/timeline', ({ query }) => err(problem('CONFLICT', JSON.stringify(query))));
    const asked = async (path: string) =>
      (await problemOf(await ask(handler, { path, cookie: await world.as('viewer'), params: { id: 'a' } }))).problem.message;
    expect(await asked('/x')).toBe('{"limit":50}');
    expect(await asked('/x?before=7&limit=3')).toBe('{"before":7,"limit":3}');
    expect(await asked('/x?limit=nothing')).toMatch(/limit/);
  });
});

describe('answers', () => {
  const asking = async (handler: Parameters<typeof made<'GET /api/session'>>[1]) =>
    ask(made('GET /api/session', handler), { cookie: await world.as('viewer') });
  test('a refusal has the status of the table', async () => {
    const response = await asking(() => err({ ...problem('TOO_MANY_REQUESTS', 'Wait'), retryAfter: 7 }));
    expect([response.status, response.headers.get('retry-after'), response.headers.get('cache-control')]).toEqual([429, '7', 'no-store']);
  });
  test('what nobody expected is INTERNAL with an id and without its words', async () => {
    const response = await asking(() => {
      throw new Error('the secret is 42');
    });
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain('secret');
    expect(text).toMatch(/inside Handover \([0-9a-f]{8}\)/);
  });
  test('a store that cannot save says so', async () => {
    const full = problem('STORE_FAILED', 'No space is left on the disk.');
    const response = await asking(() => {
      throw new StoreError(full);
    });
    expect((await problemOf(response)).problem).toEqual(full);
  });
  test('an answer that breaks the contract fails in tests', async () => {
    expect((await asking(() => ok({ account: { name: 'a', role: 'viewer', passwordHash: 'x' } } as never))).status).toBe(500);
  });
});

describe('the session', () => {
  const whoami = (cookie: string | undefined) =>
    ask(
      made('GET /api/session', ({ session }) => ok({ account: { name: session.account.name, role: session.account.role } })),
      { cookie },
    );
  test('lasts twelve hours, is prolonged by use, and is not when it is over', async () => {
    const cookie = await world.as('viewer');
    expect((await whoami(cookie)).headers.get('set-cookie')).toBeNull();
    world.now += 11 * 3_600_000;
    const used = await whoami(cookie);
    const next = /^[^;]+/.exec(used.headers.get('set-cookie') ?? '')?.[0];
    expect(used.headers.get('set-cookie')).toMatch(/HttpOnly/i);
    expect(used.headers.get('set-cookie')).toMatch(/SameSite=lax/i);
    world.now += 2 * 3_600_000;
    expect((await whoami(cookie)).status).toBe(401);
    expect((await whoami(next)).status).toBe(200);
    world.now += 12 * 3_600_000;
    expect((await whoami(next)).status).toBe(401);
  });
  test('ends with its account, with a change of it, and with a forged cookie', async () => {
    const cookie = await world.as('viewer');
    const account = world.runtime.store.accounts.get('viewer');
    if (!account) throw new Error('no account');
    world.runtime.store.accounts.save({ ...account, generation: 2 });
    expect((await whoami(cookie)).status).toBe(401);
    world.runtime.store.accounts.save(account);
    expect((await whoami(cookie)).status).toBe(200);
    const middle = Math.floor(cookie.length / 2);
    expect((await whoami(`${cookie.slice(0, middle)}${cookie[middle] === 'A' ? 'B' : 'A'}${cookie.slice(middle + 1)}`)).status).toBe(401);
    world.runtime.store.accounts.remove('viewer');
    expect((await whoami(cookie)).status).toBe(401);
  });
  test('cookies are secure behind TLS', async () => {
    world.close();
    world = createWorld({ HANDOVER_ORIGIN: 'https://handover.example.com' });
    const cookie = await world.as('viewer');
    world.now += 3_600_000;
    expect((await whoami(cookie)).headers.get('set-cookie')).toMatch(/^__Host-handover-test=.*Secure/);
  });
});
