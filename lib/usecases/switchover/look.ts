import 'server-only';
/**
 * One look at the world for a run: engines, volumes and APIs of both sides, and the lock. Everything in parallel, each with the time limit of
 * its adapter; what does not answer is unknown. Looking changes nothing (I8).
 */
import type { Cluster } from '../../domain/cluster/cluster';
import type { ControllerFacts } from '../../domain/controller/controller';
import type { Instance } from '../../domain/instance/instance';
import { carries } from '../../domain/joc/leads';
import { judgeJournal } from '../../domain/journal/ending';
import type { Result } from '../../domain/result';
import { asidePath, markerPath, type Plan, retiredPath, stagingPath } from '../../domain/switchover/plan';
import { current, type RunState } from '../../domain/switchover/state';
import type { LiveWorld, SideWorld, StateWorld, Tri, World } from '../../domain/switchover/world';
import type { Engine, FileEntry } from '../../ports/engine';
import type { Survey } from '../../ports/moving';
import { lockKey, type RunContext, type Which } from './context';
import { jocSees, jocWorld } from './look-joc';

export async function look(ctx: RunContext, state: RunState): Promise<World> {
  const { plan } = state;
  const cluster = ctx.cluster(plan.clusterId);
  const [source, target, lock, agents, told] = await Promise.all([
    side(ctx, state, cluster, 'source'),
    side(ctx, state, cluster, 'target'),
    lockWorld(ctx, plan),
    agentsWorld(ctx, state, cluster),
    jocSees(ctx, state, cluster),
  ]);
  return { lock, source, target, ...jocWorld(state, told, source, target), ...agents };
}

/** A Controller starts with what its journal says of its Agents and tries each at once: only a while later is `Coupled` without a problem its own experience. */
const TRIED_MS = 3_000;
/** An expensive look, made only while it is waited for. */
async function agentsWorld(
  ctx: RunContext,
  state: RunState,
  cluster: Cluster | undefined,
): Promise<Pick<World, 'agents' | 'agentsMissing'>> {
  const { plan, steps } = state;
  const planned = plan.agents ?? [];
  if (planned.length === 0) return { agents: 'none' };
  if (state.phase !== 'working' || state.mode !== 'forward' || current(state) !== 'agents' || !cluster) return { agents: 'unknown' };
  if (ctx.clock.now() - (steps['prove-works'].endedAt ?? ctx.clock.now()) < TRIED_MS) return { agents: 'not-yet' };
  const told = await ctx.controller(cluster, plan.target.slot)?.agents();
  if (!told?.ok || told.value === 'not-in-time') return { agents: 'unknown' };
  const coupled = new Set(told.value.filter((a) => a.coupled).map((a) => a.name));
  const agentsMissing = planned.filter((name) => !coupled.has(name));
  return agentsMissing.length === 0 ? { agents: 'coupled' } : { agents: 'not-yet', agentsMissing };
}

const BLIND: SideWorld = {
  running: 'unknown',
  api: 'unknown',
  policy: 'unknown',
  flag: 'unknown',
  state: { kind: 'unknown' },
  staging: 'unknown',
  retired: 'unknown',
  aside: 'unknown',
  marker: 'unknown',
};

async function side(ctx: RunContext, state: RunState, cluster: Cluster | undefined, which: Which): Promise<SideWorld> {
  const { plan } = state;
  const p = plan[which];
  const engine = ctx.engine(p.ref.engineId);
  const folder = folderOf(p.beside);
  const wanted = {
    state: p.statePath,
    beside: folder,
    texts: [p.configPath, p.configPath.replace(/controller\.conf$/, 'private/private.conf')],
  };
  const [inspected, live, surveyed] = await Promise.all([
    engine?.inspect(p.ref.name),
    cluster ? ctx.controller(cluster, p.slot)?.look() : undefined,
    engine?.moving(p.ref.name).survey(wanted),
  ]);
  if (!inspected?.ok) return { ...BLIND, ...api(live) };
  // Another container under the same name (created anew) is not the one of the plan: what it would do is not known.
  if (inspected.value === 'absent' || inspected.value.id !== p.containerId)
    return { ...BLIND, ...api(live), running: inspected.value === 'absent' ? 'no' : running(inspected.value) };
  const instance = inspected.value;
  const seen = surveyed?.ok ? surveyed.value : undefined;
  const has = (path: string): Tri => {
    if (seen === undefined) return 'unknown';
    return seen.beside !== 'absent' && seen.beside.some((e) => join(folder, e.name) === path) ? 'yes' : 'no';
  };
  const staging = which === 'target' ? has(stagingPath(plan)) : 'no';
  return {
    running: running(instance),
    ...(instance.exitCode !== undefined && { exitCode: instance.exitCode }),
    ...api(live, instance),
    policy: instance.restartPolicy.name,
    flag: seen ? await flagWorld(ctx, seen, instance) : 'unknown',
    state: seen ? stateWorld(seen, state, which) : { kind: 'unknown' },
    staging: staging === 'yes' ? 'partial' : staging === 'no' ? 'absent' : 'unknown',
    retired: which === 'source' ? has(retiredPath(plan)) : 'no',
    aside: which === 'target' ? has(asidePath(plan)) : 'no',
    marker: which === 'source' ? has(markerPath(plan)) : 'no',
    ...nameOf(plan, which, instance),
  };
}

/** Cut off in the middle a container is left detached: that is neither the one nor the other, and has to be put right. */
function nameOf({ joc }: Plan, which: Which, instance: Instance): Pick<SideWorld, 'name'> {
  const move = joc?.move;
  if (!move) return {};
  const there = instance.networks.some((n) => n.network === move.network);
  if (!there && move[which].attached) return { name: 'unknown' };
  return { name: carries(instance, move.network, move.alias) ? 'yes' : 'no' };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

async function flagWorld(ctx: RunContext, { texts: [config, secret] }: Survey, { env }: Instance): Promise<SideWorld['flag']> {
  if (!config || config === 'absent') return 'unknown';
  const javaOptions = env.RUN_JS_JAVA_OPTIONS;
  const flag = await ctx.flagOf(textOf(config), {
    env,
    ...(secret && secret !== 'absent' && { privateConf: textOf(secret) }),
    ...(javaOptions !== undefined && { javaOptions }),
  });
  return flag.ok ? flag.value : 'unknown';
}

/** `created`, `exited`, `dead` do not run; `removing` and words we do not know are unknown. */
function running(i: Instance): Tri {
  if (i.state === 'created' || i.state === 'exited' || i.state === 'dead') return 'no';
  return i.state === 'unknown' || i.state === 'removing' ? 'unknown' : 'yes';
}

function api(look: Result<ControllerFacts> | undefined, instance?: Instance): Pick<SideWorld, 'api' | 'live'> {
  if (look?.ok) return { api: 'answers', live: liveWorld(look.value) };
  if (!look) return { api: 'unknown' };
  const silent = look.error.code === 'CONTROLLER_UNREACHABLE' || look.error.code === 'CONTROLLER_UNKNOWN_HOST';
  // A stopped container's name is gone from DNS and its port is closed; a time-out of a running one proves nothing.
  return { api: silent || (instance && running(instance) === 'no') ? 'silent' : 'unknown' };
}

function liveWorld(f: ControllerFacts): LiveWorld {
  const overview = typeof f.overview === 'object' && 'controllerId' in f.overview ? f.overview : undefined;
  const active: Tri =
    f.node.kind === 'state'
      ? f.node.state.clusterState.type === 'Empty'
        ? f.node.state.isBackup
          ? 'no'
          : 'yes'
        : 'unknown'
      : f.node.kind === 'not-appointed' || f.node.kind === 'not-ready'
        ? 'no'
        : 'unknown';
  return {
    controllerId: overview?.controllerId ?? '',
    journalId: f.journalId ?? 'unknown',
    lastEventId: f.journal.lastEventId,
    active,
    ready: f.ready === 'unknown' ? 'unknown' : f.ready ? 'yes' : 'no',
    ...(overview?.orderCount !== undefined && { orderCount: overview.orderCount }),
    ...(overview && { startedAt: overview.startedAt }),
  };
}

const JOURNAL_FILE = /^controller--(\d+)\.journal$/;
export const journalFiles = <T extends Pick<FileEntry, 'name' | 'kind'>>(entries: readonly T[]): T[] =>
  entries
    .filter((e) => e.kind === 'file' && JOURNAL_FILE.test(e.name))
    .sort((a, b) => Number(JOURNAL_FILE.exec(a.name)?.[1]) - Number(JOURNAL_FILE.exec(b.name)?.[1]));
/** Names and sizes of the journal files: append-only files that differ in neither hold the same. */
export const fingerprint = (entries: readonly Pick<FileEntry, 'name' | 'bytes' | 'kind'>[]): string =>
  journalFiles(entries)
    .map((e) => `${e.name}:${e.bytes}`)
    .join(' ') || 'empty';

function stateWorld(seen: Survey, state: RunState, which: Which): StateWorld {
  const entries = seen.state === 'absent' ? [] : seen.state;
  const last = journalFiles(entries).at(-1);
  if (last === undefined) return { kind: 'empty' };
  const [newest, before] = seen.newest;
  // The file grew, or another one came, while the look was made: the next look tells.
  if (newest?.name !== last.name || newest.bytes !== last.bytes) return { kind: 'unknown' };
  const judged = judgeJournal({ newest, ...(before && { before }) });
  if (!judged.ok) return { kind: 'unknown' };
  const { journalId, lastEventId, ending } = judged.value;
  return {
    kind: 'journal',
    journalId,
    lastEventId,
    ending,
    fingerprint: fingerprint(entries),
    verified: which === 'target' && isVerified(entries, state),
  };
}

/** Exactly the verified files lie there, each the very file (inode, time, size) that was hashed equal. */
function isVerified(entries: readonly FileEntry[], state: RunState): boolean {
  const files = journalFiles(entries);
  const verified = state.verified ?? [];
  return (
    files.length > 0 &&
    files.length === verified.length &&
    files.every((f) =>
      verified.some((v) => v.name === f.name && v.bytes === f.bytes && v.inode === f.inode && v.modifiedAt === f.modifiedAt),
    )
  );
}

async function lockWorld(ctx: RunContext, plan: Plan): Promise<World['lock']> {
  const engines = enginesOf(ctx, plan);
  const locks = await Promise.all(engines.map((e) => e?.inspectLock(lockKey(plan))));
  const seen = locks.map((l) =>
    !l?.ok
      ? 'unknown'
      : l.value === 'free'
        ? 'free'
        : l.value.owner.run === plan.runId && l.value.owner.handover === ctx.self
          ? 'ours'
          : 'theirs',
  );
  if (seen.includes('unknown')) return 'unknown';
  if (seen.includes('theirs')) return 'theirs';
  return seen.every((s) => s === 'ours') ? 'ours' : seen.every((s) => s === 'free') ? 'free' : 'partly';
}

/** Both engines of a plan in a fixed order, each once: two Handovers that take locks meet at the same one first. */
export function enginesOf(ctx: Pick<RunContext, 'engine'>, plan: Plan): (Engine | undefined)[] {
  return [...new Set([plan.source.ref.engineId, plan.target.ref.engineId])].sort().map((id) => ctx.engine(id));
}

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
export const join = (folder: string, name: string): string => `${folder === '/' ? '' : folder}/${name}`;
