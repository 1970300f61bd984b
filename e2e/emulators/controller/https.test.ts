/** HTTPS with and without client certificate, against recording 10. Certificates are made for the test by openssl. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Answer, freePort, type Program, request, World } from '../shared/test-world';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const world = new World();
let keys: string;
const file = (name: string): string => path.join(keys, name);
const openssl = (...args: string[]): void => {
  execFileSync('openssl', args, { cwd: keys, stdio: 'ignore' });
};

function certificate(name: string, subject: string): void {
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    subject,
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.crt`,
  );
}

beforeAll(() => {
  keys = path.join(world.folder, 'keys');
  fs.mkdirSync(keys);
  certificate('server', '/CN=localhost');
  certificate('client', '/O=example/CN=client');
  certificate('unknown', '/O=example/CN=unknown-client');
  openssl('pkcs12', '-export', '-inkey', 'server.key', '-in', 'server.crt', '-out', 'https-keystore.p12', '-passout', 'pass:jobscheduler');
  fs.writeFileSync(file('trusted.crt'), fs.readFileSync(file('client.crt'), 'utf8') + fs.readFileSync(file('unknown.crt'), 'utf8'));
  openssl('pkcs12', '-export', '-nokeys', '-in', 'trusted.crt', '-out', 'truststore.p12', '-passout', 'pass:jobscheduler');
});
afterAll(() => world.end());

async function start(extra = '', storePassword = 'jobscheduler'): Promise<{ controller: Program; url: string }> {
  const port = await freePort();
  const conf = `js7.web.https {
  keystore { file = "${file('https-keystore.p12')}", store-password = "${storePassword}", key-password = "jobscheduler" }
  truststores = [ { file = "${file('truststore.p12')}", store-password = "jobscheduler" } ]
}
js7.auth.users { simple = "plain:secret", certuser { distinguished-names = [ "CN=client, O=example" ] } }
${extra}`;
  const controller = await world.controller({ conf, args: [`--https-port=127.0.0.1:${port}`] });
  controller.start();
  return { controller, url: `https://127.0.0.1:${port}` };
}

type Who = 'client' | 'unknown' | undefined;
function ask(url: string, target: string, who: Who, options: { basic?: string; body?: string } = {}): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json', ...(options.body && { 'content-type': 'application/json' }) };
  if (options.basic) headers.authorization = `Basic ${Buffer.from(options.basic).toString('base64')}`;
  const identity = who && { key: fs.readFileSync(file(`${who}.key`)), cert: fs.readFileSync(file(`${who}.crt`)) };
  const all = { method: options.body ? 'POST' : 'GET', headers, ca: fs.readFileSync(file('server.crt')), timeout: 5000, ...identity };
  return request(url + target, all, options.body, https);
}

const LOGIN = '{"TYPE":"Login","js7Version":"2.9.1"}';
const LOGIN_SIMPLE = '{"TYPE":"Login","userAndPassword":{"userId":"simple","password":"secret"},"js7Version":"2.9.1"}';

describe('HTTPS', () => {
  it('demands a client certificate, and knows its user', async () => {
    const { controller, url } = await start();
    await controller.answers();
    // 001-006: the connection breaks, for open routes too.
    for (const target of ['/controller/api', '/controller/api/journalInfo', '/controller/api/cluster'])
      expect((await ask(url, target, undefined)).error).toBeDefined();
    // 007-012
    expect((await ask(url, '/controller/api', 'client')).status).toBe(200);
    expect((await ask(url, '/controller/api/cluster', 'client')).json.TYPE).toBe('Empty');
    const other = await ask(url, '/controller/api/cluster', 'client', { basic: 'simple:secret' });
    expect([other.status, other.json]).toEqual([
      403,
      { TYPE: 'Problem', message: 'HTTP user does not match UserIds allowed by HTTPS client distinguished name' },
    ]);
    const login = await ask(url, '/controller/api/session', 'client', { body: LOGIN_SIMPLE });
    expect([login.status, login.json]).toEqual([400, { TYPE: 'Problem', message: 'Login user does not match HTTP(S) user' }]);
    expect((await ask(url, '/controller/api/session', 'client', { body: LOGIN })).json.TYPE).toBe('LoggedIn');
    // 013-018
    expect((await ask(url, '/controller/api/journalInfo', 'unknown')).status).toBe(200);
    const unknown = await ask(url, '/controller/api/cluster', 'unknown');
    expect([unknown.status, unknown.json]).toEqual([
      401,
      { TYPE: 'Problem', message: 'Unknown distinguished name (not defined as an user): CN=unknown-client, O=example' },
    ]);
    expect((await ask(url, '/controller/api/session', 'unknown', { body: LOGIN })).status).toBe(401);
    // 019, 020
    expect((await request(`${url.replace('https', 'http')}/controller/api`, { timeout: 3000 })).error).toBeDefined();
    expect((await controller.get('/controller/api')).status).toBe(200);
  });

  it('ignores certificates when they are not demanded', async () => {
    const { controller, url } = await start('js7.web.server.auth.https-client-authentication = off\n');
    await controller.answers();
    for (const who of [undefined, 'client', 'unknown'] as const) {
      expect((await ask(url, '/controller/api', who)).status).toBe(200);
      expect((await ask(url, '/controller/api/cluster', who)).status).toBe(401);
      expect((await ask(url, '/controller/api/cluster', who, { basic: 'simple:secret' })).status).toBe(200);
      expect((await ask(url, '/controller/api/session', who, { body: LOGIN_SIMPLE })).json.TYPE).toBe('LoggedIn');
    }
  });

  it('ends with 1 when the keystore cannot be opened, having written a journal file', async () => {
    const { controller } = await start('', 'wrong');
    expect(await controller.exit).toBe(1);
    expect(fs.existsSync(path.join(controller.data, 'state/controller--0.journal'))).toBe(true);
  });
});
