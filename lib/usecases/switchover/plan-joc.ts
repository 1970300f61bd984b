import 'server-only';
/** The part of a plan that is about JOC Cockpit. */
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import type { Instance } from '../../domain/instance/instance';
import type { NameSide, PlanJoc } from '../../domain/switchover/plan';
import type { RunContext } from './context';

/** What JOC has registered now; undefined where it does not tell, or knows nothing of it. */
export async function registeredUrl(ctx: RunContext, cluster: Cluster): Promise<string | undefined> {
  const client = cluster.joc && ctx.joc?.of(cluster.joc.jocId)?.client;
  const seen = await client?.see(cluster.controllerId);
  return seen?.ok && seen.value !== 'not-registered' ? seen.value.nodes[0]?.url : undefined;
}

/** Undefined: no JOC Cockpit follows this cluster, or it has both nodes registered and needs not be told. */
export function planJoc(
  ctx: RunContext,
  cluster: Cluster,
  to: Slot,
  instances: { readonly source: Instance; readonly target: Instance },
  from: string | undefined,
): PlanJoc | undefined {
  const { joc } = cluster;
  if (!joc || joc.follow.kind === 'cluster') return undefined;
  const { follow } = joc;
  const settings = ctx.joc?.of(joc.jocId)?.settings;
  const caption = joc.captions[to];
  return {
    jocId: joc.jocId,
    name: settings?.name ?? joc.jocId,
    url: settings?.url ?? '',
    follow: follow.kind,
    to: follow.kind === 'update' ? (follow.urls[to] ?? []) : [follow.url],
    ...(from !== undefined && { from }),
    ...(caption !== undefined && { caption }),
    ...(follow.kind === 'name' && {
      move: {
        alias: follow.alias,
        network: follow.network,
        source: nameSide(instances.source, follow),
        target: nameSide(instances.target, follow),
      },
    }),
  };
}

/** Docker itself adds the short id of the container as an alias: it is no name that a person would give back. */
function nameSide(i: Instance, { network, alias }: { network: string; alias: string }): NameSide {
  const at = i.networks.find((n) => n.network === network);
  const aliases = at?.aliases ?? [];
  return { held: aliases.includes(alias), attached: at !== undefined, others: aliases.filter((a) => a !== alias && !i.id.startsWith(a)) };
}
