/** What a real Controller said (reference/recordings; figures quoted), judged. The containers around it are ours: the recordings were made with plain processes. */
import { describe, expect, test } from 'vitest';
import type { ControllerFacts } from '../controller/controller';
import type { ContainerReading } from '../instance/instance';
import { en } from '../text/en';
import { plainText } from '../text/format';
import { fold } from './fold';
import type { ClusterObservation, MemberObservation } from './observation';
import { cluster, disk, engine, exited, instance, says, seen, stopped } from './samples.test-support';

const VERSION = '2.9.1-SNAPSHOT+20260811.0938';
/** The look happened at `now`: readings are one second old. */
const living = (slot: 'primary' | 'secondary', facts: ControllerFacts, startedAt: number, now: number): MemberObservation => ({
  engine: { ...engine, at: now - 1_000 } as MemberObservation['engine'],
  container: { kind: 'value', value: instance(slot, { startedAt }) satisfies ContainerReading, at: now - 1_000 },
  controller: { kind: 'value', value: facts, at: now - 1_000 },
  disk: { kind: 'never' },
});
const world = (primary: MemberObservation, secondary: MemberObservation, journalId: string): ClusterObservation => ({
  cluster: cluster({ controllerId: 'Controller', expectedJournalId: journalId }),
  primary,
  secondary,
  strangers: [],
});
const read = (o: ClusterObservation, now: number) => {
  const v = fold(o, now);
  const text = (m: Parameters<typeof plainText>[0]) => plainText(m, en, { zone: 'UTC', now });
  return { v, title: text(v.verdict.title), next: v.next && text(v.next.title), reasons: v.next?.reasons.map(text) ?? [] };
};

describe('05-split-brain: the old Primary was started again 35 s after the right Secondary', () => {
  const lineage = 'PeI4sSplitBrainLineage';
  const files = [
    { fileEventId: 0, position: 1068 },
    { fileEventId: 1795477031152000, position: 726 },
    { fileEventId: 1795477031333000, position: 833 },
  ];
  const facts = (startedAt: number, lastEventId: number): ControllerFacts =>
    says({
      journal: { lastEventId, tornEventId: 0, files },
      journalId: lineage,
      overview: { controllerId: 'Controller', version: VERSION, initiallyStartedAt: 1795477020643, startedAt, orderCount: 0 },
    });
  const now = 1795477080000;
  const o = world(
    living('primary', facts(1795477068148, 1795477078283000), 1795477068148, now),
    living('secondary', facts(1795477033249, 1795477067583000), 1795477033249, now),
    lineage,
  );

  test('is an alarm, and the old one is to be stopped, although its last event id is the larger one', () => {
    const { v, title, next } = read(o, now);
    expect(title).toBe('Two Controllers of one journal are alive.');
    expect(next).toBe('Safest next step: stop the Primary, js7-primary, on docker-a');
    expect(v.next?.act).toEqual({ kind: 'stop', slot: 'primary' });
    expect(v.primary.mustNotLive).toBe(true);
    expect(v.secondary?.mustNotLive).toBe(false);
    expect(v.verdict.since).toBe(1795477068148);
  });

  test('where nothing but the last event id is known, nothing is recommended', () => {
    const bare = world(
      living('primary', facts(1795477068148, 1795477078283000), 1795477068148, now),
      living('secondary', facts(1795477066249, 1795477067583000), 1795477066249, now),
      lineage,
    );
    const { v, next } = read(bare, now);
    expect(next).toBe('Find out which one is right before you stop one');
    expect(v.next?.act).toBeUndefined();
    expect([v.primary.mustNotLive, v.secondary?.mustNotLive]).toEqual([false, false]);
  });
});

describe('08-licensed-coupled', () => {
  const lineage = 'h9YPC4wMSe-3yy3_VFpSdA';
  const setting = {
    activeId: 'Primary',
    idToUri: { Primary: 'http://127.0.0.1:4444', Backup: 'http://127.0.0.1:5444' },
    clusterWatchId: 'WATCH',
  };
  const facts = (nodeId: 'Primary' | 'Backup'): ControllerFacts =>
    says({
      journal: { lastEventId: 1795476977680000, tornEventId: 0, files: [{ fileEventId: 0, position: 1247 }] },
      journalId: lineage,
      overview: {
        controllerId: 'Controller',
        version: VERSION,
        initiallyStartedAt: 1795476921650,
        startedAt: 1795476960000,
        orderCount: 0,
      },
      node: {
        kind: 'state',
        state: { nodeId, isBackup: nodeId === 'Backup', clusterState: { type: 'Coupled', name: 'Coupled', ...setting } },
      },
      ready: nodeId === 'Primary',
    });
  const now = 1795477200000;

  test('coupled: both live, and that is well', () => {
    const { v, title } = read(
      world(living('primary', facts('Primary'), 1795476900000, now), living('secondary', facts('Backup'), 1795476900000, now), lineage),
      now,
    );
    expect(title).toBe('All well: the Primary is active, the Secondary is standby and coupled.');
    expect([v.kind, v.status.code, v.status.severity]).toEqual(['licensed', 'Coupled', 0]);
    expect(v.links.map((l) => l.kind)).toEqual(['replicating', 'replicating']);
  });

  test('08b: the active one killed without a ClusterWatch: the passive goes on saying Coupled, which is not believed', () => {
    const killed: MemberObservation = {
      ...stopped('primary', 'unread'),
      container: { kind: 'value', value: exited('primary', 137, { finishedAt: now - 45_000 }), at: now - 1_000 },
      controller: { kind: 'failed', error: { code: 'CONTROLLER_UNREACHABLE', message: 'refused' }, since: now - 45_000, at: now - 1_000 },
      engine: { ...engine, at: now - 1_000 } as MemberObservation['engine'],
    };
    const { v, title } = read(world(killed, living('secondary', facts('Backup'), 1795476900000, now), lineage), now);
    expect(v.status.code).toBe('Unknown');
    expect(v.verdict.tone).toBe('alarm');
    expect(title).toBe('Nobody works: the Primary is lost, and the Secondary has not taken over.');
  });
});

describe('07-appoint-unlicensed: the appointed backup ended for want of a licence', () => {
  const now = 1795476530000;
  const setting = { activeId: 'Primary', idToUri: { Primary: 'http://127.0.0.1:4444', Backup: 'http://127.0.0.1:5444' } };
  const primary = says({
    journal: { lastEventId: 1795476510573000, tornEventId: 0, files: [{ fileEventId: 0, position: 1248 }] },
    journalId: 'L',
    overview: { controllerId: 'Controller', version: VERSION, initiallyStartedAt: 1795476497302, startedAt: 1795476490751, orderCount: 0 },
    node: {
      kind: 'state',
      state: { nodeId: 'Primary', isBackup: false, clusterState: { type: 'NodesAppointed', name: 'NodesAppointed', ...setting } },
    },
  });
  const backup: MemberObservation = {
    engine: { ...engine, at: now - 1_000 } as MemberObservation['engine'],
    container: { kind: 'value', value: exited('secondary', 1, { startedAt: now - 30_000, finishedAt: now - 10_000 }), at: now - 1_000 },
    controller: { kind: 'failed', error: { code: 'CONTROLLER_UNREACHABLE', message: 'refused' }, since: now - 10_000, at: now - 1_000 },
    disk: { ...seen(disk({ flag: true, refusal: 'no-licence' })), at: now - 5_000 } as MemberObservation['disk'],
  };

  test('is told before anybody stops the one that still works', () => {
    const { v, title, next } = read(world(living('primary', primary, now - 120_000, now), backup, 'L'), now);
    expect(title).toBe('Nodes were appointed, but there is no licence.');
    expect(next).toBe('Get a licence before anything is stopped');
    const stop = v.primary.actions.find((a) => a.kind === 'stop');
    expect(stop).toMatchObject({ allowed: true, note: { key: 'act.stop.not-again' } });
    expect(v.secondary?.actions.find((a) => a.kind === 'start')).toMatchObject({ allowed: false, note: { key: 'act.start.no-licence' } });
  });
});
