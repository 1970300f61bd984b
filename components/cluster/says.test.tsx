import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { InstanceView } from '@/lib/domain/cluster/view';
import { Text } from '../text/text';
import { ViewerProvider } from '../text/viewer';
import { ControllerSays, DiskSays } from './says';
import { AT, sampleInstance } from './testing/sample';
import { ofThatMoment } from './timeline';

afterEach(cleanup);
const told = (node: React.ReactNode) =>
  render(
    <ViewerProvider zone="UTC" renderedAt={AT}>
      {node}
    </ViewerProvider>,
  ).container.textContent;

const free = (freshness: InstanceView['disk']['freshness']) => {
  const instance = sampleInstance('secondary');
  return told(<DiskSays instance={{ ...instance, disk: { ...instance.disk, freshness, freeBytes: 96e9, totalBytes: 200e9 } }} />);
};
test('free space from before the loss says so', () => {
  expect(free({ state: 'lost', at: AT })).toMatch(/Free space.*of 200.GB, not read since 12:00:00$/);
  expect(free({ state: 'lost' })).toMatch(/of 200.GB, read before the loss$/);
  expect(free({ state: 'fresh', at: AT })).toMatch(/of 200.GB$/);
});

test('free space that two copies of the journal would not fit into is a warning', () => {
  const instance = { ...sampleInstance('secondary') };
  const disk = { ...instance.disk, freshness: { state: 'fresh' as const, at: AT }, freeBytes: 19e6 };
  expect(told(<DiskSays instance={{ ...instance, disk }} journal={10e6} />)).toMatch(/too little to copy the journal$/);
  cleanup();
  expect(told(<DiskSays instance={{ ...instance, disk: { ...disk, freeBytes: 20e6 } }} journal={10e6} />)).not.toContain('too little');
});

test('what was read before the loss stands there with its time, and only then', () => {
  const instance = sampleInstance('secondary');
  const before = { at: AT, config: { isBackup: true } as NonNullable<InstanceView['disk']['config']> };
  const of = (freshness: InstanceView['disk']['freshness']) =>
    told(<DiskSays instance={{ ...instance, disk: { retired: [], freshness, before } }} />);
  expect(of({ state: 'lost', at: AT })).toContain('is-backup = yes, last read 12:00:00');
  cleanup();
  expect(of({ state: 'not-expected' })).not.toContain('last read');
});

test('a line of the timeline tells a time, not how long ago it was', () => {
  const message = { key: 'nobody.killed', params: { slot: 'Primary', ago: { as: 'ago', value: AT } } } as const;
  expect(told(<Text of={ofThatMoment({ message, at: AT + 1_000 })} when={AT + 1_000} />)).toBe(
    'Nobody works: the Primary was killed 12:00:00.',
  );
});

test.each([
  ['17.0.15+6', '2.8.3, Java 17.0.15+6'],
  ['21', '2.8.3, Java 21'],
  ['0 (Handover emulation, Node 20.20.0)', '2.8.3'],
])('Java %s', (javaVersion, words) => {
  const instance = sampleInstance('primary');
  const controller = { ...instance.controller, version: '2.8.3', javaVersion };
  const text = told(<ControllerSays instance={{ ...instance, controller }} />);
  expect(text).toContain(words);
  expect(text?.includes('Java')).toBe(words.includes('Java'));
});

test.each([
  [0, 'Unknown: engine docker-b does not answer.'],
  [16 * 60_000, 'Unknown: engine docker-b has not answered for 16\u00a0min.'],
])('an engine silent for %d ms in the timeline', (ms, words) => {
  const message = {
    key: 'doubt.engine',
    params: { engine: { as: 'name', value: 'docker-b' }, since: { as: 'for', value: AT - ms } },
  } as const;
  expect(told(<Text of={ofThatMoment({ message, at: AT })} when={AT} />)).toBe(words);
});
