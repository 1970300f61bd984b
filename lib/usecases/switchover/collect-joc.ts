import 'server-only';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import { problem } from '../../domain/errors';
import type { Reading } from '../../domain/reading';
import { err, type Result } from '../../domain/result';
import type { JocPreflight, PreflightFacts } from '../../domain/switchover/preflight/facts';
import type { JocSource } from '../observe/joc-watch';
import type { RunContext } from './context';

/** Asks JOC Cockpit now. */
export async function collectJoc(ctx: RunContext, cluster: Cluster, from: Slot): Promise<PreflightFacts['joc']> {
  const { joc, controllerId } = cluster;
  const at = () => ctx.clock.now();
  if (!joc) return { kind: 'value', value: 'none', at: at() };
  const read = <T>(r: Result<T>): Reading<T> =>
    r.ok ? { kind: 'value', value: r.value, at: at() } : { kind: 'failed', error: r.error, since: at(), at: at() };
  const source = ctx.joc?.of(joc.jocId);
  const gone = err(problem('NOT_FOUND', 'The JOC Cockpit that this cluster is registered with is not connected any more.'));
  const [facts, sees, container, network] = await Promise.all([
    source?.client.look() ?? gone,
    source?.client.see(controllerId) ?? gone,
    containerOf(ctx, source?.settings.container),
    networkOf(ctx, cluster, from),
  ]);
  const value: JocPreflight = {
    name: source?.settings.name ?? joc.jocId,
    follow: joc.follow,
    facts: read(facts),
    sees: read(sees),
    ...(container && { container }),
    ...network,
  };
  return { kind: 'value', value, at: at() };
}

async function containerOf(ctx: RunContext, ref: JocSource['settings']['container']): Promise<JocPreflight['container']> {
  if (!ref) return undefined;
  const seen = await ctx.engine(ref.engineId)?.inspect(ref.name);
  if (!seen?.ok || seen.value === 'absent') return { name: ref.name };
  return { name: ref.name, networks: seen.value.networks.map((n) => n.network) };
}

/** A network with the same id on two engines is one (an overlay): a name in it is seen from both. */
async function networkOf(
  ctx: RunContext,
  { joc, primary, secondary }: Cluster,
  from: Slot,
): Promise<Pick<JocPreflight, 'spans' | 'network'>> {
  const follow = joc?.follow;
  const [source, target] = from === 'primary' ? [primary, secondary] : [secondary, primary];
  if (follow?.kind !== 'name' || !source || !target) return {};
  const ids = [...new Set([target.ref.engineId, source.ref.engineId])];
  const [there, other] = await Promise.all(ids.map((id) => ctx.engine(id)?.making.networks()));
  if (!there?.ok) return { network: 'unreadable' };
  const own = there.value.find((n) => n.name === follow.network);
  if (!own) return { network: 'missing' };
  const beside = other?.ok ? other.value.find((n) => n.name === follow.network) : undefined;
  return { network: 'there', ...(ids.length > 1 && beside && { spans: beside.id === own.id }) };
}
