import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { type Double, double, json, OVERVIEW } from '../adapters/controller/controller.double';
import type { ClusterInput } from '../contract/api';
import { ClusterSchema, ClustersSnapshot, EngineSchema, TimelineSnapshot } from '../contract/schema/answers';
import { problem } from '../domain/errors';
import { ok } from '../domain/result';
import type { Engine } from '../ports/engine';
import { FakeEngine, properJournal } from '../usecases/observe/fake-engine.test-support';
import { addCluster, changeCluster, clusterAnswer, removeCluster, testCluster, timelinePage } from './clusters';
import { addEngine, changeEngine, removeEngine } from './engines';
import { startInstance, stopInstance } from './instances';
import { startLive } from './live';
import { logStream } from './logs';
import type { Runtime } from './runtime';
import { createWorld, type World } from './testing/world';

let world: World;
let runtime: Runtime;
let engine: FakeEngine;
let port: Engine;
let controller: Double;
const SETTINGS = { id: 'a', name: 'Host A', address: { kind: 'socket', path: '/a.sock' } } as const;

beforeEach(async () => {
  controller = await double();
  controller.answers['/controller/api/session'] = json({ TYPE: 'LoggedIn', sessionToken: '1,t', js7Version: '2.9.0' });
  engine = new FakeEngine('a');
  engine.put('one', { env: { RUN_JS_ID: 'Controller', DB_PASSWORD: 'SECRET' } });
  engine.put('two', { state: 'exited', exitCode: 0, env: { RUN_JS_ID: 'Controller' } });
  for (const [path, content] of Object.entries(properJournal())) engine.file('two', path, content);
  port = { ...engine.engine(), inspectLock: async () => ok('free' as const) };
  world = createWorld({}, { engines: [port] });
  world.runtime.store.engines.save(SETTINGS);
  const parts = { ...world.runtime, clock: { now: Date.now } };
  runtime = { ...parts, live: startLive(parts) };
});
afterEach(async () => {
  runtime.live.close();
  world.close();
  await controller.close();
});

const input = (over: object = {}): z.output<typeof ClusterInput> => ({
  name: 'Payments ä',
  primary: { engineId: 'a', name: 'one', access: { url: controller.url, user: 'handover', password: 'SECRET-1' } },
  ...over,
});
const added = async () => {
  const answer = await addCluster(runtime, input(), 'ada');
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
};
const parsed = <S extends z.ZodType>(schema: S, value: unknown) => schema.parse(JSON.parse(JSON.stringify(value)));

describe('a cluster', () => {
  test('is added after a test, told without secrets, and seen at once', async () => {
    const answer = await added();
    expect(parsed(ClusterSchema, answer).settings).toEqual({
      id: 'payments-a',
      name: 'Payments ä',
      controllerId: 'Controller',
      primary: { engineId: 'a', name: 'one', url: controller.url, user: 'handover', hasPassword: true, hasClientKey: false },
    });
    expect(answer.view?.primary.role).toBe('active');
    const snapshot = parsed(ClustersSnapshot, runtime.hub.read.clusters());
    expect(snapshot.data.map((c) => c.id)).toEqual(['payments-a']);
    expect(JSON.stringify(snapshot)).not.toContain('SECRET');
    const page = timelinePage(runtime, 'payments-a', { limit: 9 });
    if (!page.ok) throw new Error('no timeline');
    expect(parsed(TimelineSnapshot, page.value).data.events.map((e) => [e.message.key, e.who])).toContainEqual([
      'person.cluster.added',
      'ada',
    ]);
  });

  test('that is blocked is not saved, with the reason', async () => {
    expect(await addCluster(runtime, input({ primary: { ...input().primary, name: 'nobody' } }), 'ada')).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
    controller.answers['/controller/api'] = json({ ...OVERVIEW, id: 'Other' });
    const other = await addCluster(runtime, input(), 'ada');
    expect(other).toMatchObject({ ok: false, error: { code: 'CONFLICT', message: expect.stringMatching(/Other/) } });
    expect(runtime.store.clusters.all()).toEqual([]);
  });

  test('keeps its name for itself', async () => {
    await added();
    expect(await addCluster(runtime, input({ name: 'PAYMENTS Ä' }), 'ada')).toMatchObject({
      ok: false,
      error: { fields: { name: 'Taken' } },
    });
  });

  test('keeps a password that is left out, but never sends it to another address or user', async () => {
    await added();
    const { password: _, ...access } = input().primary.access;
    const change = (over: object) =>
      changeCluster(
        runtime,
        'payments-a',
        input({ name: 'Renamed', primary: { ...input().primary, access: { ...access, ...over } } }),
        'ada',
      );
    const stored = () => runtime.store.clusters.get('payments-a')?.primary.access.password;
    expect(await change({})).toMatchObject({ ok: true, value: { settings: { name: 'Renamed', primary: { hasPassword: true } } } });
    expect(stored()).toBe('SECRET-1');
    expect(await change({ user: 'else' })).toMatchObject({ ok: true, value: { settings: { primary: { hasPassword: false } } } });
    await change({ password: 'SECRET-2' });
    expect(stored()).toBe('SECRET-2');
    const elsewhere = await double();
    await change({ url: elsewhere.url });
    expect(stored()).toBeUndefined();
    await elsewhere.close();
  });

  test('can be edited while its engine is down, but cannot become another Controller', async () => {
    await added();
    engine.down = problem('ENGINE_UNREACHABLE', 'down');
    expect(await changeCluster(runtime, 'payments-a', input({ name: 'Renamed' }), 'ada')).toMatchObject({ ok: true });
    engine.down = undefined;
    engine.put('one', { env: { RUN_JS_ID: 'Other' } });
    controller.answers['/controller/api'] = json({ ...OVERVIEW, id: 'Other' });
    expect(await changeCluster(runtime, 'payments-a', input(), 'ada')).toMatchObject({
      ok: false,
      error: { code: 'CONTROLLER_ID_DIFFERS' },
    });
  });

  test('that is removed is gone everywhere here', async () => {
    await added();
    expect(removeCluster(runtime, 'payments-a')).toMatchObject({ ok: true });
    expect(runtime.hub.read.clusters().data).toEqual([]);
    expect(clusterAnswer(runtime, 'payments-a')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(engine.calls.filter((c) => /start|stop|write|remove/.test(c))).toEqual([]);
  });

  test('a test changes and saves nothing', async () => {
    const tested = await testCluster(runtime, input());
    expect(tested).toMatchObject({ ok: true, value: { controllerId: 'Controller' } });
    expect(runtime.store.clusters.all()).toEqual([]);
  });
});

describe('start and stop', () => {
  test('a start that the judgement refuses does not reach the engine, and both is noted with who asked', async () => {
    await added();
    const refused = await startInstance(runtime, { id: 'payments-a', slot: 'primary' }, 'bob');
    expect(refused).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect(engine.calls.some((c) => c.startsWith('start'))).toBe(false);
    const events = runtime.store.timeline.list('payments-a', { limit: 9 }).filter((e) => e.who === 'bob');
    expect(events.map((e) => e.message.key)).toEqual(['person.failed.start', 'person.start']);
  });

  test('a stop reaches the engine', async () => {
    await added();
    await stopInstance(runtime, { id: 'payments-a', slot: 'primary' }, { timeoutSeconds: 7 }, 'bob');
    expect(engine.calls.some((c) => c.startsWith('stop'))).toBe(true);
  });

  test('of what is not there is not found', async () => {
    await added();
    expect(await startInstance(runtime, { id: 'payments-a', slot: 'secondary' }, 'bob')).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
    expect(await startInstance(runtime, { id: 'nothing', slot: 'primary' }, 'bob')).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });
});

describe('an engine', () => {
  test('is told without secrets; names and addresses are taken once', () => {
    const answer = addEngine(runtime, {
      name: 'Host B',
      address: { kind: 'tls', host: 'b', port: 2376, ca: 'CA', cert: 'C', key: 'SECRET' },
    });
    expect(answer.ok && parsed(EngineSchema, answer.value)).toMatchObject({ id: 'host-b', address: 'tcp://b:2376', state: 'connecting' });
    expect(JSON.stringify(answer)).not.toContain('SECRET');
    expect(addEngine(runtime, { name: 'host b', address: { kind: 'tcp', host: 'c', port: 1 } })).toMatchObject({
      ok: false,
      error: { fields: { name: 'Taken' } },
    });
    expect(addEngine(runtime, { name: 'C', address: { kind: 'tcp', host: 'b', port: 2376 } })).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
  });

  test('keeps the key that is left out', () => {
    const tls = { kind: 'tls', host: 'b', port: 2376, ca: 'CA', cert: 'C', key: 'SECRET' } as const;
    addEngine(runtime, { name: 'Host B', address: tls });
    changeEngine(runtime, 'host-b', { name: 'Host B', address: { ...tls, key: '' } });
    expect(runtime.store.engines.get('host-b')?.address).toEqual(tls);
    expect(changeEngine(runtime, 'none', { name: 'x', address: tls })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });

  test('is not removed while a cluster uses it', async () => {
    await added();
    expect(await removeEngine(runtime, 'a')).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringMatching(/Payments ä/) },
    });
    removeCluster(runtime, 'payments-a');
    expect(await removeEngine(runtime, 'a')).toMatchObject({ ok: true });
    expect(runtime.store.engines.get('a')).toBeUndefined();
  });
});

describe('logs', () => {
  const at = { id: 'payments-a', slot: 'primary' } as const;
  const open = (follow: boolean, endsAt = Date.now() + 60_000) => {
    const stream = logStream(runtime, at, { tail: 10, follow, session: 's', account: 'ada', endsAt });
    if (!stream.ok) throw new Error(stream.error.message);
    return stream.value;
  };
  test('come as lines, then the end', async () => {
    await added();
    engine.logLines.set('one', [
      { stream: 'out', text: 'first' },
      { stream: 'err', text: 'second' },
    ]);
    const text = await new Response(open(false)).text();
    expect(text).toContain('event: lines\ndata: [{"stream":"out","text":"first"},{"stream":"err","text":"second"}]');
    expect(text).toMatch(/event: end\ndata: \{\}\n\n$/);
    expect(runtime.streams.size).toBe(0);
  });
  test('tell why they cannot be read', async () => {
    await added();
    engine.down = problem('ENGINE_UNREACHABLE', 'The engine is away.');
    expect(await new Response(open(false)).text()).toContain('event: end\ndata: {"problem":{"code":"ENGINE_UNREACHABLE"');
  });
  test('end with the process and with the reader', async () => {
    await added();
    vi.spyOn(port, 'logs').mockImplementation(
      (_, { signal }) =>
        new Promise((done) => (signal.aborted ? done(ok(undefined)) : signal.addEventListener('abort', () => done(ok(undefined))))),
    );
    const reading = new Response(open(true)).text();
    const left = open(true);
    await left.cancel();
    expect(runtime.streams.size).toBe(1);
    for (const stream of runtime.streams) stream.abort();
    expect(await reading).toMatch(/event: end/);
    expect(runtime.streams.size).toBe(0);
    const over = new Response(open(true, Date.now() - 1)).text();
    expect(await over).toMatch(/event: end/);
    // With the session, and with the account's other sessions when it changes.
    for (const who of [{ session: 's' }, { account: 'ada' }, { account: 'ada', except: 'another' }]) {
      const followed = new Response(open(true)).text();
      runtime.hub.end({ session: 'another' });
      runtime.hub.end({ account: 'ada', except: 's' });
      runtime.hub.end({ account: 'eve' });
      expect(runtime.streams.size).toBe(1);
      runtime.hub.end(who);
      expect(await followed).toMatch(/event: end/);
      expect(runtime.streams.size).toBe(0);
    }
  });
});
