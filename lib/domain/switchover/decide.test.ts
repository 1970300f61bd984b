/** `decide`, row by row: what it does with each step when its goal holds, does not yet, cannot be seen; when a need is missing; after a deadline; after a failure. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEnding } from '../journal/disk';
import { choices, decide, undoPossible } from './decide';
import { begin, change, choose, DARK, type Deep, drive, intended, interrupted, last, plus, stateOf, upTo } from './drive.test-support';
import type { StopReason } from './events';
import { observe } from './model.test-support';
import { ALL_NEEDS } from './needs';
import { STEP, STEP_IDS, type StepId, UNDO_ORDER } from './steps';
import type { SideWorld, World } from './world';

const LATE = Number.POSITIVE_INFINITY;
const unreadable = { kind: 'unknown' } as const;

/** A world in which the step's goal is not reached, and one in which it cannot be told; laid over the world before its act. */
const ROWS: Record<StepId, { notYet: Deep<World>; unknown: Deep<World> }> = {
  lock: { notYet: { lock: 'partly' }, unknown: { lock: 'unknown' } },
  'copy-ahead': { notYet: { target: { staging: 'absent' } }, unknown: { target: { staging: 'unknown' } } },
  'fence-ahead': { notYet: { source: { flag: 'off' } }, unknown: { source: { flag: 'unknown', policy: 'no' } } },
  'shut-down': { notYet: { source: { running: 'yes' } }, unknown: { source: { running: 'unknown' } } },
  'prove-stopped': { notYet: { source: { api: 'answers' } }, unknown: { source: { state: unreadable } } },
  'prove-fence': { notYet: { source: { marker: 'no' } }, unknown: { source: { marker: 'unknown' } } },
  'copy-rest': { notYet: { target: { state: { kind: 'empty' } } }, unknown: { target: { state: unreadable } } },
  retire: { notYet: { source: { retired: 'no' } }, unknown: { source: { retired: 'unknown', state: { kind: 'empty' } } } },
  'move-name': { notYet: { source: { name: 'yes' } }, unknown: { source: { name: 'no' }, target: { name: 'unknown' } } },
  unfence: { notYet: { target: { flag: 'on' } }, unknown: { target: { flag: 'unknown', policy: 'unless-stopped' } } },
  start: { notYet: { target: { running: 'no' } }, unknown: { target: { running: 'unknown' } } },
  'prove-works': { notYet: { target: { api: 'silent' } }, unknown: { target: { api: 'unknown', running: 'unknown' } } },
  'tell-joc': { notYet: { joc: 'elsewhere' }, unknown: { joc: 'unknown' } },
  agents: { notYet: { agents: 'not-yet' }, unknown: { agents: 'unknown' } },
  report: { notYet: { lock: 'ours' }, unknown: { lock: 'unknown' } },
};
const at = (step: StepId) => (STEP[step].acts ? intended(step) : upTo(step));
const acting = STEP_IDS.filter((id) => STEP[id].acts);

describe.each(STEP_IDS)('forward, %s', (step) => {
  const state = stateOf(at(step));
  const world = observe(at(step).model);
  const { notYet, unknown } = ROWS[step];
  it('goal reached: the outcome is written, nothing is done', () => {
    const done = last(drive(upTo(step), (m) => stateOf(m).steps[step].do === 'succeeded'));
    expect(decide(state, observe(done.model), 0)).toMatchObject({ kind: 'settle', step, way: 'do', outcome: 'succeeded' });
  });
  it('not yet: it waits until the deadline, then asks', () => {
    const seen = change(world, notYet);
    expect(decide(state, seen, STEP[step].deadlineMs)).toEqual({ kind: 'wait', step, why: 'not-yet' });
    const late = STEP[step].mayBeLeft
      ? { kind: 'settle', step, way: 'do', outcome: 'failed' }
      : { kind: 'stop', step, reason: 'not-reached' };
    expect(decide(state, seen, STEP[step].deadlineMs + 1)).toEqual(late);
  });
  it('unknown: it waits until the deadline, then says that it could not see', () => {
    const seen = change(world, unknown);
    expect(decide(state, seen, 0)).toEqual({ kind: 'wait', step, why: 'unknown' });
    const late = STEP[step].mayBeLeft
      ? { kind: 'settle', step, way: 'do', outcome: 'unknown' }
      : { kind: 'stop', step, reason: 'cannot-see' };
    expect(decide(state, seen, LATE)).toEqual(late);
  });
});

describe.each(acting)('forward, the act of %s', (step) => {
  const open = upTo(step);
  const world = change(observe(open.model), step === 'tell-joc' ? ROWS['tell-joc'].notYet : {});
  it('is intended when all it needs is seen', () => {
    expect(decide(stateOf(open), world, 0)).toEqual({ kind: 'act', step, way: 'do' });
  });
  it('that failed asks a person; that failed but has reached its goal goes on', () => {
    const failed = stateOf(plus(intended(step), { at: 1, type: 'StepEnded', step, way: 'do', outcome: 'failed', evidence: [] }));
    const after = decide(failed, change(observe(open.model), ROWS[step].notYet), 0);
    if (STEP[step].mayBeLeft) return expect(after).toMatchObject({ step: STEP_IDS[STEP_IDS.indexOf(step) + 1] });
    expect(after).toEqual({ kind: 'stop', step, reason: 'step-failed' });
    const done = last(drive(upTo(step), (m) => stateOf(m).steps[step].do === 'succeeded'));
    // The copy ahead is worth repeating: an older piece of it also looks like its goal.
    if (step !== 'copy-ahead') expect(decide(failed, observe(done.model), 0)).toMatchObject({ kind: 'settle', step });
  });
  const BREAKS: Record<string, Deep<World>> = {
    'lock-free': { lock: 'theirs' },
    'lock-ours': { lock: 'unknown' },
    'source-stopped': { source: { running: 'unknown' } },
    'source-fenced': { source: { policy: 'unknown' } },
    'source-retired': { source: { retired: 'unknown' } },
    'source-unchanged': { source: { state: unreadable } },
    'target-stopped': { target: { running: 'unknown' } },
    'target-verified': { target: { state: unreadable } },
    'target-unfenced': { target: { flag: 'unknown' } },
    'target-works': { target: { api: 'unknown', live: undefined as never } },
  };
  const { needs } = STEP[step];
  if (needs.length > 0)
    it.each(needs.map((n) => n.id))('without %s: it waits half a minute, then asks; it never acts', (id) => {
      const seen = change(world, BREAKS[id] ?? {});
      expect(needs.find((n) => n.id === id)?.holds({ world: seen, plan: stateOf(open).plan, noted: stateOf(open).noted })).toBe(false);
      expect(decide(stateOf(open), seen, 30_000)).toMatchObject({ kind: 'wait', step });
      expect(decide(stateOf(open), seen, 30_001)).toMatchObject({ kind: 'stop', step });
    });
});

describe('what a start needs (I1, I3, I6)', () => {
  it('is all of it: lock, source stopped, fenced and retired, the target verified and unfenced', () => {
    expect(STEP.start.needs.map((n) => n.id).sort()).toEqual([
      'lock-ours',
      'source-fenced',
      'source-retired',
      'source-stopped',
      'target-unfenced',
      'target-verified',
    ]);
  });
  it('no act that changes a volume or an instance is without the lock, forward', () => {
    for (const step of acting) if (!['lock', 'report'].includes(step)) expect(STEP[step].needs, step).toContain(ALL_NEEDS.lockOurs);
  });
});

const UNDONE: Record<(typeof UNDO_ORDER)[number], { notYet: Deep<World>; unknown: Deep<World> }> = {
  unfence: { notYet: { target: { flag: 'off' } }, unknown: { target: { flag: 'unknown', policy: 'no' } } },
  'move-name': { notYet: { target: { name: 'yes' } }, unknown: { source: { name: 'unknown' } } },
  retire: { notYet: { source: { retired: 'yes' } }, unknown: { source: { retired: 'unknown', state: unreadable } } },
  'copy-rest': { notYet: { target: { aside: 'yes' } }, unknown: { target: { state: unreadable } } },
  'prove-fence': { notYet: { source: { marker: 'yes' } }, unknown: { source: { marker: 'unknown' } } },
  'fence-ahead': { notYet: { source: { flag: 'on' } }, unknown: { source: { flag: 'unknown', policy: 'unless-stopped' } } },
  'shut-down': { notYet: { source: { running: 'no' } }, unknown: { source: { running: 'unknown', api: 'unknown' } } },
  'copy-ahead': { notYet: { target: { staging: 'partial' } }, unknown: { target: { staging: 'unknown' } } },
  lock: { notYet: { lock: 'ours' }, unknown: { lock: 'unknown' } },
};
describe.each(UNDO_ORDER)('undo of %s', (step) => {
  const open = upTo(step, 'undo');
  const begun = intended(step, 'undo');
  const world = observe(open.model);
  const row = STEP[step].undo;
  if (!row) throw new Error(`${step} has no undo`);
  it('acts, settles what is reached, waits for what is not, and asks after its own deadline', () => {
    expect(decide(stateOf(open), world, 0)).toEqual({ kind: 'act', step, way: 'undo' });
    const done = last(drive(open, (m) => stateOf(m).steps[step].undo === 'succeeded'));
    expect(decide(stateOf(begun), observe(done.model), 0)).toMatchObject({ kind: 'settle', step, way: 'undo', outcome: 'succeeded' });
    const { notYet, unknown } = UNDONE[step];
    expect(decide(stateOf(begun), change(observe(done.model), notYet), row.deadlineMs)).toEqual({ kind: 'wait', step, why: 'not-yet' });
    expect(decide(stateOf(begun), change(observe(done.model), notYet), row.deadlineMs + 1)).toEqual({
      kind: 'stop',
      step,
      reason: 'not-reached',
    });
    expect(decide(stateOf(begun), change(observe(done.model), unknown), 0)).toEqual({ kind: 'wait', step, why: 'unknown' });
    expect(decide(stateOf(begun), change(observe(done.model), unknown), LATE)).toEqual({ kind: 'stop', step, reason: 'cannot-see' });
    const failed = plus(begun, { at: 1, type: 'StepEnded', step, way: 'undo', outcome: 'failed', evidence: [] });
    expect(decide(stateOf(failed), change(observe(done.model), notYet), 0)).toEqual({ kind: 'stop', step, reason: 'step-failed' });
  });
  it('never acts in the dark', () => {
    if (row.needs.length > 0) expect(decide(stateOf(open), DARK, 0)).toMatchObject({ kind: 'wait', step, why: 'unknown' });
  });
});

describe('undo', () => {
  const events = last(drive(choose(upTo('start'), 'undo'))).events;
  const undone = events.flatMap((e) => (e.type === 'StepIntended' && e.way === 'undo' ? [e.step] : []));
  it('goes in its own order: the fence comes off before the source is started, and the lock last', () => {
    expect(undone).toEqual(UNDO_ORDER);
    expect(undone.indexOf('retire')).toBeLessThan(undone.indexOf('fence-ahead'));
    expect(undone.indexOf('copy-rest')).toBeLessThan(undone.indexOf('fence-ahead'));
    expect(undone.indexOf('fence-ahead')).toBeLessThan(undone.indexOf('shut-down'));
  });
  it('takes back only what was begun', () => {
    for (const step of acting.slice(0, acting.indexOf('start'))) {
      const log = last(drive(choose(intended(step), 'undo'))).events;
      const back = log.flatMap((e) => (e.type === 'StepIntended' && e.way === 'undo' ? [e.step] : []));
      const had = log.flatMap((e) => (e.type === 'StepIntended' && e.way === 'do' ? [e.step] : []));
      expect(back, step).toEqual(UNDO_ORDER.filter((id) => had.includes(id)));
    }
  });
});

describe('dangers', () => {
  const rest = 'no' as const;
  const stray: Partial<SideWorld> = {
    api: 'answers',
    live: { controllerId: 'demo', journalId: 'stray', lastEventId: 9, active: 'yes', ready: 'yes' },
  };
  const journal = (fingerprint: string) =>
    ({ kind: 'journal', journalId: 'ours', lastEventId: 5, ending: 'proper', fingerprint, verified: false }) as const;
  const TABLE: readonly [StopReason, where: StepId, way: 'do' | 'undo', by: Deep<World>][] = [
    ['source-running', 'prove-stopped', 'do', { source: { running: 'yes' } }],
    ['source-running', 'copy-rest', 'do', { source: { running: 'yes' } }],
    ['source-running', 'start', 'do', { source: { running: 'yes' } }],
    ['target-running', 'copy-ahead', 'do', { target: { running: 'yes' } }],
    ['target-running', 'retire', 'do', { target: { running: 'yes' } }],
    ['target-running', 'retire', 'undo', { target: { running: 'yes' } }],
    ['lock-lost', 'shut-down', 'do', { lock: 'free' }],
    ['lock-lost', 'start', 'do', { lock: 'partly' }],
    ['lock-lost', 'copy-rest', 'undo', { lock: 'theirs' }],
    ['fence-gone', 'shut-down', 'do', { source: { flag: 'off' } }],
    ['fence-gone', 'start', 'do', { source: { policy: 'always' } }],
    ['journal-changed', 'copy-rest', 'do', { source: { state: journal('other') } }],
    ['other-lineage', 'shut-down', 'do', { source: stray }],
    ['source-ended', 'copy-ahead', 'do', { source: { running: rest, api: 'silent', live: undefined as never } }],
  ];
  it.each(TABLE)('%s at %s (%s)', (reason, step, way, by) => {
    const m = upTo(step, way);
    expect(decide(stateOf(m), change(observe(m.model), by), 0)).toMatchObject({ kind: 'stop', reason });
  });
  it('a journal that has no proper end is no proof of a stop, whatever the exit code', () => {
    const m = upTo('prove-stopped');
    const w = observe(m.model);
    const open = { ...journal('x'), ending: 'open' as const };
    expect(decide(stateOf(m), change(w, { source: { state: open, exitCode: 0 } }), 0)).toEqual({
      kind: 'stop',
      step: 'prove-stopped',
      reason: 'not-proper',
    });
    const crashed = upTo('prove-stopped', 'do', begin('source-crashed'));
    expect(decide(stateOf(crashed), observe(crashed.model), 0)).toMatchObject({ kind: 'settle', step: 'prove-stopped' });
  });
  it('a target with another lineage is stopped at once, before anything else', () => {
    const m = upTo('prove-works');
    const both = change(observe(m.model), { lock: 'free', source: { running: 'yes' }, target: stray });
    expect(decide(stateOf(m), both, 0)).toEqual({ kind: 'stop-target', why: 'other-lineage' });
  });
  it('a target that has ended by itself after its start is told', () => {
    const m = upTo('prove-works');
    const gone = change(observe(m.model), { target: { running: 'no', api: 'silent', live: undefined as never } });
    expect(decide(stateOf(m), gone, 0)).toEqual({ kind: 'stop', step: 'prove-works', reason: 'target-refused' });
  });
  it('every danger of the type is in one of these tests', () => {
    const tested = new Set([
      ...TABLE.map(([reason]) => reason),
      'not-proper',
      'target-refused',
      'step-failed',
      'cannot-see',
      'not-reached',
    ]);
    const all: Record<StopReason, true> = {
      'source-running': true,
      'source-ended': true,
      'target-running': true,
      'journal-changed': true,
      'fence-gone': true,
      'lock-lost': true,
      'other-lineage': true,
      'not-proper': true,
      'target-refused': true,
      'step-failed': true,
      'cannot-see': true,
      'not-reached': true,
    };
    expect([...tested].sort()).toEqual(Object.keys(all).sort());
  });
});

describe('what a person may choose', () => {
  const stop = (step: StepId, reason: StopReason) => plus(upTo(step), { at: 1, type: 'RunStopped', step, reason });
  const may = (m: ReturnType<typeof begin>, by: Deep<World> = {}) => choices(stateOf(m), change(observe(m.model), by));
  it('while it works: undo, up to the start; nothing after it', () => {
    expect(may(upTo('copy-rest'))).toEqual(['undo']);
    expect(may(upTo('agents'))).toEqual([]);
    expect(may(choose(upTo('copy-rest'), 'undo'))).toEqual([]);
  });
  it('after an interruption: continue, undo or by hand; after the start no undo', () => {
    expect(may(interrupted(upTo('copy-rest')))).toEqual(['continue', 'undo', 'by-hand']);
    expect(may(interrupted(upTo('agents')))).toEqual(['continue', 'by-hand']);
  });
  it.each(['journal-changed', 'source-ended', 'other-lineage', 'not-proper'] as const)('%s: going on is not offered', (reason) => {
    expect(may(stop('copy-ahead', reason))).toEqual(['undo', 'by-hand']);
  });
  it.each(['source-running', 'lock-lost', 'fence-gone', 'step-failed', 'cannot-see', 'not-reached'] as const)(
    '%s: going on is offered',
    (reason) => {
      expect(may(stop('copy-rest', reason))).toEqual(['continue', 'undo', 'by-hand']);
    },
  );
  it('a target that refused: undo only if it is proved that it never ran', () => {
    const m = stop('prove-works', 'target-refused');
    const verified = { kind: 'journal', journalId: 'ours', lastEventId: 5, ending: 'proper', fingerprint: 'x', verified: true } as const;
    expect(may(m, { target: { running: 'no', state: verified } })).toContain('undo');
    expect(may(m, { target: { running: 'no', state: { ...verified, verified: false } } })).not.toContain('undo');
    expect(may(m, { target: { running: 'unknown', state: verified } })).not.toContain('undo');
    expect(undoPossible(stateOf(m), DARK)).toBe(false);
  });
  it('a stopped undo: again, or by hand; by hand: only the end; afterwards nothing', () => {
    const undo = plus(choose(upTo('retire'), 'undo'), { at: 1, type: 'RunStopped', step: 'retire', reason: 'cannot-see' });
    expect(may(undo)).toEqual(['continue', 'by-hand']);
    expect(may(choose(interrupted(upTo('retire')), 'by-hand'))).toEqual(['done-by-hand']);
    expect(may(last(drive(begin())))).toEqual([]);
  });
  it('only what is offered leads on: each choice brings the run to work, or to a person', () => {
    for (const choice of may(interrupted(upTo('copy-rest'))))
      expect(() => stateOf(choose(interrupted(upTo('copy-rest')), choice))).not.toThrow();
  });
});

describe('by hand', () => {
  const done = choose(choose(interrupted(upTo('copy-rest')), 'by-hand'), 'done-by-hand');
  it('only the lock is released, then the run ends; a lock that cannot be seen is left after half a minute', () => {
    const world = observe(done.model);
    expect(decide(stateOf(done), world, 0)).toEqual({ kind: 'act', step: 'lock', way: 'undo' });
    expect(decide(stateOf(done), change(world, { lock: 'free' }), 0)).toEqual({ kind: 'end', result: 'by-hand' });
    expect(decide(stateOf(done), change(world, { lock: 'theirs' }), 0)).toEqual({ kind: 'end', result: 'by-hand' });
    expect(decide(stateOf(done), DARK, 0)).toMatchObject({ kind: 'wait', why: 'unknown' });
    expect(decide(stateOf(done), DARK, 30_001)).toEqual({ kind: 'end', result: 'by-hand' });
  });
});

describe('any world', () => {
  const tri = fc.constantFrom('yes', 'no', 'unknown') as fc.Arbitrary<'yes' | 'no' | 'unknown'>;
  const state: fc.Arbitrary<SideWorld['state']> = fc.oneof(
    fc.constant({ kind: 'unknown' } as const),
    fc.constant({ kind: 'empty' } as const),
    fc.record({
      kind: fc.constant('journal' as const),
      journalId: fc.constantFrom('ours', 'other'),
      lastEventId: fc.nat(9),
      ending: fc.constantFrom<JournalEnding>('proper', 'failed-start', 'open', 'torn'),
      fingerprint: fc.constantFrom('v5p', 'v5', 'v6', 'v0p'),
      verified: fc.boolean(),
    }),
  );
  const side: fc.Arbitrary<SideWorld> = fc.record(
    {
      running: tri,
      api: fc.constantFrom('answers', 'silent', 'unknown'),
      policy: fc.constantFrom('no', 'always', 'unless-stopped', 'on-failure', 'unknown'),
      flag: fc.constantFrom('on', 'off', 'unknown'),
      state,
      staging: fc.constantFrom('absent', 'partial', 'unknown'),
      retired: tri,
      aside: tri,
      marker: tri,
      live: fc.record({
        controllerId: fc.constantFrom('demo', 'x'),
        journalId: fc.constantFrom('ours', 'other', 'unknown'),
        lastEventId: fc.nat(9),
        active: tri,
        ready: tri,
      }),
    },
    { requiredKeys: ['running', 'api', 'policy', 'flag', 'state', 'staging', 'retired', 'aside', 'marker'] },
  ) as fc.Arbitrary<SideWorld>;
  const world: fc.Arbitrary<World> = fc.record({
    lock: fc.constantFrom('ours', 'free', 'theirs', 'partly', 'unknown'),
    source: side,
    target: side,
    joc: fc.constantFrom('follows', 'elsewhere', 'none', 'unknown'),
    agents: fc.constantFrom('coupled', 'not-yet', 'none', 'unknown'),
  }) as fc.Arbitrary<World>;
  const moments = [...drive(begin()), ...drive(choose(upTo('start'), 'undo'))];
  const moment = fc.constantFrom(...moments);

  it('an act is decided only if all it needs is seen, or its goal is there already (I1, I2, I3, I6)', () => {
    fc.assert(
      fc.property(moment, world, fc.nat(1e6), (m, w, waited) => {
        const s = stateOf(m);
        const d = decide(s, w, waited);
        if (d.kind !== 'act') return;
        const row = d.way === 'do' ? STEP[d.step] : STEP[d.step].undo;
        const sight = { world: w, plan: s.plan, noted: s.noted };
        expect(row?.needs.every((n) => n.holds(sight)) || row?.goal(sight) === 'reached').toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
  it('success is written only over a goal that is seen', () => {
    fc.assert(
      fc.property(moment, world, (m, w) => {
        const s = stateOf(m);
        const d = decide(s, w, 0);
        if (d.kind !== 'settle') return;
        const row = d.way === 'do' ? STEP[d.step] : STEP[d.step].undo;
        expect(row?.goal({ world: w, plan: s.plan, noted: s.noted })).toBe('reached');
      }),
      { numRuns: 3000 },
    );
  });
  it('nothing is decided to be done, and nothing settled, when nothing can be seen', () => {
    for (const m of moments) {
      const d = decide(stateOf(m), DARK, 0);
      if (d.kind === 'act') expect(['report', 'lock']).toContain(d.step);
      else expect(['wait', 'end', 'done', 'stop']).toContain(d.kind);
    }
  });
  it('is the same twice: no clock, no chance', () => {
    fc.assert(
      fc.property(moment, world, (m, w) => {
        expect(decide(stateOf(m), w, 7)).toEqual(decide(stateOf(m), w, 7));
      }),
      { numRuns: 200 },
    );
  });
});
