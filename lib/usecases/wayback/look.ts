import 'server-only';
/** One look for a way back: the runbook's own look (the side set aside is its source, the kept one its target), and the Agents that the kept one knows. */
import { foldRun } from '../../domain/switchover/state';
import type { WayState } from '../../domain/wayback/state';
import type { WayWorld } from '../../domain/wayback/steps';
import type { RunContext } from '../switchover/context';
import { look } from '../switchover/look';

export async function lookForWay(ctx: RunContext, { plan, beganAt }: WayState): Promise<WayWorld> {
  const run = foldRun([{ at: beganAt, type: 'RunStarted', plan, planHash: '', by: '', reason: '' }]);
  const cluster = ctx.cluster(plan.clusterId);
  const world = await look(ctx, run);
  const told = world.target.live && cluster ? await ctx.controller(cluster, plan.target.slot)?.agents() : undefined;
  return { ...world, known: told?.ok && told.value !== 'not-in-time' ? told.value : 'unknown' };
}
