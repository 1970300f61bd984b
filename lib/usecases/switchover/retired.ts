import 'server-only';
/** Journals that were put aside, in the volumes of all clusters; and deleting one when nothing holds it. Looking changes nothing. */
import { type Cluster, SLOTS, type Slot } from '../../domain/cluster/cluster';
import { type Problem, problem } from '../../domain/errors';
import type { Instance, InstanceRef } from '../../domain/instance/instance';
import { besideOf, controllerPaths } from '../../domain/instance/paths';
import { journalIdOfHead, judgeJournal } from '../../domain/journal/ending';
import { err, ok, type Result } from '../../domain/result';
import type { RunEvent } from '../../domain/switchover/events';
import { retiredPath } from '../../domain/switchover/plan';
import { type AsideFacts, heldBecause, type LiveFacts } from '../../domain/switchover/retention';
import { foldRun } from '../../domain/switchover/state';
import type { Message } from '../../domain/text/message';
import type { Engine, FileEntry, VolumeFiles } from '../../ports/engine';
import { readPieces, readText } from '../observe/pieces';
import type { RunContext } from './context';
import { withLocks } from './held-lock';
import { join, journalFiles } from './look';

export interface PutAside extends AsideFacts {
  readonly clusterId: string;
  readonly slot: Slot;
  readonly name: string;
  readonly engine: string;
  readonly path: string;
  readonly bytes: number;
  readonly runId?: string;
  readonly by?: string;
  readonly why?: string;
  readonly held?: Message;
}
interface Rules {
  readonly retentionDays: number;
}

/** Of one cluster. What cannot be read now is left out, and told in `unread`. */
export async function listPutAside(
  ctx: RunContext,
  cluster: Cluster,
  rules: Rules,
): Promise<{ found: readonly PutAside[]; unread: readonly Problem[] }> {
  const openRun = ctx.runs.list({ clusterId: cluster.id }).find((r) => r.open)?.runId;
  const [live, ...sides] = await Promise.all([liveOf(ctx, cluster), ...SLOTS.map((slot) => ofMember(ctx, cluster, slot))]);
  const now = ctx.clock.now();
  const found = sides
    .flatMap((s) => (s.ok ? s.value : []))
    .map((r) => {
      const held = heldBecause(r, {
        ...(live && { live }),
        ...(openRun !== undefined && { openRun }),
        now,
        retentionDays: rules.retentionDays,
      });
      return held ? { ...r, held } : r;
    });
  return { found, unread: sides.flatMap((s) => (s.ok ? [] : [s.error])) };
}

/** Deletes one, if nothing holds it at this moment. CONFLICT says what does; LOCK_HELD where any Handover has the cluster. */
export async function purge(
  ctx: RunContext,
  cluster: Cluster,
  what: { slot: Slot; path: string },
  rules: Rules,
  words: (m: Message) => string,
): Promise<Result<PutAside>> {
  // Once before the lock, for the better answer; and again while nobody else can begin anything.
  const may = await purgeable(ctx, cluster, what, rules, words);
  if (!may.ok) return may;
  return withLocks(ctx, cluster, async () => {
    const one = await purgeable(ctx, cluster, what, rules, words);
    if (!one.ok) return one;
    const { ref } = one.value;
    const engine = ctx.engine(ref.engineId);
    if (!engine) return err(problem('ENGINE_UNREACHABLE', 'The engine is not configured any more.'));
    const gone = await engine.moving(ref.name).purgeRetired(one.value.one.path);
    return gone.ok ? ok(one.value.one) : gone;
  });
}

async function purgeable(
  ctx: RunContext,
  cluster: Cluster,
  what: { slot: Slot; path: string },
  rules: Rules,
  words: (m: Message) => string,
): Promise<Result<{ one: PutAside; ref: InstanceRef }>> {
  const { found, unread } = await listPutAside(ctx, cluster, rules);
  const one = found.find((r) => r.slot === what.slot && r.path === what.path);
  if (!one) return err(unread[0] ?? problem('NOT_FOUND', `There is no retired journal at ${what.path}.`));
  if (one.held) return err(problem('CONFLICT', `${what.path} is not deleted. ${words(one.held)}`));
  const ref = cluster[what.slot]?.ref;
  return ref ? ok({ one, ref }) : err(problem('NOT_FOUND', `The cluster has no ${what.slot} instance any more.`));
}

/** The one that is active now, if exactly one says so. */
async function liveOf(ctx: RunContext, cluster: Cluster): Promise<LiveFacts | undefined> {
  const looks = await Promise.all(SLOTS.map((slot) => ctx.controller(cluster, slot)?.look()));
  const active = looks.flatMap((l) => {
    if (!l?.ok || l.value.journalId === undefined || l.value.node.kind !== 'state') return [];
    const { clusterState, isBackup } = l.value.node.state;
    return clusterState.type === 'Empty' && !isBackup ? [{ journalId: l.value.journalId, lastEventId: l.value.journal.lastEventId }] : [];
  });
  return active.length === 1 ? active[0] : undefined;
}

async function ofMember(ctx: RunContext, cluster: Cluster, slot: Slot): Promise<Result<readonly PutAside[]>> {
  const ref = cluster[slot]?.ref;
  if (!ref) return ok([]);
  const engine = ctx.engine(ref.engineId);
  if (!engine) return err(problem('ENGINE_UNREACHABLE', `The engine ${ref.engineId} is not configured any more.`));
  const instance = await engine.inspect(ref.name);
  if (!instance.ok) return instance;
  if (instance.value === 'absent') return ok([]);
  const folders = await asideFolders(engine, instance.value);
  if (!folders.ok) return folders;
  const files = engine.files(ref.name);
  const read = await Promise.all(
    folders.value.map(async (path): Promise<Result<PutAside>> => {
      const listed = await files.list(path);
      if (!listed.ok) return listed;
      const runId = /(?:retired|aside)-(\d+)$/.exec(path)?.[1];
      const journal = await newestPoint(files, path, journalFiles(listed.value));
      return ok({
        ...{ clusterId: cluster.id, slot, name: ref.name, engine: engine.name, path },
        bytes: listed.value.reduce((sum, f) => sum + (f.kind === 'file' ? f.bytes : 0), 0),
        ...journal,
        ...(await story(ctx, files, ref, path, runId)),
      });
    }),
  );
  return ok(read.flatMap((r) => (r.ok ? [r.value] : [])));
}

/** Folders beside the state directory in which a journal was put aside. The state directory may be one of several candidates; the first that is there counts. */
export async function asideFolders(engine: Engine, instance: Instance): Promise<Result<readonly string[]>> {
  const files = engine.files(instance.name);
  for (const path of controllerPaths(instance.mounts).state) {
    const { folder, prefix } = besideOf(path, instance.mounts);
    const listed = await files.list(folder);
    if (!listed.ok) {
      if (listed.error.code === 'PATH_NOT_FOUND' || listed.error.code === 'PATH_NOT_IN_VOLUME') continue;
      return listed;
    }
    const found = listed.value.filter(
      (e) => e.kind === 'folder' && [`${prefix}retired-`, `${prefix}aside-`].some((p) => e.name.startsWith(p)),
    );
    if (found.length > 0) return ok(found.map((e) => join(folder, e.name)));
  }
  return ok([]);
}

async function newestPoint(
  files: VolumeFiles,
  folder: string,
  found: readonly FileEntry[],
): Promise<{ journalId?: string; lastEventId?: number }> {
  const newest = found.at(-1);
  if (!newest) return {};
  const pieces = await readPieces(files, folder, newest);
  if (!pieces.ok) return {};
  const judged = judgeJournal({ newest: pieces.value });
  if (judged.ok) return { journalId: judged.value.journalId, lastEventId: judged.value.lastEventId };
  const journalId = journalIdOfHead(pieces.value.head);
  return journalId === undefined ? {} : { journalId };
}

/** Who put it aside, when and why: from our own log of the run, else from the marker file. */
async function story(
  ctx: RunContext,
  files: VolumeFiles,
  ref: InstanceRef,
  path: string,
  runId: string | undefined,
): Promise<Pick<PutAside, 'runId' | 'at' | 'by' | 'why' | 'provedMoved'>> {
  const events = runId === undefined ? [] : ctx.runs.events(runId);
  const started = events[0];
  if (runId !== undefined && started?.type === 'RunStarted' && isOf(events, ref)) {
    const state = foldRun(events);
    const provedMoved =
      state.result === 'succeeded' &&
      retiredPath(state.plan) === path &&
      same(state.plan.source.ref, ref) &&
      (state.verified?.length ?? 0) > 0;
    return { runId, at: state.endedAt ?? started.at, by: started.by, why: started.reason, provedMoved };
  }
  const marker = await readText(files, `${path}.json`, 16 * 1024);
  return { ...(marker.ok && markerStory(marker.value)), provedMoved: false };
}

const same = (a: InstanceRef, b: InstanceRef): boolean => a.engineId === b.engineId && a.name === b.name;
/** Was it a run of this instance? Another Handover numbers its runs too. */
const isOf = ([first]: readonly RunEvent[], ref: InstanceRef): boolean =>
  first?.type === 'RunStarted' && (same(first.plan.source.ref, ref) || same(first.plan.target.ref, ref));

function markerStory(text: string): Pick<PutAside, 'runId' | 'at' | 'by' | 'why'> {
  try {
    const m = JSON.parse(text) as Record<string, unknown>;
    return {
      ...(typeof m.run === 'string' && { runId: m.run }),
      ...(typeof m.at === 'number' && { at: m.at }),
      ...(typeof m.by === 'string' && { by: m.by }),
      ...(typeof m.reason === 'string' && { why: m.reason }),
    };
  } catch {
    return {};
  }
}
