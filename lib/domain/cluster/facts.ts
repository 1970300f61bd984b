/**
 * What is known now of one member, source by source, after age and order of the readings were weighed. Nothing is merged here:
 * Docker's word is `box`, the Controller's is `api` and `says`, the volume's is `rest`.
 *
 * - A failed reading, one older than LOST_MS, and one never taken all mean: unknown.
 * - Times of the container are the engine's clock; they are corrected by the engine's measured skew before they are compared.
 */
import type { ControllerFacts } from '../controller/controller';
import type { ErrorCode, Problem } from '../errors';
import type { ContainerReading, Instance } from '../instance/instance';
import type { DiskFacts, JournalAtRest } from '../journal/disk';
import type { Millis, Reading } from '../reading';
import type { ClusterMember, Slot } from './cluster';
import { LAST_WORD_MS, LOST_MS, START_MS } from './limits';
import type { ClusterObservation, MemberObservation } from './observation';
import type { MayLive } from './view';

/** Docker's word. `unclear` = a word of Docker that we do not know; `unknown` = Docker does not tell (any more). */
export type Box = 'running' | 'paused' | 'restarting' | 'removing' | 'stopped' | 'absent' | 'unclear' | 'unknown';
/** What came back from the URL. `odd` = something answers, but not as this Controller should. `unasked` = no answer and no refusal that holds for now. */
export type Api = 'answers' | 'odd' | 'silent' | 'unasked';

export interface MemberFacts {
  readonly slot: Slot;
  readonly member: ClusterMember;
  readonly seen: MemberObservation;
  readonly now: Millis;
  readonly engineName: string;
  readonly box: Box;
  /** Docker's description, only while it holds. */
  readonly instance?: Instance;
  /** Corrected by the engine's clock skew. */
  readonly startedAt?: Millis;
  readonly finishedAt?: Millis;
  /** Since when this container is known not to have worked before its present start: the end of its run before (one that was seen idle or refused does not count), or its creation. */
  readonly restedSince?: Millis;
  readonly api: Api;
  /** The Controller's own words, only while they hold (`api` = answers). */
  readonly says?: ControllerFacts;
  /** Why the API is silent or odd. */
  readonly apiError?: Problem;
  /** The container does not run, yet something answers at its URL: another container or host. */
  readonly foreign: boolean;
  /** The container was started less than START_MS ago. */
  readonly young: boolean;
  /** What lies in the volumes, only where it holds: the container does not run and was read after its end. */
  readonly rest?: DiskFacts;
  /** What was last read from the volumes, however old. */
  readonly lastDisk?: DiskFacts;
  readonly alive: MayLive;
}

/** Errors that come from something that answers (TLS and HTTP level): the address is not dead. */
const ANSWERS_ODDLY: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CONTROLLER_HTTP_ON_HTTPS',
  'CONTROLLER_HTTPS_ON_HTTP',
  'CONTROLLER_CERTIFICATE',
  'CONTROLLER_CLIENT_CERTIFICATE',
  'CONTROLLER_LOGIN_REFUSED',
  'CONTROLLER_LOGIN_NEEDED',
  'CONTROLLER_FORBIDDEN',
  'CONTROLLER_NOT_READY',
  'CONTROLLER_NOT_ACTIVE',
  'CONTROLLER_ID_DIFFERS',
  'NOT_A_CONTROLLER',
  'CONTROLLER_ANSWER_ODD',
  'CONTROLLER_PROBLEM',
]);
const BOX: Readonly<Record<Instance['state'], Box>> = {
  created: 'stopped',
  exited: 'stopped',
  dead: 'stopped',
  running: 'running',
  paused: 'paused',
  restarting: 'restarting',
  removing: 'removing',
  unknown: 'unclear',
};

/** Is a reading too old to speak of now? A time far in the future (a clock was set) does not hold either. */
export const tooOld = (at: Millis, now: Millis): boolean => Math.abs(now - at) > LOST_MS;

/** Docker's word on the container, if it holds: not older than LOST_MS, and the engine has not failed since. */
function dockerWord(seen: MemberObservation, now: Millis): ContainerReading | undefined {
  const { container, engine } = seen;
  if (container.kind !== 'value' || tooOld(container.at, now)) return undefined;
  if (engine.kind === 'failed' && engine.at >= container.at) return undefined;
  return container.value;
}

export const lastValue = <T>(r: Reading<T>): T | undefined =>
  r.kind === 'failed' ? r.last?.value : r.kind === 'value' ? r.value : undefined;

function times(seen: MemberObservation, instance: Instance | undefined): { startedAt?: Millis; finishedAt?: Millis; restedSince?: Millis } {
  const skew = lastValue(seen.engine)?.clockSkewMs ?? 0;
  return {
    ...(instance?.startedAt !== undefined && { startedAt: instance.startedAt - skew }),
    ...(instance?.finishedAt !== undefined && { finishedAt: instance.finishedAt - skew }),
    ...(instance?.startedAt !== undefined && { restedSince: (seen.restedSince ?? instance.endedBefore ?? instance.createdAt) - skew }),
  };
}

/** What the URL says, before it is weighed against Docker's word. */
function apiWord(
  observation: ClusterObservation,
  r: Reading<ControllerFacts>,
  now: Millis,
): { api: Api; says?: ControllerFacts; apiError?: Problem; at?: Millis } {
  if (r.kind === 'never' || tooOld(r.at, now)) return { api: 'unasked' };
  if (r.kind === 'failed') return { api: ANSWERS_ODDLY.has(r.error.code) ? 'odd' : 'silent', apiError: r.error, at: r.at };
  const id = typeof r.value.overview === 'object' && 'controllerId' in r.value.overview ? r.value.overview.controllerId : undefined;
  if (id !== undefined && id !== observation.cluster.controllerId) {
    const message = `The Controller at ${r.value.url} has the ID ${id}, not ${observation.cluster.controllerId}.`;
    return { api: 'odd', apiError: { code: 'CONTROLLER_ID_DIFFERS', message }, at: r.at };
  }
  return { api: 'answers', says: r.value, at: r.at };
}

export function factsOf(
  observation: ClusterObservation,
  slot: Slot,
  member: ClusterMember,
  seen: MemberObservation,
  now: Millis,
): MemberFacts {
  const word = dockerWord(seen, now);
  const instance = word === 'absent' ? undefined : word;
  const box: Box = word === undefined ? 'unknown' : word === 'absent' ? 'absent' : BOX[word.state];
  const off = box === 'stopped' || box === 'absent';
  const clock = times(seen, instance);
  const readAt = seen.container.kind === 'value' ? seen.container.at : now;
  // Whatever the engine's clock says, the container had ended (or started) when we read that it had. Of one that is gone no end is known: any answer is foreign.
  const endedAt = Math.min(clock.finishedAt ?? 0, readAt);
  const beganAt = Math.min(clock.startedAt ?? 0, readAt);

  const peer = slot === 'primary' ? observation.cluster.secondary : observation.cluster.primary;
  const sharedUrl = peer?.access.url === member.access.url;
  let { api, says, apiError, at } = apiWord(observation, seen.controller, now);
  const speaks = (api === 'answers' || api === 'odd') && apiError?.code !== 'NOT_A_CONTROLLER';
  const foreign = off && speaks && !sharedUrl && at !== undefined && at > endedAt + LAST_WORD_MS;
  // Its last word before the end, or the word of the process before the last start: it does not hold any more.
  const outdated = (off && !foreign) || (box === 'running' && at !== undefined && at < beganAt);
  if (outdated && api !== 'silent') {
    api = off ? 'silent' : 'unasked';
    says = undefined;
    if (off) apiError = undefined;
  }

  // Whoever answers in its place, it is not this container's Controller: its words are not this member's.
  if (foreign) says = undefined;

  const lastDisk = lastValue(seen.disk);
  const rest = box === 'stopped' && seen.disk.kind === 'value' && seen.disk.at >= (clock.finishedAt ?? 0) ? seen.disk.value : undefined;
  return {
    slot,
    member,
    seen,
    now,
    box,
    ...clock,
    api,
    foreign,
    engineName: observation.engineNames?.[member.ref.engineId] ?? member.ref.engineId,
    young: box === 'running' && clock.startedAt !== undefined && now - clock.startedAt < START_MS,
    alive: aliveOf(box, api === 'answers', foreign),
    ...(instance && { instance }),
    ...(says && { says }),
    ...(apiError && { apiError }),
    ...(rest && { rest }),
    ...(lastDisk && { lastDisk }),
  };
}

/** May it be doing work? Only Docker's word "does not run" makes it a no, and not when something answers in its place. */
function aliveOf(box: Box, answers: boolean, foreign: boolean): MayLive {
  if (foreign) return 'unknown';
  if (box === 'stopped' || box === 'absent') return 'no';
  if (box === 'running' || box === 'restarting' || answers) return 'yes';
  return 'unknown';
}

/** The journal that lies ready in a stopped member's state directory. */
export const journalAtRest = (f: MemberFacts): JournalAtRest | undefined =>
  f.rest?.state.kind === 'journal' ? f.rest.state.journal : undefined;
/** A volume on another machine has that one's clock: so far apart are two that are kept right, ms. On the engine's own disk a process's last write is never later than its end. */
const PUT_MS = 250;
/**
 * The newest journal file was changed after the container's end: somebody put it there, its own Controller did not write it. Both times are as the engine's host
 * tells them; neither is corrected by our measure of its clock.
 */
export function putThereLater(f: MemberFacts): boolean {
  const at = journalAtRest(f)?.files.at(-1)?.modifiedAt;
  const end = f.instance?.finishedAt;
  return at !== undefined && end !== undefined && at > end + PUT_MS;
}

/** The journal id that it has now: told by itself while it runs, read from its volume while it does not. */
export const journalIdOf = (f: MemberFacts): string | undefined => f.says?.journalId ?? journalAtRest(f)?.journalId;
/** Is is-backup on, as far as it was read and holds? */
export const backupFlag = (f: MemberFacts): boolean | undefined => {
  const config = f.rest?.config;
  return config && 'isBackup' in config ? config.isBackup : undefined;
};
/** Its volumes were read, and no controller.conf is there: as in fresh volumes, before the first start writes one. */
export const configMissing = (f: MemberFacts): boolean => {
  const config = f.rest?.config;
  return config !== undefined && 'code' in config && config.code === 'CONFIG_MISSING';
};
