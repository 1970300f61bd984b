import 'server-only';
/** Everything that is looked at before a set-up: engines, the Primary, an existing Secondary. Changes nothing (I8). */
import type { Cluster } from '../../domain/cluster/cluster';
import { discover } from '../../domain/cluster/discovery';
import type { ControllerFacts } from '../../domain/controller/controller';
import type { EngineSettings } from '../../domain/engine/engine';
import { type Problem, problem } from '../../domain/errors';
import type { Instance, InstanceRef } from '../../domain/instance/instance';
import type { DiskFacts } from '../../domain/journal/disk';
import { err, ok, type Result } from '../../domain/result';
import type { MeasuredInstance, MeasuredPrimary, SetupEngine, SetupFacts } from '../../domain/setup/facts';
import { isProblem } from '../../domain/setup/facts';
import { licenceInLog, licenceOf } from '../../domain/setup/licence';
import type { SetupPlaces } from '../../domain/setup/setup';
import type { Wanted } from '../../domain/setup/wanted';
import type { Engine } from '../../ports/engine';
import { engineHost } from '../clusters/discover';
import { readDisk } from '../observe/disk';
import { fingerprint, folderOf } from '../switchover/look';
import type { SetupContext } from './context';
import { measureConfig } from './measure-config';

/** An engine that is slower than this is told as one that does not answer: the others need not wait. */
const ENGINE_MS = 8_000;
const LOG_LINES = 2_000;
const LOG_MS = 4_000;

export async function measureEngines(ctx: SetupContext): Promise<readonly SetupEngine[]> {
  return Promise.all(ctx.engineSettings().map((s) => within(measureEngine(ctx, s), s, ctx)));
}
async function within(work: Promise<SetupEngine>, s: EngineSettings, ctx: SetupContext): Promise<SetupEngine> {
  const stop = new AbortController();
  const late = ctx.sleep(ENGINE_MS, stop.signal).then(
    () => nothing(s, ctx, problem('ENGINE_TIMEOUT', `${s.name} did not answer within 8 s.`)),
    () => work,
  );
  const first = await Promise.race([work, late]);
  stop.abort();
  return first;
}
const nothing = (s: EngineSettings, ctx: SetupContext, why: Problem): SetupEngine => ({
  id: s.id,
  name: s.name,
  world: ctx.engine(s.id)?.world ?? 'docker',
  problem: why,
  instances: [],
  images: [],
  networks: [],
  volumes: [],
});

async function measureEngine(ctx: SetupContext, s: EngineSettings): Promise<SetupEngine> {
  const engine = ctx.engine(s.id);
  const { making } = engine ?? {};
  if (!engine || !making) return nothing(s, ctx, problem('ENGINE_UNREACHABLE', `Nothing can be made on ${s.name}.`));
  const host = engineHost(s.address);
  const base = { id: s.id, name: s.name, world: engine.world, ...(host !== undefined && { host }) };
  const [info, list, images, networks, volumes] = await Promise.all([
    engine.describe(),
    engine.list(),
    making.images(),
    making.networks(),
    making.volumes(),
  ]);
  for (const r of [info, list, images, networks, volumes]) if (!r.ok) return { ...nothing(s, ctx, r.error), ...base };
  if (!info.ok || !list.ok || !images.ok || !networks.ok || !volumes.ok)
    return nothing(s, ctx, problem('ENGINE_ERROR', `${s.name} does not answer.`));
  return {
    ...base,
    info: info.value,
    instances: list.value,
    images: images.value,
    networks: networks.value,
    volumes: volumes.value.map((v) => v.name),
  };
}

/** What a plan is made from. `setupId`: a set-up that runs does not keep itself from being looked at. */
export async function measureSetup(ctx: SetupContext, wanted: Wanted, own?: string): Promise<SetupFacts> {
  const cluster = wanted.kind === 'create-both' ? undefined : ctx.clusters.get(wanted.clusterId);
  const [engines, primary, existing] = await Promise.all([
    measureEngines(ctx),
    cluster && measurePrimary(ctx, cluster, wanted.kind === 'create-secondary' && !wanted.copyPublicAccess),
    wanted.kind === 'use-existing' ? measureExisting(ctx, { engineId: wanted.engineId, name: wanted.name }) : undefined,
  ]);
  const busy = cluster && (ctx.busy(cluster.id) ?? openSetup(ctx, cluster.id, own));
  return {
    engines: await withSpace(ctx, engines, wanted, primary),
    clusterNames: ctx.clusters.all().map((c) => c.name),
    ...(cluster && { cluster }),
    ...(primary && { primary }),
    ...(existing && { existing }),
    ...(busy !== undefined && { busy }),
  };
}
function openSetup(ctx: SetupContext, clusterId: string, own: string | undefined): string | undefined {
  const open = ctx.setups.list({ clusterId }).find((s) => s.open && s.setupId !== own);
  return open && `Set-up ${open.setupId} of this cluster has no end yet.`;
}

/** Free space where volumes of the engine lie: seen through a container of a Controller that it has, the Primary first. */
async function withSpace(
  ctx: SetupContext,
  engines: readonly SetupEngine[],
  wanted: Wanted,
  primary: MeasuredPrimary | Problem | undefined,
): Promise<readonly SetupEngine[]> {
  if (wanted.kind !== 'create-secondary' || !primary || isProblem(primary)) return engines;
  const bind = wanted.mounts.some((m) => m.kind === 'bind');
  const own = wanted.engineId === primary.instance.engineId && !isProblem(primary.disk) ? primary.disk.freeBytes : undefined;
  const measured = async (e: SetupEngine): Promise<SetupEngine> => {
    if (e.id !== wanted.engineId || bind) return e;
    const free = own ?? (await spaceThrough(ctx, e));
    return free === undefined ? e : { ...e, freeBytes: free };
  };
  return Promise.all(engines.map(measured));
}
async function spaceThrough(ctx: SetupContext, e: SetupEngine): Promise<number | undefined> {
  const through = e.instances.find((i) => discover(i) !== undefined && i.mounts.some((m) => m.kind === 'volume'));
  const mount = through?.mounts.find((m) => m.kind === 'volume');
  if (!through || !mount) return undefined;
  const space = await ctx.engine(e.id)?.files(through.name).space(mount.target);
  return space?.ok ? space.value.freeBytes : undefined;
}

async function inspect(ctx: SetupContext, ref: InstanceRef): Promise<Result<{ engine: Engine; instance: Instance }>> {
  const engine = ctx.engine(ref.engineId);
  if (!engine) return err(problem('ENGINE_UNREACHABLE', `The engine ${ref.engineId} is not configured any more.`));
  const instance = await engine.inspect(ref.name);
  if (!instance.ok) return instance;
  if (instance.value === 'absent') return err(problem('INSTANCE_NOT_FOUND', `${engine.name} has no container ${ref.name}.`));
  return ok({ engine, instance: instance.value });
}

async function measureExisting(ctx: SetupContext, ref: InstanceRef): Promise<MeasuredInstance | Problem> {
  const found = await inspect(ctx, ref);
  return found.ok ? measureInstance(ctx, found.value.engine, found.value.instance) : found.error;
}
async function measureInstance(ctx: SetupContext, engine: Engine, instance: Instance): Promise<MeasuredInstance> {
  const disk = await readDisk(engine, instance, ctx.readConfig);
  if (!disk.ok) return { instance, disk: disk.error };
  const places = placesOf(disk.value);
  if (!places) return { instance, disk: disk.value };
  const files = engine.files(instance.name);
  const [listed, parent] = await Promise.all([files.list(places.state), files.list(folderOf(places.state))]);
  const name = places.state.slice(places.state.lastIndexOf('/') + 1);
  const entry = parent.ok ? parent.value.find((e) => e.name === name) : undefined;
  const stat = entry ? ok(entry) : await files.stat(places.state);
  return {
    instance,
    disk: disk.value,
    places,
    ...(stat.ok && { owner: { uid: stat.value.uid, gid: stat.value.gid } }),
    ...(listed.ok && { fingerprint: fingerprint(listed.value) }),
  };
}
function placesOf({ state, config }: DiskFacts): SetupPlaces | undefined {
  if (state.kind === 'absent' || isProblem(config)) return undefined;
  return { state: state.path, config: config.path.replace(/\/controller\.conf$/, '') };
}

export async function measurePrimary(ctx: SetupContext, cluster: Cluster, closePublic: boolean): Promise<MeasuredPrimary | Problem> {
  const found = await inspect(ctx, cluster.primary.ref);
  if (!found.ok) return found.error;
  const { engine, instance } = found.value;
  const [measured, api] = await Promise.all([measureInstance(ctx, engine, instance), askController(ctx, cluster)]);
  const known = 'disk' in measured && !isProblem(measured.disk) ? measured.disk : undefined;
  const config = measured.places
    ? await measureConfig(ctx, engine, instance, measured.places, closePublic)
    : isProblem(measured.disk)
      ? measured.disk
      : isProblem(measured.disk.config)
        ? measured.disk.config
        : problem('CONFIG_MISSING', `No state directory was found in the volumes of ${instance.name}.`);
  const byState = licenceOf(api.says, known);
  return {
    ...measured,
    config,
    ...api,
    licence: byState === 'unknown' ? licenceInLog(await logLines(engine, instance.name)) : byState,
  };
}

async function askController(ctx: SetupContext, cluster: Cluster): Promise<Pick<MeasuredPrimary, 'says' | 'agents'>> {
  const client = ctx.openController(cluster.primary.access);
  try {
    const [says, agents] = await Promise.all([client.look(), client.agents()]);
    const facts: ControllerFacts | undefined = says.ok ? says.value : undefined;
    return { ...(facts && { says: facts }), ...(agents.ok && agents.value !== 'not-in-time' && { agents: agents.value }) };
  } finally {
    await client.close();
  }
}
async function logLines(engine: Engine, name: string): Promise<readonly string[]> {
  const lines: string[] = [];
  await engine.logs(name, { tail: LOG_LINES, follow: false, signal: AbortSignal.timeout(LOG_MS), onLine: (l) => void lines.push(l.text) });
  return lines;
}
