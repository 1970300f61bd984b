/** `kill -9` of Handover on a real engine: the two moments of each step that run-faults.docker.test.ts leaves out, so that both together have all four. */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { STEP, STEP_IDS } from '../domain/switchover/steps';
import { begin, type Drill, exactlyOne, finish, openDrill, other, stateOf } from './testing/docker-drill';
import { bundleChild } from './testing/docker-faults';
import type { Desk } from './testing/docker-runs';

const program = join(process.cwd(), '.tmp', `run-kills-${process.pid}.mjs`);
let drill: Drill;
let steps: ReadonlySet<string>;
beforeAll(async () => {
  mkdirSync(join(process.cwd(), '.tmp'), { recursive: true });
  await bundleChild(program);
  drill = await openDrill('kills');
  steps = await drill.within({}, stepsOfARun);
}, 180_000);
afterAll(async () => {
  await drill?.remove();
  rmSync(program, { force: true });
}, 60_000);
beforeEach(() => drill.lookWhoWorks());

/** Which steps a run has here; it goes there, so that the tests begin on the other side. */
async function stepsOfARun(d: Desk): Promise<ReadonlySet<string>> {
  const id = await begin(d, 'primary');
  await d.runner.settled(id);
  expect(stateOf(d, id).result).toBe('succeeded');
  return new Set(stateOf(d, id).plan.steps);
}
async function killedAt(die: { when: string; type: string; step: string }): Promise<void> {
  const { site, dataDir, active: from } = drill;
  const child = spawn(process.execPath, [program, JSON.stringify({ site, dataDir, from, die })], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const s of [child.stdout, child.stderr])
    s.on('data', (b: Buffer) => {
      said += b.toString();
    });
  const signal = await new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_, by) => resolve(by)));
  expect(signal, said).toBe('SIGKILL');
}

const POINTS = [
  ['before', 'StepIntended'],
  ['after', 'StepIntended'],
  ['before', 'StepEnded'],
  ['after', 'StepEnded'],
] as const;
const MOMENTS = STEP_IDS.filter((id) => STEP[id].acts && id !== 'tell-joc').flatMap((step, i) =>
  (['continue', 'undo'] as const).map((choice, k) => {
    const [when, type] = POINTS[(i + 1 + 2 * k) % 4] as (typeof POINTS)[number];
    return { step, when, type, choice };
  }),
);
it.each(MOMENTS)(
  '$when $type of $step, then $choice',
  async ({ step, when, type, choice }) => {
    // A step that runs on this site do not have has no moments here.
    if (!steps.has(step)) return;
    await killedAt({ when, type, step });
    await drill.within({}, async (d) => {
      const [id] = d.runner.findInterrupted();
      if (id === undefined) throw new Error('The run is not found again');
      expect(stateOf(d, id).phase).toBe('asking');
      const taken = stateOf(d, id).pointPassed ? 'continue' : choice;
      await finish(d, id, taken);
      if (taken === 'continue') drill.active = other(drill.active);
      await exactlyOne(d, drill.site, drill.active, drill.lineage);
    });
  },
  90_000,
);
