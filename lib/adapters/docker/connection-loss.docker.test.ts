import net from 'node:net';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startEngine, type TestEngine } from '../../../e2e/docker/dockerd';
import type { EngineEvent } from '../../domain/engine/engine';
import type { Result } from '../../domain/result';
import type { Engine } from '../../ports/engine';
import type { EngineWorld } from '../engine.suite';
import { codeOf, fresh, until, value } from '../suite/world';
import { openDockerEngine } from './open';
import { listening, pipeTo, tcp } from './testing/servers';
import { dockerWorld } from './testing/world';

const LIMITS = { look: 1_000, list: 1_000, pulse: 200 };
let second: TestEngine;
let worldA: EngineWorld;
let worldB: EngineWorld;
beforeAll(async () => {
  second = await startEngine({ name: 'second' });
  worldA = await dockerWorld(second.socket, 'docker-a', { limits: LIMITS });
  worldB = await dockerWorld(inject('dockerSocket'), 'docker-b');
});
afterAll(async () => {
  await worldA?.close();
  await worldB?.close();
  await second?.remove();
});

interface Seen {
  readonly events: EngineEvent[];
  /** `up`, or the code of the problem. */
  readonly connections: string[];
  end(): Promise<void>;
}
function watched(engine: Engine): Seen {
  const seen = { events: [] as EngineEvent[], connections: [] as string[] };
  const abort = new AbortController();
  const onConnection = (up: boolean, why?: Result<never>) => void seen.connections.push(up ? 'up' : codeOf(why as Result<never>));
  const done = engine.watch({ onEvent: (e) => void seen.events.push(e), onConnection }, abort.signal);
  const end = () => {
    abort.abort();
    return done;
  };
  return { ...seen, end };
}

test('two engines with the same names stay apart, each known by our id', async () => {
  const name = fresh('same');
  await worldA.create({ name });
  await worldB.create({ name });
  value(await worldA.engine.start(name));
  expect(value(await worldA.engine.inspect(name))).toMatchObject({ engineId: 'docker-a', state: 'running' });
  expect(value(await worldB.engine.inspect(name))).toMatchObject({ engineId: 'docker-b', state: 'created' });
});

test('an engine that is killed and comes back: both are told, events flow again, the other engine is not held up', async () => {
  const a = watched(worldA.engine);
  const b = watched(worldB.engine);
  await until('both are connected', () => a.connections.at(-1) === 'up' && b.connections.at(-1) === 'up');
  await second.kill();
  await until('the loss is told', () => a.connections.at(-1) !== 'up');
  expect(a.connections).toEqual(['up', 'ENGINE_UNREACHABLE']);
  const from = performance.now();
  expect(codeOf(await worldA.engine.list())).toBe('ENGINE_UNREACHABLE');
  expect(codeOf(await worldB.engine.list())).toBe('ok');
  expect(performance.now() - from).toBeLessThan(1_000);
  await second.start();
  await until('the return is told', () => a.connections.at(-1) === 'up', 30_000);
  const name = fresh('after');
  await worldA.create({ name });
  await until('events flow again', () => a.events.some((e) => e.instance === name && e.kind === 'created'));
  expect(b.connections).toEqual(['up']);
  await Promise.all([a.end(), b.end()]);
});

test('an engine that hangs is noticed though its connections stay open; calls end within their limit, the other engine answers at once', async () => {
  const a = watched(worldA.engine);
  await until('it is connected', () => a.connections.at(-1) === 'up');
  second.freeze();
  try {
    await until('the standstill is told', () => a.connections.at(-1) === 'ENGINE_TIMEOUT');
    const from = performance.now();
    const [slow, quick] = await Promise.all([
      worldA.engine.list(),
      worldB.engine.list().then((r) => ({ r, took: performance.now() - from })),
    ]);
    expect(codeOf(slow)).toBe('ENGINE_TIMEOUT');
    expect(performance.now() - from).toBeLessThan(3_000);
    expect(codeOf(quick.r)).toBe('ok');
    expect(quick.took).toBeLessThan(1_000);
  } finally {
    second.thaw();
  }
  await until('the return is told', () => a.connections.at(-1) === 'up', 30_000);
  await a.end();
});

test('what happens while the connection is cut is told afterwards, once', async () => {
  const proxy = net.createServer(pipeTo(inject('dockerSocket')));
  let way = await listening(proxy);
  const engine = openDockerEngine({ id: 'c', name: 'cut', address: tcp(way.port) }, { limits: LIMITS });
  const seen = watched(engine);
  const [before, between, after] = [fresh('before'), fresh('between'), fresh('after')];
  const created = (name: string) => seen.events.filter((e) => e.instance === name && e.kind === 'created').length;
  try {
    await until('it is connected', () => seen.connections.at(-1) === 'up');
    await worldB.create({ name: before });
    await until('the first event', () => created(before) > 0);
    const { port } = way;
    await way.close();
    await until('the loss is told', () => seen.connections.at(-1) === 'ENGINE_UNREACHABLE');
    await worldB.create({ name: between });
    way = await listening(net.createServer(pipeTo(inject('dockerSocket'))), { host: '127.0.0.1', port });
    await until('the return is told', () => seen.connections.at(-1) === 'up');
    await worldB.create({ name: after });
    await until('the last event', () => created(after) > 0);
    expect([before, between, after].map(created)).toEqual([1, 1, 1]);
  } finally {
    await seen.end();
    await engine.close();
    await way.close();
  }
});

test('an engine that is not there yet is told once, and found when it comes', async () => {
  const probe = await listening(net.createServer());
  await probe.close();
  const engine = openDockerEngine({ id: 'late', name: 'late', address: tcp(probe.port) }, { limits: LIMITS });
  const seen = watched(engine);
  await until('the absence is told', () => seen.connections.length > 0);
  const way = await listening(net.createServer(pipeTo(inject('dockerSocket'))), { host: '127.0.0.1', port: probe.port });
  await until('it is found', () => seen.connections.at(-1) === 'up', 30_000);
  expect(seen.connections).toEqual(['ENGINE_UNREACHABLE', 'up']);
  await seen.end();
  await engine.close();
  await way.close();
});
