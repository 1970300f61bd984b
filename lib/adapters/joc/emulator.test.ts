import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { controllerOf, JocWorld, type TestJoc } from '../../../e2e/emulators/joc/test-joc';
import type { JocSettings } from '../../domain/joc/joc';
import type { JocClient, JocRegistration } from '../../ports/joc';
import { openJoc } from './client';

/** Against the emulated JOC Cockpit and emulated Controllers, as programs of their own over HTTP. */
const SOON = { timeout: 15_000, interval: 100 };
let world: JocWorld;
const clients: JocClient[] = [];
beforeEach(() => {
  world = new JocWorld();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((c) => c.close()));
  await world.end();
});
function client(joc: TestJoc, more: Partial<JocSettings> = {}): JocClient {
  const c = openJoc({ id: 'joc', name: 'JOC', url: joc.program.url, user: 'root', password: 'root', createdAt: 0, ...more });
  clients.push(c);
  return c;
}
const fault = (joc: TestJoc, faults: object) => writeFileSync(join(joc.program.data, 'faults.json'), JSON.stringify(faults));
const alone = (url: string, controllerId?: string): JocRegistration => ({
  ...(controllerId !== undefined && { controllerId }),
  nodes: [{ url, role: 'STANDALONE', title: 'BILLING' }],
  audit: { comment: 'test' },
});
const code = (r: { ok: true } | { ok: false; error: { code: string } }) => (r.ok ? 'ok' : r.error.code);
const follows = async (c: JocClient, id: string) => {
  const seen = await c.see(id);
  if (!seen.ok || seen.value === 'not-registered') return false;
  const { proxyAt, nodes } = seen.value;
  return proxyAt !== undefined && proxyAt >= (nodes[0]?.startedAt ?? Number.POSITIVE_INFINITY);
};

test('registers the first Controller (the answer is the permission tree), sees it, updates and unregisters it', async () => {
  const joc = await world.joc();
  const a = await controllerOf(world, 'billing');
  const c = client(joc);
  expect(await c.look()).toMatchObject({
    ok: true,
    value: { active: true, mayManage: 'yes', controllerIds: [], licence: { type: 'OPENSOURCE' } },
  });
  expect(await c.see('billing')).toEqual({ ok: true, value: 'not-registered' });
  expect(await c.test({ url: a.url, controllerId: '' })).toEqual({ ok: true, value: { controllerId: 'billing' } });
  expect(code(await c.register(alone(a.url)))).toBe('ok');
  await vi.waitFor(async () => expect(await follows(c, 'billing')).toBe(true), SOON);
  expect(await c.see('billing')).toMatchObject({
    ok: true,
    value: {
      nodes: [{ url: a.url, title: 'BILLING', component: { text: 'operational' }, connection: { text: 'established' } }],
      jocs: [{ current: true }],
    },
  });
  expect(code(await c.register(alone(a.url)))).toBe('JOC_TAKEN');
  expect(code(await c.register(alone(a.url.replace('127.0.0.1', 'localhost'), 'billing')))).toBe('ok');
  expect(code(await c.unregister('billing', { comment: 'gone' }))).toBe('ok');
  expect(code(await c.unregister('billing', { comment: 'gone' }))).toBe('JOC_UNKNOWN_CONTROLLER');
}, 40_000);

test('what registering refuses', async () => {
  const joc = await world.joc({ EMULATED_FORCE_COMMENTS: '1' });
  const [a, b] = [await controllerOf(world, 'billing'), await controllerOf(world, 'payroll')];
  const c = client(joc);
  expect(code(await c.register({ ...alone(a.url), audit: {} }))).toBe('JOC_REASON_MISSING');
  expect(code(await c.register(alone('http://127.0.0.1:9')))).toBe('JOC_CONNECTION');
  const two = (x: string, y: string): JocRegistration => ({
    nodes: [
      { url: x, role: 'PRIMARY', title: '' },
      { url: y, role: 'BACKUP', title: '' },
    ],
    audit: { comment: 'x' },
  });
  expect(code(await c.register(two(a.url, b.url)))).toBe('JOC_LICENCE');
  expect(code(await c.register(alone(a.url)))).toBe('ok');
  expect(code(await c.register(alone(b.url)))).toBe('ok');
  expect(code(await c.register(alone(b.url, 'billing')))).toBe('CONTROLLER_ID_DIFFERS');
  expect(code(await c.test({ url: b.url, controllerId: 'billing' }))).toBe('CONTROLLER_ID_DIFFERS');
  // Nobody answers there, so JOC cannot tell whose URL it is, and its database refuses it (joc-proved 2, row 8).
  await b.kill();
  const taken = await c.register(alone(b.url, 'billing'));
  expect(code(taken)).toBe('JOC_TAKEN');
  expect(JSON.stringify(taken)).not.toMatch(/INV_JS|insert|update/i);
  expect(code(await c.register(alone(a.url, 'nobody')))).not.toBe('ok');
}, 40_000);

test('with a licence: both URLs the same, and two Controllers of different IDs', async () => {
  const joc = await world.joc({ LICENSED: '1' });
  const [a, b] = [await controllerOf(world, 'billing'), await controllerOf(world, 'payroll')];
  const c = client(joc);
  expect((await c.look()).ok && (await c.look())).toMatchObject({
    value: { licence: { type: 'COMMERCIAL_VALID', validUntil: Date.UTC(2036, 0, 1) } },
  });
  const nodes = (x: string, y: string) => [
    { url: x, role: 'PRIMARY' as const, title: 'P' },
    { url: y, role: 'BACKUP' as const, title: 'S' },
  ];
  const same = await c.register({ nodes: nodes(a.url, a.url), audit: {} });
  expect(code(same)).toBe('JOC_PROBLEM');
  expect(!same.ok && same.error.message).toContain('different URLs');
  expect(code(await c.register({ nodes: nodes(a.url, b.url), audit: {} }))).toBe('CONTROLLER_ID_DIFFERS');
}, 30_000);

test('the standby JOC registers nothing; who may not manage is refused; four eyes answer 433', async () => {
  const a = await controllerOf(world, 'billing');
  const standby = client(await world.joc({ EMULATED_STANDBY: '1' }));
  expect(await standby.look()).toMatchObject({ ok: true, value: { active: false } });
  expect(code(await standby.register(alone(a.url)))).toBe('JOC_STANDBY');
  const joc = await world.joc();
  const viewer = client(joc, { user: 'viewer', password: 'viewer' });
  expect(await viewer.look()).toMatchObject({ ok: true, value: { mayManage: 'no' } });
  expect(code(await viewer.test({ url: a.url, controllerId: '' }))).toBe('JOC_FORBIDDEN');
  expect(code(await client(joc, { user: 'operator', password: 'operator' }).register(alone(a.url)))).toBe('JOC_FORBIDDEN');
  const requestor = client(joc, { user: 'requestor', password: 'requestor' });
  expect(await requestor.look()).toMatchObject({ ok: true, value: { mayManage: 'approval' } });
  expect(code(await requestor.register(alone(a.url)))).toBe('JOC_APPROVAL');
  expect(await viewer.see('billing')).toEqual({ ok: true, value: 'not-registered' });
}, 30_000);

test('a session that ends in the middle is renewed once, a change is done once', async () => {
  const joc = await world.joc({ EMULATED_SESSION_MS: '300' });
  const a = await controllerOf(world, 'billing');
  const c = client(joc);
  expect((await c.look()).ok).toBe(true);
  // The session is gone when nobody used it for 300 ms: asked with an own token, which does not prolong ours.
  await vi.waitFor(async () => expect((await stat(joc)).sessionGone).toBe(true), SOON);
  expect(code(await c.register(alone(a.url)))).toBe('ok');
  expect((await joc.login()).token).toBeTypeOf('string');
  const audit = (await joc.call('audit_log', {})).json.auditLog as readonly { request: string }[];
  expect(audit.filter((e) => e.request.includes('register'))).toHaveLength(1);
}, 30_000);
/** A session opened now is as old as ours at most; when it has ended, ours has. */
async function stat(joc: TestJoc): Promise<{ sessionGone: boolean }> {
  joc.token ??= (await joc.login()).token;
  await new Promise((r) => setTimeout(r, 350));
  return { sessionGone: (await joc.call('controllers', {})).status === 440 };
}

test('an answer after 25 s is waited for; a page instead of JSON and a lost answer are told as what they are', async () => {
  const joc = await world.joc();
  const a = await controllerOf(world, 'billing');
  const c = client(joc);
  await c.look();
  fault(joc, {
    'controller/register': { delayMs: 25_000 },
    'controller/ids': { html: true },
    'controller/unregister': { lost: true, times: 1 },
  });
  const registering = c.register(alone(a.url));
  expect(code(await c.look())).toBe('NOT_A_JOC');
  expect(code(await registering)).toBe('ok');
  // Carried out, and the answer never came: the caller observes.
  expect(code(await c.unregister('billing', {}))).toBe('JOC_UNREACHABLE');
  expect(await c.see('billing')).toEqual({ ok: true, value: 'not-registered' });
}, 60_000);

test('a JOC that is slow, gone and back', async () => {
  const joc = await world.joc();
  const c = client(joc);
  await c.look();
  fault(joc, { 'joc/is_active': { delayMs: 8000, times: 1 } });
  expect(code(await c.look())).toBe('JOC_TIMEOUT');
  await joc.program.kill();
  fault(joc, {});
  expect(code(await c.look())).toBe('JOC_UNREACHABLE');
  // Sessions died with it: renewed without a word.
  await joc.start();
  expect(code(await c.look())).toBe('ok');
}, 30_000);

test('events hint at a stop of the Controller', async () => {
  const joc = await world.joc();
  const a = await controllerOf(world, 'billing');
  const c = client(joc);
  expect(code(await c.register(alone(a.url)))).toBe('ok');
  await vi.waitFor(async () => expect(await follows(c, 'billing')).toBe(true), SOON);
  const stop = new AbortController();
  let hints = 0;
  const polling = c.follow({ controllerId: 'billing', onEvents: () => (hints += 1), signal: stop.signal });
  // JOC tells events by the second: one within the second of the last known is not told.
  await vi.waitFor(async () => {
    if (a.running) await a.stop();
    else await a.start().ready();
    expect(hints).toBeGreaterThan(0);
  }, SOON);
  stop.abort();
  expect(await polling).toEqual({ ok: true, value: 'aborted' });
}, 40_000);
