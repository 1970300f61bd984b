import 'server-only';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import type { EngineId } from '../../domain/engine/engine';
import type { Instance } from '../../domain/instance/instance';
import type { EngineHosts } from '../../domain/joc/container';
import type { JocSettings } from '../../domain/joc/joc';
import type { JocStand, OverlayId, Place } from '../../domain/joc/networks';
import { isLoopback } from '../../domain/joc/urls';
import type { Engine } from '../../ports/engine';
import type { JocPorts } from './ports';

/** What Docker says of all that take part, asked now. */
export interface Scene {
  readonly stand: JocStand;
  readonly primary: Place;
  readonly secondary?: Place;
}
export const placeOf = (scene: Scene, slot: Slot): Place | undefined => (slot === 'primary' ? scene.primary : scene.secondary);

export async function sceneOf(
  ports: Pick<JocPorts, 'engine'>,
  hosts: EngineHosts,
  cluster: Cluster,
  joc: JocSettings | undefined,
): Promise<Scene> {
  const place = async (slot: Slot): Promise<Place | undefined> => {
    const member = cluster[slot];
    if (!member) return undefined;
    const instance = await inspected(ports, member.ref);
    return { ...(instance && { instance }), accessUrl: member.access.url, host: hosts(member.ref.engineId) };
  };
  const [primary, secondary, container] = await Promise.all([
    place('primary'),
    place('secondary'),
    joc?.container && inspected(ports, joc.container),
  ]);
  const engineIds = [primary, secondary, { instance: container }].flatMap((p) => p?.instance?.engineId ?? []);
  const overlay = new Set(engineIds).size > 1 ? await overlays(ports, engineIds) : () => undefined;
  return {
    stand: { ...(container && { container }), here: joc !== undefined && isLoopback(joc.url), overlay },
    primary: primary ?? { accessUrl: cluster.primary.access.url, host: hosts(cluster.primary.ref.engineId) },
    ...(secondary && { secondary }),
  };
}

async function inspected({ engine }: Pick<JocPorts, 'engine'>, ref: { engineId: EngineId; name: string }): Promise<Instance | undefined> {
  const seen = await engine(ref.engineId)?.inspect(ref.name);
  return seen?.ok && seen.value !== 'absent' ? seen.value : undefined;
}

async function overlays({ engine }: Pick<JocPorts, 'engine'>, ids: readonly EngineId[]): Promise<OverlayId> {
  const known = new Map<string, string>();
  const ask = async (id: EngineId, e: Engine | undefined) => {
    const networks = await e?.making?.networks();
    if (networks?.ok) for (const n of networks.value) if (n.driver === 'overlay') known.set(`${id} ${n.name}`, n.id);
  };
  await Promise.all([...new Set(ids)].map((id) => ask(id, engine(id))));
  return (id, network) => known.get(`${id} ${network}`);
}
