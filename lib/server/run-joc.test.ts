/** Runs with a JOC Cockpit that follows: the emulated one as a process, with its own vantage point and the recorded defect "there and back" (joc-proved N1). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Slot } from '../domain/cluster/cluster';
import { problem } from '../domain/errors';
import { proxyOf } from '../domain/joc/follows';
import type { JocFollow, JocSees } from '../domain/joc/joc';
import { sameUrl } from '../domain/joc/leads';
import { err } from '../domain/result';
import type { Choice, RunEvent } from '../domain/switchover/events';
import { reportOf } from '../domain/switchover/report';
import type { StepId } from '../domain/switchover/steps';
import type { Engine } from '../ports/engine';
import { createRunWorld, type Handover, type RunWorld, until } from './testing/run-world';

const NETWORK = 'js7';
const NAME = 'js7-controller';
const URLS = {
  primary: ['http://js7-demo-primary:4444', 'http://one:4444'],
  secondary: ['http://js7-demo-secondary:4444', 'http://two:4444'],
};
const UPDATE: JocFollow = { kind: 'update', urls: URLS };
const BY_NAME: JocFollow = { kind: 'name', url: `http://${NAME}:4444`, alias: NAME, network: NETWORK };
const other = (slot: Slot): Slot => (slot === 'primary' ? 'secondary' : 'primary');

let w: RunWorld;
let journalId: string | undefined;
beforeEach(async () => {
  w = await createRunWorld({ ordersPerMinute: 0 });
  journalId = await w.live('primary');
}, 60_000);
afterEach(() => w.close(), 30_000);

const value = <T>(r: { ok: true; value: T } | { ok: false; error: { code: string; message: string; detail?: string } }): T => {
  if (!r.ok) throw new Error(`${r.error.code}: ${r.error.message} ${r.error.detail ?? ''}`);
  return r.value;
};
const aliasesOf = async (slot: Slot): Promise<readonly string[]> => {
  const seen = value(await w.engine(slot).inspect(w.name(slot)));
  return seen === 'absent' ? [] : (seen.networks.find((n) => n.network === NETWORK)?.aliases ?? []);
};
const give = async (slot: Slot, ...more: string[]) =>
  value(await w.engine(slot).making.setAliases(w.name(slot), NETWORK, [...(await aliasesOf(slot)), ...more]));
const sees = async (): Promise<JocSees> => {
  const seen = value(await w.jocClient.see('demo'));
  if (seen === 'not-registered') throw new Error('not registered');
  return seen;
};
/** What the Controller itself says of its start, and what JOC's proxy proves. */
async function proxy(live: Slot): Promise<string> {
  const h = w.open();
  const cluster = w.store.clusters.get('demo');
  const look = cluster && (await h.ctx.controller(cluster, live)?.look());
  await h.close();
  const overview = look?.ok ? look.value.overview : undefined;
  const startedAt = typeof overview === 'object' && 'startedAt' in overview ? overview.startedAt : undefined;
  return proxyOf({ proxyAt: (await sees()).proxyAt, startedAt, otherMayWork: (await w.live(other(live))) !== undefined });
}
/** Registers the live Primary and saves how it is followed. */
async function registered(follow: JocFollow): Promise<void> {
  await give('primary', 'one', ...(follow.kind === 'name' ? [NAME] : []));
  await give('secondary', 'two');
  const url = follow.kind === 'name' ? follow.url : (URLS.primary[0] as string);
  await until(async () => (await w.jocClient.test({ url, controllerId: '' })).ok);
  value(await w.jocClient.register({ nodes: [{ url, role: 'STANDALONE', title: 'DEMO' }], audit: { comment: 'test' } }));
  const [settings] = w.world.jocSettings();
  const cluster = w.world.demoCluster();
  w.store.clusters.save({ ...cluster, joc: { jocId: settings?.id ?? '', follow, captions: { primary: 'ONE', secondary: 'TWO' } } });
  await until(async () => (await proxy('primary')) === 'follows');
}
async function run(from: Slot, h: Handover = w.open()): Promise<string> {
  const runId = await w.begin(h, from);
  await h.runner.settled(runId);
  await h.close();
  return runId;
}
const story = (runId: string): string =>
  w
    .events(runId)
    .map((e) => JSON.stringify({ ...e, at: undefined, evidence: undefined, plan: undefined, files: undefined }))
    .join('\n');
const reported = (runId: string) => reportOf(w.events(runId));
async function lives(slot: Slot): Promise<void> {
  expect([await w.live('primary'), await w.live('secondary')]).toEqual(
    slot === 'primary' ? [journalId, undefined] : [undefined, journalId],
  );
}

test('by update: there and back three times, and the proxy follows each time, also where an address that returns sticks', async () => {
  await registered(UPDATE);
  let from: Slot = 'primary';
  const urls: string[] = [];
  for (let trip = 0; trip < 6; trip++) {
    const to = other(from);
    const runId = await run(from);
    expect(w.state(runId).result, story(runId)).toBe('succeeded');
    const { joc, left } = reported(runId);
    expect([left, joc?.outcome]).toEqual([[], 'follows']);
    const url = (await sees()).nodes[0]?.url ?? '';
    urls.push(url);
    expect(URLS[to].some((u) => sameUrl(u, url))).toBe(true);
    expect(joc).toMatchObject({ follow: 'update', after: url });
    expect(await proxy(to)).toBe('follows');
    expect((await sees()).nodes[0]?.title).toBe(to === 'primary' ? 'ONE' : 'TWO');
    await lives(to);
    from = to;
  }
  // The defect was met: back at the first address the proxy stayed, the other spelling helped, and is the first to be tried from then on.
  expect(urls.filter((_, i) => i % 2 === 1)).toEqual(['http://one:4444', 'http://one:4444', 'http://one:4444']);
  const told = w.store.runs
    .list()
    .flatMap(({ runId }) => w.events(runId))
    .flatMap((e) => (e.type === 'StepEnded' ? e.evidence.map((x) => x.said.key) : []));
  expect(told.filter((key) => key === 'reg.follow.stuck')).toHaveLength(1);
}, 240_000);

test('JOC Cockpit is down: the run succeeds and says what is left; finished later with one call', async () => {
  await registered(UPDATE);
  value(await w.engine('primary').stop('js7-joc', { timeoutSeconds: 5 }));
  const runId = await run('primary');
  expect(w.state(runId).result, story(runId)).toBe('succeeded');
  await lives('secondary');
  const report = reported(runId);
  expect(report.left).toEqual(['tell-joc']);
  expect(report.joc).toMatchObject({ outcome: 'left' });
  expect(report.steps.find((s) => s.step === 'tell-joc')).toMatchObject({
    outcome: 'failed',
    problem: { code: 'JOC_UNREACHABLE' },
    evidence: [{ said: { key: 'evidence.joc-left' } }],
  });

  value(await w.engine('primary').start('js7-joc'));
  await until(async () => (await w.jocClient.look()).ok);
  expect(await proxy('secondary')).not.toBe('follows');
  const cluster = w.store.clusters.get('demo');
  const live = cluster && (await w.open().ctx.controller(cluster, 'secondary')?.look());
  const overview = live?.ok ? live.value.overview : undefined;
  if (!cluster?.joc || typeof overview !== 'object' || !('startedAt' in overview)) throw new Error('No Controller');
  const input = {
    cluster,
    live: 'secondary',
    joc: cluster.joc,
    controllerStartedAt: overview.startedAt,
    audit: {},
    signal: AbortSignal.timeout(60_000),
  } as const;
  expect(value(await w.joc.follow(input)).urlNow).toBe(URLS.secondary[0]);
  expect(await proxy('secondary')).toBe('follows');
}, 90_000);

test('JOC Cockpit goes down while the run works, and its plan knows what it pointed to', async () => {
  await registered(UPDATE);
  const h = w.open({
    changed: (runId) => {
      if (w.events(runId).at(-1)?.type === 'StepIntended' && (w.events(runId).at(-1) as { step?: string }).step === 'shut-down')
        void w.engine('primary').stop('js7-joc', { timeoutSeconds: 5 });
    },
  });
  const runId = await run('primary', h);
  const step = reported(runId).steps.find((s) => s.step === 'tell-joc');
  expect(step?.evidence[0]?.said).toEqual({
    key: 'evidence.joc-left-url',
    params: { joc: { as: 'name', value: 'demo JOC' }, url: { as: 'code', value: 'http://js7-demo-primary:4444' } },
  });
  expect(w.state(runId).result).toBe('succeeded');
}, 90_000);

describe('by name', () => {
  beforeEach(() => registered(BY_NAME), 60_000);

  test('by name: the alias moves while both are stopped, JOC follows, and an undo brings it back', async () => {
    const before = [await aliasesOf('primary'), await aliasesOf('secondary')];
    const there = await run('primary');
    expect(w.state(there).result, story(there)).toBe('succeeded');
    expect([await aliasesOf('primary'), await aliasesOf('secondary')]).toEqual([
      before[0]?.filter((a) => a !== NAME),
      [...(before[1] ?? []), NAME],
    ]);
    expect(reported(there)).toMatchObject({
      left: [],
      joc: { follow: 'name', alias: NAME, outcome: 'follows', before: `http://${NAME}:4444`, after: `http://${NAME}:4444` },
    });
    expect(await proxy('secondary')).toBe('follows');
    // Nothing was changed in JOC Cockpit.
    expect((await sees()).nodes[0]).toMatchObject({ url: `http://${NAME}:4444`, title: 'DEMO' });

    // Back, and taken back by a person just before the start: the name is with the one that works again.
    let undone = false;
    const h: Handover = w.open({
      changed: (runId) => {
        const last = w.events(runId).at(-1);
        if (undone || last?.type !== 'StepEnded' || last.step !== 'move-name') return;
        undone = true;
        void h.runner.choose(runId, 'undo', { who: 'm.keller' });
      },
    });
    const back = await run('secondary', h);
    expect(w.state(back).result, story(back)).toBe('undone');
    expect(w.state(back).steps['move-name']).toMatchObject({ do: 'succeeded', undo: 'succeeded' });
    expect(await aliasesOf('secondary')).toContain(NAME);
    expect(await aliasesOf('primary')).not.toContain(NAME);
    await lives('secondary');
    await until(async () => (await proxy('secondary')) === 'follows', 30_000);
  }, 180_000);

  test('somebody started the source before the name was moved: nothing is detached, the run asks', async () => {
    const h = w.open({
      runs: (real) => ({
        ...real,
        append(runId, clusterId, position, event: RunEvent) {
          const written = real.append(runId, clusterId, position, event);
          if (event.type === 'StepIntended' && event.step === 'move-name') void w.engine('primary').start(w.name('primary'));
          return written;
        },
      }),
    });
    const runId = await w.begin(h, 'primary');
    await until(() => w.state(runId).phase !== 'working', 60_000);
    expect(w.state(runId).phase).toBe('asking');
    const carried = [await aliasesOf('primary'), await aliasesOf('secondary')].filter((a) => a.includes(NAME));
    expect(carried.length).toBeLessThanOrEqual(1);
    await h.close();
  }, 90_000);
});

/** Handover dies before or after the effect of a step; the next one continues or undoes. */
describe('killed at the steps of JOC Cockpit', () => {
  type Moment = 'intent-not-written' | 'before-effect' | 'after-effect';
  function killedAt(step: StepId, moment: Moment): { h: Handover; dead: Promise<void> } {
    let die = () => {};
    const dead = new Promise<void>((resolve) => {
      die = resolve;
    });
    let stopped = false;
    const h = w.open({
      runs: (real) => ({
        ...real,
        append(runId, clusterId, position, event: RunEvent) {
          const its = 'step' in event && event.step === step;
          if (stopped || (its && event.type === 'StepIntended' && moment === 'intent-not-written') || (its && event.type === 'StepEnded')) {
            stopped = true;
            die();
            return err(problem('STORE_FAILED', 'killed'));
          }
          const written = real.append(runId, clusterId, position, event);
          if (!its || event.type !== 'StepIntended' || moment !== 'before-effect') return written;
          stopped = true;
          die();
          throw new Error('killed');
        },
      }),
    });
    return { h, dead };
  }
  async function killAndFinish(from: Slot, step: StepId, moment: Moment, choice: Choice): Promise<string> {
    const { h, dead } = killedAt(step, moment);
    const runId = await w.begin(h, from);
    await dead;
    await h.close();
    const next = w.open();
    expect(next.runner.findInterrupted()).toEqual([runId]);
    value(await next.runner.choose(runId, choice, { who: 'm.keller' }));
    await until(() => w.state(runId).phase !== 'working', 90_000).catch(() => {
      throw new Error(`${step} ${moment} ${choice} does not end:\n${story(runId)}`);
    });
    await next.close();
    return runId;
  }
  const MOMENTS: readonly Moment[] = ['intent-not-written', 'before-effect', 'after-effect'];

  test('by name: continued it moves and JOC follows, undone it is back', async () => {
    await registered(BY_NAME);
    let at: Slot = 'primary';
    for (const moment of MOMENTS)
      for (const choice of ['undo', 'continue'] as const) {
        const runId = await killAndFinish(at, 'move-name', moment, choice);
        const what = `${moment}, ${choice}:\n${story(runId)}`;
        expect(w.state(runId).result, what).toBe(choice === 'undo' ? 'undone' : 'succeeded');
        if (choice === 'continue') at = other(at);
        expect([(await aliasesOf(at)).includes(NAME), (await aliasesOf(other(at))).includes(NAME)], what).toEqual([true, false]);
        await lives(at);
        if (choice === 'continue') expect(reported(runId).left, what).toEqual([]);
      }
  }, 300_000);

  test('by update: JOC is told once more only where it has to be, and follows', async () => {
    await registered(UPDATE);
    let at: Slot = 'primary';
    for (const moment of MOMENTS) {
      const runId = await killAndFinish(at, 'tell-joc', moment, 'continue');
      at = other(at);
      expect([w.state(runId).result, reported(runId).left], `${moment}:\n${story(runId)}`).toEqual(['succeeded', []]);
      expect(await proxy(at)).toBe('follows');
      await lives(at);
    }
  }, 240_000);
});

test('cut off between detaching and attaching: continued, it is attached again with all its names, and the name is moved', async () => {
  await registered(BY_NAME);
  const before = [await aliasesOf('primary'), await aliasesOf('secondary')];
  // What a crash in the middle of Docker's two calls leaves: the source's container in no network.
  const detach: Engine['making']['setAliases'] = async (name) => {
    const containers = w.world.containers('docker-a');
    const d = containers.find(name);
    if (d) writeFileSync(join(containers.folderOf(d.id), 'definition.json'), JSON.stringify({ ...d, networks: [] }));
    return err(problem('ENGINE_UNREACHABLE', 'cut off'));
  };
  const h = w.open({
    engine: (real) =>
      new Proxy(real, {
        get: (_, key) => {
          const own = real[key as keyof Engine];
          if (key === 'making') return { ...real.making, setAliases: detach };
          return typeof own === 'function' ? own.bind(real) : own;
        },
      }),
  });
  const runId = await run('primary', h);
  expect([w.state(runId).phase, w.state(runId).stopped]).toMatchObject(['asking', { reason: 'step-failed', step: 'move-name' }]);
  expect(await aliasesOf('primary')).toEqual([]);
  const next = w.open();
  const seen = value(await next.runner.see(runId));
  expect(seen.world.source.name).toBe('unknown');
  value(await next.runner.choose(runId, 'continue', { who: 'm.keller' }));
  await next.runner.settled(runId);
  expect(w.state(runId).result, story(runId)).toBe('succeeded');
  expect(await aliasesOf('primary')).toEqual(before[0]?.filter((a) => a !== NAME));
  expect(await aliasesOf('secondary')).toContain(NAME);
}, 90_000);
