/**
 * Handover is killed between any two events of a set-up: before an effect (its intent is on disk, nothing was done), and after it (it was done, no outcome is on disk). The next
 * Handover finds it, does nothing by itself, and a person continues or takes it back.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problem } from '../domain/errors';
import { err } from '../domain/result';
import type { Wanted } from '../domain/setup/wanted';
import type { SetupLog } from '../ports/setups';
import { until } from './testing/run-world';
import { createSetupWorld, type SetupTestWorld } from './testing/setup-world';

let w: SetupTestWorld;
beforeAll(async () => {
  w = await createSetupWorld();
}, 60_000);
afterAll(() => w.close(), 30_000);

/** Dies when `at` events are written: at once, or only when the next one is to be written. */
function killed(at: number, when: 'before-effect' | 'after-effect'): { log: (real: SetupLog) => SetupLog; dead: Promise<void> } {
  let die = () => {};
  const dead = new Promise<void>((resolve) => {
    die = resolve;
  });
  return {
    dead,
    log: (real) => ({
      ...real,
      append(setupId, clusterId, position, event) {
        if (position >= at) {
          die();
          return err(problem('STORE_FAILED', 'killed'));
        }
        const written = real.append(setupId, clusterId, position, event);
        if (position + 1 < at || when === 'after-effect') return written;
        die();
        throw new Error('killed');
      },
    }),
  };
}
const story = (id: string): string =>
  w
    .events(id)
    .map((e) => JSON.stringify({ ...e, plan: undefined }))
    .join('\n');

/** A set-up that nothing disturbs, and its undo: the types of their events. */
async function undisturbed(wanted: Wanted): Promise<readonly string[]> {
  const m = w.open();
  const id = await w.begin(m, wanted);
  await m.runner.settled(id);
  expect(w.state(id).outcome, story(id)).toBe('made');
  expect(m.runner.choose(id, 'undo', 'm.keller').ok).toBe(true);
  await m.runner.settled(id);
  await m.close();
  return w.events(id).map((e) => e.type);
}

async function kill(
  wanted: Wanted,
  at: number,
  when: 'before-effect' | 'after-effect',
  choice: 'continue' | 'undo',
  undoAt: number,
): Promise<string> {
  const { log, dead } = killed(at, when);
  const first = w.open({ setups: log });
  const id = await w.begin(first, wanted).catch(() => w.store.setups.list()[0]?.setupId ?? '');
  await Promise.race([dead, first.runner.settled(id)]);
  // The later events of the whole course are those of its undo.
  if (at > undoAt && w.state(id).outcome === 'made') {
    try {
      first.runner.choose(id, 'undo', 'm.keller');
    } catch {
      // Killed as it was written down.
    }
    await Promise.race([dead, first.runner.settled(id)]);
  }
  await first.close();
  expect(w.events(id)).toHaveLength(at);
  const next = w.open();
  expect(next.runner.findInterrupted()).toEqual(w.state(id).outcome === undefined ? [id] : []);
  const written = w.events(id).length;
  await next.runner.settled(id);
  // Nothing happens by itself.
  expect(w.events(id)).toHaveLength(written);
  const state = w.state(id);
  if (state.phase === 'asking') {
    expect(next.runner.choose(id, state.mode === 'undo' ? 'continue' : choice, 'm.keller').ok).toBe(true);
    await next.runner.settled(id);
  }
  await next.close();
  expect(w.state(id).phase, story(id)).toBe('ended');
  return id;
}
/** So that the next one begins from the same world. */
async function takeBack(id: string): Promise<void> {
  if (w.state(id).outcome !== 'made') return;
  const m = w.open();
  expect(m.runner.choose(id, 'undo', 'm.keller').ok).toBe(true);
  await m.runner.settled(id);
  await m.close();
  expect(w.state(id).outcome, story(id)).toBe('undone');
}
async function free(): Promise<void> {
  for (const e of ['docker-a', 'docker-b']) expect(await w.engine(e).inspectLock('pay')).toMatchObject({ value: 'free' });
}

describe.each(['before-effect', 'after-effect'] as const)('killed %s', (when) => {
  test.each(['continue', 'undo'] as const)(
    'create-secondary, at every event, then: %s',
    async (choice) => {
      const wanted = await w.propose('docker-b');
      const before = await w.inventory();
      const whole = await undisturbed(wanted);
      expect(await w.inventory()).toBe(before);
      const undoAt = whole.indexOf('SetupEnded') + 1;
      const points = whole.flatMap((type, i) => (when === 'before-effect' || type === 'StepIntended' ? [i + 1] : [])).slice(0, -1);
      expect(points.length).toBeGreaterThan(when === 'before-effect' ? 25 : 12);
      for (const at of points) {
        const id = await kill(wanted, at, when, choice, undoAt);
        const { outcome, mode } = w.state(id);
        expect(outcome, `killed at ${at} ${when}\n${story(id)}`).toBe(mode === 'undo' ? 'undone' : 'made');
        if (outcome === 'made') expect(w.store.clusters.get('pay')?.secondary?.ref).toEqual({ engineId: 'docker-b', name: wanted.name });
        await free();
        await takeBack(id);
        expect(await w.inventory(), `killed at ${at} ${when}\n${story(id)}`).toBe(before);
        expect(w.store.clusters.get('pay')?.secondary).toBeUndefined();
      }
    },
    300_000,
  );
});

/** Removes by force what a set-up left because it has worked. */
async function clear(names: readonly string[], engine: 'docker-a' | 'docker-b'): Promise<void> {
  const containers = w.world.containers(engine);
  for (const name of names) {
    const d = containers.find(name);
    if (d) await containers.remove(d, { volumes: true });
  }
}

describe.each(['continue', 'undo'] as const)('another kind, killed in every effect, then: %s', (choice) => {
  test('create-both: what has worked is left and named, all else is gone', async () => {
    const proposed = await w.prepareBoth('docker-a');
    const inside = (p: typeof proposed.primary) => ({ ...p, networks: [{ network: 'made', aliases: [p.name] }] });
    const wanted = { ...proposed, network: 'made', primary: inside(proposed.primary), secondary: inside(proposed.secondary) };
    const before = await w.inventory();
    const course = w.open();
    const first = await w.begin(course, wanted);
    await course.runner.settled(first);
    await course.close();
    const whole = w.events(first).map((e) => e.type);
    const points = whole.flatMap((type, i) => (type === 'StepIntended' ? [i + 1] : []));
    expect(points.length).toBeGreaterThan(8);
    const tidy = async (id: string) => {
      const { plan } = w.state(id);
      await clear([wanted.primary.name, wanted.secondary.name], 'docker-a');
      for (const i of plan.instances) for (const m of i.mounts) await w.engine('docker-a').making.removeVolume(m.source, `test-${id}`);
      if (plan.makeNetwork) await w.engine('docker-a').making.removeNetwork(plan.makeNetwork.name, `test-${id}`);
      w.store.clusters.remove('both');
      expect(await w.inventory()).toBe(before);
    };
    await tidy(first);
    for (const at of points) {
      const id = await kill(wanted, at, 'after-effect', choice, whole.length);
      const { outcome, kept, mode, steps } = w.state(id);
      const started = steps.start?.do === 'succeeded' || steps.start?.do === 'intended';
      expect(outcome, story(id)).toBe(mode === 'forward' ? 'made' : started ? 'left-by-hand' : 'undone');
      expect(await w.engine('docker-a').inspect(wanted.secondary.name), story(id)).toMatchObject({
        value: mode === 'forward' ? { state: 'created' } : 'absent',
      });
      if (mode === 'undo') expect(kept.includes(`container ${wanted.primary.name}`)).toBe(started);
      if (mode === 'undo' && !started) expect(await w.inventory(), story(id)).toBe(before);
      await tidy(id);
    }
  }, 300_000);

  test('use-existing: the journal is moved aside or back, and never in two halves', async () => {
    const name = `old-${choice}`;
    const d = await w.world.defineInstance('docker-b', { name, controllerId: 'demo', fenced: false, restartPolicy: { name: 'always' } });
    const state = '/var/sos-berlin.com/js7/controller/state';
    const journals = async (folder: string) => {
      const listed = await w.engine('docker-b').files(name).list(folder);
      return listed.ok ? listed.value.flatMap((e) => (e.name.endsWith('.journal') ? [`${e.name} ${e.bytes}`] : [])) : [];
    };
    await w.engine('docker-b').start(name);
    await until(async () => (await journals(state)).length > 0);
    await w.engine('docker-b').stop(name, { timeoutSeconds: 10 });
    const before = await journals(state);
    const wanted: Wanted = {
      kind: 'use-existing',
      clusterId: 'pay',
      engineId: 'docker-b',
      name,
      access: { url: `http://127.0.0.1:${d.ports[0]?.outside}` },
      moveAside: true,
    };
    const whole = await undisturbed(wanted);
    const undoAt = whole.indexOf('SetupEnded') + 1;
    const points = whole.flatMap((type, i) => (type === 'StepIntended' ? [i + 1] : []));
    expect(points.length).toBeGreaterThan(9);
    for (const at of points) {
      const id = await kill(wanted, at, 'after-effect', choice, undoAt);
      if (w.state(id).outcome === 'made') {
        expect(await journals(state)).toEqual([]);
        expect(await journals(w.state(id).plan.existing?.aside ?? '')).toEqual(before);
      }
      await takeBack(id);
      expect(w.state(id).outcome, story(id)).toBe('undone');
      expect(await journals(state), story(id)).toEqual(before);
      expect(await w.engine('docker-b').inspect(name)).toMatchObject({ value: { restartPolicy: { name: 'always' } } });
      await free();
    }
    await clear([name], 'docker-b');
  }, 300_000);
});
