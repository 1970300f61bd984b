/** A switch-over of a Controller with an Agent, there and back: emulated Controllers and Agent as real processes. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Slot } from '../domain/cluster/cluster';
import { reportOf } from '../domain/switchover/report';
import { prepare } from '../usecases/switchover/prepare';
import { createRunWorld, type Handover, type RunWorld, until } from './testing/run-world';

let w: RunWorld;
let h: Handover;
beforeEach(async () => {
  w = await createRunWorld({ agentAttached: true, ordersPerMinute: 120 });
  h = w.open();
}, 60_000);
afterEach(() => w.close(), 30_000);

const agents = async (slot: Slot) => {
  const told = await h.ctx.controller(w.world.demoCluster(), slot)?.agents();
  return told?.ok && told.value !== 'not-in-time' ? told.value : [];
};
/** Every start of a job, as the Agent counted it. */
async function jobs(url: string): Promise<string[]> {
  const runs = (await (await fetch(`${url}/runs`)).json()) as { orderId: string; job: string }[];
  return runs.map((r) => `${r.orderId} ${r.job}`);
}
async function checked(from: Slot): Promise<void> {
  const seen = await prepare(h.ctx, w.world.demoCluster(), from, []);
  expect(seen.preflight.checks.find((c) => c.id === 'agents')).toMatchObject({
    verdict: 'pass',
    measured: { key: 'check.agents.coupled' },
  });
  if (!seen.plan.ok) throw new Error(seen.plan.error.message);
  expect(seen.plan.value.agents).toEqual(['agent-1']);
  expect(seen.plan.value.steps.slice(-2)).toEqual(['agents', 'report']);
}
async function moved(from: Slot): Promise<void> {
  const runId = await w.begin(h, from);
  await until(() => w.state(runId).phase !== 'working', 60_000);
  expect(w.state(runId)).toMatchObject({ result: 'succeeded', steps: { agents: { do: 'succeeded' } } });
  const said = w.events(runId).flatMap((e) => (e.type === 'StepEnded' && e.step === 'agents' ? e.evidence.map((v) => v.said) : []));
  expect(said).toEqual([{ key: 'evidence.agents', params: { names: { as: 'name', value: 'agent-1' } } }]);
}

test('there and back: the run waits for the Agent, and each job has run once', async () => {
  await until(async () => (await agents('primary')).some((a) => a.coupled));
  const [agent] = await agents('primary');
  const url = agent?.url ?? '';
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await checked('primary');
  await moved('primary');
  expect(await agents('secondary')).toEqual([{ name: 'agent-1', url, coupled: true }]);
  await checked('secondary');
  await moved('secondary');
  // What was begun before the moves goes on after them: more jobs come, and none for a second time.
  const so = new Set(await jobs(url)).size;
  expect(so).toBeGreaterThan(4);
  await until(async () => new Set(await jobs(url)).size >= so + 4);
  const all = await jobs(url);
  expect(all.toSorted()).toEqual([...new Set(all)].toSorted());
}, 120_000);

test('an Agent that does not couple again: the run ends without it, and names it', async () => {
  await until(async () => (await agents('primary')).some((a) => a.coupled));
  // Its clock is two minutes ahead as soon as the Agent was asked for: then the deadline of that step has passed.
  let late = 0;
  const gone = w.open({
    ctx: (real) => ({
      ...real,
      elapsed: () => performance.now() + late,
      controller: (cluster, slot) => {
        const client = real.controller(cluster, slot);
        if (!client || slot === 'primary') return client;
        const agents = async () => {
          late = 130_000;
          return { ok: true as const, value: [{ name: 'agent-1', url: '', coupled: false }] };
        };
        return { ...client, agents };
      },
    }),
  });
  const runId = await w.begin(gone, 'primary');
  await until(() => w.state(runId).phase !== 'working', 60_000);
  expect(w.state(runId).result).toBe('succeeded');
  expect(reportOf(w.events(runId)).left).toEqual(['agents']);
  const left = w.events(runId).find((e) => e.type === 'StepEnded' && e.step === 'agents');
  expect(left).toMatchObject({
    outcome: 'failed',
    evidence: [{ said: { key: 'evidence.agents-left', params: { names: { value: 'agent-1' } } } }],
  });
  expect(await w.live('secondary')).toBeDefined();
}, 90_000);
