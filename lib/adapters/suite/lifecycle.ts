import 'server-only';
import { expect, test } from 'vitest';
import type { Instance } from '../../domain/instance/instance';
import { codeOf, DATA, type EngineWorld, fresh, startReady, until, untilState, value } from './world';

async function look(world: EngineWorld, name: string): Promise<Instance> {
  const seen = value(await world.engine.inspect(name));
  if (seen === 'absent') throw new Error(`${name} is absent`);
  return seen;
}

export function lifecycleCases(world: () => EngineWorld): void {
  test('the engine describes itself', async () => {
    const info = value(await world().engine.describe());
    expect(info.version).not.toBe('');
    expect(info.apiVersion).toMatch(/^\d+\.\d+$/);
    expect(Math.abs(info.clockSkewMs ?? 0)).toBeLessThan(5_000);
  });

  test('inspect tells everything of an instance that never ran', async () => {
    const name = fresh('all');
    await world().create({
      name,
      hostname: 'primary-host',
      env: { RUN_JS_ID: 'controller', ODD: 'a=b c' },
      labels: { 'com.docker.compose.project': 'js7' },
      volumes: [{ target: DATA }, { target: '/var/config', readOnly: true }],
      ports: [{ inside: 4444, hostIp: '127.0.0.1', outside: 15_944 }],
      restartPolicy: { name: 'on-failure', maxRetries: 3 },
    });
    const seen = await look(world(), name);
    expect(seen).toMatchObject({
      engineId: world().engine.id,
      name,
      hostname: 'primary-host',
      state: 'created',
      oomKilled: false,
      autoRemove: false,
      restartPolicy: { name: 'on-failure', maxRetries: 3 },
      env: { RUN_JS_ID: 'controller', ODD: 'a=b c' },
      labels: { 'com.docker.compose.project': 'js7' },
      ports: [{ inside: 4444, hostIp: '127.0.0.1', outside: 15_944 }],
    });
    expect(seen.id).not.toBe('');
    expect(seen.image.ref).not.toBe('');
    expect(seen.image.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(Math.abs(seen.createdAt - Date.now())).toBeLessThan(60_000);
    expect(seen).not.toHaveProperty('exitCode');
    expect(seen).not.toHaveProperty('startedAt');
    expect(seen).not.toHaveProperty('finishedAt');
    expect(seen.mounts.map((m) => [m.target, m.readOnly])).toEqual([
      ['/var/config', true],
      [DATA, false],
    ]);
    for (const mount of seen.mounts) expect(mount.source).not.toBe('');
  });

  test('list holds running and stopped instances, each as inspect tells it', async () => {
    const [a, b] = [fresh('list-a'), fresh('list-b')];
    await world().create({ name: a, volumes: [{ target: DATA }] });
    await world().create({ name: b });
    await startReady(world().engine, a);
    const all = value(await world().engine.list());
    expect(all.find((i) => i.name === a)).toEqual(await look(world(), a));
    expect(all.find((i) => i.name === b)).toEqual(await look(world(), b));
  });

  test('an unknown name is absent, and so is the beginning of an id', async () => {
    const name = fresh('id');
    await world().create({ name });
    const { id } = await look(world(), name);
    for (const no of [fresh('none'), id.slice(0, 12), '../info', 'a b', ''])
      expect(value(await world().engine.inspect(no)), `inspect(${JSON.stringify(no)})`).toBe('absent');
    expect(codeOf(await world().engine.start(id.slice(0, 12)))).toBe('INSTANCE_NOT_FOUND');
    expect((await look(world(), name)).state).toBe('created');
  });

  test('what is asked of an unknown instance fails with INSTANCE_NOT_FOUND', async () => {
    const { engine } = world();
    const none = fresh('none');
    const outcomes = [
      await engine.start(none),
      await engine.stop(none, { timeoutSeconds: 1 }),
      await engine.setRestartPolicy(none, { name: 'no' }),
      await engine.logs(none, { tail: 1, follow: false, signal: AbortSignal.timeout(5_000), onLine: () => {} }),
      await engine.files(none).list(DATA),
      await engine.runHelper(none, { command: ['true'], timeoutSeconds: 5 }),
    ];
    expect(outcomes.map(codeOf)).toEqual(outcomes.map(() => 'INSTANCE_NOT_FOUND'));
  });

  test('start and stop are idempotent and leave their times', async () => {
    const name = fresh('cycle');
    await world().create({ name });
    const { engine } = world();
    value(await engine.stop(name, { timeoutSeconds: 5 }));
    expect((await look(world(), name)).state).toBe('created');
    await startReady(engine, name);
    value(await engine.start(name));
    const running = await look(world(), name);
    expect(running).toMatchObject({ state: 'running' });
    expect(running).not.toHaveProperty('exitCode');
    expect(running).not.toHaveProperty('finishedAt');
    expect(running).not.toHaveProperty('endedBefore');
    expect(running.startedAt).toBeGreaterThanOrEqual(running.createdAt);
    value(await engine.stop(name, { timeoutSeconds: 10 }));
    value(await engine.stop(name, { timeoutSeconds: 10 }));
    const stopped = await look(world(), name);
    expect(stopped).toMatchObject({ state: 'exited', exitCode: 0 });
    expect(stopped.finishedAt).toBeGreaterThanOrEqual(stopped.startedAt ?? Number.POSITIVE_INFINITY);
    await startReady(engine, name);
    const again = await look(world(), name);
    expect(again).toMatchObject({ state: 'running', id: stopped.id, endedBefore: stopped.finishedAt });
    expect(again.startedAt).toBeGreaterThanOrEqual(again.endedBefore ?? Number.POSITIVE_INFINITY);
    expect(again).not.toHaveProperty('finishedAt');
    value(await engine.stop(name, { timeoutSeconds: 10 }));
    expect(await look(world(), name)).not.toHaveProperty('endedBefore');
  });

  test('an instance that ends by itself leaves its exit code', async () => {
    const name = fresh('seven');
    await world().create({ name, script: 'exit 7' });
    value(await world().engine.start(name));
    await untilState(world().engine, name, 'exited');
    expect(await look(world(), name)).toMatchObject({ exitCode: 7 });
  });

  test('stop kills what does not heed SIGTERM, after the timeout and not before', async () => {
    const name = fresh('stubborn');
    await world().create({ name, script: 'trap "" TERM; echo ready; while :; do sleep 0.1; done' });
    await startReady(world().engine, name);
    const from = performance.now();
    value(await world().engine.stop(name, { timeoutSeconds: 2 }));
    const took = performance.now() - from;
    expect(took).toBeGreaterThanOrEqual(1_900);
    expect(took).toBeLessThan(20_000);
    expect(await look(world(), name)).toMatchObject({ state: 'exited', exitCode: 137 });
  });

  test('an instance killed behind our back has exited with 137', async () => {
    const name = fresh('killed');
    await world().create({ name });
    await startReady(world().engine, name);
    await world().kill(name);
    await untilState(world().engine, name, 'exited');
    expect(await look(world(), name)).toMatchObject({ exitCode: 137 });
  });

  test('an instance made with --rm says so and is absent after its stop', async () => {
    const name = fresh('rm');
    await world().create({ name, autoRemove: true });
    await startReady(world().engine, name);
    expect(await look(world(), name)).toMatchObject({ autoRemove: true });
    value(await world().engine.stop(name, { timeoutSeconds: 5 }));
    await until('it is absent', async () => value(await world().engine.inspect(name)) === 'absent');
  });

  test('the restart policy is set and read back', async () => {
    const name = fresh('policy');
    await world().create({ name });
    expect((await look(world(), name)).restartPolicy).toEqual({ name: 'no' });
    for (const policy of [{ name: 'unless-stopped' }, { name: 'on-failure', maxRetries: 4 }, { name: 'always' }, { name: 'no' }] as const) {
      value(await world().engine.setRestartPolicy(name, policy));
      expect((await look(world(), name)).restartPolicy).toEqual(policy);
    }
  });

  test('after a renaming the old name is absent; after a re-creation the id differs', async () => {
    const [old, now] = [fresh('old'), fresh('new')];
    await world().create({ name: old });
    const { id } = await look(world(), old);
    await world().rename(old, now);
    expect(value(await world().engine.inspect(old))).toBe('absent');
    expect((await look(world(), now)).id).toBe(id);
    await world().remove(now);
    await world().create({ name: now });
    expect((await look(world(), now)).id).not.toBe(id);
  });
}
