import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { type EndpointProxy, listedEndpoints, startEndpointProxy } from '../../../e2e/docker/endpoint-proxy';
import { engineSuite } from '../engine.suite';
import { openDockerEngine } from './open';
import { dockerWorld } from './testing/world';

const folder = mkdtempSync(join(tmpdir(), 'endpoints-'));
let proxy: EndpointProxy | undefined;
afterAll(async () => {
  await proxy?.close();
  rmSync(folder, { recursive: true });
});

engineSuite('Docker Engine behind a proxy that lets through only the documented endpoints', async () => {
  proxy = await startEndpointProxy(inject('dockerSocket'), join(folder, 'proxy.sock'));
  const world = await dockerWorld(inject('dockerSocket'), 'docker-direct');
  await world.engine.close();
  const address = { kind: 'socket', path: proxy.socket } as const;
  const engine = openDockerEngine({ id: 'docker-proxied', name: 'Docker proxied', address }, { limits: { pulse: 200 } });
  return {
    ...world,
    engine,
    async close() {
      await engine.close();
      await world.close();
    },
  };
});

test('the list in docs/engine-endpoints.md is what the suite used, no more and no less', () => {
  expect(proxy?.refused()).toEqual([]);
  expect(proxy?.used()).toEqual(
    listedEndpoints()
      .map((e) => `${e.method} ${e.path}`)
      .sort(),
  );
});
