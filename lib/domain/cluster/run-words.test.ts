/** What is said of a cluster while a run has it. */
import { expect, test } from 'vitest';
import { en } from '../text/en';
import { plainText } from '../text/format';
import { fold } from './fold';
import type { ObservedRun } from './observation';
import { disk, exited, journal, NOW, observation, stopped, works } from './samples.test-support';

const run: ObservedRun = { runId: '7', from: 'primary', mode: 'forward', phase: 'working', step: 'copy-rest', number: 7, of: 12 };
const down = { ...run, downSince: NOW - 4_000 };
const nobody = (open?: ObservedRun) =>
  fold(
    observation(
      stopped('primary', disk({ journal: journal(), flag: true }), exited('primary', 0, {}, 4_000)),
      stopped('secondary', disk({ flag: true }), exited('secondary')),
      open && { run: open },
    ),
    NOW,
  );
const two = (open?: ObservedRun) => fold(observation(works('primary'), works('secondary'), open && { run: open }), NOW);
const words = (m: Parameters<typeof plainText>[0]) => plainText(m, en, { now: NOW, zone: 'UTC' });

test('the planned downtime is told as a step of the run, not as an alarm', () => {
  expect(nobody().verdict.tone).toBe('alarm');
  const view = nobody(down);
  expect([view.verdict.tone, words(view.verdict.title), words(view.verdict.why), view.verdict.since]).toEqual([
    'run',
    'Run 7: step 7 of 12.',
    'Copy the rest and verify every file',
    down.downSince,
  ]);
  expect(view.guard).toMatchObject({ tone: 'run', alarms: [] });
  expect(view.next).toBeUndefined();
  expect(view.run).toEqual(down);
});

test('a run that asks in its downtime is bad, and the next step leads to it', () => {
  const view = nobody({ ...down, phase: 'asking', stopped: 'cannot-see' });
  expect([view.verdict.tone, words(view.verdict.title)]).toEqual(['bad', 'Nobody works: run 7 waits for a decision.']);
  expect(view.guard.alarms.map((a) => [a.code, a.tone])).toEqual([['nobody-active', 'bad']]);
  expect(view.next).toMatchObject({ open: 'run' });
});

test('a run that was cut off did not stop itself', () => {
  const why = (stopped: 'cannot-see' | 'interrupted') => nobody({ ...down, phase: 'asking', stopped }).guard.alarms[0]?.detail;
  const said = (['cannot-see', 'interrupted'] as const).map((s) => words(why(s) ?? { key: '' }));
  expect(said).toEqual([expect.stringContaining('It stopped itself'), expect.stringContaining('It was interrupted')]);
});

test('nobody works outside the planned downtime: an alarm, run or not', () => {
  expect(nobody(run).verdict.tone).toBe('alarm');
});

test('two alive stays an alarm, and stopping one stays possible; nothing may be started', () => {
  for (const open of [run, down, { ...down, phase: 'asking' as const }]) {
    const view = two(open);
    expect(view.verdict).toEqual(two().verdict);
    expect(view.primary.actions.find((a) => a.kind === 'stop')?.allowed).toBe(true);
  }
  const copying = fold(observation(works('primary'), stopped('secondary'), { run }), NOW);
  expect([copying.verdict.tone, words(copying.verdict.title)]).toEqual(['run', 'Run 7: step 7 of 12.']);
  expect(copying.primary.actions.find((a) => a.kind === 'stop')).toMatchObject({ allowed: false, note: { key: 'act.run' } });
});

test('undo and by hand say so', () => {
  expect(words(nobody({ ...down, mode: 'undo' }).verdict.title)).toBe('Run 7 is being undone.');
  expect(
    words(
      fold(observation(works('primary'), stopped('secondary'), { run: { ...run, mode: 'by-hand', phase: 'asking' } }), NOW).verdict.title,
    ),
  ).toBe('Run 7 is being finished by hand.');
});
