/** Sessions, permissions, four eyes, forced reasons, the audit log; shapes as recorded. No Controller is needed. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../shared/json';
import { until } from '../shared/test-world';
import { codeOf, JocWorld, standalone, type TestJoc } from './test-joc';

const world = new JocWorld();
const NOWHERE = 'http://127.0.0.1:1';
afterAll(() => world.end());

describe.concurrent('sessions', () => {
  test('end after idle time, and a held poll does not prolong them', async () => {
    const joc = await (await world.joc({ EMULATED_SESSION_MS: '1500' })).login();
    const held = await joc.call('events', { controllerId: 'nobody', eventId: 4_000_000_000 });
    expect([held.status, held.json.eventId, held.json.eventSnapshots]).toEqual([200, 4_000_000_000, []]);
    const late = await joc.call('controller/ids');
    expect([late.status, Object.keys(late.json)]).toEqual([
      440,
      ['enableTouch', 'forcePasswordChange', 'hasRole', 'isApprovalRequestor', 'isApprover', 'isAuthenticated', 'isPermitted', 'message'],
    ]);
    const out = await joc.call('authentication/logout');
    expect([out.status, out.json.accessToken, out.json.account]).toEqual([200, '', 'root']);
  });

  test('every other call prolongs them', async () => {
    const joc = await (await world.joc({ EMULATED_SESSION_MS: '2000' })).login();
    const end = Date.now() + 3000;
    await until('past the first time-out', async () => {
      expect((await joc.call('touch')).status).toBe(200);
      return Date.now() > end;
    });
  });
});

describe('permissions', () => {
  let joc: TestJoc;
  beforeAll(async () => {
    joc = await world.joc();
  });

  test('403 as recorded', async () => {
    await joc.login('viewer');
    const { status, json } = await joc.call('controller/test', { controllerId: '', url: NOWHERE });
    const keys =
      'accessToken account apiCall enableTouch forcePasswordChange hasRole isApprovalRequestor isApprover isAuthenticated isPermitted message role';
    expect([status, Object.keys(json).join(' '), json.apiCall, json.message, json.role]).toEqual([
      403,
      keys,
      './controller/test',
      'Access denied',
      'viewer',
    ]);
    for (const route of [
      'controller/unregister',
      'controller/terminate',
      'controller/restart',
      'controller/abort',
      'controller/cluster/switchover',
      'joc/proxies/restart',
    ])
      expect([route, (await joc.call(route, { controllerId: 'x' })).status]).toEqual([route, 403]);
    expect((await joc.call('audit_log')).status).toBe(403);
    expect((await joc.call('controllers')).status).toBe(200);
  });

  test('register looks at the permission last: a viewer learns of licence and connection first', async () => {
    await joc.login('viewer');
    expect(codeOf(await joc.register(standalone(NOWHERE)))).toEqual([420, 'JOC-402']);
    const two = [
      { url: NOWHERE, role: 'PRIMARY' },
      { url: `${NOWHERE}1`, role: 'BACKUP' },
    ];
    expect(codeOf(await joc.register(two))).toEqual([420, 'JOC-444']);
  });

  test('four eyes: 433 with what was asked, and no approval is taken on trust', async () => {
    await joc.login('requestor');
    const body = { controllerId: 'x', withSwitchover: false };
    const { status, json } = await joc.call('controller/terminate', body);
    expect(status).toBe(433);
    expect(json).toMatchObject({ requestor: 'requestor', requestUrl: '/controller/terminate', requestBody: body, category: 'CONTROLLER' });
    expect(codeOf(await joc.call('controller/terminate', body, { 'x-approval-request-id': '7' }))).toEqual([420, 'JOC-401']);
  });
});

describe('forced reasons', () => {
  test('JOC-300 for changes, not for tests; three blanks are a reason; all of it stands in the audit log', async () => {
    const joc = await (await world.joc({ EMULATED_FORCE_COMMENTS: '1' })).login();
    expect((await joc.call('joc/properties')).json.forceCommentsForAuditLog).toBe(true);
    for (const route of ['controller/unregister', 'controller/terminate', 'controller/abort', 'controller/cluster/confirm_node_loss'])
      for (const more of [{}, { auditLog: { comment: '' } }])
        expect([route, ...codeOf(await joc.call(route, { controllerId: 'x', ...more }))]).toEqual([route, 420, 'JOC-300']);
    expect(codeOf(await joc.call('controller/test', { url: NOWHERE }))).toEqual([420, 'JOC-405']);
    const auditLog = { comment: '   ', timeSpent: 3, ticketLink: 'https://tickets.example/1' };
    expect(codeOf(await joc.call('controller/terminate', { controllerId: 'x', auditLog }))).toEqual([420, 'JOC-406']);
    const [entry] = (await joc.call('audit_log', { controllerId: 'x' })).json.auditLog as readonly JsonObject[];
    expect(Object.keys(entry ?? {})).toEqual([
      'id',
      'account',
      'request',
      'created',
      'controllerId',
      'category',
      'comment',
      'parameters',
      'timeSpent',
      'ticketLink',
    ]);
    expect(entry).toMatchObject({ account: 'root', request: './controller/terminate', category: 'CONTROLLER', ...auditLog });
    expect(JSON.parse(String(entry?.parameters))).toEqual({ controllerId: 'x', auditLog });
    expect(fs.readFileSync(path.join(joc.program.data, 'audit.log'), 'utf8')).toContain('./controller/terminate - root - ');
  });
});

describe('what it says of itself', () => {
  test('an emulation, in its first line, its log and on its page; other paths and methods as recorded', async () => {
    const joc = await world.joc();
    expect(joc.program.output.split('\n')[0]).toContain('EMULATION by Handover');
    expect(fs.readFileSync(path.join(joc.program.data, 'joc.log'), 'utf8').split('\n')[0]).toContain('EMULATION by Handover');
    expect((await joc.program.get('/')).text).toContain('EMULATION by Handover');
    const got = await joc.program.get('/joc/api/controller/ids');
    expect([got.status, got.headers.allow, got.json.message]).toEqual([405, 'POST,OPTIONS', 'Method Not Allowed']);
    expect((await joc.call('controller/nothing')).json).toEqual({
      message: 'Not Found',
      url: `${joc.program.url}/joc/api/controller/nothing`,
      status: '404',
    });
    expect((await joc.call('controller/ids', {}, { 'content-type': 'text/plain' })).status).toBe(415);
  });

  test('a standby JOC registers nothing; a licence shows', async () => {
    const joc = await (await world.joc({ EMULATED_STANDBY: '1', LICENSED: '1' })).login();
    expect((await joc.call('joc/is_active')).json.ok).toBe(false);
    expect(codeOf(await joc.register(standalone(NOWHERE)))).toEqual([420, 'JOC-503']);
    expect((await joc.call('joc/license')).json).toMatchObject({ valid: true, type: 'COMMERCIAL_VALID' });
    expect((await joc.call('joc/properties')).json.clusterLicense).toBe(true);
  });

  test('faults on request: HTML, another status, an answer that is lost', async () => {
    const joc = await (await world.joc()).login();
    const faults = { controllers: { html: true }, events: { status: 434, code: 'JOC-402' }, touch: { lost: true, times: 1 } };
    fs.writeFileSync(path.join(joc.program.data, 'faults.json'), JSON.stringify(faults));
    expect((await joc.call('controllers')).headers['content-type']).toBe('text/html');
    expect(codeOf(await joc.call('events', { controllerId: 'x' }))).toEqual([434, 'JOC-402']);
    expect((await joc.call('touch')).status).toBeUndefined();
    expect((await joc.call('touch')).status).toBe(200);
  });
});
