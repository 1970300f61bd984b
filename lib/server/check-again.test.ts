/** One pre-flight check measured again, on a rehearsal world: what it rests on is read anew, and nothing else. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { preflight } from '../domain/switchover/preflight/preflight';
import type { Engine } from '../ports/engine';
import { collect } from '../usecases/switchover/collect';
import { measureAgain, prepare } from '../usecases/switchover/prepare';
import { createRunWorld, type Handover, type RunWorld } from './testing/run-world';

let world: RunWorld;
let h: Handover;
const asked: string[] = [];
/** Notes which questions reach an engine, and what is tried in its volumes. */
const noting = (real: Engine): Engine =>
  new Proxy(real, {
    get(of, key) {
      const value = Reflect.get(of, key) as unknown;
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        asked.push(String(key));
        const made = Reflect.apply(value, of, args) as object;
        return key === 'files'
          ? new Proxy(made, {
              get(files, name) {
                const method = Reflect.get(files, name) as (...a: unknown[]) => unknown;
                return (...a: unknown[]) => {
                  asked.push(`files.${String(name)}`);
                  return Reflect.apply(method, files, a);
                };
              },
            })
          : made;
      };
    },
  });
beforeAll(async () => {
  world = await createRunWorld();
  h = world.open({ engine: noting });
}, 60_000);
afterAll(() => world.close());

const again = async (only: string) => {
  asked.length = 0;
  const got = await measureAgain(h.ctx, world.world.demoCluster(), 'primary', [], only);
  if (!got.ok) throw new Error(got.error.message);
  return got.value;
};

test('one check: the same verdict as among all, read later, and only what it rests on is asked for', async () => {
  const all = await prepare(h.ctx, world.world.demoCluster(), 'primary', []);
  for (const check of all.preflight.checks) {
    const { checks } = await again(check.id);
    expect(checks.map((c) => [c.id, c.verdict])).toEqual([[check.id, check.verdict]]);
    if (check.at !== undefined) expect(checks[0]?.at).toBeGreaterThanOrEqual(check.at);
  }
  await again('clocks');
  expect(new Set(asked)).toEqual(new Set(['describe']));
  await again('no-other-run');
  expect(new Set(asked)).toEqual(new Set(['inspectLock']));
  await again('no-alarm');
  expect(asked).toEqual([]);
}, 60_000);

test('only the check that asks whether it may write tries to', async () => {
  await again('space');
  expect(asked).not.toContain('files.makeFolder');
  await again('writable');
  expect(asked).toContain('files.makeFolder');
});

test('a group: each of its checks, once', async () => {
  const { checks } = await again('engines');
  expect(checks.map((c) => c.id)).toEqual(['engine-source', 'engine-target', 'clocks', 'no-other-run']);
  expect(asked.filter((a) => a === 'describe')).toHaveLength(2);
});

test('what is not there is told', async () => {
  expect(await measureAgain(h.ctx, world.world.demoCluster(), 'primary', [], 'nothing')).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  });
});

test('what was not asked for stays unread: it would block, were it taken for an answer', async () => {
  const facts = await collect(h.ctx, world.world.demoCluster(), 'primary', [], () => false);
  expect(preflight(facts)).toMatchObject({ ready: false });
});
