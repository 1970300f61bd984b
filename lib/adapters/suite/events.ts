import 'server-only';
import { expect, test } from 'vitest';
import type { EngineEvent } from '../../domain/engine/engine';
import { DATA, type EngineWorld, fresh, startReady, until, value } from './world';

/** Watches until the returned function is called; it aborts and waits for the end. */
async function watching(world: EngineWorld): Promise<{ events: EngineEvent[]; connections: boolean[]; end(): Promise<void> }> {
  const events: EngineEvent[] = [];
  const connections: boolean[] = [];
  const abort = new AbortController();
  const done = world.engine.watch({ onEvent: (e) => events.push(e), onConnection: (up) => connections.push(up) }, abort.signal);
  await until('the watch is connected', () => connections.includes(true));
  return {
    events,
    connections,
    end: () => {
      abort.abort();
      return done;
    },
  };
}

export function eventCases(world: () => EngineWorld): void {
  test('create, start, stop, rename and removal are told, each with its instance and time', async () => {
    const [name, later] = [fresh('events'), fresh('events-renamed')];
    const seen = await watching(world());
    const kinds = (of: string) => seen.events.filter((e) => e.instance === of).map((e) => e.kind);
    await world().create({ name });
    await until('created', () => kinds(name).includes('created'));
    await startReady(world().engine, name);
    await until('started', () => kinds(name).includes('started'));
    value(await world().engine.stop(name, { timeoutSeconds: 5 }));
    await until('died and stopped', () => kinds(name).includes('died') && kinds(name).includes('stopped'));
    await world().rename(name, later);
    await until('both names learn of the renaming', () => kinds(name).includes('renamed') && kinds(later).includes('renamed'));
    await world().remove(later);
    await until('destroyed', () => kinds(later).includes('destroyed'));
    await seen.end();
    expect(seen.events.find((e) => e.instance === name && e.kind === 'died')?.exitCode).toBe(0);
    for (const e of seen.events) expect(Math.abs(e.at - Date.now()), JSON.stringify(e)).toBeLessThan(60_000);
    expect(seen.connections).toEqual([true]);
  });

  test('a kill behind our back is told with its exit code', async () => {
    const name = fresh('events-kill');
    await world().create({ name });
    await startReady(world().engine, name);
    const seen = await watching(world());
    await world().kill(name);
    const died = await until('died', () => seen.events.find((e) => e.instance === name && e.kind === 'died'));
    expect(died.exitCode).toBe(137);
    await seen.end();
  });

  test('our own helpers and locks are neither listed nor told', async () => {
    const name = fresh('events-own');
    await world().create({ name, volumes: [{ target: DATA }] });
    const seen = await watching(world());
    const before = value(await world().engine.list()).map((i) => i.name);
    value(await world().engine.runHelper(name, { command: ['true'], timeoutSeconds: 20 }));
    value(await world().engine.files(name).list(DATA));
    const lock = value(await world().engine.takeLock(fresh('key'), { who: 'suite' }));
    expect(
      value(await world().engine.list())
        .map((i) => i.name)
        .sort(),
    ).toEqual([...before].sort());
    value(await world().engine.releaseLock(lock.key, lock.token));
    value(await world().engine.setRestartPolicy(name, { name: 'no' }));
    await startReady(world().engine, name);
    await until('an event of the instance itself', () => seen.events.some((e) => e.instance === name && e.kind === 'started'));
    await seen.end();
    expect(seen.events.filter((e) => e.instance !== name && !before.includes(e.instance))).toEqual([]);
  });

  test('an abort ends the watch at once, also before it is connected', async () => {
    const from = performance.now();
    await world().engine.watch({ onEvent: () => {}, onConnection: () => {} }, AbortSignal.abort());
    const seen = await watching(world());
    await seen.end();
    expect(performance.now() - from).toBeLessThan(5_000);
  });
}
