/** The fold of a run: what no log may hold, and what a run is after each event, however it was cut off. */
import { describe, expect, it } from 'vitest';
import { decide } from './decide';
import { begin, choose, drive, intended, interrupted, last, type Moment, plus, stateOf, upTo } from './drive.test-support';
import type { RunEvent } from './events';
import { observe } from './model.test-support';
import { applyEvent, current, foldRun, LogViolation } from './state';
import { STEP_IDS } from './steps';

const start = begin().events[0] as RunEvent;
const intend = (step: (typeof STEP_IDS)[number], way: 'do' | 'undo' = 'do'): RunEvent => ({ at: 1, type: 'StepIntended', step, way });
const end = (step: (typeof STEP_IDS)[number], way: 'do' | 'undo' = 'do'): RunEvent => ({
  at: 1,
  type: 'StepEnded',
  step,
  way,
  outcome: 'succeeded',
  evidence: [],
});
const stop: RunEvent = { at: 1, type: 'RunStopped', reason: 'cannot-see', step: 'lock' };
const chose = (choice: 'continue' | 'undo' | 'by-hand' | 'done-by-hand'): RunEvent => ({ at: 1, type: 'PersonChose', choice, by: 'Bo' });
const crashed = begin('source-crashed').events[0] as RunEvent;

describe('a log that breaks a rule is told, never repaired', () => {
  const VIOLATIONS: readonly [what: RegExp, events: readonly RunEvent[]][] = [
    [/begins with RunStarted/, []],
    [/begins with RunStarted/, [intend('lock')]],
    [/begins once/, [start, start]],
    [/Nothing follows the end/, [start, { at: 1, type: 'RunEnded', result: 'undone' }, stop]],
    [/While a person is asked, nothing is intended/, [start, stop, intend('lock')]],
    [/is not in the plan/, [crashed, intend('shut-down')]],
    [/in mode forward intends no undo/, [start, intend('lock', 'undo')]],
    [/in mode undo intends no do/, [start, intend('lock'), chose('undo'), intend('lock')]],
    [/in mode by-hand intends no do/, [start, stop, chose('by-hand'), chose('done-by-hand'), intend('lock')]],
    [/All steps before start must have succeeded \(I1, I3\)/, [start, intend('lock'), end('lock'), intend('start')]],
    [/All steps before copy-ahead must have succeeded/, [start, intend('lock'), intend('copy-ahead')]],
    [/has succeeded already/, [start, intend('lock'), end('lock'), end('lock')]],
    [/follows its intent \(I4\)/, [start, end('lock')]],
    [/A person is asked before they choose/, [start, chose('continue')]],
    [/A person is asked before they choose/, [start, chose('by-hand')]],
    [/A person is asked before they choose/, [start, intend('lock'), chose('undo'), chose('undo')]],
  ];
  it.each(VIOLATIONS)('%s', (what, events) => {
    expect(() => foldRun(events)).toThrow(what);
    expect(() => foldRun(events)).toThrow(LogViolation);
  });
  it('no step can be intended before all before it have succeeded: each of them left out', () => {
    const log = last(drive(begin())).events;
    for (const missing of STEP_IDS.slice(0, -1)) {
      const without = log.filter((e) => !(e.type === 'StepEnded' && e.step === missing));
      expect(() => foldRun(without), missing).toThrow(/must have succeeded/);
    }
  });
});

describe('a whole log', () => {
  const whole = last(drive(begin()));
  it('succeeds, with every step', () => {
    const s = stateOf(whole);
    expect([s.phase, s.result, s.pointPassed]).toEqual(['ended', 'succeeded', true]);
    for (const id of STEP_IDS) expect(s.steps[id].do, id).toBe('succeeded');
    expect(whole.model).toMatchObject({
      source: { running: 'no', flag: true, policy: 'no', state: null },
      target: { running: 'active', policy: 'unless-stopped', flag: false },
    });
  });
  it('folds the same in one go and event by event', () => {
    const [first, ...rest] = whole.events;
    expect(rest.reduce(applyEvent, foldRun([first as RunEvent]))).toEqual(stateOf(whole));
  });
  it('the point of no return is passed by the intent to start, not by its outcome', () => {
    expect(stateOf(upTo('start')).pointPassed).toBe(false);
    expect(stateOf(intended('start')).pointPassed).toBe(true);
    expect(current(stateOf(intended('start')))).toBe('start');
  });
});

describe.each(['switch-over', 'source-crashed'] as const)('interrupted at every event and between any two acts (%s)', (variant) => {
  const moments = drive(begin(variant)).filter((m) => stateOf(m).phase !== 'ended');
  const active = (m: Moment) => [m.model.source, m.model.target].filter((s) => s.running !== 'no').length;
  const places = (m: Moment) => [m.model.source.state, m.model.source.retired, m.model.target.state, m.model.target.aside];
  const name = (m: Moment, i: number) => `moment ${i}: ${current(stateOf(m))}`;

  it('there are many such moments', () => expect(moments.length).toBeGreaterThan(35));
  it('nothing happens by itself: the run asks', () => {
    for (const [i, m] of moments.entries())
      expect(decide(stateOf(interrupted(m)), observe(m.model), Number.POSITIVE_INFINITY), name(m, i)).toEqual({ kind: 'ask' });
  });
  it('continued, each ends well: one lives, from the newest journal, and nothing is lost', () => {
    for (const [i, m] of moments.entries()) {
      const all = drive(choose(interrupted(m), 'continue'));
      const done = last(all);
      expect(stateOf(done).result, name(m, i)).toBe('succeeded');
      expect([done.model.source.running, done.model.target.running, done.model.source.lock, done.model.target.lock], name(m, i)).toEqual([
        'no',
        'active',
        'free',
        'free',
      ]);
      for (const step of all) {
        expect(active(step), name(m, i)).toBeLessThanOrEqual(1);
        expect(
          places(step).some((d) => d?.whole && d.version === step.model.newest),
          name(m, i),
        ).toBe(true);
      }
    }
  });
  it('undone where that is offered, each is as before; and it is offered up to the start', () => {
    let undone = 0;
    for (const [i, m] of moments.entries()) {
      if (stateOf(m).pointPassed) continue;
      undone++;
      const all = drive(choose(interrupted(m), 'undo'));
      const { source, target } = last(all).model;
      const { source: s, target: t } = begin(variant).model;
      expect(stateOf(last(all)).result, name(m, i)).toBe('undone');
      expect({ ...source, state: null }, name(m, i)).toEqual({ ...s, state: null });
      // The copy goes back to staging and is removed with it: the target is as it was.
      expect(target, name(m, i)).toEqual(t);
      for (const step of all) expect(active(step), name(m, i)).toBeLessThanOrEqual(1);
    }
    expect(undone).toBeGreaterThan(25);
  });
  it('an undo that is interrupted again, anywhere, still ends as before', () => {
    const half = moments.filter((m) => !stateOf(m).pointPassed);
    for (const m of [half[Math.floor(half.length / 2)], last(half)]) {
      for (const u of drive(choose(interrupted(m as Moment), 'undo')).filter((x) => stateOf(x).phase === 'working')) {
        expect(stateOf(last(drive(choose(interrupted(u), 'continue')))).result).toBe('undone');
      }
    }
  });
  it('finished by hand, only the lock is released, and nothing else is touched', () => {
    for (const [i, m] of moments.entries()) {
      const done = last(drive(choose(choose(interrupted(m), 'by-hand'), 'done-by-hand')));
      expect(stateOf(done).result, name(m, i)).toBe('by-hand');
      const unlocked = (x: Moment) => ({
        ...x.model,
        source: { ...x.model.source, lock: 'free' },
        target: { ...x.model.target, lock: 'free' },
      });
      expect(done.model, name(m, i)).toEqual(unlocked(m));
    }
  });
  it('an intent without an outcome is looked at before anything is done again', () => {
    for (const m of moments.filter((x) => x.events.at(-1)?.type === 'StepIntended')) {
      const again = choose(interrupted(m), 'continue');
      const d = decide(stateOf(again), observe(m.model), 0);
      expect(['act', 'settle']).toContain(d.kind);
    }
  });
});

describe('after a stop', () => {
  it('what made it stop is done again: the lock, the fence', () => {
    const stopped = (reason: 'lock-lost' | 'fence-gone') =>
      stateOf(choose(plus(upTo('copy-rest'), { at: 1, type: 'RunStopped', reason, step: 'copy-rest' }), 'continue'));
    expect(stopped('lock-lost').steps.lock.do).toBe('open');
    expect(stopped('fence-gone').steps['fence-ahead'].do).toBe('open');
    expect(stopped('lock-lost').steps['fence-ahead'].do).toBe('succeeded');
  });
  it('a failed step may be tried again', () => {
    const failed = plus(
      intended('retire'),
      { at: 1, type: 'StepEnded', step: 'retire', way: 'do', outcome: 'failed', evidence: [] },
      { at: 1, type: 'RunStopped', reason: 'step-failed', step: 'retire' },
    );
    expect(stateOf(failed).stopped).toEqual({ reason: 'step-failed', step: 'retire' });
    expect(stateOf(choose(failed, 'continue')).steps.retire.do).toBe('open');
    expect(stateOf(last(drive(choose(failed, 'continue')))).result).toBe('succeeded');
  });
});
