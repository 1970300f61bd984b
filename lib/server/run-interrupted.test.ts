/**
 * Handover is killed between any two events of a run: before an effect (its intent is on disk, nothing was done), and after it (it was done, no outcome is on disk).
 * The next Handover finds the run, a person chooses, and it ends right: one Controller lives, with the same journal.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Slot } from '../domain/cluster/cluster';
import { problem } from '../domain/errors';
import { err } from '../domain/result';
import type { Choice } from '../domain/switchover/events';
import { STEP, type StepId } from '../domain/switchover/steps';
import type { RunLog } from '../ports/runs';
import { createRunWorld, type Handover, type RunWorld, until } from './testing/run-world';

let w: RunWorld;
let journalId: string | undefined;
/** The events of a run that nothing disturbs. */
let whole: readonly string[];
/** After these something is done before the next one is written; after the others both ways of dying are one. */
const EFFECTS: ReadonlySet<string> = new Set(['StepIntended', 'CopiedAhead', 'CopyVerified']);
const PROOF: Partial<Record<StepId, string>> = { 'copy-ahead': 'CopiedAhead', 'copy-rest': 'CopyVerified' };
/** What a step of an undisturbed run writes. */
const eventsOf = (id: StepId): readonly string[] => [...(STEP[id].acts ? ['StepIntended'] : []), ...[PROOF[id] ?? []].flat(), 'StepEnded'];
beforeAll(async () => {
  w = await createRunWorld();
  journalId = await w.live('primary');
  const h = w.open();
  const runId = await w.begin(h, 'primary');
  await h.runner.settled(runId);
  whole = w.events(runId).map((e) => e.type);
  expect(whole).toEqual(['RunStarted', ...w.state(runId).plan.steps.flatMap(eventsOf), 'RunEnded']);
  await h.close();
}, 60_000);
afterAll(() => w.close(), 30_000);

/** Dies when `at` events are written: at once, or only when the next one is to be written. */
function killed(at: number, when: 'before-effect' | 'after-effect'): { log: (real: RunLog) => RunLog; dead: Promise<void> } {
  let die = () => {};
  const dead = new Promise<void>((resolve) => {
    die = resolve;
  });
  return {
    dead,
    log: (real) => ({
      ...real,
      append(runId, clusterId, position, event) {
        if (position >= at) {
          die();
          return err(problem('STORE_FAILED', 'killed'));
        }
        const written = real.append(runId, clusterId, position, event);
        if (position + 1 < at || when === 'after-effect') return written;
        die();
        throw new Error('killed');
      },
    }),
  };
}

async function oneLives(): Promise<Slot> {
  const found = [await w.live('primary'), await w.live('secondary')];
  expect(found.filter((id) => id !== undefined)).toEqual([journalId]);
  return found[0] ? 'primary' : 'secondary';
}

/** Kills a run at that event, lets a new Handover finish it as chosen. */
async function kill(at: number, when: 'before-effect' | 'after-effect', choice: Choice): Promise<void> {
  const from = await oneLives();
  const { log, dead } = killed(at, when);
  const first = w.open({ runs: log });
  // Killed as soon as the run is written down, its number is never told.
  const runId = await w.begin(first, from).catch(() => w.store.runs.list()[0]?.runId ?? '');
  await Promise.race([dead, first.runner.settled(runId)]);
  await first.close();
  expect(w.events(runId)).toHaveLength(at);
  await finish(w.open(), runId, choice);
  const { result, pointPassed } = w.state(runId);
  const undone = choice === 'undo' && result === 'undone';
  expect(result, `killed at ${at} ${when}, ${choice}`).toBe(undone ? 'undone' : 'succeeded');
  if (choice === 'undo' && !pointPassed) expect(result).toBe('undone');
  expect(await oneLives()).toBe(undone ? from : from === 'primary' ? 'secondary' : 'primary');
  for (const slot of ['primary', 'secondary'] as const) expect(await w.engine(slot).inspectLock('demo')).toMatchObject({ value: 'free' });
}

const story = (runId: string): string =>
  w
    .events(runId)
    .map((e) => JSON.stringify({ ...e, at: undefined, evidence: undefined, plan: undefined, files: undefined }))
    .join('\n');

async function finish(h: Handover, runId: string, choice: Choice): Promise<void> {
  expect(h.runner.findInterrupted()).toEqual([runId]);
  expect(w.state(runId).phase).toBe('asking');
  // Nothing happens by itself: what is written stays until a person chooses.
  const before = w.events(runId).length;
  const seen = await h.runner.see(runId);
  if (!seen.ok) throw new Error(seen.error.message);
  const wanted = seen.value.choices.includes(choice) ? choice : 'continue';
  expect(w.events(runId)).toHaveLength(before);
  const chosen = await h.runner.choose(runId, wanted, { who: 'm.keller' });
  if (!chosen.ok) throw new Error(chosen.error.message);
  await until(() => w.state(runId).phase !== 'working', 60_000).catch(() => {
    throw new Error(`${wanted} does not end:\n${story(runId)}`);
  });
  await h.close();
}

describe.each(['before-effect', 'after-effect'] as const)('killed %s', (when) => {
  test.each(['continue', 'undo'] as const)(
    'at every event, then: %s',
    async (choice) => {
      // After the last event there is nothing to be killed in.
      const points = whole.slice(0, -1).flatMap((type, i) => (when === 'before-effect' || EFFECTS.has(type) ? [i + 1] : []));
      for (const at of points) await kill(at, when, choice);
    },
    300_000,
  );
});
