import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ControllerAccess } from '../../domain/cluster/cluster';
import { openController } from './client';
import { type Double, double, json, type Keys, makeKeys, text } from './controller.double';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
async function started(options?: Parameters<typeof double>[0]): Promise<Double> {
  const d = await double(options);
  closing.push(d.close);
  return d;
}
async function raw(onSocket: (s: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((s) => {
    sockets.add(s);
    s.on('error', () => {});
    onSocket(s);
  });
  await new Promise<void>((r) => server.listen(0, '127.0.0.1', r));
  closing.push(async () => {
    for (const s of sockets) s.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
async function problemAt(access: ControllerAccess) {
  const client = openController(access);
  closing.unshift(client.close);
  const r = await client.look();
  if (r.ok) throw new Error('answered');
  expect(r.error.message).toMatch(/\.$/);
  return r.error;
}

describe('no answer', () => {
  it('unknown host', async () => expect((await problemAt({ url: 'http://no-such-host.invalid:4444' })).code).toMatch(/UNKNOWN_HOST/));
  it('refused', async () => {
    const port = await raw(() => {});
    for (const close of closing.splice(0)) await close();
    expect(await problemAt({ url: `http://127.0.0.1:${port}` })).toMatchObject({
      code: 'CONTROLLER_UNREACHABLE',
      message: expect.stringContaining('refused'),
    });
  });
  it('reset', async () => {
    const port = await raw((s) => s.once('data', () => s.resetAndDestroy()));
    expect(await problemAt({ url: `http://127.0.0.1:${port}` })).toMatchObject({
      code: 'CONTROLLER_UNREACHABLE',
      message: expect.stringContaining('closed the connection'),
    });
  });
  it('silence', async () => {
    const port = await raw((s) => s.resume());
    expect((await problemAt({ url: `http://127.0.0.1:${port}` })).code).toBe('CONTROLLER_TIMEOUT');
  });
  it('an address that is none, and keys that cannot be read', async () => {
    expect((await problemAt({ url: 'controller:4444' })).code).toBe('CONTROLLER_UNREACHABLE');
    expect((await problemAt({ url: 'https://127.0.0.1:1', clientCert: 'no PEM', clientKey: 'secret-key' })).code).toBe(
      'CONTROLLER_CERTIFICATE',
    );
  });
});

describe('another answer', () => {
  const cases: [string, Parameters<typeof withAnswer>[0], string, RegExp][] = [
    ['a web page of a proxy', text('<!DOCTYPE html><title>Sign in</title>', 200, 'text/html'), 'NOT_A_CONTROLLER', /Sign in/],
    [
      'a proxy that says bad gateway',
      text('<html><head><title>502 Bad Gateway</title></head></html>', 502, 'text/html'),
      'NOT_A_CONTROLLER',
      /502/,
    ],
    ['cut JSON', text('{"lastEventId":17954764', 200, 'application/json'), 'CONTROLLER_ANSWER_ODD', /cut off/],
    ['JSON of something else', json({ hello: 'world' }), 'NOT_A_CONTROLLER', /not a Controller/],
    ['another program', text('404 page not found', 404), 'NOT_A_CONTROLLER', /404/],
  ];
  async function withAnswer(handler: Double['answers'][string]) {
    const d = await started();
    d.answers['/controller/api/journalInfo'] = handler;
    return problemAt({ url: d.url });
  }
  it.each(cases)('%s', async (_name, handler, code, words) => {
    const p = await withAnswer(handler);
    expect(p.code).toBe(code);
    expect(p.message).toMatch(words);
  });
  it('a redirect, which is not followed', async () => {
    const d = await started();
    const other = await started();
    d.answers['/controller/api/journalInfo'] = (_q, res) => res.writeHead(302, { location: `${other.url}/login` }).end();
    const p = await problemAt({ url: d.url });
    expect(p).toMatchObject({ code: 'NOT_A_CONTROLLER', message: expect.stringContaining('/login') });
    expect(other.seen).toEqual([]);
  });
  it('an answer whose connection breaks in the middle', async () => {
    const p = await withAnswer((_q, res) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      res.write('{"lastEventId":', () => res.destroy());
    });
    expect(p).toMatchObject({ code: 'CONTROLLER_ANSWER_ODD', message: expect.stringContaining('cut off') });
  });
  it('an answer without end', async () => {
    const p = await withAnswer((_q, res) => {
      res.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (!res.destroyed && res.write(' '.repeat(65536)));
        if (!res.destroyed) res.once('drain', more);
      };
      more();
    });
    expect(p.code).toBe('NOT_A_CONTROLLER');
  });
  it('what does not speak HTTP', async () => {
    const port = await raw((s) => s.write('SSH-2.0-OpenSSH_9.2\r\n'));
    expect(await problemAt({ url: `http://127.0.0.1:${port}` })).toMatchObject({
      code: 'NOT_A_CONTROLLER',
      message: expect.stringContaining('does not speak HTTP'),
    });
  });
});

describe('TLS', () => {
  let right: Keys, wrongName: Keys, expired: Keys, ours: Keys, stranger: Keys;
  beforeAll(() => {
    right = makeKeys('IP:127.0.0.1,DNS:localhost');
    wrongName = makeKeys('DNS:controller.example.net');
    expired = makeKeys('IP:127.0.0.1', -10, 5);
    ours = makeKeys('DNS:handover');
    stranger = makeKeys('DNS:stranger');
  });

  it('answers over HTTPS with the certificate trusted', async () => {
    const d = await started(right);
    const client = openController({ url: d.url, ca: right.cert });
    closing.unshift(client.close);
    expect(await client.look()).toMatchObject({ ok: true, value: { tls: 'server', journalId: 'eYNA5rePTv-AYmGjLp49GA' } });
  });
  it('HTTP on an HTTPS port', async () => {
    const d = await started(right);
    expect(await problemAt({ url: `http://127.0.0.1:${d.port}` })).toMatchObject({
      code: 'CONTROLLER_HTTP_ON_HTTPS',
      remedy: expect.stringContaining('https://'),
    });
  });
  it('HTTPS on an HTTP port', async () => {
    const d = await started();
    expect(await problemAt({ url: `https://127.0.0.1:${d.port}` })).toMatchObject({
      code: 'CONTROLLER_HTTPS_ON_HTTP',
      remedy: expect.stringContaining('http://'),
    });
  });
  it('unknown CA', async () => {
    const d = await started(right);
    expect(await problemAt({ url: d.url })).toMatchObject({ code: 'CONTROLLER_CERTIFICATE', message: expect.stringContaining('trust') });
  });
  it('wrong name', async () => {
    const d = await started(wrongName);
    expect(await problemAt({ url: d.url, ca: wrongName.cert })).toMatchObject({
      code: 'CONTROLLER_CERTIFICATE',
      message: expect.stringContaining('another name'),
    });
  });
  it('expired', async () => {
    const d = await started(expired);
    expect(await problemAt({ url: d.url, ca: expired.cert })).toMatchObject({
      code: 'CONTROLLER_CERTIFICATE',
      message: expect.stringContaining('expired'),
    });
  });
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('client certificate wanted, %s', async (maxVersion) => {
    const d = await started({ ...right, requestCert: true, rejectUnauthorized: true, ca: [ours.cert], maxVersion });
    expect(await problemAt({ url: d.url, ca: right.cert })).toMatchObject({
      code: 'CONTROLLER_CLIENT_CERTIFICATE',
      message: expect.stringMatching(/wants a client certificate\.$/),
    });
    expect((await problemAt({ url: d.url, ca: right.cert, clientCert: stranger.cert, clientKey: stranger.key })).code).toBe(
      'CONTROLLER_CLIENT_CERTIFICATE',
    );
    const client = openController({ url: d.url, ca: right.cert, clientCert: ours.cert, clientKey: ours.key });
    closing.unshift(client.close);
    expect(await client.look()).toMatchObject({ ok: true, value: { tls: 'mutual' } });
    expect(await client.checkAccess()).toEqual({ ok: true, value: 'certificate' });
  });
});
