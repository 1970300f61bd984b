import 'server-only';
import { expect, test } from 'vitest';
import type { LogLine } from '../../ports/engine';
import { codeOf, type EngineWorld, fresh, until, untilState, value } from './world';

export function logCases(world: () => EngineWorld): void {
  async function lines(name: string, tail: number): Promise<LogLine[]> {
    const got: LogLine[] = [];
    value(await world().engine.logs(name, { tail, follow: false, signal: AbortSignal.timeout(10_000), onLine: (l) => got.push(l) }));
    return got;
  }

  test('the last lines of a stopped instance, with stream, time and odd characters', async () => {
    const name = fresh('logs');
    await world().create({
      name,
      script: 'for i in 1 2 3; do echo "line $i"; done; echo "größer → 日本" ; sleep 0.2; echo oops >&2; sleep 0.2; printf "no newline"',
    });
    value(await world().engine.start(name));
    await untilState(world().engine, name, 'exited');
    await until('all lines are there', async () => (await lines(name, 100)).length === 6);
    const all = await lines(name, 100);
    expect(all.map((l) => l.text)).toEqual(['line 1', 'line 2', 'line 3', 'größer → 日本', 'oops', 'no newline']);
    expect(all.map((l) => l.stream)).toEqual(['out', 'out', 'out', 'out', 'err', 'out']);
    for (const l of all) expect(Math.abs((l.at ?? 0) - Date.now())).toBeLessThan(60_000);
    expect((await lines(name, 2)).map((l) => l.text)).toEqual(['oops', 'no newline']);
    expect(await lines(name, 0)).toEqual([]);
  });

  test('an instance that never ran has an empty log', async () => {
    const name = fresh('logs-never');
    await world().create({ name });
    expect(await lines(name, 100)).toEqual([]);
  });

  test('following tells each line as it comes and ends on abort', async () => {
    const name = fresh('follow');
    await world().create({ name, script: 'trap "exit 0" TERM; i=0; while :; do i=$((i+1)); echo "tick $i"; sleep 0.1; done' });
    value(await world().engine.start(name));
    const got: string[] = [];
    const abort = new AbortController();
    const done = world().engine.logs(name, { tail: 1000, follow: true, signal: abort.signal, onLine: (l) => got.push(l.text) });
    await until('eight ticks', () => got.length >= 8);
    expect(got.slice(0, 8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `tick ${n}`));
    abort.abort();
    expect(codeOf(await done)).toBe('ok');
    const heard = got.length;
    await until('the instance said more', async () => (await lines(name, 1000)).length > heard + 2);
    expect(got).toHaveLength(heard);
  });

  test('following ends when the instance ends', async () => {
    const name = fresh('follow-end');
    await world().create({ name, script: 'echo first; sleep 0.5; echo last' });
    value(await world().engine.start(name));
    const got: string[] = [];
    const outcome = await world().engine.logs(name, {
      tail: 10,
      follow: true,
      signal: AbortSignal.timeout(20_000),
      onLine: (l) => got.push(l.text),
    });
    expect(codeOf(outcome)).toBe('ok');
    expect(got).toEqual(['first', 'last']);
  });

  test('a very long line arrives, cut into pieces of at most 64 KiB', async () => {
    const name = fresh('long');
    await world().create({ name, script: 'i=0; while [ $i -lt 200 ]; do printf "%01000d" 7; i=$((i+1)); done; echo; echo after' });
    value(await world().engine.start(name));
    await untilState(world().engine, name, 'exited');
    await until('the line after it is there', async () => (await lines(name, 100_000)).at(-1)?.text === 'after');
    const all = await lines(name, 100_000);
    const long = all.slice(0, -1);
    expect(Math.max(...long.map((l) => l.text.length))).toBeLessThanOrEqual(65_536);
    expect(long.map((l) => l.text).join('').length).toBe(200_000);
  });
}
