import 'server-only';
import type { Cluster } from '../../domain/cluster/cluster';
import { problem } from '../../domain/errors';
import type { Reading } from '../../domain/reading';
import { err, type Result } from '../../domain/result';
import type { JocPreflight, PreflightFacts } from '../../domain/switchover/preflight/facts';
import type { JocSource } from '../observe/joc-watch';
import type { RunContext } from './context';

/** Asks JOC Cockpit now. */
export async function collectJoc(ctx: RunContext, cluster: Cluster): Promise<PreflightFacts['joc']> {
  const { joc, controllerId } = cluster;
  const at = () => ctx.clock.now();
  if (!joc) return { kind: 'value', value: 'none', at: at() };
  const read = <T>(r: Result<T>): Reading<T> =>
    r.ok ? { kind: 'value', value: r.value, at: at() } : { kind: 'failed', error: r.error, since: at(), at: at() };
  const source = ctx.joc?.of(joc.jocId);
  const gone = err(problem('NOT_FOUND', 'The JOC Cockpit that this cluster is registered with is not connected any more.'));
  const [facts, sees, container] = await Promise.all([
    source?.client.look() ?? gone,
    source?.client.see(controllerId) ?? gone,
    containerOf(ctx, source?.settings.container),
  ]);
  const value: JocPreflight = {
    name: source?.settings.name ?? joc.jocId,
    follow: joc.follow,
    facts: read(facts),
    sees: read(sees),
    ...(container && { container }),
  };
  return { kind: 'value', value, at: at() };
}

async function containerOf(ctx: RunContext, ref: JocSource['settings']['container']): Promise<JocPreflight['container']> {
  if (!ref) return undefined;
  const seen = await ctx.engine(ref.engineId)?.inspect(ref.name);
  if (!seen?.ok || seen.value === 'absent') return { name: ref.name };
  return { name: ref.name, networks: seen.value.networks.map((n) => n.network) };
}
