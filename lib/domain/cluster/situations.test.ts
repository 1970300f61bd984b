/** Named situations: what each role, status, verdict and alarm must be. Every row is a world somebody may look at. */
import { describe, expect, test } from 'vitest';
import type { ContainerReading } from '../instance/instance';
import { en } from '../text/en';
import { plainText } from '../text/format';
import { assertMessages } from '../text/messages.test-support';
import { fold } from './fold';
import type { ClusterObservation } from './observation';
import * as s from './samples.test-support';
import type { ClusterStatusCode, ClusterView, Role, Tone } from './view';

const { seen, failing, works, stopped, silent, gone, dark, disk, journal, exited, instance, says, nodeState, observation, stranger, NOW } =
  s;
const say = (m: Parameters<typeof plainText>[0]) => plainText(m, en, { zone: 'UTC', now: NOW }).replaceAll('\u00a0', ' ');

interface Row {
  readonly name: string;
  readonly o: ClusterObservation;
  readonly roles: [Role, Role?];
  readonly status: ClusterStatusCode;
  readonly tone: Tone;
  readonly alarms: readonly string[];
  readonly title: string;
  readonly next?: string;
  readonly opens?: NonNullable<ClusterView['next']>['open'];
}

const fencedSpare = stopped('secondary');
const noConf = { ...disk(), config: { code: 'CONFIG_MISSING', message: 'No controller.conf was found.' } } as const;
const { startedAt: _started, ...never } = instance('secondary', { state: 'created' });
const active = works('primary');
const licensed = (own: 'Primary' | 'Backup', state: Parameters<typeof nodeState>[0] = 'Coupled', activeId = 'Primary') =>
  works(own === 'Primary' ? 'primary' : 'secondary', says({ node: nodeState(state, own, activeId), clusterWatch: 'alive' }));
const killedPrimary = stopped('primary', disk({ journal: journal({ ending: 'open' }) }), exited('primary', 137, {}, 38_000));
const oldOnePrimary = (o = {}) => works('primary', says({}, [1795476501575000]), { startedAt: NOW - 60_000, ...o });
const rightSecondary = works('secondary', says({}, [1795476501575000, 1795476526030000]), { startedAt: NOW - 3_000_000 });

// biome-ignore format: one row, one line
const WELL: Row[] = [
  { name: 'Primary active, Secondary fenced and empty', o: observation(active, fencedSpare), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'ok', alarms: [], title: 'All well: the Primary is active, the Secondary is a fenced cold spare.' },
  { name: 'Primary active, Secondary fenced with a retired journal', o: observation(active, stopped('secondary', disk({ flag: true, retired: true }))), roles: ['active', 'retired'], status: 'StandalonePair', tone: 'ok', alarms: [], title: 'All well: the Primary is active, the Secondary is a fenced cold spare.' },
  { name: 'after a switch-over', o: observation(stopped('primary', disk({ flag: true, retired: true })), works('secondary')), roles: ['retired', 'active'], status: 'StandalonePair', tone: 'ok', alarms: [], title: 'All well: the Secondary is active, the Primary is a fenced cold spare.' },
  { name: 'old journal still there, but the flag is on', o: observation(active, stopped('secondary', disk({ flag: true, journal: journal() }))), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'ok', alarms: [], title: 'All well: the Primary is active, the Secondary is a fenced cold spare.' },
  { name: 'someone started the fenced one and it refused', o: observation(active, stopped('secondary', disk({ flag: true, journal: journal(), refusal: 'backup-flag' }), exited('secondary', 1))), roles: ['active', 'refused'], status: 'StandalonePair', tone: 'ok', alarms: [], title: 'All well: the Primary is active; the Secondary was started and refused, as its fence says.' },
  { name: 'one Controller alone', o: observation(active), roles: ['active'], status: 'SingleController', tone: 'ok', alarms: [], title: 'All well: the Primary is active.', next: 'Create the Secondary' },
  { name: 'licensed and coupled', o: observation(licensed('Primary'), licensed('Backup')), roles: ['active', 'standby'], status: 'Coupled', tone: 'ok', alarms: [], title: 'All well: the Primary is active, the Secondary is standby and coupled.' },
  { name: 'licensed and coupled, Secondary active', o: observation(licensed('Primary', 'Coupled', 'Backup'), licensed('Backup', 'Coupled', 'Backup')), roles: ['standby', 'active'], status: 'Coupled', tone: 'ok', alarms: [], title: 'All well: the Secondary is active, the Primary is standby and coupled.' },
  { name: 'volumes read long ago, but after the stop', o: observation(active, { ...fencedSpare, disk: seen(disk({ flag: true }), 3_600_000) }), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'ok', alarms: [], title: 'All well: the Primary is active, the Secondary is a fenced cold spare.' },
];

// biome-ignore format: one row, one line
const ALARMS: Row[] = [
  { name: 'two of one journal; the later started with the older file', o: observation(oldOnePrimary(), rightSecondary), roles: ['active', 'active'], status: 'StandalonePair', tone: 'alarm', alarms: ['two-alive'], title: 'Two Controllers of one journal are alive.', next: 'Safest next step: stop the Primary, js7-primary, on docker-a' },
  { name: 'two of one journal, evidence contradicts itself', o: observation(oldOnePrimary(), works('secondary', says({}, [1795476501000000]), { startedAt: NOW - 3_000_000 })), roles: ['active', 'active'], status: 'StandalonePair', tone: 'alarm', alarms: ['two-alive'], title: 'Two Controllers of one journal are alive.', next: 'Find out which one is right before you stop one' },
  { name: 'two of one journal; a copy of the living one was started beside it', o: observation(works('primary', says({}, [(NOW - 7_200_000) * 1000]), { startedAt: NOW - 3_600_000 }), works('secondary', says({}, [(NOW - 61_000) * 1000]), { startedAt: NOW - 60_000 })), roles: ['active', 'active'], status: 'StandalonePair', tone: 'alarm', alarms: ['two-alive'], title: 'Two Controllers of one journal are alive.', next: 'Safest next step: stop the Secondary, js7-secondary, on docker-b' },
  { name: 'two of one journal; the right one was started again while the old one lives', o: observation(works('primary', says({}, [(NOW - 90_000_000) * 1000]), { startedAt: NOW - 3_600_000 }), works('secondary', says({}, [(NOW - 61_000) * 1000]), { startedAt: NOW - 60_000, endedBefore: NOW - 61_000 })), roles: ['active', 'active'], status: 'StandalonePair', tone: 'alarm', alarms: ['two-alive'], title: 'Two Controllers of one journal are alive.', next: 'Find out which one is right before you stop one' },
  { name: 'two of one journal; the right one was created anew while the old one lives', o: observation(works('primary', says({}, [(NOW - 90_000_000) * 1000]), { startedAt: NOW - 3_600_000 }), works('secondary', says({}, [(NOW - 61_000) * 1000]), { startedAt: NOW - 60_000, createdAt: NOW - 60_500 })), roles: ['active', 'active'], status: 'StandalonePair', tone: 'alarm', alarms: ['two-alive'], title: 'Two Controllers of one journal are alive.', next: 'Find out which one is right before you stop one' },
  { name: 'two of one journal; the later one had ended before the other began, then got a copy', o: observation(works('primary', says({}, [(NOW - 7_200_000) * 1000]), { startedAt: NOW - 3_600_000 }), works('secondary', says({}, [(NOW - 61_000) * 1000]), { startedAt: NOW - 60_000, endedBefore: NOW - 3_700_000 })), roles: ['active', 'active'], status: 'StandalonePair', tone: 'alarm', alarms: ['two-alive'], title: 'Two Controllers of one journal are alive.', next: 'Safest next step: stop the Secondary, js7-secondary, on docker-b' },
  { name: 'two of one journal, no evidence', o: observation(works('primary'), works('secondary')), roles: ['active', 'active'], status: 'StandalonePair', tone: 'alarm', alarms: ['two-alive'], title: 'Two Controllers of one journal are alive.', next: 'Find out which one is right before you stop one' },
  { name: 'the retired one runs too', o: observation({ ...oldOnePrimary(), disk: seen(disk({ retired: true }), 600_000) }, rightSecondary), roles: ['active', 'active'], status: 'StandalonePair', tone: 'alarm', alarms: ['two-alive', 'must-not-live'], title: 'Two Controllers of one journal are alive.', next: 'Safest next step: stop the Primary, js7-primary, on docker-a' },
  { name: 'two with different journals', o: observation(works('primary', says({ journalId: s.OTHER_JOURNAL })), works('secondary')), roles: ['active', 'active'], status: 'StandalonePair', tone: 'alarm', alarms: ['two-alive', 'unexpected-lineage'], title: 'Two Controllers with different journals are alive.', next: 'Safest next step: stop the Primary, js7-primary, on docker-a' },
  { name: 'one alive with a new, empty journal', o: observation(works('primary', says({ journalId: s.OTHER_JOURNAL, overview: { controllerId: 'demo', version: '2.9.0', initiallyStartedAt: NOW - 90_000, startedAt: NOW - 91_000, orderCount: 0 } })), fencedSpare), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'alarm', alarms: ['unexpected-lineage'], title: 'The Primary works from a new, empty journal.', next: 'Say whether this journal is right' },
  { name: 'one alive with another journal', o: observation(works('primary', says({ journalId: s.OTHER_JOURNAL })), fencedSpare), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'alarm', alarms: ['unexpected-lineage'], title: 'The Primary works from another journal than expected.' },
  { name: 'killed', o: observation(killedPrimary, fencedSpare), roles: ['killed', 'fenced'], status: 'StandalonePair', tone: 'alarm', alarms: ['nobody-active'], title: 'Nobody works: the Primary was killed 38 s ago.', next: 'Start js7-primary' },
  { name: 'stopped properly', o: observation(stopped('primary', disk({ journal: journal() }), exited('primary', 143, {}, 120_000)), fencedSpare), roles: ['cold', 'fenced'], status: 'StandalonePair', tone: 'alarm', alarms: ['nobody-active'], title: 'Nobody works: the Primary was stopped 2 min ago.', next: 'Start js7-primary' },
  { name: 'both journals at rest, the newer one told', o: observation(stopped('primary', disk({ journal: journal({ lastEventId: 1 }) })), stopped('secondary', disk({ journal: journal({ lastEventId: 2 }) }), exited('secondary', 0, {}, 60_000))), roles: ['cold', 'cold'], status: 'StandalonePair', tone: 'alarm', alarms: ['nobody-active', 'two-at-rest'], title: 'Nobody works: the Secondary was stopped 60 s ago.', next: 'Start js7-secondary' },
  { name: 'both at rest, undecided', o: observation(stopped('primary', disk({ journal: journal({ lastEventId: 3 }) })), stopped('secondary', disk({ journal: journal({ lastEventId: 2 }) }), exited('secondary', 0, {}, 60_000))), roles: ['cold', 'cold'], status: 'StandalonePair', tone: 'alarm', alarms: ['nobody-active', 'two-at-rest'], title: 'Nobody works: the Secondary was stopped 60 s ago.', next: 'Find out which journal is right before you start one' },
  { name: 'single, stopped', o: observation(stopped('primary', disk({ journal: journal() }))), roles: ['cold'], status: 'SingleController', tone: 'alarm', alarms: ['nobody-active'], title: 'Nobody works: the Primary was stopped 3 h ago.', next: 'Start js7-primary' },
  { name: 'refused by its own fence, and nobody else', o: observation(stopped('primary', disk({ journal: journal(), flag: true, refusal: 'backup-flag' }), exited('primary', 1)), fencedSpare), roles: ['refused', 'fenced'], status: 'StandalonePair', tone: 'alarm', alarms: ['nobody-active'], title: 'Nobody works: the Primary refused to start.', next: 'Take the fence off js7-primary' },
  { name: 'died of a foreign Agent event, exit code 0', o: observation(stopped('primary', disk({ journal: journal({ ending: 'open' }), refusal: 'foreign-event' }), exited('primary', 0, {}, 40_000)), fencedSpare), roles: ['refused', 'fenced'], status: 'StandalonePair', tone: 'alarm', alarms: ['nobody-active'], title: 'Nobody works: the Primary ended by itself 40 s ago.', next: 'Start js7-primary only while its Agents are down' },
  { name: 'no container at all', o: observation(gone(), gone()), roles: ['absent', 'absent'], status: 'Unknown', tone: 'alarm', alarms: ['nobody-active'], title: 'Nobody works: there is no container js7-primary.', next: 'Create js7-primary again, or choose another container' },
  { name: 'only an idle one', o: observation(stopped('primary', disk({ flag: true })), works('secondary', s.idleSays)), roles: ['fenced', 'idle'], status: 'Unknown', tone: 'alarm', alarms: ['nobody-active'], title: 'Nobody works: the Secondary runs idle and waits to be appointed.', next: 'Find the journal before anything is started' },
  { name: 'a third one of the same journal runs', o: observation(active, fencedSpare, { strangers: [stranger({ running: true, journalId: s.JOURNAL })] }), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'alarm', alarms: ['third-copy'], title: 'A third Controller of this ID runs: js7-old.', next: 'Stop js7-old on docker-b' },
  { name: 'the active one was renamed, and its address still answers', o: observation({ ...gone(), controller: seen(says()) }, fencedSpare, { strangers: [stranger({ ref: { engineId: 'docker-a', name: 'js7-new' }, running: true, formerly: 'primary' })] }), roles: ['unknown', 'fenced'], status: 'Unknown', tone: 'bad', alarms: ['renamed'], title: 'The container of the Primary was renamed: js7-primary is now js7-new.', next: 'Choose js7-new in the cluster’s settings, or rename it back to js7-primary', opens: 'settings' },
  { name: 'the active one was renamed, and its address is silent', o: observation(gone(), fencedSpare, { strangers: [stranger({ ref: { engineId: 'docker-a', name: 'js7-new' }, running: true, formerly: 'primary', journalId: s.JOURNAL })] }), roles: ['absent', 'fenced'], status: 'Unknown', tone: 'bad', alarms: ['renamed'], title: 'The container of the Primary was renamed: js7-primary is now js7-new.', next: 'Choose js7-new in the cluster’s settings, or rename it back to js7-primary' },
  { name: 'renamed while stopped', o: observation(gone(), stopped('secondary', disk({ journal: journal() })), { strangers: [stranger({ ref: { engineId: 'docker-a', name: 'js7-new' }, formerly: 'primary' })] }), roles: ['absent', 'cold'], status: 'StandalonePair', tone: 'alarm', alarms: ['nobody-active', 'renamed'], title: 'Nobody works: the Secondary was stopped 3 h ago.', next: 'Choose js7-new in the cluster’s settings, or rename it back to js7-primary' },
  { name: 'a third one runs, and no member is proved to work', o: observation(gone(), fencedSpare, { strangers: [stranger({ running: true, journalId: s.JOURNAL })] }), roles: ['absent', 'fenced'], status: 'Unknown', tone: 'alarm', alarms: ['nobody-active', 'third-copy'], title: 'Nobody works: the Secondary was stopped 3 h ago.', next: 'Find out what js7-old on docker-b is before anything is stopped' },
  { name: 'licensed: terminated without switch-over', o: observation(stopped('primary', disk({ journal: journal({}, 'ActiveShutDown') }), exited('primary', 0, {}, 180_000)), licensed('Backup', 'ActiveShutDown')), roles: ['cold', 'standby'], status: 'ActiveShutDown', tone: 'alarm', alarms: ['nobody-active'], title: 'Nobody works: the Primary was terminated without switch-over 3 min ago.', next: 'Start js7-primary' },
  { name: 'licensed: the active one lost, no fail-over', o: observation(stopped('primary', disk({ journal: journal({ ending: 'open' }, 'Coupled') }), exited('primary', 137, {}, 60_000)), licensed('Backup')), roles: ['killed', 'standby'], status: 'Unknown', tone: 'alarm', alarms: ['nobody-active'], title: 'Nobody works: the Primary is lost, and the Secondary has not taken over.', next: 'Start js7-primary' },
  { name: 'licensed: two say that they are active', o: observation(licensed('Primary', 'PassiveLost', 'Primary'), licensed('Backup', 'FailedOver', 'Backup')), roles: ['active', 'active'], status: 'PassiveLost', tone: 'alarm', alarms: ['two-alive'], title: 'Two Controllers of one cluster say that they are active.' },
];

// biome-ignore format: one row, one line
const DOUBT: Row[] = [
  { name: 'engine of the active one silent, API silent', o: observation(dark(), fencedSpare), roles: ['unknown', 'fenced'], status: 'Unknown', tone: 'unknown', alarms: [], title: 'Unknown: engine docker-a has not answered for 16 min.', next: 'Check the engine docker-a', opens: 'engines' },
  { name: 'engine of the spare silent', o: observation(active, dark()), roles: ['active', 'unknown'], status: 'StandalonePair', tone: 'unknown', alarms: ['may-be-two'], title: 'Unknown: engine docker-b has not answered for 16 min.', next: 'Check the engine docker-b', opens: 'engines' },
  { name: 'engine silent, but the API answers: it lives', o: observation(dark(says()), fencedSpare), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'unknown', alarms: [], title: 'Unknown: engine docker-a has not answered for 16 min.' },
  { name: 'nothing read yet', o: observation(s.unread, s.unread), roles: ['unknown', 'unknown'], status: 'Unknown', tone: 'unknown', alarms: ['may-be-two'], title: 'Neither Controller can be seen: both may be alive.' },
  { name: 'active, and the other one runs silently', o: observation(active, silent('secondary')), roles: ['active', 'unreachable'], status: 'StandalonePair', tone: 'bad', alarms: ['may-be-two'], title: 'The Secondary runs beside the active Primary, but its API does not answer.', next: 'Look at the log of js7-secondary' },
  { name: 'active, and the other one is being started', o: observation(active, silent('secondary', { startedAt: NOW - 3_000 })), roles: ['active', 'starting'], status: 'StandalonePair', tone: 'bad', alarms: ['may-be-two'], title: 'The Secondary is being started while the Primary is active.', next: 'Safest next step: stop the Secondary, js7-secondary, on docker-b' },
  { name: 'something answers for a stopped one', o: observation(active, { ...fencedSpare, controller: seen(says()) }), roles: ['active', 'unknown'], status: 'StandalonePair', tone: 'unknown', alarms: ['may-be-two'], title: 'Unknown: something else answers at the address of the stopped Secondary.' },
  { name: 'something answers for a removed one', o: observation(active, { ...gone(), controller: seen(says()) }), roles: ['active', 'unknown'], status: 'StandalonePair', tone: 'unknown', alarms: ['may-be-two'], title: 'Unknown: there is no container js7-secondary, but its address answers.' },
  { name: 'container reading older than a minute', o: observation(active, { ...fencedSpare, container: seen<ContainerReading>(exited('secondary'), 61_000) }), roles: ['active', 'unknown'], status: 'StandalonePair', tone: 'unknown', alarms: ['may-be-two'], title: 'Unknown: the last reading of js7-secondary is older than a minute.' },
  { name: 'API silent long after the start', o: observation(silent('primary'), fencedSpare), roles: ['unreachable', 'fenced'], status: 'Unknown', tone: 'unknown', alarms: [], title: 'Unknown: js7-primary runs, but its API does not answer.' },
  { name: 'certificate not accepted', o: observation({ ...silent('primary'), controller: failing(s.timedOut && { code: 'CONTROLLER_CERTIFICATE', message: 'The certificate has expired.' }) }, fencedSpare), roles: ['unreachable', 'fenced'], status: 'Unknown', tone: 'unknown', alarms: [], title: 'Unknown: js7-primary runs, but what answers at its address is not what was expected.' },
  { name: 'wrong Controller ID', o: observation(works('primary', says({ overview: { controllerId: 'other', version: '2.9.0', startedAt: NOW - 900_000 } })), fencedSpare), roles: ['unreachable', 'fenced'], status: 'Unknown', tone: 'unknown', alarms: [], title: 'Unknown: js7-primary runs, but what answers at its address is not what was expected.' },
  { name: 'wants a login', o: observation(works('primary', says({ node: { kind: 'login-needed' }, ready: 'unknown' })), fencedSpare), roles: ['unknown', 'fenced'], status: 'Unknown', tone: 'unknown', alarms: [], title: 'Unknown: js7-primary answers, but does not tell what role it has.', next: 'Check the access to js7-primary' },
  { name: 'unknown cluster state', o: observation(works('primary', says({ node: nodeState('unknown', 'Primary', '?') })), fencedSpare), roles: ['unknown', 'fenced'], status: 'Unknown', tone: 'unknown', alarms: [], title: 'Unknown: js7-primary answers, but does not tell what role it has.' },
  { name: 'paused', o: observation({ ...silent('primary'), container: seen<ContainerReading>(instance('primary', { state: 'paused' })) }, fencedSpare), roles: ['unreachable', 'fenced'], status: 'Unknown', tone: 'unknown', alarms: [], title: 'Unknown: js7-primary is paused and goes on when it is unpaused.' },
  { name: 'Docker restarts it again and again', o: observation({ ...silent('primary'), container: seen<ContainerReading>(instance('primary', { state: 'restarting', exitCode: 1, restartPolicy: { name: 'always' } })) }, fencedSpare), roles: ['starting', 'fenced'], status: 'Unknown', tone: 'bad', alarms: [], title: 'Docker starts js7-primary again and again: it ends each time.', next: 'Look at the log of js7-primary' },
  { name: 'licensed: the standby cannot be seen', o: observation(licensed('Primary'), dark()), roles: ['active', 'unknown'], status: 'Unknown', tone: 'unknown', alarms: [], title: 'The Primary is active, but nothing is known of the Secondary.' },
  { name: 'licensed: a coupled one waits for its peer', o: observation(works('primary', says({ node: { kind: 'waiting' }, overview: 'hanging', ready: 'unknown' })), stopped('secondary', disk({ journal: journal({}, 'Coupled') }))), roles: ['waiting', 'cold'], status: 'ActiveNodeIsNotReady', tone: 'bad', alarms: [], title: 'Nobody works: the Primary waits for its peer or for the ClusterWatch.' },
];

// biome-ignore format: one row, one line
const MOVING: Row[] = [
  { name: 'being started', o: observation(silent('primary', { startedAt: NOW - 5_000 }), fencedSpare), roles: ['starting', 'fenced'], status: 'Unknown', tone: 'run', alarms: [], title: 'The Primary is starting.' },
  { name: 'API answers, not ready yet', o: observation(works('primary', says({ ready: false }), { startedAt: NOW - 5_000 }), fencedSpare), roles: ['starting', 'fenced'], status: 'StandalonePair', tone: 'run', alarms: [], title: 'The Primary is starting.' },
  { name: 'being stopped', o: observation({ ...active, stopping: { since: NOW - 2_000 } }, fencedSpare), roles: ['stopping', 'fenced'], status: 'StandalonePair', tone: 'run', alarms: [], title: 'The Primary is stopping.' },
  { name: 'a stop was asked for long ago, and it works on', o: observation({ ...active, stopping: { since: NOW - 200_000 } }, fencedSpare), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'ok', alarms: [], title: 'All well: the Primary is active, the Secondary is a fenced cold spare.' },
  { name: 'just stopped: its last word is not another Controller', o: observation({ ...stopped('primary', disk({ journal: journal() }), exited('primary', 143, {}, 1_500)), controller: seen(says(), 1_000) }, fencedSpare), roles: ['cold', 'fenced'], status: 'StandalonePair', tone: 'alarm', alarms: ['nobody-active'], title: 'Nobody works: the Primary was stopped 1 s ago.' },
  { name: 'just restarted: the word of the process before does not count', o: observation({ ...active, container: seen<ContainerReading>(instance('primary', { startedAt: NOW - 1_000 }), 500), controller: seen(says(), 2_000) }, fencedSpare), roles: ['starting', 'fenced'], status: 'StandalonePair', tone: 'run', alarms: [], title: 'The Primary is starting.' },
  { name: 'licensed: fail-over under way', o: observation(stopped('primary', disk({ journal: journal({ ending: 'open' }, 'Coupled') }), exited('primary', 137, {}, 10_000)), licensed('Backup')), roles: ['killed', 'standby'], status: 'Unknown', tone: 'bad', alarms: ['nobody-active'], title: 'The Primary is lost; the Secondary takes over within about 22 s.' },
  { name: 'licensed: standby is starting', o: observation(licensed('Primary', 'PassiveLost'), silent('secondary', { startedAt: NOW - 3_000 })), roles: ['active', 'starting'], status: 'PassiveLost', tone: 'run', alarms: [], title: 'The Primary is active; the Secondary is starting.' },
];

// biome-ignore format: one row, one line
const WARNINGS: Row[] = [
  { name: 'spare has a journal of its own and no flag', o: observation(active, stopped('secondary', disk({ journal: journal() }))), roles: ['active', 'cold'], status: 'StandalonePair', tone: 'warn', alarms: ['spare-not-fenced'], title: 'Active, but the Secondary would work too if someone started it.', next: 'Fence the Secondary, js7-secondary' },
  { name: 'spare would begin a new journal', o: observation(active, stopped('secondary', disk())), roles: ['active', 'cold'], status: 'StandalonePair', tone: 'warn', alarms: ['spare-not-fenced'], title: 'Active, but the Secondary would begin a new, empty journal if someone started it.' },
  { name: 'retired, but flag off', o: observation(active, stopped('secondary', disk({ retired: true }))), roles: ['active', 'retired'], status: 'StandalonePair', tone: 'warn', alarms: ['spare-not-fenced'], title: 'Active, but the Secondary would begin a new, empty journal if someone started it.' },
  { name: 'volumes of the spare not read since its stop', o: observation(active, { ...stopped('secondary', disk({ flag: true }), exited('secondary', 0, {}, 5_000)), disk: seen(disk({ flag: true }), 9_000) }), roles: ['active', 'cold'], status: 'StandalonePair', tone: 'warn', alarms: [], title: 'Active, but what the Secondary would do is not known.' },
  { name: 'volumes of the spare cannot be read', o: observation(active, { ...fencedSpare, disk: failing(s.engineDown) }), roles: ['active', 'cold'], status: 'StandalonePair', tone: 'warn', alarms: [], title: 'Active, but what the Secondary would do is not known.' },
  { name: 'journal of the spare is broken', o: observation(active, stopped('secondary', disk({ broken: true }))), roles: ['active', 'cold'], status: 'StandalonePair', tone: 'warn', alarms: [], title: 'Active, but what the Secondary would do is not known.' },
  { name: 'a split brain, and one of the two has stopped', o: observation(active, stopped('secondary', disk({ journal: journal({ lastEventId: (NOW - 60_500) * 1000 }) }), exited('secondary', 0, { startedAt: NOW - 600_000 }, 60_000))), roles: ['active', 'cold'], status: 'StandalonePair', tone: 'bad', alarms: ['journals-parted', 'spare-not-fenced'], title: 'The journals have parted: both worked for a time.', next: 'Compare both journals' },
  { name: 'a split brain, one stopped and fenced', o: observation(active, stopped('secondary', disk({ journal: journal({ lastEventId: (NOW - 60_500) * 1000 }), flag: true }), exited('secondary', 0, { startedAt: NOW - 600_000 }, 60_000))), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'bad', alarms: ['journals-parted'], title: 'The journals have parted: both worked for a time.', next: 'Compare both journals' },
  { name: 'a copy was put into a spare that had run before: neither killed nor parted', o: observation(active, stopped('secondary', disk({ journal: journal({ ending: 'open', lastEventId: (NOW - 60_500) * 1000, files: [{ name: 'controller--1795476526030000.journal', fileEventId: 1795476526030000, bytes: 73_211, modifiedAt: NOW - 30_000 }] }) }), exited('secondary', 0, { startedAt: NOW - 600_000 }, 60_000))), roles: ['active', 'cold'], status: 'StandalonePair', tone: 'warn', alarms: ['spare-not-fenced'], title: 'Active, but the Secondary would work too if someone started it.', next: 'Fence the Secondary, js7-secondary' },
  { name: 'the stopped one ended before the active one was started', o: observation(works('primary', says(), { startedAt: NOW - 59_000 }), stopped('secondary', disk({ journal: journal({ lastEventId: (NOW - 60_500) * 1000 }) }), exited('secondary', 0, { startedAt: NOW - 600_000 }, 60_000))), roles: ['active', 'cold'], status: 'StandalonePair', tone: 'warn', alarms: ['spare-not-fenced'], title: 'Active, but the Secondary would work too if someone started it.' },
  { name: 'a spare that was never started has no controller.conf yet', o: observation(active, stopped('secondary', noConf, never)), roles: ['active', 'cold'], status: 'StandalonePair', tone: 'warn', alarms: [], title: 'Active, but the Secondary has no controller.conf, so it is not fenced.', next: 'Fence the Secondary, js7-secondary' },
  { name: 'no container for the spare', o: observation(active, gone()), roles: ['active', 'absent'], status: 'StandalonePair', tone: 'warn', alarms: [], title: 'Active, but the Secondary has no container.' },
  { name: 'spare runs idle', o: observation(active, works('secondary', s.idleSays)), roles: ['active', 'idle'], status: 'StandalonePair', tone: 'warn', alarms: [], title: 'Active, but the Secondary runs idle: it waits to be appointed.' },
  { name: 'fenced spare with restart policy always', o: observation(active, stopped('secondary', disk({ flag: true }), exited('secondary', 0, { restartPolicy: { name: 'always' } }))), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'warn', alarms: ['restart-policy'], title: 'The restart policy of the Secondary would start it again.', next: 'Take the restart policy off js7-secondary' },
  { name: 'unfenced spare with restart policy always', o: observation(active, stopped('secondary', disk({ journal: journal() }), exited('secondary', 0, { restartPolicy: { name: 'always' } }))), roles: ['active', 'cold'], status: 'StandalonePair', tone: 'bad', alarms: ['restart-policy', 'spare-not-fenced'], title: 'The restart policy of the Secondary would start it again.' },
  { name: 'started with --rm', o: observation(works('primary', says(), { autoRemove: true }), fencedSpare), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'warn', alarms: ['auto-remove'], title: 'js7-primary vanishes when it stops (--rm).' },
  { name: 'a third copy at rest', o: observation(active, fencedSpare, { strangers: [stranger({ journalId: s.JOURNAL })] }), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'warn', alarms: ['third-copy'], title: 'A third copy may exist: js7-old.' },
  { name: 'a third one runs, journal unread', o: observation(active, fencedSpare, { strangers: [stranger({ running: true })] }), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'bad', alarms: ['third-copy'], title: 'A third Controller of this ID runs: js7-old.' },
  { name: 'active, but not ready long after its start', o: observation(works('primary', says({ ready: false })), fencedSpare), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'bad', alarms: [], title: 'The Primary is active, but does not accept commands.' },
  { name: 'last reading is 40 s old', o: observation({ ...active, controller: seen(says(), 40_000) }, fencedSpare), roles: ['active', 'fenced'], status: 'StandalonePair', tone: 'warn', alarms: [], title: 'The Primary was active when last seen, 40 s ago.' },
  { name: 'appointed without a licence, the Secondary died of it', o: observation(licensed('Primary', 'NodesAppointed'), stopped('secondary', disk({ flag: true, refusal: 'no-licence' }), exited('secondary', 1))), roles: ['active', 'refused'], status: 'NodesAppointed', tone: 'bad', alarms: ['appointed-without-licence'], title: 'Nodes were appointed, but there is no licence.', next: 'Get a licence before anything is stopped' },
  { name: 'PassiveLost', o: observation(licensed('Primary', 'PassiveLost'), stopped('secondary', disk({ journal: journal({}, 'Coupled') }), exited('secondary', 137))), roles: ['active', 'cold'], status: 'PassiveLost', tone: 'warn', alarms: [], title: 'The Primary works alone: its standby is lost.', next: 'Start js7-secondary' },
  { name: 'PreparedToBeCoupled, 20 s', o: observation(licensed('Primary', 'PreparedToBeCoupled'), licensed('Backup', 'PreparedToBeCoupled'), { statusSince: NOW - 20_000 }), roles: ['active', 'standby'], status: 'PreparedToBeCoupled', tone: 'warn', alarms: [], title: 'The Primary is active; the Secondary copies the journal.' },
  { name: 'PreparedToBeCoupled, 70 s', o: observation(licensed('Primary', 'PreparedToBeCoupled'), licensed('Backup', 'PreparedToBeCoupled'), { statusSince: NOW - 70_000 }), roles: ['active', 'standby'], status: 'PreparedToBeCoupled', tone: 'bad', alarms: [], title: 'The Primary is active; the Secondary still cannot take over.' },
  { name: 'NodesAppointed', o: observation(licensed('Primary', 'NodesAppointed'), works('secondary', s.idleSays)), roles: ['active', 'idle'], status: 'NodesAppointed', tone: 'warn', alarms: [], title: 'The Primary is active; the Secondary does not follow yet.' },
  { name: 'FailedOver', o: observation(stopped('primary', disk({ journal: journal({ ending: 'open' }, 'Coupled') }), exited('primary', 137)), licensed('Backup', 'FailedOver', 'Backup')), roles: ['killed', 'active'], status: 'FailedOver', tone: 'warn', alarms: [], title: 'The Secondary took over after a fail-over; not coupled again yet.', next: 'Start js7-primary' },
  { name: 'SwitchedOver', o: observation(licensed('Primary', 'SwitchedOver', 'Backup'), licensed('Backup', 'SwitchedOver', 'Backup')), roles: ['standby', 'active'], status: 'SwitchedOver', tone: 'warn', alarms: [], title: 'The Secondary is active after a switch-over; not coupled again yet.' },
  { name: 'Coupled without a ClusterWatch', o: observation(works('primary', says({ node: nodeState('Coupled'), clusterWatch: 'silent' })), works('secondary', says({ node: nodeState('Coupled', 'Backup'), clusterWatch: 'silent' }))), roles: ['active', 'standby'], status: 'Coupled', tone: 'warn', alarms: [], title: 'Coupled, but no ClusterWatch is alive: neither switch-over nor fail-over would work.' },
];

const ROWS = [...WELL, ...ALARMS, ...DOUBT, ...MOVING, ...WARNINGS];

describe('named situations', () => {
  test.each(ROWS)('$name', (row) => {
    const v = fold(row.o, NOW);
    assertMessages(v);
    expect({
      roles: [v.primary.role, ...(v.secondary ? [v.secondary.role] : [])],
      status: v.status.code,
      tone: v.verdict.tone,
      title: say(v.verdict.title),
      alarms: v.guard.alarms.map((a) => a.code),
    }).toEqual({ roles: row.roles, status: row.status, tone: row.tone, title: row.title, alarms: row.alarms });
    if (row.next !== undefined) expect(v.next && say(v.next.title)).toBe(row.next);
    if (row.opens !== undefined) expect(v.next?.open).toBe(row.opens);
  });

  test.each([137, 143, 0])('ended with %s a moment ago, its volumes not read since: no spare, and no word on how it ended', (code) => {
    const before = seen(disk({ journal: journal() }), 60_000);
    for (const diskReading of [before, { kind: 'never' } as const]) {
      const ended = { ...stopped('primary', 'unread', exited('primary', code, {}, 200)), disk: diskReading, controller: seen(says(), 300) };
      const v = fold(observation(ended, fencedSpare), NOW);
      expect(v.primary.badges.map((b) => b.word.key)).toEqual(['badge.stopped']);
      expect(v.primary.nodeState).toBe('unknown');
      expect([say(v.verdict.title), v.verdict.why.key]).toEqual(['Nobody works: the Primary ended just now.', 'nobody.why.reading']);
    }
  });

  test('only what really keeps it from working is a fence, and the guard counts the same', () => {
    const fences = (d: ReturnType<typeof disk>) => {
      const v = fold(observation(active, stopped('secondary', d)), NOW);
      return [v.secondary?.fences, v.guard.detail.key];
    };
    expect(fences(disk())).toEqual([[], 'alarm.spare-not-fenced.empty']);
    expect(fences(disk({ retired: true }))).toEqual([[], 'alarm.spare-not-fenced.empty']);
    expect(fences(disk({ flag: true }))).toEqual([['backup-flag'], 'guard.ok.fenced']);
    expect(fences(disk({ flag: true, journal: journal() }))).toEqual([['backup-flag'], 'guard.ok.fenced']);
    expect(fences(disk({ flag: true, retired: true }))).toEqual([['backup-flag', 'retired-journal'], 'guard.ok.fenced-ways']);
  });

  test('there are enough of them', () => expect(ROWS.length).toBeGreaterThanOrEqual(60));
});
