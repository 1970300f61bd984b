/** The runbook on the rehearsal world, whole: real emulated Controllers as processes, real journals, the real log of runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenRehearsalWorld, openRehearsalWorld } from '../adapters/rehearsal/world';
import { openStore } from '../adapters/store/open';
import type { Slot } from '../domain/cluster/cluster';
import { foldRun } from '../domain/switchover/state';
import type { Store } from '../ports/store';
import type { RunContext } from '../usecases/switchover/context';
import { makePlan } from '../usecases/switchover/make-plan';
import { createRunner, type Runner } from '../usecases/switchover/runner';
import { createRunContext } from './run-context';

let dataDir: string;
let world: OpenRehearsalWorld;
let store: Store;
let ctx: RunContext & { close(): Promise<void> };
let runner: Runner;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'handover-run-'));
  world = await openRehearsalWorld({
    dataDir,
    emulatorsDir: join(process.cwd(), 'e2e/emulators'),
    startMs: 0,
    stopMs: 0,
    orders: 5,
    ordersPerMinute: 0,
  });
  store = openStore({ dataDir, keyFile: join(dataDir, 'key') }).store;
  store.clusters.save(world.demoCluster());
  open();
  await until(async () => typeof (await live('primary')) === 'object');
}, 60_000);
afterEach(async () => {
  await runner.close();
  await ctx.close();
  store.close();
  await world.close({ stopAll: true });
  rmSync(dataDir, { recursive: true, force: true });
}, 30_000);

function open(): void {
  ctx = createRunContext({
    store,
    clock: { now: Date.now },
    engine: (id) => world.engines.find((e) => e.id === id),
    changed: () => undefined,
    progress: () => undefined,
  });
  runner = createRunner(ctx);
}
async function run(from: Slot): Promise<string> {
  const plan = await makePlan(ctx, world.demoCluster(), from, store.runs.nextId());
  if (!plan.ok) throw new Error(plan.error.message);
  const started = runner.start(plan.value, { who: 'm.keller', reason: 'test' });
  if (!started.ok) throw new Error(started.error.message);
  await runner.settled(started.value);
  return started.value;
}
async function until(holds: () => Promise<boolean>, withinMs = 20_000): Promise<void> {
  for (const end = Date.now() + withinMs; !(await holds()); ) if (Date.now() > end) throw new Error('Not in time');
}
const live = async (slot: Slot) => {
  const seen = await ctx.controller(world.demoCluster(), slot)?.look();
  return seen?.ok ? { journalId: seen.value.journalId, node: seen.value.node.kind } : seen?.error.code;
};

describe('a switch-over on the rehearsal world', () => {
  it('there and back: the same journal, exactly one lives', async () => {
    const before = await live('primary');
    const one = await run('primary');
    expect(store.runs.events(one).filter((e) => e.type === 'RunStopped' || (e.type === 'StepEnded' && e.outcome !== 'succeeded'))).toEqual(
      [],
    );
    expect(foldRun(store.runs.events(one)).result).toBe('succeeded');
    expect(await live('secondary')).toEqual(before);
    expect(await live('primary')).toBe('CONTROLLER_UNREACHABLE');
    const two = await run('secondary');
    expect(foldRun(store.runs.events(two)).result).toBe('succeeded');
    expect(await live('primary')).toEqual(before);
    expect(await live('secondary')).toBe('CONTROLLER_UNREACHABLE');
  }, 60_000);
});
