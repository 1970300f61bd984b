/** The host's clock jumps during a run (a suspended machine, a corrected clock): nothing is lost by it, and at worst a person is asked. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunEvent } from '../domain/switchover/events';
import { reportOf } from '../domain/switchover/report';
import { foldRun } from '../domain/switchover/state';
import type { StepId } from '../domain/switchover/steps';
import { createRunWorld, type Handover, type RunWorld, until } from './testing/run-world';

let w: RunWorld;
let lineage: string | undefined;
beforeEach(async () => {
  w = await createRunWorld();
  lineage = await w.live('primary');
}, 60_000);
afterEach(() => w.close(), 30_000);

const HOUR = 3_600_000;
/** From the intent of `step` on, this Handover's clock is off by so much. */
function jumping(step: StepId, by: number): Handover {
  let off = 0;
  return w.open({
    runs: (real) => ({
      ...real,
      append(runId, clusterId, at, event: RunEvent) {
        const written = real.append(runId, clusterId, at, event);
        if (event.type === 'StepIntended' && event.step === step) off = by;
        return written;
      },
    }),
    ctx: (real) => ({ ...real, clock: { now: () => Date.now() + off } }),
  });
}

const STEPS: readonly StepId[] = ['lock', 'copy-ahead', 'shut-down', 'copy-rest', 'start'];
test.each(STEPS.flatMap((step) => [24 * HOUR, -24 * HOUR].map((by) => [step, by / HOUR] as const)))(
  'at %s by %i hours: the run ends right, after a question at most; its log can be read, its times are told as they were',
  async (step, hours) => {
    const h = jumping(step, hours * HOUR);
    const runId = await w.begin(h, 'primary');
    await until(() => w.state(runId).phase !== 'working', 60_000);
    for (let i = 0; i < 3 && w.state(runId).phase === 'asking'; i++) {
      expect((await h.runner.choose(runId, 'continue', { who: 'm.keller' })).ok).toBe(true);
      await until(() => w.state(runId).phase !== 'working', 60_000);
    }
    expect(w.state(runId).result).toBe('succeeded');
    expect([await w.live('primary'), await w.live('secondary')]).toEqual([undefined, lineage]);
    expect(() => foldRun(w.events(runId))).not.toThrow();
    expect(reportOf(w.events(runId)).downMs ?? 0).toBeGreaterThanOrEqual(0);
  },
  120_000,
);
