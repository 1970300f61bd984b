/** Which step's turn it is, and what it needs: I1, I2 and I6 of the runbook hold on the way back as well. */
import { describe, expect, it } from 'vitest';
import { begin } from '../switchover/drive.test-support';
import { foldRun } from '../switchover/state';
import type { SideWorld } from '../switchover/world';
import type { WayEvent, WayStep } from './events';
import { foldWay } from './state';
import { currentOf, goalOf, lackingOf, STAYS_MS, type WayWorld } from './steps';

const { plan } = foldRun(begin().events);
const journal = (lastEventId: number): SideWorld['state'] => ({
  ...{ kind: 'journal', journalId: plan.journalId, lastEventId, ending: 'proper', fingerprint: `f${lastEventId}`, verified: false },
});
const rest: SideWorld = {
  ...{ running: 'no', api: 'silent', policy: 'no', flag: 'off', staging: 'absent', retired: 'no', aside: 'no', marker: 'no' },
  state: journal(7),
};
const both: WayWorld = {
  lock: 'ours',
  joc: 'none',
  agents: 'none',
  known: 'unknown',
  source: rest,
  target: { ...rest, state: journal(9) },
};
const aside: WayWorld = { ...both, source: { ...rest, state: { kind: 'empty' }, flag: 'on', retired: 'yes', marker: 'yes' } };
const points = {
  kept: { journalId: plan.journalId, lastEventId: 9, fingerprint: 'f9' },
  aside: { journalId: plan.journalId, lastEventId: 7, fingerprint: 'f7' },
};
const began: WayEvent = { at: 0, type: 'Began', plan, by: 'Ada', reason: 'two lived' };
const stopped: WayEvent = { at: 1, type: 'Done', step: 'stop', evidence: [], points };
const down: WayEvent = { at: 2, type: 'Done', step: 'agents-down', evidence: [], saidBy: 'Ada' };
const start: WayEvent = { at: 3, type: 'Intended', step: 'start', by: 'Ada' };
const works: WayWorld = {
  ...aside,
  target: {
    ...aside.target,
    ...{ running: 'yes', api: 'answers' },
    live: { controllerId: plan.controllerId, journalId: plan.journalId, lastEventId: 11, active: 'yes', ready: 'yes' },
  },
  known: [{ name: 'a', url: '', coupled: false }],
};
const turn = (events: WayEvent[], w: WayWorld, now = 10) => currentOf(foldWay(events), w, { now });

describe('whose turn it is', () => {
  it.each<[WayStep, WayEvent[], WayWorld, number]>([
    ['lock', [began], { ...both, lock: 'free' }, 10],
    ['stop', [began], { ...both, source: { ...rest, running: 'yes' } }, 10],
    ['stop', [began], { ...both, target: { ...both.target, policy: 'always' } }, 10],
    ['stop', [began], { ...both, source: { ...rest, api: 'unknown' } }, 10],
    ['keep', [began, stopped], both, 10],
    ['keep', [began, stopped], { ...aside, source: { ...aside.source, flag: 'unknown' } }, 10],
    ['agents-down', [began, stopped], aside, 10],
    ['start', [began, stopped, down], aside, 10],
    ['start', [began, stopped, down, start], works, STAYS_MS],
    ['reset', [began, stopped, down, start], works, 3 + STAYS_MS],
    ['agents-down', [began, stopped, down, start], { ...works, target: aside.target }, 3 + STAYS_MS],
    ['stop', [began, stopped, down, start], { ...works, source: { ...aside.source, running: 'yes' } }, 3 + STAYS_MS],
  ])('%s', (step, events, world, now) => expect(turn(events, world, now)).toBe(step));

  it('every Agent that was reset is waited for; one that was left is not', () => {
    const reset: WayEvent = { at: 4, type: 'Done', step: 'reset', agent: 'a', evidence: [] };
    const events = [began, stopped, down, start, reset];
    expect(turn(events, works, STAYS_MS + 3)).toBe('agents-up');
    expect(turn(events, { ...works, known: [{ name: 'a', url: '', coupled: true }] }, STAYS_MS + 3)).toBe('end');
    expect(turn([began, stopped, down, start, { ...reset, saidBy: 'Ada' } as WayEvent], works, STAYS_MS + 3)).toBe('end');
    expect(goalOf('agents-up', foldWay(events), { ...works, known: 'unknown' }, { now: 1e6 })).toBe('unknown');
  });
});

describe('what a step needs, and unknown is never enough', () => {
  const s = foldWay([began, stopped, down]);
  const lacks = (step: WayStep, w: WayWorld) => lackingOf(step, s, w);
  it('the start: lock, the other one stopped, silent, fenced and without a journal, the kept one whole (I1, I2, I6)', () => {
    expect(lacks('start', aside)).toEqual([]);
    const side = (part: Partial<SideWorld>): WayWorld => ({ ...aside, source: { ...aside.source, ...part } });
    for (const running of ['yes', 'unknown'] as const) expect(lacks('start', side({ running }))).toEqual(['source-stopped']);
    expect(lacks('start', side({ api: 'unknown' }))).toEqual(['source-stopped']);
    for (const flag of ['off', 'unknown'] as const) expect(lacks('start', side({ flag }))).toEqual(['source-fenced']);
    expect(lacks('start', side({ policy: 'always' }))).toEqual(['source-fenced']);
    expect(lacks('start', side({ state: { kind: 'unknown' } }))).toEqual(['source-retired']);
    expect(lacks('start', { ...aside, lock: 'theirs' })).toEqual(['lock-ours']);
    for (const state of [journal(8), { kind: 'empty' }, { kind: 'unknown' }, { ...journal(9), journalId: 'other' }] as SideWorld['state'][])
      expect(lacks('start', { ...aside, target: { ...aside.target, state } })).toEqual(['kept-whole']);
  });
  it('setting aside: both stopped, and where the kept one stands was noted', () => {
    expect(lacks('keep', both)).toEqual([]);
    expect(lacks('keep', { ...both, target: { ...both.target, running: 'unknown' } })).toContain('target-stopped');
    expect(lackingOf('keep', foldWay([began]), both)).toEqual(['kept-whole']);
  });
  it('a reset: the kept one is seen to be active', () => {
    expect(lacks('reset', works)).toEqual([]);
    expect(lacks('reset', aside)).toEqual(['target-works']);
  });
});
