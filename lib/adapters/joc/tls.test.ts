import { afterEach, expect, test } from 'vitest';
import type { JocSettings } from '../../domain/joc/joc';
import { makeKeys } from '../controller/controller.double';
import { openJoc } from './client';
import { type Double, double } from './joc.double';

/** HTTPS to JOC Cockpit, with a CA of its own and with a client certificate. */
const [right, wrongName, ours, stranger] = [
  makeKeys('IP:127.0.0.1'),
  makeKeys('DNS:joc.example.net'),
  makeKeys('DNS:handover'),
  makeKeys('DNS:stranger'),
];
let joc: Double | undefined;
afterEach(() => joc?.close());
async function look(more: Partial<JocSettings> & { url?: string }) {
  const client = openJoc({ id: 'joc', name: 'JOC', url: joc?.url ?? '', user: 'root', password: 'SECRET', createdAt: 0, ...more });
  const r = await client.look();
  await client.close();
  return r.ok ? 'ok' : `${r.error.code} ${r.error.message}`;
}

test('a certificate of a CA of its own: only when that is given, and only for its name', async () => {
  joc = await double({ key: right.key, cert: right.cert });
  expect(await look({ ca: right.cert })).toBe('ok');
  expect(await look({})).toMatch(/^JOC_TLS .*(signed by itself|not told to trust)/);
  expect(await look({ url: joc.url.replace('https:', 'http:') })).toMatch(/^JOC_TLS .*speaks TLS/);
  await joc.close();
  joc = await double({ key: wrongName.key, cert: wrongName.cert });
  expect(await look({ ca: wrongName.cert })).toMatch(/^JOC_TLS .*another name/);
  expect(joc.seen).toEqual([]);
});

test('a JOC that wants a client certificate: told as that, and let in with the right one', async () => {
  joc = await double({ key: right.key, cert: right.cert, ca: ours.cert, requestCert: true, rejectUnauthorized: true });
  expect(await look({ ca: right.cert })).toMatch(/^JOC_TLS .*client certificate/);
  expect(await look({ ca: right.cert, clientCert: stranger.cert, clientKey: stranger.key })).toMatch(/^JOC_TLS .*client certificate/);
  expect(await look({ ca: right.cert, clientCert: ours.cert, clientKey: ours.key })).toBe('ok');
});
