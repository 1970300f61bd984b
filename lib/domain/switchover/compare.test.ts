/** Plan beside world, and what is recommended: the ground on which a person chooses. */
import { describe, expect, it } from 'vitest';
import { en } from '../text/en';
import { plainText } from '../text/format';
import { assertMessages } from '../text/messages.test-support';
import { type Compared, compare, names, recommend } from './compare';
import { choices } from './decide';
import { begin, change, choose, DARK, type Deep, drive, interrupted, last, type Moment, stateOf, upTo } from './drive.test-support';
import { observe } from './model.test-support';
import type { World } from './world';

const rows = (m: Moment, by: Deep<World> = {}) => compare(stateOf(m), change(observe(m.model), by));
const verdicts = (all: readonly Compared[]) => Object.fromEntries(all.map((r) => [r.id, r.verdict]));
const read = (m: Parameters<typeof plainText>[0]) => plainText(m, en, { now: 0, zone: 'UTC' });
const row = (all: readonly Compared[], id: string) => {
  const r = all.find((x) => x.id === id) as Compared;
  return [read(r.title), read(r.planned), read(r.seen), r.verdict];
};

describe('compare', () => {
  it('between two steps of an undisturbed run everything is as planned', () => {
    const settled = drive(begin()).filter((m) => ['RunStarted', 'StepEnded'].includes(m.events.at(-1)?.type ?? ''));
    expect(settled.length).toBeGreaterThan(13);
    for (const m of settled)
      expect(
        rows(m)
          .filter((r) => r.verdict !== 'same')
          .map((r) => [r.id, r.planned, r.seen]),
        `after ${m.events.length} events`,
      ).toEqual([]);
  });
  it('inside an act too: a step that was cut off may or may not have had its effect', () => {
    const inside = drive(begin()).filter((m) => m.events.at(-1)?.type === 'StepIntended');
    expect(inside.length).toBeGreaterThan(20);
    for (const m of inside)
      expect(
        rows(m)
          .filter((r) => r.verdict !== 'same' && r.id !== 'lock')
          .map((r) => [r.id, r.planned, r.seen]),
        `after ${m.events.length} events`,
      ).toEqual([]);
  });
  it('what cannot be seen is unknown, never the same', () => {
    for (const m of drive(begin())) expect(compare(stateOf(m), DARK).map((r) => r.verdict)).not.toContain('same');
  });
  const at = upTo('copy-rest');
  it.each<[string, Deep<World>, readonly string[]]>([
    ['lock', { lock: 'theirs' }, ['Lock', 'in the engines, of this run', 'held by somebody else', 'differs']],
    ['lock', { lock: 'partly' }, ['Lock', 'in the engines, of this run', 'in one engine only', 'differs']],
    ['source-container', { source: { running: 'yes' } }, ['Primary’s container', 'stopped', 'running', 'differs']],
    ['source-api', { source: { api: 'answers' } }, ['Primary’s Controller', 'silent', 'answers', 'differs']],
    ['source-policy', { source: { policy: 'always' } }, ['Primary’s restart policy', 'no', 'always', 'differs']],
    ['source-flag', { source: { flag: 'off' } }, ['Primary’s backup flag', 'on', 'off', 'differs']],
    ['source-journal', { source: { state: { kind: 'empty' } } }, ['Primary’s journal', 'ours 5', 'no journal', 'differs']],
    ['target-container', { target: { running: 'yes' } }, ['Secondary’s container', 'stopped', 'running', 'differs']],
    ['target-policy', { target: { policy: 'unknown' } }, ['Secondary’s restart policy', 'no', 'unknown', 'unknown']],
    ['target-flag', { target: { flag: 'off' } }, ['Secondary’s backup flag', 'on', 'off', 'differs']],
    [
      'target-copy',
      { target: { state: { kind: 'unknown' } } },
      ['Copy in the Secondary’s state directory', 'not in place', 'unknown', 'unknown'],
    ],
  ])('%s, told with its words', (id, by, said) => {
    const all = rows(at, by);
    expect(row(all, id)).toEqual(said);
    for (const r of all) expect([r.title, r.planned, r.seen].map(read).join()).not.toMatch(/compare\.|\{\w+\}/);
    expect(Object.values(verdicts(all)).filter((v) => v !== 'same')).toHaveLength(1);
  });
  it('after the start the copy may be what the target has made of it', () => {
    expect(verdicts(rows(last(drive(begin()))))['target-copy']).toBe('same');
  });
  it('names the sides by the slots of the plan', () => {
    const { plan } = stateOf(begin());
    expect(names({ plan: { ...plan, source: plan.target, target: plan.source } })).toEqual({ source: 'Secondary', target: 'Primary' });
  });
});

describe('recommend', () => {
  const fits: Compared = { id: 'a', title: { key: 'compare.lock' }, planned: { key: 'a' }, seen: { key: 'a' }, verdict: 'same' };
  const odd: Compared = { ...fits, verdict: 'differs' };
  const unseen: Compared = { ...fits, verdict: 'unknown' };
  it.each<[readonly string[], readonly Compared[], string | undefined, readonly string[]]>([
    [['continue', 'undo', 'by-hand'], [fits], 'continue', ['recommend.fits', 'recommend.undo-stays']],
    [['continue', 'by-hand'], [fits], 'continue', ['recommend.fits']],
    [['undo', 'by-hand'], [fits], 'undo', ['recommend.cannot-continue']],
    [['continue', 'undo', 'by-hand'], [fits, odd], 'undo', ['recommend.differs']],
    [['continue', 'undo', 'by-hand'], [fits, unseen], 'undo', ['recommend.differs']],
    [['continue', 'by-hand'], [odd], 'continue', ['recommend.look-first']],
    [['by-hand'], [odd], 'by-hand', ['recommend.by-hand']],
    [['done-by-hand'], [fits], undefined, []],
    [[], [fits], undefined, []],
  ])('%j', (offered, all, choice, why) => {
    const r = recommend(offered, all);
    expect([r.choice, r.why.map((m) => m.key)]).toEqual([choice, why]);
    assertMessages(r);
  });
  it('never recommends what is not offered', () => {
    for (const m of drive(begin()).filter((x) => stateOf(x).phase === 'working')) {
      for (const world of [observe(m.model), DARK]) {
        const s = stateOf(interrupted(m));
        const offered = choices(s, world);
        const { choice } = recommend(offered, compare(s, world));
        expect(offered).toContain(choice);
      }
    }
    expect(recommend(choices(stateOf(choose(interrupted(begin()), 'by-hand')), DARK), []).choice).toBeUndefined();
  });
});
