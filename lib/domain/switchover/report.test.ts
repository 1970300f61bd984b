/** The report: made from the events alone, as JSON and as Markdown. */
import { describe, expect, it } from 'vitest';
import { problem } from '../errors';
import { en } from '../text/en';
import { formatBytes, formatDuration, plainText } from '../text/format';
import { begin, choose, drive, intended, interrupted, last, plus, stateOf, upTo } from './drive.test-support';
import type { RunEvent, VerifiedFile } from './events';
import { evidenceOf } from './evidence';
import { observe } from './model.test-support';
import { reportOf } from './report';
import { type ReportWording, reportMarkdown } from './report-markdown';
import { STEP_IDS } from './steps';

const wording: ReportWording = {
  say: (m) => plainText(m, en, { now: 0, zone: 'UTC' }),
  time: (at) => `t+${at / 1000}`,
  duration: (ms) => formatDuration(ms).replaceAll('\u00a0', ' '),
  bytes: (n) => formatBytes(n).replaceAll('\u00a0', ' '),
};
const markdown = (events: readonly RunEvent[]) => reportMarkdown(reportOf(events), wording);
const succeeded = last(drive(begin())).events;
const at = (type: RunEvent['type'], step: string, way = 'do') =>
  succeeded.find((e) => e.type === type && 'step' in e && e.step === step && 'way' in e && e.way === way)?.at ?? Number.NaN;
const file: VerifiedFile = {
  name: 'controller--0.journal',
  bytes: 30,
  sourceInode: 1,
  inode: 2,
  modifiedAt: 3,
  segments: [
    { from: 0, to: 20, sha256: 'a'.repeat(64), when: 'ahead' },
    { from: 16, to: 30, sha256: 'b'.repeat(64), when: 'after' },
  ],
};

describe('what a report says', () => {
  it('of a run that succeeded: who, why, result, times, each step once', () => {
    const r = reportOf(succeeded);
    expect(r).toMatchObject({
      runId: '7',
      result: 'succeeded',
      by: 'Ada',
      reason: 'patching',
      ticket: 'OPS-7',
      planHash: 'abcdef0123456789',
      controllerId: 'demo',
      journalId: 'ours',
      stops: [],
      decisions: [],
    });
    expect(r.steps.map((s) => s.step)).toEqual(STEP_IDS);
    expect(r.steps.every((s) => s.outcome === 'succeeded' && s.endedAt !== undefined)).toBe(true);
    expect(r.endedAt).toBe(succeeded.at(-1)?.at);
  });
  it('down: from the intent to shut down until the other one is proved to work', () => {
    expect(reportOf(succeeded).downMs).toBe(at('StepEnded', 'prove-works') - at('StepIntended', 'shut-down'));
    expect(reportOf(succeeded).downSince).toBeUndefined();
  });
  it('still down: since when; nothing shut down: neither', () => {
    expect(reportOf(upTo('copy-rest').events)).toMatchObject({ result: 'open', downSince: at('StepIntended', 'shut-down') });
    const early = reportOf(upTo('fence-ahead').events);
    expect([early.downMs, early.downSince]).toEqual([undefined, undefined]);
  });
  it('undone: down until the old one works again; both ways are listed', () => {
    const { events } = last(drive(choose(upTo('retire'), 'undo')));
    const r = reportOf(events);
    expect(r.result).toBe('undone');
    expect(r.downMs).toBeGreaterThan(0);
    expect(r.steps.filter((s) => s.way === 'undo').map((s) => s.step)).toEqual([
      'copy-rest',
      'prove-fence',
      'fence-ahead',
      'shut-down',
      'copy-ahead',
      'lock',
    ]);
    expect(r.decisions).toEqual([{ at: expect.any(Number), by: 'Bo', choice: 'undo', why: 'seen' }]);
  });
  it('a step that failed and was tried again stands there twice; one without an outcome stays open', () => {
    const failed: RunEvent = {
      at: 50,
      type: 'StepEnded',
      step: 'retire',
      way: 'do',
      outcome: 'failed',
      evidence: [],
      problem: problem('DISK_FULL', 'No space.', { remedy: 'Make room.' }),
    };
    const stop: RunEvent = { at: 51, type: 'RunStopped', step: 'retire', reason: 'step-failed' };
    const r = reportOf(last(drive(choose(plus(intended('retire'), failed, stop), 'continue'))).events);
    expect(r.steps.filter((s) => s.step === 'retire').map((s) => s.outcome)).toEqual(['failed', 'succeeded']);
    expect(r.stops).toEqual([{ at: 51, reason: 'step-failed', step: 'retire' }]);
    expect(reportOf(interrupted(intended('retire')).events)).toMatchObject({ result: 'open', stops: [{ reason: 'interrupted' }] });
    expect(reportOf(intended('retire').events).steps.at(-1)).toMatchObject({ step: 'retire', outcome: 'none' });
  });
  it('files and bytes are those of the last verification', () => {
    const r = reportOf(plus(intended('copy-rest'), { at: 9, type: 'CopyVerified', files: [file] }).events);
    expect([r.files, r.bytes]).toEqual([[file], 30]);
  });
  it('is plain JSON', () => expect(JSON.parse(JSON.stringify(reportOf(succeeded)))).toEqual(reportOf(succeeded)));
});

describe('as Markdown', () => {
  it('names result, sides, ids, downtime, who and why', () => {
    const text = markdown(succeeded);
    for (const part of [
      '# Run 7: switch-over of demo',
      'Result: **succeeded**',
      'From the Primary `js7-primary`',
      'To the Secondary `js7-secondary`',
      'journalId `ours`',
      'Controller down: ',
      'Started by Ada: patching (OPS-7)',
      'Plan abcdef0123456789',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/undefined|NaN|\{\w+\}|(?:step|evidence|run\.stopped)\.\w/);
  });
  it('tells the accepted warnings as they were measured, and the time spent; nothing where it was not written down', () => {
    const [first, ...rest] = succeeded;
    if (first?.type !== 'RunStarted') throw new Error('no start');
    const measured = { key: 'check.measured.never' };
    const told = [{ ...first, timeSpent: 15, accepted: [{ id: 'restart-policy', measured }] }, ...rest];
    expect(reportOf(told)).toMatchObject({ timeSpent: 15, accepted: [{ id: 'restart-policy', measured }] });
    expect(markdown(told)).toMatch(/- Time Spent: 15 min\n/);
    expect(markdown(told)).toMatch(/## Accepted warnings\n\n- .*\(restart-policy\): \w.*\n\n## Steps/);
    expect(markdown([{ ...first, accepted: [] }, ...rest])).toContain('## Accepted warnings\n\nNone.\n');
    expect(markdown(succeeded)).not.toMatch(/Accepted warnings|Time Spent/);
  });
  it('has a row of five cells for each step, whatever stands in a problem', () => {
    const failed: RunEvent = {
      at: 50,
      type: 'StepEnded',
      step: 'retire',
      way: 'do',
      outcome: 'failed',
      evidence: [],
      problem: problem('HELPER_FAILED', 'mv: a|b\nnot found', { remedy: 'Look.' }),
    };
    const rows = markdown(plus(intended('retire'), failed).events)
      .split('\n')
      .filter((l) => l.startsWith('| ') && !l.startsWith('| Step'));
    expect(rows).toHaveLength(8);
    for (const r of rows) expect(r.split(/(?<!\\)\|/)).toHaveLength(7);
    expect(rows.at(-1)).toContain('mv: a\\|b not found Look.');
  });
  it('lists every file with every hash, and says which were made ahead', () => {
    const text = markdown(plus(intended('copy-rest'), { at: 9, type: 'CopyVerified', files: [file] }).events);
    expect(text).toContain('equal on both sides (30 B)');
    expect(text).toContain(`0–20: \`${'a'.repeat(64)}\` (copied ahead)<br>16–30: \`${'b'.repeat(64)}\` (after the stop)`);
  });
  it('tells stops and decisions in order, and each result in words', () => {
    const undone = markdown(last(drive(choose(interrupted(upTo('retire')), 'undo'))).events);
    expect(undone).toContain('Result: **undone: everything is as before**');
    expect(undone).toMatch(/## Stops\n\n- .*Handover was interrupted\.\n\n## Decisions\n\n- .*Bo chose "undo": seen/);
    expect(markdown(upTo('copy-rest').events)).toMatch(/\*\*not ended yet\*\*[\s\S]*Nobody works since t\+/);
    expect(markdown(last(drive(choose(choose(interrupted(upTo('retire')), 'by-hand'), 'done-by-hand'))).events)).toContain(
      '**finished by hand**',
    );
  });
});

describe('evidence', () => {
  it.each(STEP_IDS)('%s: a sentence with all its figures, forward and back', (step) => {
    const m = last(drive(upTo(step), (x) => stateOf(x).steps[step].do === 'succeeded'));
    for (const way of ['do', 'undo'] as const) {
      const [e] = evidenceOf(step, way, observe(m.model), stateOf(m), 5);
      if (way === 'undo' && en[`evidence.undo.${step}`] === undefined) continue;
      const text = wording.say(e?.said ?? { key: 'none' });
      expect(text, way).toMatch(/^\w.*\.$/);
      expect(text, way).not.toMatch(/\{\w+\}|undefined/);
    }
  });
});
