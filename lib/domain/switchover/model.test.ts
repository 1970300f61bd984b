/**
 * The whole runbook, explored: the real `foldRun` and `decide` on a model of the world, with one fault anywhere (Handover killed between
 * any two acts, an act that fails, a side that cannot be seen, a source that ends badly) and one meddling act of somebody else at any time.
 * In every state the invariants hold, and from every state the run can come to an end without another fault.
 */
import { describe, expect, it } from 'vitest';
import { choices, decide, undoPossible } from './decide';
import type { RunEvent } from './events';
import { acts, MEDDLING, type Model, observe, started, stopped } from './model.test-support';
import { SCENES, type State } from './scenes.test-support';
import { applyEvent, left } from './state';

interface Move {
  readonly to: State;
  readonly free: boolean;
  readonly label: string;
}

function withEvent(s: State, ...events: RunEvent[]): State {
  return { ...s, run: events.reduce(applyEvent, s.run) };
}

/** What Handover and the person in front of it can do, without any fault. */
function moves(s: State, actsOf: typeof acts): Move[] {
  const free = (to: State, label: string): Move => ({ to, free: true, label });
  if (s.doing) {
    const { step, way, next } = s.doing;
    const list = actsOf(step, way, s.run.plan);
    const act = list[next];
    const seen = s.m.source.visible && s.m.target.visible;
    if (act === undefined) return [free({ ...s, doing: null }, 'act over')];
    // An engine that is not there cannot be acted on: the act fails.
    if (!seen)
      return [
        free(
          { ...withEvent(s, { at: 0, type: 'StepEnded', step, way, outcome: 'failed', evidence: [] }), doing: null },
          'act failed: engine away',
        ),
      ];
    const m = act(s.m);
    assertStarted(s.m, m);
    return [free({ ...s, m, doing: { step, way, next: next + 1 } }, `${way} ${step} ${next}`)];
  }
  const world = observe(s.m);
  const now = decide(s.run, world, 0);
  const d = now.kind === 'wait' ? decide(s.run, world, Number.POSITIVE_INFINITY) : now;
  switch (d.kind) {
    case 'act':
      return [
        free(
          { ...withEvent(s, { at: 0, type: 'StepIntended', step: d.step, way: d.way }), doing: { step: d.step, way: d.way, next: 0 } },
          `intend ${d.way} ${d.step}`,
        ),
      ];
    case 'settle':
      return [
        free(
          withEvent(s, {
            at: 0,
            type: 'StepEnded',
            step: d.step,
            way: d.way,
            outcome: d.outcome,
            evidence: [],
            ...(d.noted && { noted: d.noted }),
          }),
          `settle ${d.way} ${d.step}`,
        ),
      ];
    case 'stop':
      return [free(withEvent(s, { at: 0, type: 'RunStopped', reason: d.reason, step: d.step }), `stop ${d.reason}`)];
    case 'stop-target':
      return [
        free(
          withEvent(
            { ...s, m: stopped(s.m, 'target') },
            { at: 0, type: 'TargetStopped', why: d.why },
            { at: 0, type: 'RunStopped', reason: d.why, step: 'prove-works' },
          ),
          'stop the target',
        ),
      ];
    case 'end':
      return [free(withEvent(s, { at: 0, type: 'RunEnded', result: d.result }), `end ${d.result}`)];
    case 'ask':
      return choices(s.run, world).map((choice) =>
        free(withEvent(s, { at: 0, type: 'PersonChose', choice, by: 'me' }), `choose ${choice}`),
      );
    case 'wait':
      throw new Error(`A run that waits for ever: ${JSON.stringify({ d, world, steps: s.run.steps })}`);
    case 'done':
      return [];
  }
}

/** Abort by a person while the run works. */
function abort(s: State): Move[] {
  if (s.run.phase !== 'working' || s.run.mode !== 'forward' || s.doing || !undoPossible(s.run, observe(s.m))) return [];
  return [{ to: withEvent(s, { at: 0, type: 'PersonChose', choice: 'undo', by: 'me' }), free: true, label: 'abort' }];
}

function faults(s: State): Move[] {
  if (s.faults > 0 || s.run.phase === 'ended') return [];
  const f = (to: State, label: string): Move => ({ to: { ...to, faults: 1 }, free: false, label });
  const list: Move[] = [];
  list.push(f({ ...(s.run.phase === 'working' ? withEvent(s, { at: 0, type: 'RunInterrupted' }) : s), doing: null }, 'Handover killed'));
  if (s.doing)
    list.push(
      f(
        {
          ...withEvent(s, { at: 0, type: 'StepEnded', step: s.doing.step, way: s.doing.way, outcome: 'failed', evidence: [] }),
          doing: null,
        },
        'act fails',
      ),
    );
  if (s.doing?.step === 'shut-down' && s.doing.way === 'do')
    list.push(f({ ...s, m: stopped(s.m, 'source', false), doing: null }, 'source ends badly'));
  if (s.doing?.step === 'copy-rest' && s.doing.way === 'do' && s.m.target.staging)
    list.push(
      f(
        {
          ...withEvent(
            { ...s, m: { ...s.m, hashed: 0, target: { ...s.m.target, staging: { ...s.m.target.staging, whole: false } } } },
            { at: 0, type: 'StepEnded', step: 'copy-rest', way: 'do', outcome: 'failed', evidence: [] },
          ),
          doing: null,
        },
        'a byte flips in the copy',
      ),
    );
  if (s.m.joc === 'up') list.push(f({ ...s, m: { ...s.m, joc: 'down' } }, 'JOC Cockpit goes down'));
  for (const which of ['source', 'target'] as const)
    list.push(f({ ...s, m: { ...s.m, [which]: { ...s.m[which], visible: false } } }, `${which} cannot be seen`));
  return list;
}
const comeBack = (s: State): Move[] =>
  (['source', 'target'] as const)
    .filter((w) => !s.m[w].visible)
    .map((w) => ({ to: { ...s, m: { ...s.m, [w]: { ...s.m[w], visible: true } } }, free: false, label: `${w} is seen again` }));
const meddling = (s: State): Move[] =>
  s.meddled !== null || s.run.phase === 'ended'
    ? []
    : Object.entries(MEDDLING).map(([name, act]) => ({
        to: { ...s, m: act(s.m), meddled: name },
        free: false,
        label: `somebody: ${name}`,
      }));

/** I1 and I3 at the moment when an act of ours starts something. */
function assertStarted(before: Model, after: Model): void {
  if (before.target.running === 'no' && after.target.running !== 'no') {
    if (after.source.running !== 'no') throw new Error('I1: the target is started while the source runs');
    if (before.target.state?.version !== before.newest) throw new Error('I2: started from a journal that lacks events');
    if (after.target.running !== 'active' || before.target.state?.version !== before.hashed)
      throw new Error('I3: started from what was not verified');
  }
  if (before.source.running === 'no' && after.source.running !== 'no' && after.target.running !== 'no')
    throw new Error('I1: the source is started while the target runs');
}

function assertInvariants(s: State): void {
  const { source, target, newest } = s.m;
  if (source.running === 'active' && target.running === 'active') throw new Error('I1: two Controllers of one lineage are alive');
  const places = [source.state, source.retired, target.state, target.aside];
  if (!places.some((d) => d?.whole && d.version === newest)) throw new Error('I2: the newest journal is nowhere');
  if (s.run.phase === 'ended' && s.run.result === 'succeeded' && s.meddled === null && target.running !== 'active')
    throw new Error('Succeeded, and the target does not work');
  assertName(s);
  if (
    s.run.phase === 'ended' &&
    s.run.result === 'undone' &&
    s.meddled === null &&
    s.faults === 0 &&
    s.run.plan.variant === 'switch-over' &&
    source.running !== 'active'
  )
    throw new Error('Undone, and the source does not work');
}

/** The name is with the one that the run leaves working, and never with both while one of them runs; JOC follows, or it is told that it does not. */
function assertName({ m, run }: State): void {
  if (m.byName && m.source.name && m.target.name && (m.source.running !== 'no' || m.target.running !== 'no'))
    throw new Error('The name is carried by both while one of them runs');
  if (run.phase !== 'ended' || run.result === 'by-hand') return;
  const right = run.result === 'succeeded' ? m.target.name && !m.source.name : m.source.name && !m.target.name;
  if (m.byName && !right && !left(run).includes('move-name')) throw new Error(`The name is in the wrong place: ${run.result}`);
  if (run.result === 'succeeded' && run.plan.joc && left(run).length === 0 && m.joc === 'up' && !m.byName && m.told !== 'target')
    throw new Error('Succeeded without a word, and JOC Cockpit was not told');
}

const key = (s: State): string =>
  JSON.stringify([
    s.m,
    s.run.mode,
    s.run.phase,
    s.run.stopped,
    s.run.pointPassed,
    s.run.targetAccepted,
    s.run.noted,
    s.run.result,
    s.run.steps,
    s.doing,
    s.faults,
    s.meddled,
  ]);

function explore(start: State, actsOf = acts): { states: number; ended: number; stuck: string[] } {
  const ids = new Map<string, number>([[key(start), 0]]);
  const all: State[] = [start];
  const back: number[][] = [[]];
  const from: [number, string][] = [[-1, 'start']];
  const path = (i: number): string => (i < 0 ? '' : `${path(from[i]?.[0] ?? -1)} > ${from[i]?.[1]}`);
  for (let i = 0; i < all.length; i++) {
    const s = all[i] as State;
    try {
      assertInvariants(s);
      for (const move of [...moves(s, actsOf), ...abort(s), ...faults(s), ...comeBack(s), ...meddling(s)]) {
        const k = key(move.to);
        let id = ids.get(k);
        if (id === undefined) {
          id = all.length;
          ids.set(k, id);
          all.push(move.to);
          back.push([]);
          from.push([i, move.label]);
        }
        if (move.free) back[id]?.push(i);
      }
    } catch (e) {
      throw new Error(`${e instanceof Error ? e.message : e}\nafter${path(i)}`);
    }
  }
  // Which states can come to an end without another fault?
  const ends = all.flatMap((s, i) => (s.run.phase === 'ended' ? [i] : []));
  const can = new Set(ends);
  for (const queue = [...ends]; queue.length > 0; )
    for (const p of back[queue.pop() as number] ?? [])
      if (!can.has(p)) {
        can.add(p);
        queue.push(p);
      }
  const stuck = all.flatMap((_, i) => (can.has(i) ? [] : [path(i)])).slice(0, 3);
  return { states: all.length, ended: ends.length, stuck };
}

describe('the runbook, explored with one fault and one meddling act', () => {
  for (const [name, start] of Object.entries(SCENES)) {
    it(name, { timeout: 120_000 }, () => {
      const { states, ended, stuck } = explore(start);
      // biome-ignore lint/suspicious/noConsole: how much was explored belongs into the log of the test run
      console.info(`${name}: ${states} states, ${ended} ends`);
      expect(stuck).toEqual([]);
      expect(states).toBeGreaterThan(100_000);
    });
  }
});

describe('the exploration finds what is planted', { timeout: 60_000 }, () => {
  const start = SCENES['cold fenced spare, empty'] as State;
  const plant =
    (where: string, act: (m: Model) => Model): typeof acts =>
    (step, way, plan) =>
      `${way} ${step}` === where ? [act] : acts(step, way, plan);
  it('a journal that is deleted instead of retired', () => {
    expect(() =>
      explore(
        start,
        plant('do retire', (m) => ({
          ...m,
          source: { ...m.source, state: null, retired: { version: 1, proper: true, whole: true } },
          target: { ...m.target, state: null },
        })),
      ),
    ).toThrow(/I2/);
  });
  it('a start that does not look whether the source runs again', () => {
    expect(() =>
      explore(
        start,
        plant('do start', (m) => started(m, 'target')),
      ),
    ).toThrow(/I1: the target is started while the source runs/);
  });
  it('an undo that starts the source although the target runs', () => {
    expect(() =>
      explore(
        start,
        plant('undo shut-down', (m) => started(m, 'source')),
      ),
    ).toThrow(/I1/);
  });
  it('a name that is given before the other one has lost it', () => {
    const byName = SCENES['JOC Cockpit follows a name'] as State;
    expect(() =>
      explore(
        byName,
        plant('do move-name', (m) => ({ ...m, target: { ...m.target, name: true } })),
      ),
    ).toThrow(/carried by both/);
  });
  const older = (m: Model): Model => ({ ...m, hashed: 4, target: { ...m.target, state: { version: 4, proper: true, whole: true } } });
  it('a copy that is taken for verified although it is older', () => {
    const begin = (m: Model): Model => (m.source.running === 'no' ? started(m, 'target') : m);
    const list: typeof acts = (step, way, plan) => (`${way} ${step}` === 'do start' ? [older, begin] : acts(step, way, plan));
    expect(() => explore(start, list)).toThrow(/I2|I3/);
  });
  it('and what the copy proves of itself is not enough: it must be the journal that was noted at the proved stop', () => {
    expect(() => explore(start, plant('do copy-rest', older))).not.toThrow();
  });
});
