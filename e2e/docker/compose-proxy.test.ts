import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listedEndpoints } from './endpoint-proxy';

const text = readFileSync(join(import.meta.dirname, '../../compose.proxy.yaml'), 'utf8');
// The proxy itself puts ^ and $ around each pattern.
const allowed = new Map([...text.matchAll(/'-allow([A-Z]+)=(.+)'$/gm)].map((m) => [m[1] as string, new RegExp(`^${m[2]}$`)]));
const passes = (method: string, path: string) => allowed.get(method)?.test(path) ?? false;

test.each(listedEndpoints())('compose.proxy.yaml lets $method $path through, with and without a version', ({ method, path }) => {
  const real = path.replace('{id}', '4c01db0b339c');
  expect(passes(method, real)).toBe(true);
  expect(passes(method, `/v1.41${real}`)).toBe(true);
});

test.each([
  ['GET', '/secrets'],
  ['GET', '/v1.41/containers/x/export'],
  ['GET', '/v1.41/swarm'],
  ['GET', '/v1.41/images/x/get'],
  ['POST', '/v1.41/containers/x/attach'],
  ['POST', '/v1.41/containers/x/kill'],
  ['POST', '/v1.41/images/create'],
  ['POST', '/v1.41/build'],
  ['POST', '/v1.41/volumes/create'],
  ['DELETE', '/v1.41/volumes/x'],
  ['DELETE', '/v1.41/images/x'],
  ['PUT', '/v1.41/plugins/x'],
  ['HEAD', '/_ping'],
])('compose.proxy.yaml refuses %s %s', (method, path) => {
  expect(passes(method, path)).toBe(false);
});

test('compose.proxy.yaml allows no method that the list does not have', () => {
  expect([...allowed.keys()].sort()).toEqual([...new Set(listedEndpoints().map((e) => e.method))].sort());
});
