import 'server-only';
import type { Candidate } from '../../domain/cluster/candidate';
import type { Cluster } from '../../domain/cluster/cluster';
import { discover } from '../../domain/cluster/discovery';
import type { EngineAddress } from '../../domain/engine/engine';
import type { Instance } from '../../domain/instance/instance';
import { ok, type Result } from '../../domain/result';
import type { OpenController } from '../../ports/controller';
import type { Engine } from '../../ports/engine';

/** So many addresses of a running container are tried, one after the other. */
const MAX_URLS = 4;

/** Host of an engine as Handover reaches it; undefined for this host. */
export const engineHost = (address: EngineAddress): string | undefined => ('host' in address ? address.host : undefined);

/**
 * The containers of an engine that look like Controllers, with what was found out about each. Running ones are asked at their likely addresses, without a login;
 * nothing is changed. Fails where the engine does not answer.
 */
export async function discoverCandidates(
  deps: { openController: OpenController; clusters: readonly Cluster[] },
  engine: Engine,
  address: EngineAddress,
): Promise<Result<readonly Candidate[]>> {
  const listed = await engine.list();
  if (!listed.ok) return listed;
  const found = listed.value.flatMap((instance) => {
    const d = discover(instance, engineHost(address));
    return d ? [{ instance, d }] : [];
  });
  const candidates = await Promise.all(
    found.map(async ({ instance, d }): Promise<Candidate> => {
      const { env: _env, ...shown } = instance;
      const usedBy = usedByName(deps.clusters, instance);
      const answered = instance.state === 'running' ? await firstAnswer(deps.openController, d.urls) : undefined;
      return { instance: shown, ...d, ...(usedBy !== undefined && { usedBy }), ...(answered && { answered }) };
    }),
  );
  return ok(candidates);
}

/** Name of the cluster that has a container. */
export function usedByName(clusters: readonly Cluster[], i: Pick<Instance, 'engineId' | 'name'>, but?: string): string | undefined {
  const has = (c: Cluster) => [c.primary, c.secondary].some((m) => m?.ref.engineId === i.engineId && m.ref.name === i.name);
  return clusters.find((c) => c.id !== but && has(c))?.name;
}

async function firstAnswer(openController: OpenController, urls: readonly string[]): Promise<Candidate['answered']> {
  for (const url of urls.slice(0, MAX_URLS)) {
    const client = openController({ url });
    try {
      const r = await client.look();
      if (!r.ok) continue;
      const o = r.value.overview;
      return { url, ...(typeof o === 'object' && 'controllerId' in o && { controllerId: o.controllerId, version: o.version }) };
    } finally {
      await client.close();
    }
  }
  return undefined;
}
