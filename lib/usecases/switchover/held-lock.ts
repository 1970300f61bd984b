import 'server-only';
/** The lock of a cluster that another Handover left (or holds): its evidence, and removing it after a person has judged that. */
import type { Cluster } from '../../domain/cluster/cluster';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { HeldLock } from '../../domain/switchover/preflight/facts';
import type { Engine, EngineLock } from '../../ports/engine';
import type { RunContext } from './context';

interface Found {
  readonly engineId: string;
  readonly lock: EngineLock | 'free';
}
const idsOf = (cluster: Cluster): string[] =>
  [...new Set([cluster.primary.ref.engineId, ...(cluster.secondary ? [cluster.secondary.ref.engineId] : [])])].sort();

async function inspectLocks(ctx: RunContext, cluster: Cluster): Promise<Result<readonly Found[]>> {
  const found: Found[] = [];
  for (const engineId of idsOf(cluster)) {
    const engine = ctx.engine(engineId);
    if (!engine) return err(problem('ENGINE_UNREACHABLE', `The engine ${engineId} is not configured any more.`));
    const lock = await engine.inspectLock(cluster.id);
    if (!lock.ok) return lock;
    found.push({ engineId, lock: lock.value });
  }
  return ok(found);
}

/** Who holds it in any engine, the oldest first; `free` only where every engine said so. */
export async function heldLock(ctx: RunContext, cluster: Cluster): Promise<Result<HeldLock | 'free'>> {
  const found = await inspectLocks(ctx, cluster);
  if (!found.ok) return found;
  const held = found.value.flatMap((f) => (f.lock === 'free' ? [] : [f.lock])).sort((a, b) => a.takenAt - b.takenAt);
  const [first] = held;
  if (!first) return ok('free');
  const { owner, takenAt } = first;
  return ok({ run: owner.run ?? '?', handover: owner.handover ?? '?', since: takenAt, tokens: held.map((l) => l.token) });
}

/**
 * Removes the lock in all engines, if it is still the one whose evidence was read (`tokens`), and no run of this Handover is open. Nothing is removed
 * unless every engine was seen: half a lock would let two runs begin. CONFLICT, ENGINE_UNREACHABLE, LOCK_LOST.
 */
export async function removeHeldLock(ctx: RunContext, cluster: Cluster, tokens: readonly string[]): Promise<Result<void>> {
  const open = ctx.runs.list({ clusterId: cluster.id }).find((r) => r.open);
  if (open)
    return err(
      problem('CONFLICT', `Run ${open.runId} of this cluster has no end yet.`, {
        remedy: 'End it first: its page says how. Then look at the lock again.',
      }),
    );
  const found = await inspectLocks(ctx, cluster);
  if (!found.ok) return found;
  const held = found.value.flatMap(({ engineId, lock }) => (lock === 'free' ? [] : [{ engineId, token: lock.token }]));
  if (held.length === 0 || held.some((l) => !tokens.includes(l.token)))
    return err(
      problem('CONFLICT', 'The lock is not the one any more whose evidence you have read.', {
        remedy: 'Measure again, and read who holds it now.',
      }),
    );
  for (const { engineId, token } of held) {
    const released = await ctx.engine(engineId)?.releaseLock(cluster.id, token);
    if (released && !released.ok) return released;
  }
  return ok(undefined);
}

/** Does `work` while this Handover holds the lock in every engine of the cluster, in the order in which runs take it. LOCK_HELD where anybody has one. */
export async function withLocks<T>(ctx: RunContext, cluster: Cluster, work: () => Promise<Result<T>>): Promise<Result<T>> {
  const taken: { readonly engine: Engine; readonly token: string }[] = [];
  try {
    for (const id of idsOf(cluster)) {
      const engine = ctx.engine(id);
      if (!engine) return err(problem('ENGINE_UNREACHABLE', `The engine ${id} is not configured any more.`));
      const lock = await engine.takeLock(cluster.id, { run: 'purge', handover: ctx.self, cluster: cluster.id });
      if (!lock.ok) return lock;
      taken.push({ engine, token: lock.value.token });
    }
    return await work();
  } finally {
    for (const { engine, token } of taken) await engine.releaseLock(cluster.id, token);
  }
}
