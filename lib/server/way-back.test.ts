/** The way back after a split brain, on emulated Controllers and an emulated Agent that behave as the real ones were recorded (11, 11b, 11c). */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Slot } from '../domain/cluster/cluster';
import { plan } from '../domain/rehearsal/faults';
import type { WayEvent, WayStep } from '../domain/wayback/events';
import { currentOf } from '../domain/wayback/steps';
import { compareJournals } from '../usecases/switchover/journals';
import { type Asked, createWayBack, type WayBack } from '../usecases/wayback/way';
import { openWayLog } from './runs/way-log';
import { createRunWorld, type Handover, type RunWorld, until } from './testing/run-world';

const AGENT = 'js7-demo-agent';
const STAYS_MS = 4_500;
let w: RunWorld;
let h: Handover;
let way: WayBack;
let written: WayEvent['type'][];
const open = (): WayBack =>
  createWayBack({
    ctx: h.ctx,
    log: openWayLog(w.store),
    changed: (_, events) => written.push(events.at(-1)?.type ?? 'Began'),
    staysMs: STAYS_MS,
  });
beforeEach(async () => {
  written = [];
  w = await createRunWorld({ agentAttached: true, ordersPerMinute: 120 });
  h = w.open();
  way = open();
}, 60_000);
afterEach(() => w.close(), 30_000);

const running = async (slot: Slot): Promise<boolean> => {
  const i = await w.engine(slot).inspect(w.name(slot));
  return i.ok && i.value !== 'absent' && i.value.state === 'running';
};
/** As recorded: one or both read events that they do not know, and end with exit code 0. */
async function splitBrain(): Promise<void> {
  let agent = '';
  await until(async () => {
    const told = await h.ctx.controller(w.world.demoCluster(), 'primary')?.agents();
    agent = told?.ok && told.value !== 'not-in-time' ? (told.value[0]?.url ?? '') : '';
    // Before the Agent belongs to this lineage, the copy would not couple with it.
    return agent !== '' && ((await (await fetch(`${agent}/runs`)).json()) as unknown[]).length > 0;
  }, 30_000);
  for (const fault of ['take-fence-off', 'start-old'] as const) {
    const acts = plan(fault, true, w.world.look());
    if (!acts.ok) throw new Error(acts.error.message);
    expect(await w.world.act(acts.value)).toMatchObject({ ok: true });
  }
  await until(async () => !(await running('primary')) || !(await running('secondary')), 40_000);
}
async function newer(): Promise<Slot> {
  const seen = await compareJournals(h.ctx, w.world.demoCluster());
  return seen.newer === 'secondary' ? 'secondary' : 'primary';
}
const id = 'demo';
const stands = async (): Promise<WayStep> => {
  const seen = await way.see(id);
  if (!seen) throw new Error('none');
  return currentOf(seen.state, seen.world, { now: seen.at, staysMs: STAYS_MS });
};
async function ask(step: WayStep, more: Partial<Asked> = {}): Promise<void> {
  const asked = await way.ask(id, { step, who: 'm.keller', ...more });
  if (!asked.ok) throw new Error(`${step}: ${asked.error.message}`);
  await way.settled(id);
  const last = openWayLog(w.store).events(id).at(-1);
  if (last?.type === 'Failed') throw new Error(`${step}: ${last.problem.message} ${last.problem.detail ?? ''}`);
}

test('the whole way: both stopped, the newer kept, Agents down, started, reset, coupled again; and the other one can only idle', async () => {
  await splitBrain();
  expect(await way.begin(w.world.demoCluster(), 'secondary', { who: 'm.keller', reason: 'two lived' })).toMatchObject({ ok: true });
  expect(await way.begin(w.world.demoCluster(), 'primary', { who: 'x', reason: 'again' })).toMatchObject({ error: { code: 'CONFLICT' } });
  await ask('lock');
  const early = await way.ask(id, { step: 'keep', who: 'm.keller', typed: w.name('secondary') });
  expect(early).toMatchObject({ error: { code: 'CONFLICT' } });
  await ask('stop');
  expect([await running('primary'), await running('secondary')]).toEqual([false, false]);
  // Which one is newer is certain only now; the wrong one is refused, whoever types it, and nothing was set aside.
  const keep = await newer();
  const other: Slot = keep === 'primary' ? 'secondary' : 'primary';
  await expect(ask('keep', { typed: w.name(other) })).rejects.toThrow('is not proved to be the newer one');
  expect((await compareJournals(h.ctx, w.world.demoCluster()))[other]?.place).toBe('state');
  expect(await way.ask(id, { step: 'keep', who: 'm.keller', typed: 'another' })).toMatchObject({ error: { code: 'CONFLICT' } });
  await ask('keep', { typed: w.name(keep) });
  expect(written).toContain('Turned');
  // Nothing is started before a person has said that the Agents are down.
  expect(await way.ask(id, { step: 'start', who: 'm.keller' })).toMatchObject({ error: { code: 'CONFLICT' } });

  // Another Handover process would find the same: all of it is in the log and in the world.
  way = open();
  expect(await stands()).toBe('agents-down');
  expect((await w.engine('primary').stop(AGENT, { timeoutSeconds: 10 })).ok).toBe(true);
  await ask('agents-down', { said: true });
  await ask('start');
  await until(async () => (await stands()) === 'reset', 40_000);

  const seen = await way.see(id);
  expect(seen?.world.known).toMatchObject([{ name: 'agent-1' }]);
  expect(await way.ask(id, { step: 'reset', who: 'm.keller', said: true })).toMatchObject({ error: { code: 'BAD_REQUEST' } });
  await ask('reset', { agent: 'agent-1' });
  expect(await stands()).toBe('agents-up');
  expect((await w.engine('primary').start(AGENT)).ok).toBe(true);
  await until(async () => (await stands()) === 'end', 40_000);
  await ask('end');
  expect(way.open(id)).toBeUndefined();
  expect((await way.see(id))?.state.ended).toBe('done');
  expect(written.at(-1)).toBe('Ended');

  expect([await running(keep), await running(other)]).toEqual([true, false]);
  // The lock is gone, the other one is fenced: started by hand it does not work.
  expect(await w.engine(other).inspectLock(id)).toEqual({ ok: true, value: 'free' });
  await w.engine(other).start(w.name(other));
  await new Promise((wake) => setTimeout(wake, 3_000));
  const look = await h.ctx.controller(w.world.demoCluster(), other)?.look();
  expect(look?.ok && look.value.ready === true).toBe(false);
  expect(await running(keep)).toBe(true);
}, 180_000);

test('cut off in the middle, meddled with, and told wrongly: each time the world says where it stands', async () => {
  await splitBrain();
  await way.begin(w.world.demoCluster(), 'primary', { who: 'm.keller', reason: 'two lived' });
  await ask('lock');
  // Handover was killed after the intent: the step is done again by whoever asks.
  const log = openWayLog(w.store);
  log.append(id, log.events(id).length, { at: Date.now(), type: 'Intended', step: 'stop', by: 'm.keller' });
  way = open();
  await ask('stop');
  // Killed after the effect, before the outcome: it is seen to be done, and written down by the next step.
  const keep = await newer();
  const other: Slot = keep === 'primary' ? 'secondary' : 'primary';
  // Somebody starts the one that is to be set aside: both have to be stopped again first.
  await w.engine(other).start(w.name(other));
  await until(async () => (await stands()) === 'stop');
  await ask('stop');
  const sure = await newer();
  await ask('keep', { typed: w.name(sure) });
  // A lie: the Agent is up. The kept one ends as recorded, and the question comes again.
  await ask('agents-down', { said: true });
  await ask('start');
  await until(async () => (await stands()) === 'agents-down', 40_000);
  expect(await running(sure)).toBe(false);
  await w.engine('primary').stop(AGENT, { timeoutSeconds: 10 });
  await ask('agents-down', { said: true });
  await ask('start');
  await until(async () => (await stands()) === 'reset', 40_000);
  expect(await h.ctx.controller(w.world.demoCluster(), sure)?.resetAgent('nobody')).toMatchObject({ error: { code: 'NOT_FOUND' } });
  // Said instead of done, with a reason; then left: nothing is taken back, the lock is free.
  await ask('reset', { agent: 'agent-1', said: true, why: 'it took no part' });
  expect(await way.leave(id, { who: 'm.keller', why: 'the rest by hand' })).toMatchObject({ ok: true });
  expect((await way.see(id))?.state).toMatchObject({ ended: 'left' });
  expect(await w.engine('primary').inspectLock(id)).toEqual({ ok: true, value: 'free' });
  expect(await running(sure)).toBe(true);
}, 180_000);
