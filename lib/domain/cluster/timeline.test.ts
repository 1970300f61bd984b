import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContainerReading } from '../instance/instance';
import type { Reading } from '../reading';
import { en } from '../text/en';
import { plainText } from '../text/format';
import { assertMessages } from '../text/messages.test-support';
import { fold } from './fold';
import type { ClusterObservation } from './observation';
import {
  dark,
  disk,
  engineDown,
  exited,
  failing,
  instance,
  JOURNAL,
  journal,
  NOW,
  nodeState,
  OTHER_JOURNAL,
  observation,
  says,
  seen,
  silent,
  stopped,
  stranger,
  unread,
  works,
} from './samples.test-support';
import { changes } from './timeline';
import { partners } from './worlds.test-support';

const lines = (from: ClusterObservation, to: ClusterObservation) =>
  changes(fold(from, NOW), fold(to, NOW), NOW).map((c) => {
    assertMessages(c);
    return `${c.kind}: ${plainText(c.message, en, { zone: 'UTC', now: NOW }).replaceAll('\u00a0', ' ')}`;
  });
const spare = stopped('secondary');
const active = works('primary');
const withJournal = (flag = false) => disk({ journal: journal(), flag });

describe('what a person reads in the timeline', () => {
  test('an engine under both that falls silent, and comes back, is one line', () => {
    const names = { engineNames: { 'docker-a': 'host', 'docker-b': 'host' } };
    const [up, down] = [observation(active, spare, names), observation(dark(), dark(), names)];
    expect(lines(up, down).filter((l) => l.includes('does not answer'))).toEqual(['lost: Engine host does not answer']);
    expect(lines(down, up).filter((l) => l.includes('answers again'))).toEqual(['ok: Engine host answers again']);
  });
  test('that the journals have parted is no news after the engine was silent', () => {
    const both = stopped(
      'secondary',
      disk({ journal: journal({ lastEventId: (NOW - 60_500) * 1000 }), flag: true }),
      exited('secondary', 0, { startedAt: NOW - 120_000 }, 60_000),
    );
    const last = <T>(r: Reading<T>, since: number): Reading<T> =>
      failing<T>(engineDown, { since, ...(r.kind === 'value' && { last: r.value }) });
    const lost = { ...both, engine: last(both.engine, 90_000), container: last(both.container, 90_000) };
    const lostToo = { ...lost, disk: last(both.disk, 1_000) };
    for (const silentNow of [lost, lostToo]) {
      const v = fold(observation(active, silentNow), NOW);
      expect(v.guard.alarms.map((a) => [a.code, a.tone])).toContainEqual(['journals-parted', 'warn']);
      expect(lines(observation(active, both), observation(active, silentNow)).join()).not.toMatch(/parted/);
      expect(lines(observation(active, silentNow), observation(active, both)).join()).not.toMatch(/parted/);
    }
  });
  test.each<[string, ClusterObservation, ClusterObservation, string[]]>([
    ['nothing changed', observation(active, spare), observation(active, spare), []],
    [
      'killed',
      observation(active, spare),
      observation(stopped('primary', disk({ journal: journal({ ending: 'open' }) }), exited('primary', 137, {}, 2_000)), spare),
      ['stop: js7-primary was killed, exit code 137', 'alarm: Nobody works: the Primary was killed 2 s ago.'],
    ],
    [
      'stopped',
      observation(active, spare),
      observation(stopped('primary', withJournal(), exited('primary', 143, {}, 2_000)), spare),
      ['stop: js7-primary stopped, exit code 143', 'alarm: Nobody works: the Primary was stopped 2 s ago.'],
    ],
    [
      'started',
      observation(stopped('primary', withJournal()), spare),
      observation(silent('primary', { startedAt: NOW - 1_000 }), spare),
      ['start: js7-primary was started'],
    ],
    [
      'the unfenced spare is started: neither fenced again nor known not to be two',
      observation(active, stopped('secondary', disk())),
      observation(active, silent('secondary', { startedAt: NOW - 1_000 })),
      ['start: js7-secondary was started', 'alarm: The Secondary is being started while the Primary is active.'],
    ],
    [
      'what may have been two is two',
      observation(active, silent('secondary', { startedAt: NOW - 1_000 })),
      observation(active, works('secondary', says(), { startedAt: NOW - 1_000 })),
      ['ok: The Secondary is active', 'alarm: Two Controllers of one journal are alive.'],
    ],
    [
      'seen again, it has never run',
      observation(active, dark()),
      observation(active, stopped('secondary', disk({ flag: true }), instance('secondary', { state: 'created' }))),
      ['ok: Engine docker-b answers again', 'ok: It is known again that not two are alive'],
    ],
    [
      'active again',
      observation(silent('primary', { startedAt: NOW - 1_000 }), spare),
      observation(works('primary', says(), { startedAt: NOW - 1_000 }), spare),
      ['ok: The Primary is active'],
    ],
    [
      'refused',
      observation(active, spare),
      observation(active, stopped('secondary', disk({ flag: true, journal: journal(), refusal: 'backup-flag' }), exited('secondary', 1))),
      [],
    ],
    [
      'the old one is started',
      observation(active, spare),
      observation(active, works('secondary', says(), { startedAt: NOW - 70_000 })),
      ['ok: The Secondary is active', 'alarm: Two Controllers of one journal are alive.'],
    ],
    [
      'engine lost',
      observation(active, spare),
      observation(active, dark()),
      ['lost: Engine docker-b does not answer', 'alarm: Unknown: engine docker-b has not answered for 16 min.'],
    ],
    [
      'engine back',
      observation(active, dark()),
      observation(active, spare),
      ['ok: Engine docker-b answers again', 'ok: It is known again that not two are alive'],
    ],
    [
      'another journal',
      observation(active, spare),
      observation(works('primary', says({ journalId: OTHER_JOURNAL })), spare),
      [`journal: The Primary has another journal: ${OTHER_JOURNAL}`, 'alarm: The Primary works from another journal than expected.'],
    ],
    [
      'fence taken off',
      observation(active, spare),
      observation(active, stopped('secondary', disk())),
      ['settings: js7-secondary is not fenced any more: is-backup is off', 'alarm: The Secondary is stopped, but not fenced.'],
    ],
    [
      'restart policy',
      observation(active, spare),
      observation(active, stopped('secondary', disk({ flag: true }), exited('secondary', 0, { restartPolicy: { name: 'always' } }))),
      ['settings: Restart policy of js7-secondary: always, before: no', 'alarm: The restart policy of the Secondary would start it again.'],
    ],
    [
      'a third copy',
      observation(active, spare),
      observation(active, spare, { strangers: [stranger({ journalId: JOURNAL })] }),
      ['alarm: A third copy may exist: js7-old.'],
    ],
    [
      'restarted between two looks',
      observation(active, spare),
      observation(works('primary', says(), { startedAt: NOW - 100_000 }), spare),
      ['start: js7-primary was started'],
    ],
    [
      'created anew',
      observation(active, spare),
      observation(works('primary', says(), { id: 'new' }), spare),
      ['settings: js7-primary was created anew'],
    ],
    [
      'cluster status',
      observation(
        works('primary', says({ node: nodeState('PreparedToBeCoupled') })),
        works('secondary', says({ node: nodeState('PreparedToBeCoupled', 'Backup') })),
      ),
      observation(
        works('primary', says({ node: nodeState('Coupled') })),
        works('secondary', says({ node: nodeState('Coupled', 'Backup') })),
      ),
      ['ok: Cluster status: Coupled, before: PreparedToBeCoupled'],
    ],
    [
      'volumes read later tell of a refusal',
      observation(stopped('primary', 'unread', exited('primary', 1)), spare),
      observation(stopped('primary', disk({ journal: journal(), refusal: 'no-licence' }), exited('primary', 1)), spare),
      ['stop: js7-primary ended by itself: no-licence', 'alarm: Nodes were appointed, but there is no licence.'],
    ],
  ])('%s', (name, from, to, expected) => {
    if (name === 'refused')
      return expect(lines(observation(active, silent('secondary', { startedAt: NOW - 1_000 })), to)).toContain(
        'stop: js7-secondary ended by itself: backup-flag',
      );
    expect(lines(from, to)).toEqual(expected);
  });

  test('an end is told at the time that the engine tells, if it lies behind', () => {
    const before = fold(observation(active, spare), NOW);
    const after = fold(observation(stopped('primary', withJournal(), exited('primary', 143, {}, 2_000)), spare), NOW);
    expect(changes(before, after, NOW)[0]?.at).toBe(NOW - 2_000);
    const ahead = fold(
      observation(
        {
          ...stopped('primary', withJournal(), exited('primary', 143, {}, -50_000)),
          container: seen<ContainerReading>(exited('primary', 143, {}, -50_000)),
        },
        spare,
      ),
      NOW,
    );
    expect(changes(before, ahead, NOW)[0]?.at).toBe(NOW);
  });

  test('the first view and a change of members tell nothing', () => {
    const view = fold(observation(active, spare), NOW);
    expect(changes(undefined, view, NOW)).toEqual([]);
    const other = {
      ...view,
      primary: {
        ...view.primary,
        ref: { engineId: 'docker-c', name: 'js7-other' },
        docker: { ...view.primary.docker, instance: instance('primary', { id: 'x' }) },
      },
    };
    expect(changes(view, other, NOW)).toEqual([]);
  });

  test('the first readings after a start of Handover are no news, an alarm is', () => {
    expect(lines(observation(unread, unread), observation(active, spare))).toEqual([]);
    expect(lines(observation({ ...active, controller: { kind: 'never' } }, spare), observation(active, spare))).toEqual([]);
    expect(lines(observation(unread, unread), observation(works('primary'), works('secondary')))).toEqual([
      'alarm: Two Controllers of one journal are alive.',
    ]);
  });

  test('what happened while the engine was silent is told', () => {
    expect(
      lines(
        observation(active, dark()),
        observation(active, stopped('secondary', disk({ flag: true }), exited('secondary', 0, {}, 60_000))),
      ),
    ).toContain('stop: js7-secondary stopped, exit code 0');
  });

  test('of any two views: messages whole, nothing for the same view', () => {
    const any = fc
      .tuple(fc.constantFrom(...Object.values(partners('primary'))), fc.constantFrom(...Object.values(partners('secondary'))))
      .map(([a, b]) => fold(observation(a, b), NOW));
    fc.assert(
      fc.property(any, any, (a, b) => {
        assertMessages(changes(a, b, NOW));
        expect(changes(a, a, NOW)).toEqual([]);
        if (JSON.stringify(a.guard.alarms) !== JSON.stringify(b.guard.alarms) || a.primary.role !== b.primary.role)
          expect(changes(a, b, NOW + 1).every((c) => c.at <= NOW + 1)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
