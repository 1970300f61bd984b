import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../domain/errors';
import type { JocClient } from '../../ports/joc';
import { readDate } from './answers';
import { openJoc } from './client';
import * as d from './joc.double';

let joc: d.Double;
const clients: JocClient[] = [];
beforeEach(async () => {
  joc = await d.double();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((c) => c.close()));
  await joc.close();
});
const settings = (url: string) => ({ id: 'joc', name: 'JOC', url, user: 'root', password: 'top:secret-ü', createdAt: 0 });
function client(url = joc.url): JocClient {
  const c = openJoc(settings(url));
  clients.push(c);
  return c;
}
const paths = () => joc.seen.map((s) => s.path);
const NODES = [{ url: 'http://a:4444', role: 'STANDALONE', title: 'BILLING' }] as const;
const register = (c: JocClient, controllerId?: string) =>
  c.register({ ...(controllerId !== undefined && { controllerId }), nodes: NODES, audit: { comment: 'why' } });
async function failsWith(r: Promise<{ ok: boolean; error?: unknown }>, code: ErrorCode) {
  const outcome = (await r) as { ok: boolean; error?: { code: string; message: string; detail?: string } };
  expect(outcome.ok).toBe(false);
  expect(outcome.error?.code).toBe(code);
  return outcome.error as { code: string; message: string; detail?: string; remedy?: string };
}

describe('reads recorded answers', () => {
  test('what JOC says of itself; the settled part is not asked for again', async () => {
    const c = client();
    const facts = await c.look();
    expect(facts).toEqual({
      ok: true,
      value: {
        url: joc.url,
        version: '2.9.1-SNAPSHOT',
        title: 'JOC COCKPIT',
        securityLevel: 'LOW',
        active: true,
        licence: { type: 'OPENSOURCE' },
        mayManage: 'yes',
        forceReasons: false,
        reasons: ['System maintenance'],
        controllerIds: ['controller', 'testsuite'],
        latencyMs: expect.any(Number),
      },
    });
    expect(joc.seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('root:top:secret-ü').toString('base64')}`);
    joc.seen.length = 0;
    await c.look();
    expect(paths()).toEqual(['joc/is_active', 'controller/ids']);
    expect(joc.seen[0]?.headers['x-access-token']).toBe('token-1');
  });
  test('one Controller: node, boxes, database, the time of the proxy', async () => {
    const seen = await client().see('controller');
    expect(seen).toMatchObject({
      ok: true,
      value: {
        controllerId: 'controller',
        proxyAt: Date.parse('2026-11-24T00:31:30.947Z'),
        nodes: [
          {
            role: 'STANDALONE',
            url: 'http://127.0.0.1:14444',
            startedAt: Date.parse('2026-11-24T00:26:05.738Z'),
            component: { severity: 0, text: 'operational' },
          },
        ],
        jocs: [{ title: 'JOC COCKPIT', current: true, connection: { severity: 0, text: 'established' } }],
        database: { dbms: 'H2' },
        clusterStatus: { severity: 4, text: 'ClusterUnknown' },
      },
    });
  });
  test('a JOC without controller/components answers by `controllers`; what is not told is unknown', async () => {
    delete joc.answers['controller/components'];
    joc.answers.controllers = d.json({ controllers: [{ ...COMPONENT_WITHOUT_STATES }], deliveryDate: 'x' });
    joc.answers.agents = d.json({ agents: [] });
    const seen = await client().see('controller');
    expect(seen).toMatchObject({
      ok: true,
      value: { nodes: [{ role: 'unknown', component: { severity: 4, text: 'unknown' } }], jocs: [] },
    });
    expect(seen.ok && seen.value !== 'not-registered' && seen.value.proxyAt).toBe(undefined);
  });
  test('an unknown ID is a value', async () => {
    joc.answers['controller/components'] = d.json({ ...d.COMPONENTS, controllers: [] });
    expect(await client().see('nobody')).toEqual({ ok: true, value: 'not-registered' });
  });
  test.each([
    ['2026-11-24T00:31:42.470+00:00', 1795480302470],
    ['2026-11-24T00:31:42.47Z', 1795480302470],
    ['2026-11-24T00:31:42Z', 1795480302000],
    ['2026-11-24T01:31:42.470+0100', 1795480302470],
    ['yesterday', undefined],
    [undefined, undefined],
  ])('date %s', (text, ms) => expect(readDate(text)).toBe(ms));
  test('below a path of a proxy', async () => {
    const c = client(`${joc.url}/`);
    expect((await c.look()).ok).toBe(true);
    const deep = client(`${joc.url}/js7/`);
    await failsWith(deep.look(), 'NOT_A_JOC');
    expect(joc.seen.at(-1)?.path).toBe('/js7authentication/login');
  });
});
const COMPONENT_WITHOUT_STATES = { url: 'http://a:4444', role: 'NEW_ROLE', title: null };

describe('session', () => {
  test('is renewed once when it has ended', async () => {
    const c = client();
    await c.look();
    let first = true;
    joc.answers['controller/register'] = (q, res, b) => {
      const answer = first ? d.EXPIRED : d.json(d.OK);
      first = false;
      answer(q, res, b);
    };
    joc.seen.length = 0;
    expect(await register(c)).toEqual({ ok: true, value: undefined });
    expect(paths()).toEqual(['controller/register', 'authentication/login', 'controller/register']);
    expect(joc.seen.at(-1)?.headers['x-access-token']).toBe('token-2');
  });
  test('is not renewed for ever', async () => {
    joc.answers['controller/register'] = d.EXPIRED;
    const e = await failsWith(register(client()), 'JOC_LOGIN_REFUSED');
    expect(paths()).toEqual(['authentication/login', 'controller/register', 'authentication/login', 'controller/register']);
    expect(e.detail).toContain('SessionNotExist');
  });
  test('many questions at once log in once', async () => {
    const c = client();
    await Promise.all([c.look(), c.see('controller'), c.see('testsuite')]);
    expect(paths().filter((p) => p === 'authentication/login')).toHaveLength(1);
  });
  test('a refused password is not tried again', async () => {
    joc.answers['authentication/login'] = d.DENIED;
    const c = client();
    for (let i = 0; i < 3; i++) await failsWith(c.look(), 'JOC_LOGIN_REFUSED');
    await failsWith(register(c), 'JOC_LOGIN_REFUSED');
    expect(paths()).toEqual(['authentication/login']);
  });
  test('a login that failed otherwise is tried again', async () => {
    joc.answers['authentication/login'] = d.text('Bad Gateway', 502, 'text/plain');
    const c = client();
    await failsWith(c.look(), 'JOC_UNREACHABLE');
    joc.answers['authentication/login'] = d.json({ ...d.LOGGED_IN, accessToken: 'in-body-only' });
    expect((await c.look()).ok).toBe(true);
    expect(joc.seen.at(-1)?.headers['x-access-token']).toBe('in-body-only');
  });
  test('a second factor is a refusal', async () => {
    joc.answers['authentication/login'] = d.json({ ...d.LOGGED_IN, accessToken: '', message: 'Second factor needed' });
    const e = await failsWith(client().look(), 'JOC_LOGIN_REFUSED');
    expect(e.message).toContain('second factor');
  });
  test('close logs out', async () => {
    const c = openJoc(settings(joc.url));
    await c.look();
    await c.close();
    expect(paths().at(-1)).toBe('authentication/logout');
  });
});

describe('what register asks and takes for done', () => {
  test('the body as the recording has it', async () => {
    await register(client());
    expect(JSON.parse(joc.seen.at(-1)?.body ?? '')).toEqual({
      controllerId: '',
      controllers: [{ url: 'http://a:4444', role: 'STANDALONE', title: 'BILLING' }],
      auditLog: { comment: 'why' },
    });
  });
  test('the permission tree', async () => {
    joc.answers['controller/register'] = d.json(d.TREE);
    expect((await register(client())).ok).toBe(true);
  });
  test('not any other answer', async () => {
    joc.answers['controller/register'] = d.json({ deliveryDate: 'x', ok: false });
    await failsWith(register(client()), 'NOT_A_JOC');
  });
});

describe('refusals', () => {
  test.each<[string, string, ErrorCode]>([
    ['JOC-444', 'JocMissingLicenseException: missing license for Controller cluster', 'JOC_LICENCE'],
    ['JOC-300', 'JocMissingCommentException: missing comment', 'JOC_REASON_MISSING'],
    ['JOC-503', 'JocServiceException: Registering the Controllers is possible only in the active JOC node.', 'JOC_STANDBY'],
    ['JOC-408', "DBMissingDataException: Couldn't find Controller(s) with ID 'x'.", 'JOC_UNKNOWN_CONTROLLER'],
    ['JOC-171', "JocObjectAlreadyExistException: Controller(s) with ID 'x' already exists", 'JOC_TAKEN'],
    ['JOC-402', 'ControllerConnectionRefusedException: http://a:4444', 'JOC_CONNECTION'],
    ['JOC-405', 'ControllerNoResponseException: JS-URL: http://a:4444/controller/api', 'JOC_CONNECTION'],
    [
      'JOC-405',
      "ControllerInvalidResponseDataException: Connection was successful but Controller ID 'a' of URL 'u' is not the expected Controller ID 'b'",
      'CONTROLLER_ID_DIFFERS',
    ],
    ['JOC-405', 'ControllerInvalidResponseDataException: Unexpected content type', 'JOC_CONNECTION'],
    ['JOC-400', 'JocBadRequestException: The cluster members must have the different URLs', 'JOC_PROBLEM'],
    ['JOC-999', 'something new', 'JOC_PROBLEM'],
  ])('%s %s → %s', async (code, message, expected) => {
    joc.answers['controller/register'] = d.refusal(code, message);
    const e = await failsWith(register(client(), 'x'), expected);
    expect(e.detail).toContain(code);
    expect(e.detail).toContain(message.replace(/^.*?: /, ''));
  });
  test('of a bulk call, by its first error', async () => {
    joc.answers['controller/unregister'] = d.json({ errors: [{ code: 'JOC-408', message: 'DBMissingDataException: unknown' }] }, 419);
    await failsWith(client().unregister('x', {}), 'JOC_UNKNOWN_CONTROLLER');
  });
  test('JOC-400 of a connection test is one of the connection', async () => {
    joc.answers['controller/test'] = d.refusal('JOC-400', 'JocBadRequestException: 401 Unauthorized');
    await failsWith(client().test({ url: 'http://a', controllerId: '' }), 'JOC_CONNECTION');
  });
  test('SQL is never shown', async () => {
    const sql =
      'DBInvalidDataException: could not execute statement [Unique index or primary key violation: "PUBLIC.CONSTRAINT_INDEX_E5 ON PUBLIC.INV_JS_INSTANCES"; SQL statement:\nupdate INV_JS_INSTANCES set "URI"=? where "ID"=?';
    joc.answers['controller/register'] = d.refusal('JOC-407', sql);
    joc.answers['controller/components'] = d.refusal('JOC-407', sql);
    joc.answers['controller/test'] = d.refusal('JOC-420', 'org.hibernate.X: select a.b from INV_JS_INSTANCES a');
    const c = client();
    const all = JSON.stringify([
      await failsWith(register(c, 'x'), 'JOC_TAKEN'),
      await failsWith(c.see('x'), 'JOC_PROBLEM'),
      await failsWith(c.test({ url: 'http://a', controllerId: '' }), 'JOC_PROBLEM'),
    ]);
    expect(all).toContain('JOC-407');
    expect(all).not.toMatch(/INV_JS|update|hibernate|select/i);
  });
  test('permission missing', async () => {
    joc.answers['controller/register'] = d.json(
      { account: 'viewer', apiCall: './controller/register', isAuthenticated: true, isPermitted: false, message: 'Access denied' },
      403,
    );
    expect((await failsWith(register(client()), 'JOC_FORBIDDEN')).detail).toContain('./controller/register');
  });
  test('four eyes: 433 names who may approve', async () => {
    joc.answers['controller/register'] = d.json(
      { requestor: 'root', requestUrl: './controller/register', category: 'CONTROLLER', approvers: [{ accountName: 'boss' }] },
      433,
    );
    expect((await failsWith(register(client()), 'JOC_APPROVAL')).remedy).toContain('boss');
  });
  test('an account without any Controller to see has none', async () => {
    joc.answers['controller/ids'] = d.json({ isPermitted: false, message: 'Access denied' }, 403);
    const facts = await client().look();
    expect(facts.ok && facts.value.controllerIds).toEqual([]);
  });
});

describe('answers that are none', () => {
  test('a web page', async () => {
    joc.answers['joc/is_active'] = d.text('<!doctype html><title>Login</title>');
    expect((await failsWith(client().look(), 'NOT_A_JOC')).message).toContain('Login');
  });
  test('a web page of a proxy that finds nobody behind it', async () => {
    joc.answers['joc/is_active'] = d.text('<html><title>502 Bad Gateway</title></html>', 502);
    await failsWith(client().look(), 'JOC_UNREACHABLE');
  });
  test('truncated JSON', async () => {
    joc.answers['controller/register'] = d.text('{"deliveryDate":"2026-11', 200, 'application/json');
    expect((await failsWith(register(client()), 'JOC_PROBLEM')).message).toContain('cut off');
  });
  test('a connection that ends in the middle', async () => {
    joc.answers['controller/register'] = (_q, res) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      res.write('{"ok":');
      setImmediate(() => res.destroy());
    };
    await failsWith(register(client()), 'JOC_UNREACHABLE');
  });
  test('JSON of something else', async () => {
    joc.answers['joc/is_active'] = d.json({ status: 'UP' });
    await failsWith(client().look(), 'NOT_A_JOC');
  });
  test('another address', async () => {
    joc.answers['authentication/login'] = (_q, res) => res.writeHead(302, { location: 'https://sso.example/' }).end();
    expect((await failsWith(client().look(), 'NOT_A_JOC')).message).toContain('sso.example');
  });
  test('nobody there', async () => {
    const server = createServer();
    await new Promise<void>((r) => server.listen(0, '127.0.0.1', r));
    const { port } = server.address() as { port: number };
    await new Promise((r) => server.close(r));
    await failsWith(client(`http://127.0.0.1:${port}`).look(), 'JOC_UNREACHABLE');
    await failsWith(client(`http://no-such-host.invalid`).look(), 'JOC_UNREACHABLE');
  });
  test('HTTPS on a port without', async () => {
    await failsWith(client(joc.url.replace('http:', 'https:')).look(), 'JOC_TLS');
  });
  test('a reading that takes too long', async () => {
    const c = client();
    await c.look();
    joc.answers['joc/is_active'] = () => {};
    await failsWith(c.look(), 'JOC_TIMEOUT');
  }, 12_000);
  test('keys that cannot be read; an address that is none', async () => {
    const broken = openJoc({ ...settings(joc.url), clientCert: 'no PEM', clientKey: 'no PEM' });
    await failsWith(broken.look(), 'JOC_TLS');
    await failsWith(openJoc(settings('nowhere')).look(), 'JOC_UNREACHABLE');
  });
});

describe('events', () => {
  test('passes the event id on, hints at news only, ends when asked to', async () => {
    const bodies: unknown[] = [];
    const stop = new AbortController();
    joc.answers.events = (q, res, body) => {
      bodies.push(JSON.parse(body));
      if (bodies.length < 4)
        d.json({
          controllerId: 'c',
          eventId: 1000 + bodies.length,
          eventSnapshots: bodies.length === 2 ? [{ eventType: 'ProxyCoupled' }] : [],
        })(q, res, body);
      else stop.abort();
    };
    let hints = 0;
    const onEvents = () => {
      hints += 1;
    };
    expect(await client().follow({ controllerId: 'c', onEvents, signal: stop.signal })).toEqual({ ok: true, value: 'aborted' });
    expect(bodies).toEqual([
      { controllerId: 'c' },
      { controllerId: 'c', eventId: 1001 },
      { controllerId: 'c', eventId: 1002 },
      { controllerId: 'c', eventId: 1003 },
    ]);
    expect(hints).toBe(1);
  });
  test('ends with the reason when it fails', async () => {
    joc.answers.events = d.refusal('JOC-402', 'ControllerConnectionRefusedException: http://a', 434);
    await failsWith(client().follow({ controllerId: 'c', onEvents: () => {}, signal: new AbortController().signal }), 'JOC_CONNECTION');
  });
});
