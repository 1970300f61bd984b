/**
 * The small machine of a set-up, driven to the end from every crash and with every one thing that somebody may do behind our back at every moment. What must hold: nothing is removed
 * that is not of this set-up or that holds a journal; no Secondary is started; whatever happens, a person can always go on or take back until it has an end.
 */
import { describe, expect, test } from 'vitest';
import { decideSetup, setupChoices, sightOf } from './decide';
import { effect, freshModel, MEDDLING, type Model, observe, PLANS, violations } from './model.test-support';
import type { SetupEvent, SetupPlan } from './setup';
import { foldSetup, type SetupState } from './state';
import { SETUP_STEP, SETUP_UNDO } from './steps';

interface Run {
  readonly events: readonly SetupEvent[];
  readonly model: Model;
}
const stateOf = (r: Run): SetupState => foldSetup(r.events);
const begin = (plan: SetupPlan): Run => ({ events: [{ type: 'SetupStarted', at: 0, plan, hash: 'h', who: 'm' }], model: freshModel(plan) });

/** One round of the loop. `crash`: dies after the intent, after a part of the effect, or before the outcome. `undefined`: nothing more happens by itself. */
function round(r: Run, crash?: 'after-intent' | 'half' | 'before-outcome'): Run | undefined {
  const state = stateOf(r);
  const world = observe(r.model, state.plan);
  const d = decideSetup(state, world, r.model.waited);
  const add = (...e: readonly SetupEvent[]): Run => ({ events: [...r.events, ...e], model: { ...r.model, waited: 0 } });
  const at = r.events.length;
  switch (d.kind) {
    case 'done':
    case 'ask':
      return undefined;
    case 'wait':
      return { ...r, model: { ...r.model, waited: r.model.waited + 60_000 } };
    case 'end':
      return add({ type: 'SetupEnded', at, outcome: d.outcome });
    case 'stop':
      return add({ type: 'SetupStopped', at, reason: d.reason, step: d.step });
    case 'settle':
      return add({
        type: 'StepEnded',
        at,
        step: d.step,
        undo: d.undo,
        outcome: 'succeeded',
        evidence: [],
        ...(d.kept && { kept: d.kept }),
      });
    case 'act': {
      const intended = add({ type: 'StepIntended', at, step: d.step, undo: d.undo });
      if (crash === 'after-intent') return intended;
      const row = d.undo ? SETUP_UNDO[d.step] : SETUP_STEP[d.step];
      const sight = sightOf(stateOf(intended), observe(intended.model, state.plan));
      const goal = row?.goal(sight);
      if (!row || goal === 'reached' || typeof goal === 'object' || row.against?.(sight) !== undefined) return intended;
      const done = effect(intended.model, d.step, d.undo, crash === 'half');
      const ended = (outcome: 'succeeded' | 'failed', kept?: readonly string[]): SetupEvent => ({
        ...{ type: 'StepEnded', at, step: d.step, undo: d.undo, outcome, evidence: [] },
        ...(kept && { kept }),
      });
      if (crash === undefined && !done.ok) return { ...intended, events: [...intended.events, ended('failed')] };
      if (crash === undefined && done.kept) return { events: [...intended.events, ended('succeeded', done.kept)], model: done.model };
      return { ...intended, model: done.model };
    }
  }
}

const interrupted = (r: Run): Run => {
  const state = stateOf(r);
  if (state.phase !== 'working') return r;
  return {
    events: [...r.events, { type: 'SetupStopped', at: r.events.length, reason: 'interrupted', step: 'lock' }],
    model: { ...r.model, waited: 0 },
  };
};
const choose = (r: Run, choice: 'continue' | 'undo'): Run => ({
  events: [...r.events, { type: 'Chosen', at: r.events.length, choice, who: 'm' }],
  model: { ...r.model, waited: 0 },
});

function settle(r: Run): Run {
  let now = r;
  for (let n = 0; n < 200; n++) {
    const next = round(now);
    if (!next) return now;
    now = next;
  }
  throw new Error(`does not settle: ${JSON.stringify(now.events.slice(-6))}`);
}
/** Does what a person can do: chooses, and where something stands against it puts that right (stops what runs, takes another's lock away). */
function finish(r: Run, choice: 'continue' | 'undo'): Run {
  let now = settle(r);
  let wanted = choice;
  for (let n = 0; n < 12; n++) {
    const state = stateOf(now);
    if (state.phase === 'ended') return now;
    const open = setupChoices(state);
    expect(open.length, JSON.stringify(state.stopped)).toBeGreaterThan(0);
    // Whoever cannot go on takes it back.
    if (n > 3) wanted = 'undo';
    const model =
      n > 5
        ? {
            ...now.model,
            lock: now.model.lock === 'theirs' ? ('free' as const) : now.model.lock,
            sides: now.model.sides.map((s) => ({ ...s, running: false })),
          }
        : now.model;
    now = settle(choose({ ...now, model }, open.includes(wanted) ? wanted : (open[0] ?? 'continue')));
  }
  throw new Error(`has no end: ${JSON.stringify(now.events.map((e) => ({ ...e, plan: undefined })).slice(-12))}`);
}
/** Every moment of an undisturbed course: forward, and its undo. */
function moments(plan: SetupPlan): readonly Run[] {
  const found: Run[] = [];
  let now = begin(plan);
  for (let next: Run | undefined = now; next; next = round(now)) {
    now = next;
    found.push(now);
  }
  now = choose(now, 'undo');
  for (let next: Run | undefined = now; next; next = round(now)) {
    now = next;
    found.push(now);
  }
  return found;
}
const check = (r: Run, plan: SetupPlan): void => {
  expect(r.model.lock).not.toBe('ours');
  expect(violations(r.model, plan), JSON.stringify(r.events.map((e) => ({ ...e, plan: undefined })).slice(-14), null, 1)).toEqual([]);
};

describe.each(Object.entries(PLANS))('%s', (_name, plan) => {
  test('undisturbed it is made, and taken back without a trace', () => {
    const made = settle(begin(plan));
    expect(stateOf(made).outcome).toBe('made');
    check(made, plan);
    const undone = settle(choose(made, 'undo'));
    expect(stateOf(undone).outcome).toBe(plan.kind === 'create-both' ? 'left-by-hand' : 'undone');
    check(undone, plan);
    // The image that was copied stays: there may be others who use it by now.
    if (plan.kind !== 'create-both') expect({ ...undone.model, waited: 0 }).toEqual({ ...freshModel(plan), image: true });
  });

  test('a crash at every moment, before, in and after every effect: it can be continued and taken back', () => {
    let count = 0;
    for (const r of moments(plan))
      for (const crash of ['after-intent', 'half', 'before-outcome'] as const)
        for (const choice of ['continue', 'undo'] as const) {
          const crashed = interrupted(round(r, crash) ?? r);
          const end = finish(crashed, choice);
          check(end, plan);
          const state = stateOf(end);
          if (state.mode === 'forward') expect(state.outcome).toBe('made');
          count++;
        }
    expect(count).toBeGreaterThan(plan.kind === 'use-existing' ? 100 : 150);
  });

  test.each(Object.entries(MEDDLING))('somebody meddles at every moment: %s', (_what, meddle) => {
    for (const r of moments(plan))
      for (const crash of [undefined, 'half'] as const)
        for (const choice of ['continue', 'undo'] as const) {
          const before = crash === undefined ? r : interrupted(round(r, crash) ?? r);
          const touched: Run = { ...before, model: meddle(before.model) };
          const end = finish(touched, choice);
          check(end, plan);
          expect(stateOf(end).phase).toBe('ended');
        }
  });

  test('what has worked is named when it is left', () => {
    const made = settle(begin(plan));
    const worked: Run = { ...made, model: { ...made.model, sides: made.model.sides.map((s) => ({ ...s, journal: 'new' as const })) } };
    const end = settle(choose(worked, 'undo'));
    check(end, plan);
    const state = stateOf(end);
    expect(state.outcome).toBe('left-by-hand');
    expect(state.kept.length).toBeGreaterThan(0);
  });
});
