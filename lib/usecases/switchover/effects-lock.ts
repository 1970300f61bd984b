import 'server-only';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { Plan } from '../../domain/switchover/plan';
import { lockKey, type RunContext } from './context';
import { enginesOf } from './look';

/** Takes the lock in every engine, in a fixed order. Ours already = nothing to do. LOCK_HELD names the holder; what was taken before it is given back. */
export async function takeLocks(ctx: RunContext, plan: Plan): Promise<Result<void>> {
  const owner = { run: plan.runId, handover: ctx.self, cluster: plan.clusterId };
  for (const engine of enginesOf(ctx, plan)) {
    if (!engine) return err(problem('ENGINE_UNREACHABLE', 'An engine of the plan is not configured any more.'));
    const seen = await engine.inspectLock(lockKey(plan));
    if (!seen.ok) return seen;
    if (seen.value !== 'free' && seen.value.owner.run === plan.runId && seen.value.owner.handover === ctx.self) continue;
    const taken = await engine.takeLock(lockKey(plan), owner);
    if (!taken.ok) {
      await releaseLocks(ctx, plan);
      return taken;
    }
  }
  return ok(undefined);
}

/** Releases only what carries this run's name. Free already = nothing to do. */
export async function releaseLocks(ctx: RunContext, plan: Plan): Promise<Result<void>> {
  let failed: Result<void> = ok(undefined);
  for (const engine of enginesOf(ctx, plan)) {
    if (!engine) continue;
    const seen = await engine.inspectLock(lockKey(plan));
    if (!seen.ok) failed = seen;
    else if (seen.value !== 'free' && seen.value.owner.run === plan.runId && seen.value.owner.handover === ctx.self) {
      const released = await engine.releaseLock(lockKey(plan), seen.value.token);
      if (!released.ok) failed = released;
    }
  }
  return failed;
}
