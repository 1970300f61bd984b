import 'server-only';
import type { ClusterTest } from '../../domain/cluster/candidate';
import type { Cluster, ClusterId, ClusterMember, Slot } from '../../domain/cluster/cluster';
import { candidateUrls } from '../../domain/cluster/discovery';
import { idOf, type MemberMeasured, setupChecks } from '../../domain/cluster/setup-checks';
import type { EngineSettings } from '../../domain/engine/engine';
import { problem } from '../../domain/errors';
import type { Instance } from '../../domain/instance/instance';
import { err } from '../../domain/result';
import type { ReadConfig } from '../../ports/config';
import type { OpenController } from '../../ports/controller';
import type { Engine } from '../../ports/engine';
import { readDisk } from '../observe/disk';
import { isStopped } from '../observe/disk-watch';
import { engineHost, usedByName } from './discover';

export interface TestDeps {
  readonly openController: OpenController;
  readonly readConfig: ReadConfig;
  readonly engine: (id: string) => Engine | undefined;
  readonly engineSettings: (id: string) => EngineSettings | undefined;
  readonly clusters: readonly Cluster[];
  /** All containers of all engines as last seen: for third copies. */
  readonly instances: readonly Instance[];
}
export interface TestInput {
  readonly primary: ClusterMember;
  readonly secondary?: ClusterMember;
  /** The cluster that is edited: it may use its own containers. */
  readonly id?: ClusterId;
}

/** Tries everything that a cluster needs, with a reason for every failure. Each password is tried once. Changes nothing. */
export async function testCluster(deps: TestDeps, input: TestInput): Promise<ClusterTest> {
  const [primary, secondary] = await Promise.all([
    measure(deps, 'primary', input.primary, input.id),
    input.secondary && measure(deps, 'secondary', input.secondary, input.id),
  ]);
  const controllerId = idOf(primary) ?? (secondary && idOf(secondary));
  const own = [input.primary, ...(input.secondary ? [input.secondary] : [])];
  const strangers = deps.instances
    .filter(
      (i) =>
        controllerId !== undefined &&
        i.env.RUN_JS_ID === controllerId &&
        !own.some((m) => m.ref.engineId === i.engineId && m.ref.name === i.name),
    )
    .filter((i) => usedByName(deps.clusters, i, input.id) === undefined)
    .map((i) => ({ engineId: i.engineId, name: i.name }));
  return {
    checks: setupChecks({ primary, ...(secondary && { secondary }), strangers }),
    ...(controllerId !== undefined && { controllerId }),
  };
}

async function measure(deps: TestDeps, slot: Slot, { ref, access }: ClusterMember, id?: ClusterId): Promise<MemberMeasured> {
  const usedBy = usedByName(deps.clusters, ref, id === undefined ? undefined : id) ?? undefined;
  const [world, api] = await Promise.all([measureEngine(deps, ref), measureController(deps, access)]);
  return { slot, ref, url: access.url, ...world, ...api, ...(usedBy !== undefined && { usedBy }) };
}

async function measureEngine(
  deps: TestDeps,
  ref: ClusterMember['ref'],
): Promise<Pick<MemberMeasured, 'engine' | 'container' | 'urls' | 'disk'>> {
  const engine = deps.engine(ref.engineId);
  if (!engine)
    return {
      engine: err(problem('ENGINE_UNREACHABLE', `No engine ${ref.engineId} is configured.`, { remedy: 'Add it first.' })),
      urls: [],
    };
  const info = await engine.describe();
  if (!info.ok) return { engine: info, urls: [] };
  const container = await engine.inspect(ref.name);
  if (!container.ok || container.value === 'absent') return { engine: info, container, urls: [] };
  const address = deps.engineSettings(ref.engineId)?.address;
  const urls = candidateUrls(container.value, address && engineHost(address));
  if (!isStopped(container.value)) return { engine: info, container, urls };
  return { engine: info, container, urls, disk: await readDisk(engine, container.value, deps.readConfig) };
}

async function measureController(deps: TestDeps, access: ClusterMember['access']): Promise<Pick<MemberMeasured, 'controller' | 'access'>> {
  const client = deps.openController(access);
  try {
    const controller = await client.look();
    return controller.ok ? { controller, access: await client.checkAccess() } : { controller };
  } finally {
    await client.close();
  }
}
