import 'server-only';
/** What each step of a way back does. All of it looks before it acts and may be repeated; nothing is deleted (I2). */
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { WayStep } from '../../domain/wayback/events';
import type { WayState } from '../../domain/wayback/state';
import type { RunContext } from '../switchover/context';
import { shutDown, start } from '../switchover/effects';
import { holdPolicy, setFlag, writeMarker } from '../switchover/effects-fence';
import { releaseLocks, takeLocks } from '../switchover/effects-lock';
import { retire } from '../switchover/effects-move';
import { compareJournals } from '../switchover/journals';

type About = { readonly by: string; readonly reason: string; readonly ticket?: string };
const OFF = { name: 'no' } as const;
const first = (done: readonly Result<void>[]): Result<void> => done.find((r) => !r.ok) ?? ok(undefined);

export async function actOf(step: WayStep, ctx: RunContext, s: WayState, about: About): Promise<Result<void>> {
  const { plan } = s;
  const { source, target } = plan;
  switch (step) {
    case 'lock':
      return takeLocks(ctx, plan);
    case 'stop': {
      // The policies first: nothing may revive what is stopped. Once the kept one was started, only the other one is to be stopped.
      const sides = s.startedAt === undefined ? [source, target] : [source];
      const held = first(await Promise.all(sides.map((side) => holdPolicy(ctx, side, OFF))));
      return held.ok ? first(await Promise.all(sides.map((side) => shutDown(ctx, plan, side)))) : held;
    }
    case 'keep': {
      const newer = await isNewer(ctx, s);
      if (!newer.ok) return newer;
      for (const effect of [
        () => setFlag(ctx, plan, source, 'on'),
        () => holdPolicy(ctx, source, OFF),
        () => writeMarker(ctx, plan, about),
        () => retire(ctx, plan),
      ]) {
        const done = await effect();
        if (!done.ok) return done;
      }
      return ok(undefined);
    }
    case 'start': {
      const unfenced = await setFlag(ctx, plan, target, 'off');
      return unfenced.ok ? start(ctx, target) : unfenced;
    }
    case 'end': {
      const back = await holdPolicy(ctx, target, target.policy);
      return back.ok ? releaseLocks(ctx, plan) : back;
    }
    default:
      return ok(undefined);
  }
}

/** The journals are compared once more, now that nobody writes: the kept one must be the newer. What was set aside already cannot be compared in its place, and need not be. */
async function isNewer(ctx: RunContext, { plan }: WayState): Promise<Result<void>> {
  const cluster = ctx.cluster(plan.clusterId);
  if (!cluster) return err(problem('NOT_FOUND', `There is no cluster ${plan.clusterId}.`));
  const seen = await compareJournals(ctx, cluster);
  if (seen.sameLineage === true && (seen.newer === plan.target.slot || seen.newer === 'equal')) return ok(undefined);
  const which = seen.newer === plan.source.slot ? `That of ${plan.source.ref.name} is.` : 'Which one is cannot be told.';
  return err(
    problem('CONFLICT', `The journal of ${plan.target.ref.name} is not proved to be the newer one. ${which}`, {
      remedy: 'Nothing was set aside. Leave this way back, compare the journals, and begin it for the other one; both stay stopped.',
    }),
  );
}
