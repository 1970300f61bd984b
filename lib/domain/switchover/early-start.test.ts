/** The target was started before its time: what a person is told to do, for everything that can be seen. */
import { expect, it } from 'vitest';
import { en } from '../text/en';
import { choices, decide, lacking } from './decide';
import { change, choose, type Deep, plus, stateOf, upTo } from './drive.test-support';
import { earlyStart, goneOn } from './early-start';
import { observe } from './model.test-support';
import type { StepId } from './steps';
import type { World } from './world';

const m = (step: StepId) => plus(upTo(step), { at: 1, type: 'RunStopped', step, reason: 'target-running' });
const noted = stateOf(m('unfence')).noted?.lastEventId ?? Number.NaN;
const live = { controllerId: 'demo', journalId: 'ours', lastEventId: noted + 3, active: 'yes', ready: 'yes' } as const;
const newer = { kind: 'journal', journalId: 'ours', lastEventId: noted + 3, ending: 'open', fingerprint: 'x', verified: false } as const;
const runs = { running: 'yes', api: 'answers' } as const;
const said = (step: StepId, by: Deep<World>) => {
  const at = m(step);
  const told = earlyStart(stateOf(at), change(observe(at.model), by));
  return told && [told.text.key.replace('run.early.', ''), told.commands.at(-1) ?? ''];
};

it.each<[StepId, Deep<World>, string[]]>([
  ['unfence', { target: { ...runs, live, state: newer } }, ['works', '']],
  [
    'unfence',
    { target: { ...runs, live: { ...live, ready: 'no' }, state: newer } },
    ['gone-on-runs', 'docker logs --tail 50 js7-secondary'],
  ],
  ['unfence', { target: { running: 'no', flag: 'off', state: newer } }, ['gone-on', 'docker start js7-secondary']],
  ['retire', { target: { running: 'no', flag: 'off', state: newer } }, ['gone-on-early', '']],
  ['unfence', { target: { running: 'no' } }, ['stopped', '']],
  ['copy-rest', { target: { running: 'unknown' } }, ['unknown', '']],
  [
    'copy-rest',
    { target: { ...runs, live: { ...live, journalId: 'unknown', lastEventId: 0, active: 'no' } } },
    ['idles', 'docker stop --time 120 js7-secondary'],
  ],
  ['copy-rest', { target: { ...runs, live: { ...live, journalId: 'other' } } }, ['other', 'docker stop --time 120 js7-secondary']],
])('at %s, %j: %j', (step, by, told) => {
  expect(said(step, by)).toEqual(told);
  expect(en[`run.early.${told[0]}`]).toMatch(/\{name\}/);
});

it('what the target did with the copy is never taken back: undo is not offered, before the stop was proved nothing can be told', () => {
  const at = m('unfence');
  for (const target of [
    { ...runs, live },
    { running: 'no', flag: 'off', state: newer },
  ] as const) {
    const world = change(observe(at.model), { target });
    expect([goneOn(stateOf(at), world), choices(stateOf(at), world)]).toEqual([true, ['continue', 'by-hand']]);
  }
  const refused = change(observe(at.model), { target: { running: 'no', flag: 'on', state: newer } });
  expect(choices(stateOf(at), refused)).toContain('undo');
  const same = change(observe(at.model), { target: { running: 'no', state: { ...newer, lastEventId: noted } } });
  expect(choices(stateOf(at), same)).toContain('undo');
  expect(goneOn(stateOf(m('copy-ahead')), change(observe(m('copy-ahead').model), { target: { ...runs, live } }))).toBe(false);
});

it('its restart policy may be set while it works, if a person has accepted it and all else is seen; nothing else may', () => {
  const accepted = choose(m('unfence'), 'continue');
  const works: Deep<World> = { target: { ...runs, live, flag: 'off', policy: 'no', state: newer } };
  const world = (by: Deep<World> = {}) => change(change(observe(accepted.model), works), by);
  expect(decide(stateOf(accepted), world(), 0)).toEqual({ kind: 'act', step: 'unfence', way: 'do' });
  expect(lacking(stateOf(accepted), world({ lock: 'unknown' }), 'unfence', 'do').map((n) => n.id)).toEqual(['lock-ours']);
  const asked = stateOf(m('unfence'));
  expect(lacking(asked, world(), 'unfence', 'do').map((n) => n.id)).toEqual(['target-stopped', 'target-verified']);
  expect(lacking(stateOf(accepted), world(), 'retire', 'do').map((n) => n.id)).toContain('target-stopped');
  const unready = world({ target: { ...works.target, live: { ...live, ready: 'unknown' } } });
  expect(decide(stateOf(accepted), unready, 0)).toMatchObject({ kind: 'stop', reason: 'target-running' });
});
