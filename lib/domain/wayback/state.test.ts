/** What a log of a way back may hold, and what it may never. */
import { expect, it } from 'vitest';
import { begin } from '../switchover/drive.test-support';
import { foldRun } from '../switchover/state';
import type { WayEvent, WayStep } from './events';
import { foldWay, WayViolation } from './state';

const { plan } = foldRun(begin().events);
const began: WayEvent = { at: 1, type: 'Began', plan, by: 'Ada', reason: 'two lived' };
const done = (step: WayStep): WayEvent => ({ at: 2, type: 'Done', step, evidence: [] });
const intended = (step: WayStep): WayEvent => ({ at: 2, type: 'Intended', step, by: 'Ada' });
const points = {
  kept: { journalId: 'ours', lastEventId: 9, fingerprint: 'k' },
  aside: { journalId: 'ours', lastEventId: 7, fingerprint: 'a' },
};

it('an intent without an outcome stays open; an outcome closes it', () => {
  expect(foldWay([began, intended('stop')])).toMatchObject({ open: 'stop' });
  expect(foldWay([began, intended('stop'), done('stop')]).open).toBeUndefined();
});
it('nothing is started before a person has said that the Agents are down, and each start needs it anew', () => {
  expect(() => foldWay([began, intended('start')])).toThrow(WayViolation);
  const once = [began, done('agents-down'), intended('start')];
  expect(foldWay(once).startedAt).toBe(2);
  expect(() => foldWay([...once, intended('start')])).toThrow(WayViolation);
  expect(() => foldWay([...once, done('agents-down'), intended('start')])).not.toThrow();
});
it('turned: sides and points change places, but never after the other one was set aside', () => {
  const stopped: WayEvent = { at: 2, type: 'Done', step: 'stop', evidence: [], points };
  const turned: WayEvent = { at: 3, type: 'Turned', by: 'Ada' };
  const s = foldWay([began, stopped, turned]);
  expect([s.plan.target.slot, s.points?.kept.lastEventId]).toEqual([plan.source.slot, 7]);
  expect(() => foldWay([began, stopped, done('keep'), turned])).toThrow(WayViolation);
});
it('an Agent is reset by itself, and what came of it is known', () => {
  const ask: WayEvent = { at: 2, type: 'Intended', step: 'reset', by: 'Ada', agent: 'a' };
  expect(foldWay([began, ask]).agents.get('a')).toBe('asked');
  expect(foldWay([began, ask, { ...done('reset'), agent: 'a' } as WayEvent]).agents.get('a')).toBe('reset');
  expect(foldWay([began, { ...done('reset'), agent: 'a', saidBy: 'Ada' } as WayEvent]).agents.get('a')).toBe('left');
});
it('nothing follows its end, and it begins once', () => {
  const end: WayEvent = { at: 9, type: 'Ended', result: 'left', by: 'Ada' };
  expect(() => foldWay([began, end, done('lock')])).toThrow(WayViolation);
  expect(() => foldWay([began, began])).toThrow(WayViolation);
  expect(() => foldWay([])).toThrow(WayViolation);
});
