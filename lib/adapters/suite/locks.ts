import 'server-only';
import { expect, test } from 'vitest';
import { codeOf, type EngineWorld, fresh, value } from './world';

export function lockCases(world: () => EngineWorld): void {
  async function key(): Promise<string> {
    // A lock may need the image of some instance that is there.
    await world().create({ name: fresh('lock-neighbour') });
    return fresh('lock');
  }

  test('a taken lock is visible with its owner and held against everyone else', async () => {
    const { engine } = world();
    const k = await key();
    expect(value(await engine.inspectLock(k))).toBe('free');
    const lock = value(await engine.takeLock(k, { run: 'run-1', who: 'ada', host: 'odd "host" ü' }));
    expect(lock).toMatchObject({ key: k, owner: { run: 'run-1', who: 'ada', host: 'odd "host" ü' } });
    expect(lock.token).not.toBe('');
    expect(Math.abs(lock.takenAt - Date.now())).toBeLessThan(60_000);
    expect(value(await engine.inspectLock(k))).toEqual(lock);
    const second = await engine.takeLock(k, { run: 'run-2' });
    expect(second).toMatchObject({ ok: false, error: { code: 'LOCK_HELD' } });
    expect(second.ok ? '' : second.error.message).toContain('ada');
    expect(value(await engine.inspectLock(k))).toEqual(lock);
    value(await engine.releaseLock(k, lock.token));
  });

  test('only its own token releases it; a free lock is released again without harm', async () => {
    const { engine } = world();
    const k = await key();
    const first = value(await engine.takeLock(k, { run: '1' }));
    expect(codeOf(await engine.releaseLock(k, 'other'))).toBe('LOCK_LOST');
    expect(value(await engine.inspectLock(k))).toEqual(first);
    value(await engine.releaseLock(k, first.token));
    expect(value(await engine.inspectLock(k))).toBe('free');
    value(await engine.releaseLock(k, first.token));
    const second = value(await engine.takeLock(k, { run: '2' }));
    expect(second.token).not.toBe(first.token);
    expect(codeOf(await engine.releaseLock(k, first.token))).toBe('LOCK_LOST');
    expect(value(await engine.inspectLock(k))).toEqual(second);
    value(await engine.releaseLock(k, second.token));
  });

  test('of many who take it at once, exactly one gets it', async () => {
    const { engine } = world();
    const k = await key();
    const outcomes = await Promise.all(Array.from({ length: 6 }, (_, i) => engine.takeLock(k, { run: String(i) })));
    expect(outcomes.map(codeOf).sort()).toEqual(['LOCK_HELD', 'LOCK_HELD', 'LOCK_HELD', 'LOCK_HELD', 'LOCK_HELD', 'ok']);
    const winner = outcomes.find((o) => o.ok);
    expect(value(await engine.inspectLock(k))).toEqual(winner?.value);
    value(await engine.releaseLock(k, winner?.value.token ?? ''));
  });

  test('keys with odd characters are kept apart', async () => {
    const { engine } = world();
    const base = await key();
    const keys = [`${base} a`, `${base}/a`, `${base}_a`, `${base}Ä`];
    const locks = [];
    for (const k of keys) locks.push(value(await engine.takeLock(k, { k })));
    for (const [i, k] of keys.entries()) {
      expect(value(await engine.inspectLock(k))).toEqual(locks[i]);
      value(await engine.releaseLock(k, locks[i]?.token ?? ''));
    }
  });
}
