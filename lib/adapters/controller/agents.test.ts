import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ControllerClient } from '../../ports/controller';
import { openController } from './client';
import { type Double, double, problemAnswer, text } from './controller.double';

/** As recorded in 11-agent (006 and, for the problem, 004), shortened. */
const agentLine = (path: string, coupling: string, more = '') =>
  `{"TYPE":"AgentRefState","agentRef":{"path":"${path}","directors":["${path}-a"],"itemRevision":0},"couplingState":{"TYPE":"${coupling}"},"eventId":5${more},"clusterState":{"TYPE":"Empty"}}`;
const START = '{"TYPE":"SnapshotEventId","eventId":1795477736712000}';
const subagentLine = (path: string) =>
  `{"TYPE":"SubagentItemState","subagentItem":{"id":"${path}-a","agentPath":"${path}","uri":"http://${path}:4445","disabled":false},"couplingState":{"TYPE":"Coupled"},"eventId":0}`;
const ndjson = (...lines: string[]) => text(`${lines.join('\n')}\n`, 200, 'application/x-ndjson');
const SNAPSHOT = '/controller/api/snapshot';

let server: Double;
let client: ControllerClient;
beforeEach(async () => {
  server = await double();
  client = openController({ url: server.url });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

it('tells every Agent with its address; only Coupled without a problem is coupled', async () => {
  server.answers[SNAPSHOT] = ndjson(
    START,
    agentLine('one', 'Coupled'),
    agentLine('two', 'Reset'),
    agentLine('three', 'Coupled', ',"problem":{"code":"X","message":"Connection refused"}'),
    subagentLine('one'),
    subagentLine('three'),
    '{"TYPE":"Order","id":"\\"TYPE\\":\\"AgentRefState\\""}',
  );
  expect(await client.agents()).toEqual({
    ok: true,
    value: [
      { name: 'one', url: 'http://one:4445', coupled: true },
      { name: 'two', url: '', coupled: false },
      { name: 'three', url: 'http://three:4445', coupled: false },
    ],
  });
  // Who asks again at once, or meanwhile, gets the same answer.
  await Promise.all([client.agents(), client.agents()]);
  expect(server.seen).toEqual([`GET ${SNAPSHOT}`]);
});

it('has no Agents only where a whole snapshot says so', async () => {
  server.answers[SNAPSHOT] = ndjson(START);
  expect(await client.agents()).toEqual({ ok: true, value: [] });
});

it.each([
  ['something else', ndjson('{"TYPE":"Other"}'), 'CONTROLLER_ANSWER_ODD'],
  ['nothing', text('', 200, 'application/x-ndjson'), 'CONTROLLER_ANSWER_ODD'],
  ['an Agent in a new form', ndjson(START, '{"TYPE":"AgentRefState","path":"one"}'), 'CONTROLLER_ANSWER_ODD'],
  ['a node that waits', problemAnswer('ClusterNodeIsNotReady', 503), 'CONTROLLER_NOT_READY'],
  ['a login', text('401 Unauthorized\n', 401), 'CONTROLLER_LOGIN_NEEDED'],
  [
    'a stream that breaks',
    (_q: unknown, res: ServerResponse) => void res.write(`${START}\n`, () => res.socket?.resetAndDestroy()),
    'CONTROLLER_UNREACHABLE',
  ],
] as const)('%s is no answer', async (_what, answer, code) => {
  server.answers[SNAPSHOT] = answer;
  expect(await client.agents()).toMatchObject({ ok: false, error: { code } });
});

it('stops reading what is too big', async () => {
  let ended = false;
  server.answers[SNAPSHOT] = (_q, res) => {
    res.writeHead(200, { 'content-type': 'application/x-ndjson' });
    res.write(`${START}\n${agentLine('one', 'Coupled')}\n`);
    const line = `{"TYPE":"Order","id":"${'x'.repeat(1_000_000)}"}\n`;
    const more = (n: number): void => void (n === 0 ? res.end() : res.write(line, () => more(n - 1)));
    more(40);
    res.on('close', () => {
      ended = !res.writableFinished;
    });
  };
  expect(await client.agents()).toEqual({ ok: true, value: 'not-in-time' });
  await expect.poll(() => ended).toBe(true);
});

it('stops waiting for what hangs', async () => {
  server.answers[SNAPSHOT] = (_q, res) => {
    res.writeHead(200, { 'content-type': 'application/x-ndjson' });
    res.write(`${START}\n`);
  };
  expect(await client.agents()).toEqual({ ok: true, value: 'not-in-time' });
}, 10_000);

it('logs in anew when the session has ended', async () => {
  let logins = 0;
  const withAccount = openController({ url: server.url, user: 'u', password: 'p' });
  server.answers['/controller/api/session'] = (_q, res) => {
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ TYPE: 'LoggedIn', sessionToken: `t${++logins}`, js7Version: '2.9.0' }));
  };
  server.answers[SNAPSHOT] = (q, res, body) =>
    (q.headers['x-js7-session'] === 't2' ? ndjson(START) : problemAnswer('InvalidSessionToken', 403))(q, res, body);
  expect(await withAccount.agents()).toEqual({ ok: true, value: [] });
  await withAccount.close();
});
