/** What goes wrong on the way: a run stops itself or goes on, and never do two Controllers live. Each with real emulated processes. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setFaults } from '../adapters/rehearsal/faults';
import type { Slot } from '../domain/cluster/cluster';
import { compare, recommend } from '../domain/switchover/compare';
import { targetWorks } from '../domain/switchover/dangers';
import { earlyStart, goneOn } from '../domain/switchover/early-start';
import type { Choice, RunEvent } from '../domain/switchover/events';
import type { StepId } from '../domain/switchover/steps';
import { en } from '../domain/text/en';
import type { Engine } from '../ports/engine';
import { removeHeldLock } from '../usecases/switchover/held-lock';
import { begin, prepare, type Wanted } from '../usecases/switchover/prepare';
import { createRunWorld, type Handover, type RunWorld, until } from './testing/run-world';

let w: RunWorld;
let journalId: string | undefined;
let watching = true;
/** The most that were ever seen alive at once, asked at the Controllers themselves all the time. */
let mostAlive = 0;
let watch: Promise<void>;
beforeEach(async () => {
  w = await createRunWorld();
  journalId = await w.live('primary');
  [watching, mostAlive] = [true, 0];
  const eye = w.open();
  watch = (async () => {
    while (watching) {
      const cluster = w.world.demoCluster();
      const looks = await Promise.all((['primary', 'secondary'] as const).map((slot) => eye.ctx.controller(cluster, slot)?.look()));
      const active = looks.filter((l) => l?.ok && l.value.node.kind === 'state' && !l.value.node.state.isBackup).length;
      mostAlive = Math.max(mostAlive, active);
      await new Promise((wake) => setTimeout(wake, 25));
    }
  })();
}, 60_000);
afterEach(async () => {
  watching = false;
  await watch;
  await w.close();
  expect(mostAlive).toBeLessThanOrEqual(1);
}, 30_000);

/** A Handover that calls back when a step is intended, before anything is done for it. */
function handover(at?: StepId, meddle?: () => unknown, way: 'do' | 'undo' = 'do'): Handover {
  let done = false;
  return w.open({
    runs: (real) => ({
      ...real,
      append(runId, clusterId, position, event: RunEvent) {
        const written = real.append(runId, clusterId, position, event);
        if (!done && written.ok && event.type === 'StepIntended' && event.step === at && event.way === way) {
          done = true;
          meddle?.();
        }
        return written;
      },
    }),
  });
}
const rests = (runId: string) => until(() => w.state(runId).phase !== 'working', 60_000);
async function choose(h: Handover, runId: string, choice: Choice): Promise<void> {
  const chosen = await h.runner.choose(runId, choice, { who: 'm.keller' });
  if (!chosen.ok) throw new Error(chosen.error.message);
  await rests(runId);
}
async function lives(slot: Slot): Promise<void> {
  expect([await w.live('primary'), await w.live('secondary')]).toEqual(
    slot === 'primary' ? [journalId, undefined] : [undefined, journalId],
  );
}
const story = (runId: string): string =>
  w
    .events(runId)
    .map((e) => JSON.stringify({ ...e, at: undefined, evidence: undefined, plan: undefined, files: undefined }))
    .join('\n');
const runs = async (slot: Slot): Promise<boolean> => {
  const seen = await w.engine(slot).inspect(w.name(slot));
  return seen.ok && seen.value !== 'absent' && seen.value.state === 'running';
};
const stops = (runId: string) => w.events(runId).flatMap((e) => (e.type === 'RunStopped' ? [e.reason] : []));
const folder = (slot: Slot) => w.world.containers(slot === 'primary' ? 'docker-a' : 'docker-b').folder;
const socket = (slot: Slot, gone: boolean) => setFaults(folder(slot), { socketGoneSince: gone ? Date.now() : undefined });

describe('an undisturbed run', () => {
  test('aborted while it copies: undo leaves everything as it was', async () => {
    let runId = '';
    const h = handover('prove-fence', () => void h.runner.choose(runId, 'undo', { who: 'm.keller', why: 'not today' }));
    runId = await w.begin(h, 'primary');
    await rests(runId);
    expect(w.state(runId)).toMatchObject({ phase: 'ended', result: 'undone' });
    await lives('primary');
    expect(await w.engine('primary').inspect(w.name('primary'))).toMatchObject({ value: { state: 'running' } });
    // And it may begin again.
    const again = await w.begin(h, 'primary');
    await rests(again);
    expect(w.state(again).result).toBe('succeeded');
    await lives('secondary');
  }, 60_000);
});

describe('a start is refused', () => {
  async function ready(h: Handover) {
    const seen = await prepare(h.ctx, w.world.demoCluster(), 'primary', []);
    const accepted = seen.preflight.checks.filter((c) => c.verdict === 'warn').map((c) => c.id);
    const wanted: Wanted = { from: 'primary', planHash: seen.hash ?? '', expectActive: w.name('primary'), reason: 'test', accepted };
    return {
      wanted,
      accepted,
      go: (o: Partial<Wanted> = {}) => begin(h.ctx, h.runner, w.world.demoCluster(), { ...wanted, ...o }, 'm.keller', []),
    };
  }
  const why = (r: Awaited<ReturnType<typeof begin>>) => (r.ok ? 'started' : r.error.message);

  test('wrong name, other plan, unaccepted warning, open run; and nothing is written', async () => {
    const h = w.open();
    const { go, accepted } = await ready(h);
    expect(why(await go({ expectActive: w.name('secondary') }))).toContain('is not the container that has the journal now');
    expect(why(await go({ planHash: 'another' }))).toContain('the plan would be another one');
    // The rehearsal's pair may pass every check; where one warns, it has to be accepted.
    if (accepted.length > 0) expect(why(await go({ accepted: [] }))).toContain('were not accepted');
    expect(w.store.runs.list()).toEqual([]);
    const begun = await go();
    expect(why(begun)).toBe('started');
    expect(why(await go())).toMatch(/^Not started\. No other run: Run \d+ has no end yet\. m\.keller began run \d+ at [\d:]+ \(test\)\.$/);
    if (begun.ok) await rests(begun.value);
  }, 60_000);

  test('the lock is held by another Handover on the same world; it gives nothing of it away', async () => {
    const other = w.open({ self: 'elsewhere' });
    const taken = await w.engine('secondary').takeLock('demo', { run: '1', handover: 'elsewhere', cluster: 'demo' });
    expect(taken.ok).toBe(true);
    const h = w.open();
    const { go } = await ready(h);
    expect(why(await go())).toMatch(/^Not started\. No other run: The lock is held by run 1 of elsewhere, since/);
    const held = (await prepare(h.ctx, w.world.demoCluster(), 'primary', [])).heldLock;
    expect(held).toMatchObject({ run: '1', handover: 'elsewhere', tokens: [taken.ok && taken.value.token] });
    // Even past the checks: the step itself refuses, and run 1 of the other is not taken for ours.
    const runId = await w.begin(h, 'primary');
    await rests(runId);
    expect(stops(runId).length + w.events(runId).filter((e) => e.type === 'StepEnded' && e.outcome === 'failed').length).toBeGreaterThan(0);
    expect(await w.engine('secondary').inspectLock('demo')).toMatchObject({ value: { owner: { handover: 'elsewhere' } } });
    const asked = await h.runner.see(runId);
    if (!asked.ok) throw new Error(asked.error.message);
    expect(recommend(asked.value.choices, compare(asked.value.state, asked.value.world))).toMatchObject({
      choice: 'by-hand',
      why: [{ key: 'recommend.lock-theirs' }],
    });
    expect(en['recommend.lock-theirs']).toContain('Taking over by hand ends it');
    // While a run is open nobody removes it; nor on the ground of evidence that was not read.
    expect(await removeHeldLock(h.ctx, w.world.demoCluster(), held?.tokens ?? [])).toMatchObject({ error: { code: 'CONFLICT' } });
    // Nothing of ours is to be taken back, and what is theirs is not ours to wait for.
    await choose(h, runId, 'by-hand');
    await choose(h, runId, 'done-by-hand');
    expect(w.state(runId).result).toBe('by-hand');
    expect(await w.engine('secondary').inspectLock('demo')).toMatchObject({ value: { owner: { handover: 'elsewhere' } } });
    await lives('primary');
    expect(await removeHeldLock(h.ctx, w.world.demoCluster(), ['another'])).toMatchObject({ error: { code: 'CONFLICT' } });
    expect(await w.engine('secondary').inspectLock('demo')).toMatchObject({ value: { owner: { handover: 'elsewhere' } } });
    expect(await removeHeldLock(h.ctx, w.world.demoCluster(), held?.tokens ?? [])).toEqual({ ok: true, value: undefined });
    expect(await w.engine('secondary').inspectLock('demo')).toEqual({ ok: true, value: 'free' });
    expect((await ready(h)).wanted.planHash).not.toBe('');
    await other.close();
  }, 60_000);
});

describe('faults on the way', () => {
  test('the disk is full during the copy: it stops, undo is offered, and with room it goes on', async () => {
    const full = (on: boolean) => w.world.act([{ do: 'disk', engine: 'spare-engine', leaves: on ? 1_000 : 'all' }]);
    await full(true);
    const h = w.open();
    const runId = await w.begin(h, 'primary');
    await rests(runId);
    expect(w.state(runId)).toMatchObject({ phase: 'asking', stopped: { step: 'copy-ahead' } });
    expect(JSON.stringify(w.events(runId))).toContain('DISK_FULL');
    await lives('primary');
    await full(false);
    await choose(h, runId, 'continue');
    expect(w.state(runId).result).toBe('succeeded');
    await lives('secondary');
  }, 60_000);

  test.each<[StepId, Slot]>([
    ['fence-ahead', 'primary'],
    ['copy-rest', 'secondary'],
    ['retire', 'primary'],
    ['unfence', 'secondary'],
  ])(
    'the socket is gone at %s (%s): it asks, and with the socket back it goes on',
    async (step, slot) => {
      const h = handover(step, () => socket(slot, true));
      const runId = await w.begin(h, 'primary');
      await rests(runId);
      expect(w.state(runId).phase).toBe('asking');
      expect(w.state(runId).steps[step].do).not.toBe('succeeded');
      socket(slot, false);
      await choose(h, runId, 'continue');
      expect(w.state(runId).result).toBe('succeeded');
      await lives('secondary');
    },
    90_000,
  );

  test('the source is killed instead of its proper end: not taken for a stop; undo brings it back', async () => {
    const h = handover('shut-down', () => void w.world.act([{ do: 'kill', slot: 'primary' }]));
    const runId = await w.begin(h, 'primary');
    await rests(runId);
    // Either the kill came first, or the proper end did: both end with exactly one.
    if (w.state(runId).result === undefined) {
      expect(['not-proper', 'step-failed', 'source-ended']).toContain(stops(runId).at(-1));
      await choose(h, runId, 'undo');
      expect(w.state(runId).result).toBe('undone');
      await lives('primary');
    } else await lives('secondary');
  }, 60_000);

  test.each<StepId>(['prove-fence', 'copy-rest', 'retire', 'unfence', 'start'])(
    'somebody starts the source at %s: two never live',
    async (step) => {
      const h = handover(step, () => void w.engine('primary').start(w.name('primary')));
      const runId = await w.begin(h, 'primary');
      await rests(runId);
      if (w.state(runId).phase === 'asking') {
        // It refuses by itself, or idles where its journal is retired already: then a person stops it.
        await until(async () => !(await runs('primary')), 3_000).catch(() =>
          w.engine('primary').stop(w.name('primary'), { timeoutSeconds: 10 }),
        );
        const seen = await h.runner.see(runId);
        await choose(h, runId, seen.ok && seen.value.choices.includes('continue') ? 'continue' : 'undo');
      }
      const { result } = w.state(runId);
      expect(['succeeded', 'undone'], story(runId)).toContain(result);
      await lives(result === 'succeeded' ? 'secondary' : 'primary');
    },
    90_000,
  );

  test.each<StepId>(['fence-ahead', 'copy-rest'])(
    'somebody starts the target early, at %s: it is not taken for ours',
    async (step) => {
      const h = handover(step, () => void w.engine('secondary').start(w.name('secondary')));
      const runId = await w.begin(h, 'primary');
      await rests(runId);
      if (w.state(runId).phase === 'asking') {
        await w.engine('secondary').stop(w.name('secondary'), { timeoutSeconds: 10 });
        await choose(h, runId, 'continue');
      }
      const { result } = w.state(runId);
      if (result === undefined) await choose(h, runId, 'undo');
      const end = w.state(runId).result;
      expect(['succeeded', 'undone']).toContain(end);
      await lives(end === 'succeeded' ? 'secondary' : 'primary');
    },
    90_000,
  );

  test.each([
    ['continue', ''],
    ['continue', ', before its restart policy was set'],
    ['continue', ', and stops it again'],
    ['by-hand', ''],
  ] as const)(
    'somebody starts the target early, at unfence, as soon as it may start: the run says so; %s ends it%s',
    async (choice, when) => {
      let armed = false;
      let unset = when.includes('policy');
      const secondary = w.name('secondary');
      const h: Handover = w.open({
        runs: (real) => ({
          ...real,
          append(runId, clusterId, position, event: RunEvent) {
            armed ||= event.type === 'StepIntended' && event.step === 'unfence';
            return real.append(runId, clusterId, position, event);
          },
        }),
        // Before the first look that could see the fence off: from then on the run would start it by itself.
        engine: (real) => {
          const inspect = async (name: string) => {
            const seen = await real.inspect(name);
            if (!armed || name !== secondary || !seen.ok || seen.value === 'absent') return seen;
            const disk = await h.ctx.readDisk(real, seen.value);
            if (!disk.ok || 'code' in disk.value.config || disk.value.config.isBackup) return seen;
            armed = false;
            await real.start(name);
            await until(async () => (await w.live('secondary')) !== undefined);
            return real.inspect(name);
          };
          const hold: Engine['setRestartPolicy'] = async (name, policy) => {
            if (!unset || name !== secondary) return real.setRestartPolicy(name, policy);
            unset = false;
            return { ok: true, value: undefined };
          };
          return new Proxy(real, {
            get(of, key) {
              const value: unknown = key === 'inspect' ? inspect : key === 'setRestartPolicy' ? hold : Reflect.get(of, key, of);
              return typeof value === 'function' ? value.bind(of) : value;
            },
          });
        },
      });
      const runId = await w.begin(h, 'primary');
      await rests(runId);
      expect(w.state(runId), story(runId)).toMatchObject({ phase: 'asking', pointPassed: false });
      expect(stops(runId)).toEqual(['target-running']);
      expect(en['run.stopped.target-running']).toBe('Somebody started the {target} before its time.');
      let seen = await h.runner.see(runId);
      await until(async () => {
        seen = await h.runner.see(runId);
        return seen.ok && targetWorks(seen.value.state, seen.value.world);
      });
      if (!seen.ok) throw new Error(seen.error.message);
      // What it does now would be lost by an undo.
      expect(goneOn(seen.value.state, seen.value.world)).toBe(true);
      expect(seen.value.choices).toEqual(['continue', 'by-hand']);
      expect(earlyStart(seen.value.state, seen.value.world)).toMatchObject({ text: { key: 'run.early.works' }, commands: [] });
      const advice = recommend(seen.value.choices, compare(seen.value.state, seen.value.world), true);
      expect([advice.choice, ...advice.why.map((m) => en[m.key])]).toEqual([
        'continue',
        'The other instance works already, with the right journal, and this one is stopped, fenced and retired. Going on proves that and ends the run; an undo would lack what was written since.',
      ]);
      if (when.includes('stops')) {
        await w.engine('secondary').stop(secondary, { timeoutSeconds: 10 });
        seen = await h.runner.see(runId);
        if (!seen.ok) throw new Error(seen.error.message);
        expect(seen.value.choices).toEqual(['continue', 'by-hand']);
        const byYou = earlyStart(seen.value.state, seen.value.world);
        expect([byYou?.text.key, byYou?.commands[1]]).toEqual(['run.early.gone-on', `docker start ${secondary}`]);
        // Just as it is told.
        await w.engine('secondary').start(secondary);
        await until(async () => {
          seen = await h.runner.see(runId);
          return seen.ok && targetWorks(seen.value.state, seen.value.world);
        });
      }
      await choose(h, runId, choice);
      if (choice === 'by-hand') await choose(h, runId, 'done-by-hand');
      expect(w.state(runId).result, story(runId)).toBe(choice === 'continue' ? 'succeeded' : 'by-hand');
      await lives('secondary');
      for (const slot of ['primary', 'secondary'] as const)
        expect(await w.engine(slot).inspectLock('demo')).toMatchObject({ value: 'free' });
    },
    90_000,
  );
});
