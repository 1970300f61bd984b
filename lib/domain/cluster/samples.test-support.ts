/**
 * Observations to judge, built from small pieces: for tests and for a page that shows every state. Values follow the recordings of a real
 * Controller (reference/recordings 01, 02, 05, 08). All times are relative to NOW.
 */
import type { ControllerFacts, KnownClusterState, NodeAnswer } from '../controller/controller';
import type { EngineInfo } from '../engine/engine';
import { type Problem, problem } from '../errors';
import type { ContainerReading, Instance } from '../instance/instance';
import type { DiskFacts, JournalAtRest, Refusal } from '../journal/disk';
import { type Millis, never, type Reading } from '../reading';
import type { Cluster, Slot } from './cluster';
import type { ClusterObservation, MemberObservation, Stranger } from './observation';

/** 2026-11-24 01:00:00 UTC. */
export const NOW: Millis = Date.UTC(2026, 10, 24, 1, 0, 0);
const MINUTE = 60_000;
export const JOURNAL = 'LtRFMjx0Sr-eGF_wyz7sFA';
export const OTHER_JOURNAL = 'Zk3vQm0RSr-eGF_wyz7sFB';
export const BEGUN = NOW - 30 * 24 * 60 * MINUTE;

export const seen = <T>(value: T, age = 1_000): Reading<T> => ({ kind: 'value', value, at: NOW - age });
export const failing = <T>(error: Problem, o: { since?: number; last?: T; age?: number } = {}): Reading<T> => ({
  kind: 'failed',
  error,
  since: NOW - (o.since ?? 5_000),
  at: NOW - (o.age ?? 500),
  ...(o.last !== undefined && { last: { value: o.last, at: NOW - (o.since ?? 5_000) - 1_000 } }),
});
export const unasked: Reading<never> = never;

export const refused = problem('CONTROLLER_UNREACHABLE', 'Connection refused at http://docker-a:15444.');
export const timedOut = problem('CONTROLLER_TIMEOUT', 'No answer within 3 s from http://docker-a:15444.');
export const engineDown = problem('ENGINE_UNREACHABLE', 'docker-a does not answer at /var/run/docker.sock.');

export const engine: Reading<EngineInfo> = seen({
  version: '27.3.1',
  apiVersion: '1.47',
  hostname: 'docker-a',
  os: 'Debian',
  rootless: false,
  clockSkewMs: 0,
});

export function instance(slot: Slot, o: Partial<Instance> = {}): Instance {
  return {
    engineId: slot === 'primary' ? 'docker-a' : 'docker-b',
    id: `${slot}-id`,
    name: `js7-${slot}`,
    hostname: `js7-${slot}`,
    image: { ref: 'sosberlin/js7:controller-2-9-0', digest: 'sha256:7be1c04d' },
    state: 'running',
    oomKilled: false,
    createdAt: NOW - 600 * MINUTE,
    startedAt: NOW - 300 * MINUTE,
    restartPolicy: { name: 'no' },
    autoRemove: false,
    user: '',
    env: { RUN_JS_ID: 'demo' },
    labels: {},
    mounts: [{ kind: 'volume', source: `js7-${slot}-var`, target: '/var/sos-berlin.com/js7/controller', readOnly: false }],
    networks: [{ network: 'js7', aliases: [`js7-${slot}`], ip: '172.18.0.2' }],
    ports: [{ inside: 4444, hostIp: '0.0.0.0', outside: 15444 }],
    ...o,
  };
}
/** Docker: exited long ago (or `ago` ms ago). */
export const exited = (slot: Slot, exitCode = 0, o: Partial<Instance> = {}, ago = 200 * MINUTE): Instance =>
  instance(slot, { state: 'exited', exitCode, startedAt: NOW - 300 * MINUTE, finishedAt: NOW - ago, ...o });

const idToUri = { Primary: 'http://js7-primary:4444', Backup: 'http://js7-secondary:4444' };
export function nodeState(
  type: KnownClusterState | 'unknown',
  own: 'Primary' | 'Backup' = 'Primary',
  activeId = 'Primary',
  isBackup = own === 'Backup',
): NodeAnswer {
  const setting = type === 'Empty' ? {} : { activeId, idToUri };
  return {
    kind: 'state',
    state: { nodeId: own, isBackup, clusterState: { type, name: type === 'unknown' ? 'Levitating' : type, ...setting } },
  };
}
export function says(o: Partial<ControllerFacts> = {}, files: readonly number[] = [1795476501575000], orderCount = 64): ControllerFacts {
  return {
    url: 'http://docker-a:15444',
    journal: {
      lastEventId: 1795476526030002,
      tornEventId: files[0] ?? 0,
      files: files.map((fileEventId) => ({ fileEventId, position: 8_123 })),
    },
    journalId: JOURNAL,
    overview: {
      controllerId: 'demo',
      version: '2.9.0',
      initiallyStartedAt: BEGUN,
      startedAt: NOW - 300 * MINUTE,
      orderCount,
      javaVersion: '17.0.15',
    },
    node: nodeState('Empty'),
    ready: true,
    tls: 'none',
    latencyMs: 11,
    ...o,
  };
}
export const idleSays = says({
  journal: { lastEventId: 0, tornEventId: 0, files: [] },
  node: { kind: 'not-appointed' },
  ready: false,
  overview: { controllerId: 'demo', version: '2.9.0', startedAt: NOW - 300 * MINUTE },
});
delete (idleSays as { journalId?: string }).journalId;

export function journal(o: Partial<JournalAtRest> = {}, type: KnownClusterState = 'Empty', activeId = 'Primary'): JournalAtRest {
  return {
    journalId: JOURNAL,
    initiallyStartedAt: BEGUN,
    generation: 7,
    totalBytes: 73_211,
    lastEventId: 1795476526030002,
    ending: 'proper',
    controllerId: 'demo',
    files: [{ name: 'controller--1795476526030000.journal', fileEventId: 1795476526030000, bytes: 73_211, modifiedAt: NOW - 200 * MINUTE }],
    clusterState: { type, name: type, ...(type !== 'Empty' && { activeId, idToUri }) },
    ...o,
  };
}
const STATE = '/var/sos-berlin.com/js7/controller/state';
interface DiskSketch {
  readonly journal?: JournalAtRest;
  readonly flag?: boolean;
  readonly retired?: boolean;
  readonly refusal?: Refusal['kind'];
  readonly broken?: boolean;
}
export function disk(o: DiskSketch = {}): DiskFacts {
  return {
    state: o.broken
      ? { kind: 'unreadable', path: STATE, error: problem('JOURNAL_BROKEN', `Line 11 of the journal in ${STATE} is no JSON.`) }
      : o.journal
        ? { kind: 'journal', path: STATE, journal: o.journal }
        : { kind: 'empty', path: STATE },
    config: { path: '/var/sos-berlin.com/js7/controller/config/controller.conf', isBackup: o.flag ?? false, publicAccess: true },
    retired: o.retired ? [{ path: `${STATE}-retired-38`, journalId: JOURNAL, at: NOW - 600 * MINUTE, runId: '38' }] : [],
    freeBytes: 96_200_000_000,
    totalBytes: 120_000_000_000,
    ...(o.refusal && { refusal: { kind: o.refusal, line: `ERROR ${o.refusal}` } }),
  };
}

/** A member that works: Docker runs it, its API answers. */
export const works = (slot: Slot, facts: ControllerFacts = says(), o: Partial<Instance> = {}): MemberObservation => ({
  engine,
  container: seen<ContainerReading>(instance(slot, o)),
  controller: seen(facts),
  disk: unasked,
});
/** A member that is stopped, with what lies in its volumes; `unread` where nobody has looked since. */
export const stopped = (slot: Slot, d: DiskFacts | 'unread' = disk({ flag: true }), o: Instance = exited(slot)): MemberObservation => ({
  engine,
  container: seen<ContainerReading>(o),
  controller: failing(refused),
  disk: d === 'unread' ? unasked : seen(d),
});
/** Docker runs it, its API is silent. */
export const silent = (slot: Slot, o: Partial<Instance> = {}): MemberObservation => ({
  engine,
  container: seen<ContainerReading>(instance(slot, o)),
  controller: failing(timedOut),
  disk: unasked,
});
export const gone = (): MemberObservation => ({
  engine,
  container: seen<ContainerReading>('absent'),
  controller: failing(refused),
  disk: unasked,
});
/** Its engine is silent; its API answers or not. */
export const dark = (facts?: ControllerFacts, since = 16 * MINUTE): MemberObservation => ({
  engine: failing(engineDown, { since }),
  container: failing<ContainerReading>(engineDown, { since }),
  controller: facts ? seen(facts) : failing(timedOut, { since }),
  disk: unasked,
});
export const unread: MemberObservation = { engine: unasked, container: unasked, controller: unasked, disk: unasked };

export function cluster(o: Partial<Cluster> = {}): Cluster {
  const member = (slot: Slot, host: string) => ({ ref: { engineId: host, name: `js7-${slot}` }, access: { url: `http://${host}:15444` } });
  return {
    id: 'demo',
    name: 'demo',
    controllerId: 'demo',
    primary: member('primary', 'docker-a'),
    secondary: member('secondary', 'docker-b'),
    createdAt: NOW - 900 * MINUTE,
    expectedJournalId: JOURNAL,
    ...o,
  };
}
/** `secondary` absent: "no Secondary yet". */
export function observation(
  primary: MemberObservation,
  secondary?: MemberObservation,
  o: Partial<ClusterObservation> = {},
): ClusterObservation {
  const whole = cluster();
  const { secondary: second, ...alone } = whole;
  return {
    cluster: secondary ? { ...whole, ...(second && { secondary: second }) } : alone,
    primary,
    ...(secondary && { secondary }),
    strangers: [],
    ...o,
  };
}
export const stranger = (o: Partial<Stranger> = {}): Stranger => ({ ref: { engineId: 'docker-b', name: 'js7-old' }, running: false, ...o });
