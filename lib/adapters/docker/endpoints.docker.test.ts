import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { listedEndpoints, startEndpointProxy } from '../../../e2e/docker/endpoint-proxy';
import { codeOf, DATA, fresh, put, startReady, text, until, value } from '../suite/world';
import { openDockerEngine } from './open';
import { dockerWorld } from './testing/world';

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
