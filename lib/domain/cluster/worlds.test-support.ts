/** Every kind of answer that each source of a member may give, for the exhaustive and the property tests, and an oracle that knows nothing of the fold. */
import type { ControllerFacts } from '../controller/controller';
import type { ContainerReading } from '../instance/instance';
import type { DiskFacts } from '../journal/disk';
import type { Reading } from '../reading';
import type { Slot } from './cluster';
import type { MemberObservation } from './observation';
import * as s from './samples.test-support';

const { seen, failing, instance, exited, says, nodeState, disk, journal, NOW } = s;

export const ENGINES: Readonly<Record<string, MemberObservation['engine']>> = {
  answers: s.engine,
  never: s.unasked,
  down: failing(s.engineDown, { since: 90_000 }),
};

export const containers = (slot: Slot): Readonly<Record<string, Reading<ContainerReading>>> => ({
  never: s.unasked,
  'failed, was running': failing<ContainerReading>(s.engineDown, { last: instance(slot), since: 90_000 }),
  'failed, was stopped': failing<ContainerReading>(s.engineDown, { last: exited(slot), since: 90_000 }),
  'failed just now, never read': failing<ContainerReading>(s.engineDown),
  absent: seen<ContainerReading>('absent'),
  running: seen<ContainerReading>(instance(slot)),
  young: seen<ContainerReading>(instance(slot, { startedAt: NOW - 4_000 })),
  'running, 61 s ago': seen<ContainerReading>(instance(slot), 61_000),
  paused: seen<ContainerReading>(instance(slot, { state: 'paused' })),
  restarting: seen<ContainerReading>(instance(slot, { state: 'restarting', exitCode: 1, restartPolicy: { name: 'always' } })),
  removing: seen<ContainerReading>(instance(slot, { state: 'removing' })),
  'odd word': seen<ContainerReading>(instance(slot, { state: 'unknown' })),
  created: seen<ContainerReading>(instance(slot, { state: 'created' })),
  exited: seen<ContainerReading>(exited(slot)),
  'exited, policy always': seen<ContainerReading>(exited(slot, 0, { restartPolicy: { name: 'always' } })),
  'killed just now': seen<ContainerReading>(exited(slot, 137, {}, 2_000)),
  'exited, 40 s ago': seen<ContainerReading>(exited(slot), 40_000),
  'exited, 61 s ago': seen<ContainerReading>(exited(slot), 61_000),
  'exited, read in the future': seen<ContainerReading>(exited(slot), -120_000),
  dead: seen<ContainerReading>(exited(slot, 255, { state: 'dead' })),
});

export const CONTROLLERS: Readonly<Record<string, Reading<ControllerFacts>>> = {
  never: s.unasked,
  refused: failing(s.refused),
  'silent, answered before': failing(s.timedOut, { last: says() }),
  certificate: failing<ControllerFacts>({ code: 'CONTROLLER_CERTIFICATE', message: 'expired' }),
  'not a Controller': failing<ControllerFacts>({ code: 'NOT_A_CONTROLLER', message: 'HTML' }),
  active: seen(says()),
  'active, 40 s ago': seen(says(), 40_000),
  'active, 61 s ago': seen(says(), 61_000),
  'not ready': seen(says({ ready: false })),
  'another journal': seen(says({ journalId: s.OTHER_JOURNAL })),
  'another Controller ID': seen(says({ overview: { controllerId: 'other', version: '2.9.0', startedAt: NOW - 900_000 } })),
  'unknown state': seen(says({ node: nodeState('unknown', 'Primary') })),
  idle: seen(s.idleSays),
  'Empty with the flag': seen(says({ node: nodeState('Empty', 'Backup') })),
  'Coupled, Primary active': seen(says({ node: nodeState('Coupled', 'Primary') })),
  'Coupled, standby': seen(says({ node: nodeState('Coupled', 'Backup') })),
  FailedOver: seen(says({ node: nodeState('FailedOver', 'Backup', 'Backup') })),
  Prepared: seen(says({ node: nodeState('PreparedToBeCoupled', 'Backup') })),
  deciding: seen(says({ node: { kind: 'not-ready' }, ready: false })),
  waiting: seen(says({ node: { kind: 'waiting' }, overview: 'hanging', ready: 'unknown' })),
  login: seen(says({ node: { kind: 'login-needed' }, ready: 'unknown' })),
  'node failed': seen(says({ node: { kind: 'failed', error: s.timedOut }, overview: s.timedOut, ready: 'unknown' })),
  'shutting down': seen(
    says({ node: { kind: 'failed', error: { code: 'CONTROLLER_PROBLEM', message: 'ControllerIsShuttingDown' } }, ready: false }),
  ),
};

export const DISKS: Readonly<Record<string, Reading<DiskFacts>>> = {
  never: s.unasked,
  failed: failing<DiskFacts>(s.engineDown, { last: disk({ flag: true }) }),
  'empty, flag on': seen(disk({ flag: true })),
  'empty, flag off': seen(disk()),
  journal: seen(disk({ journal: journal() })),
  'journal, flag on': seen(disk({ journal: journal(), flag: true })),
  'another journal': seen(disk({ journal: journal({ journalId: s.OTHER_JOURNAL }) })),
  'killed with journal': seen(disk({ journal: journal({ ending: 'open', lastEventId: 9 }) })),
  'licensed journal': seen(disk({ journal: journal({}, 'Coupled') })),
  'retired, flag on': seen(disk({ retired: true, flag: true })),
  refused: seen(disk({ journal: journal(), flag: true, refusal: 'backup-flag' })),
  'no licence': seen(disk({ journal: journal({}, 'NodesAppointed'), refusal: 'no-licence' })),
  broken: seen(disk({ broken: true })),
  'read before the stop': seen(disk({ flag: true }), 300 * 60_000),
};

/** All members that can be built from the answers above. */
export function allMembers(slot: Slot, engines = ENGINES): { readonly name: string; readonly member: MemberObservation }[] {
  const boxes = Object.entries(containers(slot));
  return Object.entries(engines).flatMap(([e, engine]) =>
    boxes.flatMap(([b, container]) =>
      Object.entries(CONTROLLERS).flatMap(([c, controller]) =>
        Object.entries(DISKS).map(([d, diskReading]) => ({
          name: `engine ${e} / ${b} / API ${c} / volumes ${d}`,
          member: { engine, container, controller, disk: diskReading },
        })),
      ),
    ),
  );
}

/** What the other member may be, while the first one goes through everything. */
export const partners = (slot: Slot): Readonly<Record<string, MemberObservation>> => ({
  works: s.works(slot),
  'works from another journal': s.works(slot, says({ journalId: s.OTHER_JOURNAL })),
  idle: s.works(slot, s.idleSays),
  fenced: s.stopped(slot),
  retired: s.stopped(slot, disk({ flag: true, retired: true })),
  'stopped with journal': s.stopped(slot, disk({ journal: journal({ lastEventId: 5 }) })),
  'stopped, unread': s.stopped(slot, 'unread'),
  silent: s.silent(slot),
  dark: s.dark(),
  'dark, API answers': s.dark(says()),
  unread: s.unread,
  gone: s.gone(),
  'licensed standby': s.works(slot, says({ node: nodeState('Coupled', 'Backup') })),
  'licensed active': s.works(slot, says({ node: nodeState('Coupled', 'Primary') })),
});

// ---- the oracle: written from the rules of product.md, not from the fold -------------------------------------------------------------
const RECENT = 60_000;
const recent = (at: number) => Math.abs(NOW - at) <= RECENT;
const TALKS = ['CONTROLLER_CERTIFICATE', 'CONTROLLER_ID_DIFFERS'];

/** Docker said within the last minute that it does not run, its engine has not failed since, and nothing has answered in its place after its end. */
export function provedStopped(m: MemberObservation): boolean {
  if (m.container.kind !== 'value' || !recent(m.container.at)) return false;
  if (m.engine.kind === 'failed' && m.engine.at >= m.container.at) return false;
  const c = m.container.value;
  if (c !== 'absent' && !['created', 'exited', 'dead'].includes(c.state)) return false;
  const talk = m.controller;
  const spoke = talk.kind === 'value' || (talk.kind === 'failed' && TALKS.includes(talk.error.code));
  if (!spoke || !recent(talk.at)) return true;
  const end = c === 'absent' ? 0 : (c.finishedAt ?? 0);
  return talk.at <= end + 3_000;
}

/** Its own API said within the last minute that it is not the active node. */
export function saysPassive(m: MemberObservation): boolean {
  if (m.controller.kind !== 'value' || !recent(m.controller.at)) return false;
  const node = m.controller.value.node;
  if (node.kind === 'not-appointed') return true;
  if (node.kind !== 'state') return false;
  const { clusterState, nodeId, isBackup } = node.state;
  return clusterState.type === 'Empty' ? isBackup : clusterState.activeId !== nodeId;
}

/** Reports a state of a licensed pair. */
export const saysLicensed = (m: MemberObservation): boolean =>
  m.controller.kind === 'value' &&
  recent(m.controller.at) &&
  m.controller.value.node.kind === 'state' &&
  !['Empty', 'unknown'].includes(m.controller.value.node.state.clusterState.type);
export const hasLicensedJournal = (m: MemberObservation): boolean =>
  m.disk.kind === 'value' && m.disk.value.state.kind === 'journal' && m.disk.value.state.journal.clusterState.type !== 'Empty';
/** Its own API said within the last minute that it has not decided yet: as a coupled node does. */
export const saysDeciding = (m: MemberObservation): boolean =>
  m.controller.kind === 'value' && recent(m.controller.at) && ['not-ready', 'waiting'].includes(m.controller.value.node.kind);
/** Its own API said within the last minute that it is in no cluster (and it can still be the same process: the container runs). */
export const saysEmpty = (m: MemberObservation): boolean =>
  m.container.kind === 'value' &&
  m.container.value !== 'absent' &&
  m.container.value.state === 'running' &&
  (m.container.value.startedAt ?? 0) < NOW - 60_000 &&
  recent(m.container.at) &&
  m.controller.kind === 'value' &&
  recent(m.controller.at) &&
  m.controller.value.node.kind === 'state' &&
  m.controller.value.node.state.clusterState.type === 'Empty' &&
  !(
    typeof m.controller.value.overview === 'object' &&
    'controllerId' in m.controller.value.overview &&
    m.controller.value.overview.controllerId !== 'demo'
  );
