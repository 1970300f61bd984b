import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { call } from './http';
import { toName } from './names';

const folder = mkdtempSync(path.join(tmpdir(), 'handover-names-'));
const file = path.join(folder, 'names.json');
const server = createServer((request, response) => response.end(request.headers.host));
let at = '';
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  at = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('EMULATED_NETWORK', file);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await new Promise((done) => server.close(done));
});
const answer = (url: string): Promise<string> =>
  call(url, { ca: undefined }).then(
    (r) => r.text,
    (e: Error) => e.message,
  );

test('a name leads where the file says now, and keeps its Host', async () => {
  writeFileSync(file, JSON.stringify({ 'js7-primary:4444': at }));
  expect(await answer('http://js7-primary:4444/controller')).toBe('js7-primary:4444');
  expect(await answer('http://js7-primary:4445')).toBe('connect ECONNREFUSED js7-primary:4445');
  expect(await answer('http://js7-live:4444')).toBe('getaddrinfo ENOTFOUND js7-live');
  writeFileSync(file, JSON.stringify({ 'js7-live:4444': at }));
  expect(await answer('http://js7-live:4444')).toBe('js7-live:4444');
  expect(await answer('http://js7-primary:4444')).toBe('getaddrinfo ENOTFOUND js7-primary');
});

test('without the file no name is known; localhost and addresses are left alone', async () => {
  rmSync(file);
  expect(await answer('http://js7-live:4444')).toBe('getaddrinfo ENOTFOUND js7-live');
  expect(await answer(`http://${at}`)).toBe(at);
  for (const url of ['http://localhost:1', 'http://[::1]:1', 'http://10.0.0.1']) expect(toName(url, file)).toEqual({});
  expect(toName('http://any:1', undefined)).toEqual({});
});
