import 'server-only';
/** Does JOC Cockpit follow? An expensive look, made only while it is waited for. */
import type { Cluster } from '../../domain/cluster/cluster';
import { proxyOf } from '../../domain/joc/follows';
import type { JocSees } from '../../domain/joc/joc';
import { sameUrl } from '../../domain/joc/leads';
import { current, type RunState } from '../../domain/switchover/state';
import type { SideWorld, World } from '../../domain/switchover/world';
import type { RunContext } from './context';

/** Undefined: not asked, or no answer. */
export async function jocSees(ctx: RunContext, state: RunState, cluster: Cluster | undefined): Promise<JocSees | undefined> {
  const { joc } = state.plan;
  if (!joc || !cluster || state.phase !== 'working' || state.mode !== 'forward' || current(state) !== 'tell-joc') return undefined;
  // Before the act nobody waits for it: the act looks itself.
  if (state.steps['tell-joc'].do !== 'intended') return undefined;
  const seen = await ctx.joc?.of(joc.jocId)?.client.see(state.plan.controllerId);
  return seen?.ok && seen.value !== 'not-registered' ? seen.value : undefined;
}

/** `follows`: registered under an address of the target, and the proxy's last event is not older than its start, while the other one is seen not to run (joc-proved N3, N13). */
export function jocWorld(
  { plan }: RunState,
  sees: JocSees | undefined,
  source: SideWorld,
  target: SideWorld,
): Pick<World, 'joc' | 'jocSees'> {
  const { joc } = plan;
  if (!joc) return { joc: 'none' };
  const url = sees?.nodes[0]?.url;
  if (!sees || url === undefined) return { joc: 'unknown' };
  const seen = { jocSees: { url, ...(sees.proxyAt !== undefined && { proxyAt: sees.proxyAt }) } };
  const proxy = proxyOf({ proxyAt: sees.proxyAt, startedAt: target.live?.startedAt, otherMayWork: source.running !== 'no' });
  if (proxy === 'behind' || !joc.to.some((u) => sameUrl(u, url))) return { joc: 'elsewhere', ...seen };
  return { joc: proxy === 'follows' ? 'follows' : 'unknown', ...seen };
}
