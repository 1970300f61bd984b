import { expect, test } from 'vitest';
import { cluster } from '../../domain/cluster/samples.test-support';
import { FakeEngine, properJournal } from './fake-engine.test-support';
import { findStrangers } from './strangers';

test('a member under another name is no third one, until another container has its name', () => {
  const a = new FakeEngine('docker-a', () => 1_000_000);
  const demo = cluster();
  const strangers = findStrangers(
    () => [...a.containers.values()],
    () => {},
  );
  const seen = () => {
    strangers.tick(0, [demo], new Map());
    return strangers.of(demo).map((s) => [s.ref.name, s.running, s.formerly]);
  };
  const was = a.put('js7-primary');
  for (const [name, text] of Object.entries(properJournal())) a.file('js7-primary', `/js7/state/${name}`, text);
  a.put('js7-old', { state: 'exited' });
  expect(seen()).toEqual([['js7-old', false, undefined]]);
  a.containers.delete('js7-primary');
  a.put('js7-new', { ...was, name: 'js7-new' });
  expect(seen()).toEqual([
    ['js7-old', false, undefined],
    ['js7-new', true, 'primary'],
  ]);
  expect(seen()).toContainEqual(['js7-new', true, 'primary']);
  a.put('js7-primary', { id: 'made-anew' });
  expect(seen()).toContainEqual(['js7-new', true, undefined]);
  // The new one is the member now: the one before does not come back by the loss of the new one.
  a.containers.delete('js7-primary');
  expect(seen()).toContainEqual(['js7-new', true, undefined]);
});
