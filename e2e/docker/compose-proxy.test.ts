import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Endpoint, listedEndpoints } from './endpoint-proxy';

const text = readFileSync(join(import.meta.dirname, '../../compose.proxy.yaml'), 'utf8');
// The proxy itself puts ^ and $ around each pattern.
const lines = (begin: RegExp) => new Map([...text.matchAll(begin)].map((m) => [m[1] as string, new RegExp(`^${m[2]}$`)]));
const allowed = lines(/^ *- '-allow([A-Z]+)=(.+)'$/gm);
/** With the lines in comments instead. */
const withSetUp = new Map([...allowed, ...lines(/^ *# - '-allow([A-Z]+)=(.+)'$/gm)]);
const passes = (method: string, path: string, rules = allowed) => rules.get(method)?.test(path) ?? false;
const real = (path: string) => path.replace('{id}', '4c01db0b339c').replace('{name}', 'sos/js7:controller-2-9-0');
const setUpOnly = (e: Endpoint) => e.group === 'Setting a cluster up';

test.each(listedEndpoints())('compose.proxy.yaml: $method $path, with and without a version', (e) => {
  for (const path of [real(e.path), `/v1.41${real(e.path)}`]) {
    expect(passes(e.method, path)).toBe(!setUpOnly(e));
    expect(passes(e.method, path, withSetUp)).toBe(true);
  }
});

test('set-up is a part of the list, and a small one', () => {
  expect(listedEndpoints().filter(setUpOnly).length).toBe(9);
});

const NEVER = [
  ['GET', '/secrets'],
  ['GET', '/v1.41/containers/x/export'],
  ['GET', '/v1.41/swarm'],
  ['GET', '/v1.41/images/x/get'],
  ['POST', '/v1.41/containers/x/attach'],
  ['POST', '/v1.41/containers/x/kill'],
  ['POST', '/v1.41/images/create'],
  ['POST', '/v1.41/build'],
  ['POST', '/v1.41/volumes/prune'],
  ['POST', '/v1.41/networks/prune'],
  ['DELETE', '/v1.41/images/x'],
  ['PUT', '/v1.41/plugins/x'],
  ['HEAD', '/_ping'],
] as const;
test.each(NEVER)('compose.proxy.yaml refuses %s %s', (method, path) => {
  expect([passes(method, path), passes(method, path, withSetUp)]).toEqual([false, false]);
});

test('compose.proxy.yaml allows no method that the list does not have', () => {
  expect([...allowed.keys()].sort()).toEqual([...new Set(listedEndpoints().map((e) => e.method))].sort());
});
