import Docker from 'dockerode';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startEngine } from '../../../e2e/docker/dockerd';
import type { EngineWorld } from '../engine.suite';
import { codeOf, fresh, untilState, value } from '../suite/world';
import { openDockerEngine } from './open';
import { dockerWorld } from './testing/world';

const docker = new Docker({ socketPath: inject('dockerSocket') });
let world: EngineWorld;
beforeAll(async () => {
  world = await dockerWorld(inject('dockerSocket'));
});
afterAll(() => world.close());

test('a container with --rm takes no restart policy, and the reason is told', async () => {
  const name = fresh('rm');
  await world.create({ name, autoRemove: true });
  expect(await world.engine.setRestartPolicy(name, { name: 'always' })).toMatchObject({
    ok: false,
    error: { code: 'INSTANCE_REMOVED_ON_STOP', remedy: expect.stringContaining('--rm') },
  });
  await world.remove(name);
});

test('a port that is taken is told with its number, and in the words of the engine', async () => {
  const [a, b] = [fresh('port-a'), fresh('port-b')];
  for (const name of [a, b]) await world.create({ name, ports: [{ inside: 4444, hostIp: '127.0.0.1', outside: 15_933 }] });
  value(await world.engine.start(a));
  expect(await world.engine.start(b)).toMatchObject({
    ok: false,
    error: {
      code: 'PORT_TAKEN',
      message: expect.stringContaining('port 15933 on 127.0.0.1'),
      detail: expect.stringContaining('is already allocated'),
    },
  });
  value(await world.engine.stop(a, { timeoutSeconds: 5 }));
});

test('the log of a container with a terminal', async () => {
  const name = fresh('tty');
  const made = await docker.createContainer({
    name,
    Image: 'handover-test/suite:1',
    Tty: true,
    Cmd: ['sh', '-c', 'echo one; echo two >&2; printf three'],
  });
  try {
    value(await world.engine.start(name));
    await untilState(world.engine, name, 'exited');
    const got: unknown[] = [];
    value(await world.engine.logs(name, { tail: 10, follow: false, signal: AbortSignal.timeout(5_000), onLine: (l) => got.push(l) }));
    expect(got).toEqual(['one', 'two', 'three'].map((text) => ({ at: expect.any(Number), stream: 'out', text })));
  } finally {
    await made.remove({ force: true });
  }
});

test('an engine without any image has nothing to make a lock from, and says so', async () => {
  const empty = await startEngine({ name: 'empty' });
  const engine = openDockerEngine({ id: 'empty', name: 'empty', address: { kind: 'socket', path: empty.socket } });
  try {
    expect(value(await engine.list())).toEqual([]);
    const outcome = await engine.takeLock('key', {});
    expect(codeOf(outcome)).toBe('ENGINE_ERROR');
    expect(outcome).toMatchObject({ error: { message: expect.stringContaining('image') } });
  } finally {
    await engine.close();
    await empty.remove();
  }
});
