/** The emulated JOC as a container on a network: it reaches a Controller by name, from inside, where the host cannot. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { JsonObject } from '../shared/json';
import { request, until } from '../shared/test-world';

const IMAGES = { joc: 'handover-emulated/js7:joc-image-test', controller: 'handover-emulated/js7:controller-joc-test' };
const host = `unix://${inject('dockerSocket')}`;
const docker = (...args: string[]): string => execFileSync('docker', ['-H', host, ...args], { encoding: 'utf8' }).trim();
const builder = path.resolve(import.meta.dirname, '../../../scripts/build-image.mjs');

beforeAll(() => {
  for (const [product, tag] of Object.entries(IMAGES))
    execFileSync(process.execPath, [builder, '--host', host, '--product', product, '--tag', tag]);
  docker('network', 'create', 'joc-image-test');
}, 90_000);
afterAll(() => {
  docker('rm', '-f', '-v', 'joc-image-test', 'controller-joc-test');
  docker('network', 'rm', 'joc-image-test');
  docker('rmi', ...Object.values(IMAGES));
}, 60_000);

test('tests a Controller from its own place on the network, and keeps its data in the volume', async () => {
  docker(
    'run',
    '-d',
    '--name',
    'controller-joc-test',
    '--network',
    'joc-image-test',
    '--network-alias',
    'js7-controller',
    '-e',
    'RUN_JS_ID=image',
    IMAGES.controller,
  );
  docker('run', '-d', '--name', 'joc-image-test', '--network', 'joc-image-test', '-e', 'EMULATED_SERVICES_MS=0', IMAGES.joc);
  const address = (): string =>
    docker('inspect', '-f', '{{(index .NetworkSettings.Networks "joc-image-test").IPAddress}}', 'joc-image-test');
  const call = (route: string, body: JsonObject, headers: Record<string, string>) =>
    request(
      `http://${address()}:4446/joc/api/${route}`,
      { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, timeout: 15_000 },
      JSON.stringify(body),
    );
  await until('JOC answers', async () => (await call('version', {}, {})).status === 200, 30_000);
  const login = async (): Promise<Record<string, string>> => {
    const { headers } = await call('authentication/login', {}, { authorization: `Basic ${Buffer.from('root:root').toString('base64')}` });
    return { 'x-access-token': String(headers['x-access-token']) };
  };
  const url = 'http://js7-controller:4444';
  const token = await login();
  const tested = await until('reached', async () => {
    const answer = await call('controller/test', { controllerId: '', url }, token);
    return answer.status === 200 && answer.json;
  });
  expect(tested.controller).toMatchObject({ controllerId: 'image', url });
  expect((await call('controller/register', { controllerId: '', controllers: [{ url, role: 'STANDALONE' }] }, token)).status).toBe(200);
  docker('restart', '-t', '5', 'joc-image-test');
  await until('JOC answers again', async () => (await call('version', {}, {})).status === 200, 30_000);
  expect((await call('controller/ids', {}, await login())).json.controllerIds).toEqual(['image']);
  expect(docker('inspect', '-f', '{{index .Config.Labels "org.handover.emulation"}}', 'joc-image-test')).toBe('true');
  const log = execFileSync('/bin/sh', ['-c', `docker -H ${host} logs joc-image-test 2>&1`], { encoding: 'utf8' });
  expect(log).toContain('EMULATION by Handover');
}, 90_000);
