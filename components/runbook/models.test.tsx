import { describe, expect, test } from 'vitest';
import { clockText } from './clock-text';
import { proofs } from './report/report-model';
import { commandsText, copyFigures, downOf, livingOf, lookOf, phaseOf, waysOn } from './run/run-model';
import { pointAt, railOf } from './steps/rail-model';
import { answer, BOTH_STOPPED, chose, end, interrupted, SOURCE_RUNS, stopped, upTo, whole } from './testing/samples';

test.each([
  [0, '0:00'],
  [41_900, '0:41'],
  [727_000, '12:07'],
  [3_727_000, '1:02:07'],
  [-5, '0:00'],
])('%d ms on a clock: %s', (ms, text) => expect(clockText(ms)).toBe(text));

test('every phase of a run is told apart', () => {
  const phase = (...a: Parameters<typeof answer>) => phaseOf(answer(...a).summary);
  const open = upTo('copy-rest');
  expect(phase(open)).toBe('working');
  expect(phase([...open, chose('undo')])).toBe('undoing');
  expect(phase([...open, interrupted])).toBe('interrupted');
  expect(phase([...open, stopped('fence-gone', 'copy-rest')])).toBe('stopped');
  expect(phase([...open, interrupted, chose('by-hand')])).toBe('by-hand');
  expect(phase([...open, interrupted, chose('by-hand'), chose('done-by-hand')])).toBe('closing');
  expect(phase([...whole(), end('succeeded')])).toBe('succeeded');
});

describe('which of both runs', () => {
  const events = [...upTo('copy-rest'), interrupted];
  const dark = { ...BOTH_STOPPED, target: { ...BOTH_STOPPED.target, running: 'unknown' as const } };
  test.each([
    ['none', BOTH_STOPPED],
    ['source', SOURCE_RUNS],
    ['unknown', dark],
    ['unknown', null],
  ] as const)('%s', (wanted, world) => expect(livingOf(answer(events, world))).toBe(wanted));
});

test('a step without an outcome is not called done, nor failed, after an interruption', () => {
  const a = answer([...upTo('copy-rest'), interrupted]);
  expect(a.steps.map((s) => lookOf(s, a.summary))).toEqual([...Array(6).fill('done'), 'unsure', ...Array(7).fill('next')]);
});

test('downtime: runs while nobody works, stands still when it is over, and is absent before the stop', () => {
  const at = upTo('copy-rest')[0]?.at ?? 0;
  expect(downOf(answer(upTo('fence-ahead')).summary, at + 9_000)).toBeUndefined();
  expect(downOf(answer(upTo('copy-rest')).summary, at + 9_000)).toEqual({ ms: 6_000, running: true });
  expect(downOf(answer([...whole(), end('succeeded')]).summary, at + 999_000)).toEqual({ ms: 7_900, running: false });
});

test('what is left of a copy is told only where the speed tells it', () => {
  const p = { step: 'copy-rest', file: 'f', doneBytes: 50, totalBytes: 200, bytesPerSecond: 75 } as const;
  expect(copyFigures(p)).toEqual({ percent: 25, leftMs: 2_000 });
  expect(copyFigures({ ...p, bytesPerSecond: 0 })).toEqual({ percent: 25 });
  expect(copyFigures({ ...p, totalBytes: 0, doneBytes: 0 })).toEqual({ percent: 0 });
  // Bytes that came while it was copied: never more than everything.
  expect(copyFigures({ ...p, doneBytes: 300 })).toEqual({ percent: 100 });
});

test('the recommended way stands first', () => {
  const a = answer([...upTo('retire'), stopped('source-running', 'retire')], SOURCE_RUNS);
  expect(a.recommended).toBe('undo');
  expect(waysOn(a).map((w) => w.choice)).toEqual(['undo', 'continue', 'by-hand']);
});

test('a proof that was not made is "not proved", and an event that is missing is seen', () => {
  const { report } = answer([...upTo('copy-rest'), interrupted]);
  expect(proofs(report).map((p) => p.result)).toEqual(['unproved', 'unproved', 'unproved']);
  const { report: good } = answer([...whole(), end('succeeded')]);
  expect(proofs(good).map((p) => p.result)).toEqual(['same', 'same', 'notBehind']);
  const behind = {
    ...good,
    steps: good.steps.map((s) =>
      s.step === 'prove-works'
        ? { ...s, evidence: s.evidence.map((e) => ({ ...e, facts: { ...e.facts, lastEventId: 99, journalId: 'other' } })) }
        : s,
    ),
  };
  expect(proofs(behind).map((p) => p.result)).toEqual(['same', 'differs', 'behind']);
});

test('the rail is gold between steps during both of which nobody works', () => {
  const rail = railOf([{ down: false }, { down: true }, { down: true }, { down: false }]);
  expect(rail.map((r) => r.step.down && r.downAfter)).toEqual([false, true, false, false]);
  expect(pointAt([{ afterPoint: false }, { afterPoint: true }])).toBe(1);
});

test('commands as one text, each step under its title', () => {
  expect(
    commandsText([
      { title: 'Start', commands: ['a', 'b'] },
      { title: 'Prove', commands: ['c'] },
    ]),
  ).toBe('# Start\na\nb\n\n# Prove\nc');
});
