import { describe, expect, test } from 'vitest';
import type { ClusterView, InstanceView, Role, Tone } from '@/lib/domain/cluster/view';
import { freshLook } from '../ui/freshness';
import { evidence } from './evidence';
import { WATCHED } from './guard-model';
import { filterLines, levelsOf, plain } from './logs-model';
import { byUrgency, cardState, TIE_TONE, tally, toneWhenLost, twoAlive } from './model';
import { sampleInstance, sampleView } from './testing/sample';

const as = (role: Role, more: Partial<InstanceView> = {}): InstanceView => ({ ...sampleInstance('primary'), role, ...more });
const view = (tone: Tone, name: string): ClusterView => ({ ...sampleView(), name, verdict: { ...sampleView().verdict, tone } });

describe('the card', () => {
  test('only who works may have the green border, and not if he must not live', () => {
    expect(cardState(as('active'))).toBe('active');
    expect(cardState(as('active', { mustNotLive: true }))).toBe('alarm');
    const others: Role[] = [
      'standby',
      'cold',
      'retired',
      'fenced',
      'idle',
      'starting',
      'stopping',
      'refused',
      'killed',
      'waiting',
      'unreachable',
      'absent',
      'unknown',
    ];
    expect(others.filter((role) => cardState(as(role)) === 'active')).toEqual([]);
  });
  test('unknown borrows no known colour', () => expect(cardState(as('unknown'))).toBe('unknown'));
});

test('the most urgent first, equals by name', () => {
  const list = [view('ok', 'b'), view('ok', 'a'), view('unknown', 'z'), view('alarm', 'y'), view('warn', 'c'), view('bad', 'x')];
  expect(list.sort(byUrgency).map((c) => c.name)).toEqual(['y', 'x', 'z', 'c', 'a', 'b']);
  expect(tally(list)).toEqual([
    { tone: 'alarm', n: 1 },
    { tone: 'bad', n: 1 },
    { tone: 'unknown', n: 1 },
    { tone: 'warn', n: 1 },
    { tone: 'ok', n: 2 },
  ]);
});

test('unknown and conflict never look like a good line', () => {
  expect(TIE_TONE.unknown).toBe('unknown');
  expect(TIE_TONE.conflict).toBe('bad');
  expect(
    Object.entries(TIE_TONE)
      .filter(([, tone]) => tone === 'ok')
      .map(([kind]) => kind),
  ).toEqual(['established', 'has-journal']);
});

describe('two alive', () => {
  const alarm = {
    code: 'two-alive',
    tone: 'alarm',
    title: { key: 'two.same' },
    detail: { key: 'two.same.why' },
    slots: ['primary', 'secondary'],
  } as const;
  const two: ClusterView = { ...sampleView(), guard: { ...sampleView().guard, alarms: [alarm] } };
  const journal = (slot: 'primary' | 'secondary', lastEventId: number, journalId = 'J') => {
    const instance = sampleInstance(slot);
    return { ...instance, controller: { ...instance.controller, lastEventId, journalId } };
  };
  test('takes the page only as an alarm', () => {
    expect(twoAlive(two)).toBe(alarm);
    expect(twoAlive({ ...two, guard: { ...two.guard, alarms: [{ ...alarm, code: 'may-be-two' }] } })).toBeUndefined();
    expect(twoAlive(sampleView())).toBeUndefined();
  });
  test('evidence marks the same journal, but calls none newer: event ids of living Controllers are clocks', () => {
    const rows = evidence({ ...two, primary: journal('primary', 5), secondary: journal('secondary', 9) });
    expect(rows.find((r) => r.name === 'ui.controller.lastEvent')).toMatchObject({
      primary: { fact: { params: { value: { value: '5' } } } },
      secondary: { fact: { params: { value: { value: '9' } } } },
    });
    expect(rows.find((r) => r.name === 'ui.controller.lastEvent')?.secondary.note).toBeUndefined();
    expect(rows[0]?.secondary).toMatchObject({ note: 'ui.two.theSame', loud: true });
  });
  const cell = (view: ClusterView, name: string) => {
    const row = evidence(view).find((r) => r.name === name);
    return [row?.primary.fact.key, row?.secondary.fact.key];
  };
  test('nobody must not live: not decided, instead of twice no', () => {
    expect(cell(two, 'ui.two.mustNot')).toEqual(['ui.two.undecided', 'ui.two.undecided']);
    const decided = { ...two, secondary: { ...sampleInstance('secondary'), mustNotLive: true } };
    expect(cell(decided, 'ui.two.mustNot')).toEqual(['ui.no', 'ui.yes']);
  });
  test('what was read before the start stands there with its time', () => {
    const secondary = sampleInstance('secondary');
    const before = { at: 5, config: { isBackup: true } as NonNullable<InstanceView['disk']['config']> };
    const view = { ...two, secondary: { ...secondary, disk: { ...secondary.disk, before } } };
    expect(cell(view, 'ui.disk.flag')).toEqual(['ui.unknown', 'ui.two.flagAt']);
    expect(cell(view, 'ui.two.fence')).toEqual(['ui.unknown', 'ui.two.fenceGone']);
    expect(cell(view, 'ui.two.joc')).toEqual([undefined, undefined]);
  });
});

test('a reading ages although nobody says so, but what lies still does not', () => {
  const at = 1_000_000;
  expect(freshLook({ state: 'fresh', at }, at + 29_000)).toBe('plain');
  expect(freshLook({ state: 'fresh', at }, at + 30_000)).toBe('stale');
  expect(freshLook({ state: 'ageing', at }, at + 90_000, true)).toBe('plain');
  expect(freshLook({ state: 'lost', at }, at)).toBe('lost');
});

test('a filter wants all its words, whatever their case', () => {
  const lines = [{ text: 'INFO Journal opened' }, { text: 'WARN journal is slow' }, { text: 'INFO ready' }];
  expect(filterLines(lines, 'JOURNAL info')).toEqual([lines[0]]);
  expect(filterLines(lines, '  ')).toBe(lines);
});

test('colours of a terminal are neither shown, searched nor copied', () => {
  expect(plain('\u001b[1m\u001b[31m2026-11-24 ERROR [x]\u001b[0m died\u001b[K')).toBe('2026-11-24 ERROR [x] died');
  expect(plain('an [ordinary] line')).toBe('an [ordinary] line');
});

test('the guard’s list is complete and begins with two alive', () => {
  expect(WATCHED[0]).toBe('two-alive');
  expect(new Set(WATCHED).size).toBe(14);
});

test('a silent Handover makes nothing look better than unknown, and no alarm look quieter', () => {
  expect((['ok', 'run', 'warn', 'unknown', 'bad', 'alarm'] as const).map(toneWhenLost)).toEqual([
    'unknown',
    'unknown',
    'unknown',
    'unknown',
    'bad',
    'alarm',
  ]);
});

test('a log line is as bad as it says itself, whatever stream it came by', () => {
  const of = (...texts: string[]) => levelsOf(texts.map((text) => ({ text, stream: 'err' })));
  expect(
    of('2026-11-24T03:12:04.123+01 JS7 Controller 2.9.0', 'Starting again', '2026-11-24 03:12:05.001+01 info js7.controller - ready'),
  ).toEqual([undefined, undefined, undefined]);
  expect(of('\u001b[1m\u001b[31m2026-11-24 03:12:04.123+01 ERROR js7.x - died', '\tat js7.x.Y(Y.scala:1)', 'Caused by: z', 'bye')).toEqual([
    'error',
    'error',
    'error',
    undefined,
  ]);
  expect(of('2026-11-24 03:12:04.123+01 WARN  js7.x - slow', '2026-11-24 03:12:05.123+01 debug js7.x - ok')).toEqual(['warn', undefined]);
});
