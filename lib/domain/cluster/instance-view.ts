import type { Problem } from '../errors';
import { mustNotLive } from '../guard/alarms';
import type { DiskFacts } from '../journal/disk';
import type { Reading } from '../reading';
import type { Message } from '../text/message';
import { say } from '../text/say';
import { actionsOf } from './actions';
import { lastValue, type MemberFacts } from './facts';
import { fencesOf } from './fences';
import { controllerFreshness, diskFreshness, dockerFreshness } from './freshness';
import { connectionOf, lookOf } from './looks';
import type { Judged, Pair } from './pair';
import { problemText, reasonOf } from './reason';
import type { InstanceView } from './view';

const errorOf = (p: Problem | undefined): { error?: Message } => (p ? { error: say('reason.api-error', { problem: problemText(p) }) } : {});
const failure = <T>(r: Reading<T>): Problem | undefined => (r.kind === 'failed' ? r.error : undefined);

function docker(f: MemberFacts): InstanceView['docker'] {
  const version = lastValue(f.seen.engine)?.version;
  return {
    freshness: dockerFreshness(f),
    engineName: f.engineName,
    ...(version !== undefined && { engineVersion: version }),
    ...(f.instance && { instance: f.instance }),
    ...errorOf(failure(f.seen.container) ?? (f.box === 'unknown' ? failure(f.seen.engine) : undefined)),
  };
}

/** Only what holds now: a lost value is not shown as if it were one. */
function controller(m: Judged): InstanceView['controller'] {
  const { f } = m;
  const freshness = controllerFreshness(f, m.role);
  const expected = freshness.state !== 'not-expected';
  const { says } = f;
  if (!says) return { freshness, ...errorOf(expected ? (f.apiError ?? failure(f.seen.controller)) : undefined) };
  const overview = typeof says.overview === 'object' && 'startedAt' in says.overview ? says.overview : undefined;
  const trouble = typeof says.overview === 'object' && 'code' in says.overview ? says.overview : undefined;
  return {
    freshness,
    ...(overview && { controllerId: overview.controllerId, version: overview.version, startedAt: overview.startedAt }),
    ...(overview?.javaVersion !== undefined && { javaVersion: overview.javaVersion }),
    ...(overview?.orderCount !== undefined && { orderCount: overview.orderCount }),
    lastEventId: says.journal.lastEventId,
    ...(says.journalId !== undefined && { journalId: says.journalId }),
    ...journalSize(says.journal.files),
    node: says.node,
    ready: says.ready,
    tls: says.tls,
    ...errorOf(trouble),
  };
}

/** A file may be listed twice (controller-api.md 1.5). */
function journalSize(files: readonly { fileEventId: number; position: number }[]): { journalFiles: number; journalBytes: number } {
  const bytes = new Map(files.map((file) => [file.fileEventId, file.position]));
  return { journalFiles: bytes.size, journalBytes: [...bytes.values()].reduce((sum, n) => sum + n, 0) };
}

/** The journal that a running one began with has gone on since: told only of one that is not seen to run. */
function before(f: MemberFacts, d: DiskFacts): Pick<InstanceView['disk'], 'before'> {
  const read = f.seen.disk;
  const at = read.kind === 'value' ? read.at : read.kind === 'failed' ? read.last?.at : undefined;
  if (at === undefined) return {};
  const config = 'isBackup' in d.config ? d.config : undefined;
  const journal = f.box !== 'running' && d.state.kind === 'journal' ? d.state.journal : undefined;
  return { before: { at, ...(config && { config }), ...(journal && { journal }) } };
}

function disk(f: MemberFacts): InstanceView['disk'] {
  const d = f.lastDisk;
  const freshness = diskFreshness(f);
  const failed = errorOf(f.box === 'stopped' ? failure(f.seen.disk) : undefined);
  if (!d) return { freshness, retired: [], ...failed };
  const holds = f.rest !== undefined;
  const unreadable = d.state.kind === 'unreadable' ? d.state.error : 'isBackup' in d.config ? undefined : d.config;
  return {
    freshness,
    retired: d.retired,
    ...(holds && d.state.kind === 'journal' && { journal: d.state.journal }),
    ...(holds &&
      (d.state.kind === 'journal' || d.state.kind === 'empty' || d.state.kind === 'absent') && { stateEmpty: d.state.kind !== 'journal' }),
    ...(holds && 'isBackup' in d.config && { config: d.config }),
    ...(!holds && before(f, d)),
    ...(d.freeBytes !== undefined && { freeBytes: d.freeBytes }),
    ...(d.totalBytes !== undefined && { totalBytes: d.totalBytes }),
    ...(holds && unreadable ? errorOf(unreadable) : failed),
  };
}

export function instanceView(pair: Pair, m: Judged): InstanceView {
  const { f } = m;
  const mustNot = mustNotLive(pair, m);
  const look = lookOf(pair, m, mustNot);
  const reason = reasonOf(m);
  return {
    slot: m.slot,
    ref: f.member.ref,
    url: f.member.access.url,
    role: m.role,
    badges: look.badges,
    component: look.component,
    nodeState: look.node,
    connection: connectionOf(m),
    alive: f.alive,
    mustNotLive: mustNot,
    ...(reason && { reason }),
    fences: fencesOf(f),
    docker: docker(f),
    controller: controller(m),
    disk: disk(f),
    actions: actionsOf(pair, m),
  };
}
