import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { addressList, callerOf, tellCallers } from './caller';
import { readEnv } from './env';

test.each([
  ['a forged header from anywhere', '10.1.1.1', '1.2.3.4', [], '10.1.1.1'],
  ['a forged header on this machine', '::ffff:127.0.0.1', '1.2.3.4', [], '127.0.0.1'],
  ['no header', '127.0.0.1', undefined, ['127.0.0.1'], '127.0.0.1'],
  ['a trusted proxy', '::ffff:172.18.0.2', '203.0.113.7', ['172.18.0.0/16'], '203.0.113.7'],
  ['a trusted proxy appends; what the caller sent stands before', '127.0.0.1', '1.2.3.4, 203.0.113.7', ['127.0.0.1'], '203.0.113.7'],
  ['two trusted proxies', '127.0.0.1', '1.2.3.4, 203.0.113.7, 10.0.0.9', ['127.0.0.1', '10.0.0.9'], '203.0.113.7'],
  ['rubbish from a trusted proxy', '127.0.0.1', 'someone', ['127.0.0.1'], '127.0.0.1'],
  ['another one than the trusted proxy', '10.0.0.8', '203.0.113.7', ['10.0.0.9'], '10.0.0.8'],
  ['IPv6', '::1', '2001:db8::7', ['::1'], '2001:db8::7'],
])('%s', (_why, socket, header, proxies, caller) => {
  expect(callerOf(socket, header, addressList(proxies))).toBe(caller);
});

test.each([
  [[], '127.0.0.1'],
  [['127.0.0.1'], '1.2.3.4'],
])('a server sees the caller in the header, whatever was sent; trusted: %s', async (proxies, expected) => {
  const stop = tellCallers(proxies);
  const server = createServer((req, res) => res.end(req.headers['x-forwarded-for'])).listen(0, '127.0.0.1');
  try {
    await new Promise((done) => server.once('listening', done));
    const seen = await new Promise((done, fail) => {
      const headers = { 'x-forwarded-for': '1.2.3.4' };
      const asked = request({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, headers }, (r) => {
        r.setEncoding('utf8').on('data', done);
      });
      asked.on('error', fail).end();
    });
    expect(seen).toBe(expected);
  } finally {
    stop();
    server.close();
  }
});

test('which proxies are trusted', () => {
  const of = (o: Record<string, string>) => readEnv(o).trustedProxies;
  expect(of({})).toEqual([]);
  expect(of({ HANDOVER_ORIGIN: 'http://handover:3000' })).toEqual([]);
  expect(of({ HANDOVER_ORIGIN: 'https://handover.example.com' })).toEqual(['127.0.0.0/8', '::1']);
  expect(of({ HANDOVER_ORIGIN: 'https://handover.example.com', HANDOVER_TRUSTED_PROXY: '10.0.0.9, 172.18.0.0/16' })).toEqual([
    '10.0.0.9',
    '172.18.0.0/16',
  ]);
  for (const bad of ['proxy', '10.0.0.0/99', '10.0.0.1/x', '1.2.3.4/8/9'])
    expect(() => of({ HANDOVER_TRUSTED_PROXY: bad })).toThrow(/HANDOVER_TRUSTED_PROXY/);
});
