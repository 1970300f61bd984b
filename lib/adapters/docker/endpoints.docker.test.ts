import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { listedEndpoints, startEndpointProxy } from '../../../e2e/docker/endpoint-proxy';
import type { Engine } from '../../ports/engine';
import { codeOf, DATA, fresh, put, startReady, text, until, value } from '../suite/world';
import { openDockerEngine } from './open';
import { dockerWorld } from './testing/world';

async function everythingMade(engine: Engine, image: { ref: string; digest: string }): Promise<void> {
  const { making } = engine;
  const name = fresh('made');
  const setup = 'setup-endpoints';
  for (const outcome of [
    await making.images(),
    await making.image(image.digest),
    await making.image(image.ref),
    await making.makeNetwork(name, setup),
    await making.makeVolume(name, setup),
  ])
    expect(codeOf(outcome)).toBe('ok');
  expect(value(await making.networks()).map((n) => n.name)).toContain(name);
  expect(value(await making.volumes()).map((v) => v.name)).toContain(name);
  const spec = { name, hostname: name, imageDigest: image.digest, imageRef: image.ref, env: {}, labels: {}, ports: [] };
  const placed = { mounts: [{ kind: 'volume' as const, source: name, target: DATA }], networks: [{ network: name, aliases: ['a'] }] };
  value(await making.makeInstance({ ...spec, ...placed, restartPolicy: { name: 'no' } }, setup));
  value(await making.setAliases(name, name, ['b']));
  value(await making.loadImage(value(await making.saveImage(image.digest))));
  value(await making.removeInstance(name, setup));
  value(await making.removeVolume(name, setup));
  value(await making.removeNetwork(name, setup));
  expect(value(await engine.inspect(name))).toBe('absent');
}

/** Everything the port can do, once, through a proxy that lets through only what is listed. */
test('docs/engine-endpoints.md lists exactly the endpoints that are used', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'handover-recorder-'));
  const path = join(folder, 'docker.sock');
  const proxy = await startEndpointProxy(inject('dockerSocket'), path);
  const world = await dockerWorld(inject('dockerSocket'));
  const engine = openDockerEngine(
    { id: 'r', name: 'Recorded', address: { kind: 'socket', path } },
    { limits: { pulse: 50, helperIdle: 100 } },
  );
  const name = fresh('endpoints');
  const abort = new AbortController();
  try {
    await world.create({ name, volumes: [{ target: DATA }] });
    const watched = engine.watch({ onEvent: () => {}, onConnection: () => {} }, abort.signal);
    await until('a ping', () => proxy.used().includes('GET /_ping'));
    value(await engine.describe());
    value(await engine.list());
    await startReady(engine, name);
    value(await engine.setRestartPolicy(name, { name: 'no' }));
    const files = engine.files(name);
    await put(files, `${DATA}/a`, 'content');
    expect(await text(files, `${DATA}/a`)).toBe('content');
    await put(files, `${DATA}/big`, new Uint8Array(100_000));
    await text(files, `${DATA}/a`, { offset: 2_000_000 });
    for (const outcome of [await files.list(DATA), await files.stat(`${DATA}/a`), await files.sha256(`${DATA}/a`), await files.space(DATA)])
      expect(codeOf(outcome)).toBe('ok');
    value(await files.makeFolder(`${DATA}/b`, { mode: 0o755, uid: 0, gid: 0 }));
    value(await files.rename(`${DATA}/a`, `${DATA}/b/a`));
    value(await engine.runHelper(name, { command: ['true'], timeoutSeconds: 20 }));
    const lock = value(await engine.takeLock(name, {}));
    value(await engine.inspectLock(name));
    value(await engine.releaseLock(name, lock.token));
    value(await engine.stop(name, { timeoutSeconds: 5 }));
    await everythingMade(engine, await world.image());
    abort.abort();
    await watched;
    await engine.close();
    expect(proxy.refused()).toEqual([]);
    expect(proxy.used()).toEqual(
      listedEndpoints()
        .map((e) => `${e.method} ${e.path}`)
        .sort(),
    );
  } finally {
    abort.abort();
    await engine.close();
    await world.close();
    await proxy.close();
    rmSync(folder, { recursive: true });
  }
});
