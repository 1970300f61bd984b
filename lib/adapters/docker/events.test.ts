import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventsFrom, sinceNano } from './events';

const lines = readFileSync(join(import.meta.dirname, 'testing/recorded/events.jsonl'), 'utf8')
  .trim()
  .split('\n');

test('what a real engine told, in our words; exec and attach are none of them', () => {
  const told = lines
    .flatMap((line) => eventsFrom(line)?.events ?? [])
    .map(
      (e) => `${e.instance} ${e.kind}${e.exitCode === undefined ? '' : ` ${e.exitCode}`}${e.signal === undefined ? '' : ` ${e.signal}`}`,
    );
  expect(told).toEqual([
    'js7-controller-primary created',
    'js7-controller-primary started',
    'js7-exited created',
    'js7-exited started',
    'js7-exited died 7',
    'js7-created created',
    'js7-exited renamed',
    'js7-renamed renamed',
    'js7-controller-primary killed 15',
    'js7-controller-primary killed 9',
    'js7-controller-primary died 137',
    'js7-controller-primary stopped',
    'js7-controller-primary updated',
    'js7-controller-primary started',
    'js7-controller-primary paused',
    'js7-controller-primary unpaused',
    'js7-renamed destroyed',
    'js7-created renamed',
    'js7-made renamed',
  ]);
});

test('the cursor is one nanosecond after the event, with all its digits', () => {
  const line = lines[0] as string;
  const nano = /"timeNano":(\d+)/.exec(line)?.[1] as string;
  expect(nano).toHaveLength(19);
  const cursor = eventsFrom(line)?.cursor as string;
  expect(BigInt(cursor.replace('.', ''))).toBe(BigInt(nano) + 1n);
  expect(sinceNano(1_999_999_999n + 1n)).toBe('2.000000000');
  for (const l of lines) expect(eventsFrom(l)?.cursor).toMatch(/^\d+\.\d{9}$/);
});

test('malformed lines, other types and our own containers are no events', () => {
  for (const line of [
    '',
    '{',
    'null',
    '[]',
    '{"Type":"network","Action":"connect","Actor":{"Attributes":{}},"time":1}',
    lines[0]?.slice(0, 100) as string,
  ])
    expect(eventsFrom(line)).toBeUndefined();
  const ours = (label: string) => (lines[0] as string).replace('"com.docker.compose.project":"js7"', `"${label}":"x"`);
  expect(eventsFrom(ours('other.label'))?.events).toHaveLength(1);
  for (const label of ['org.handover.helper', 'org.handover.lock']) expect(eventsFrom(ours(label))?.events).toEqual([]);
});
