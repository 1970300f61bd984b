import 'server-only';
/** Measures what the pre-flight checks judge. Everything at once, each with its own reading; what fails stays a failed reading. */
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import { withoutBlock } from '../../domain/config/flag';
import type { Instance } from '../../domain/instance/instance';
import { besideOf } from '../../domain/instance/paths';
import type { DiskFacts } from '../../domain/journal/disk';
import { type Millis, never, type Reading } from '../../domain/reading';
import { ok, type Result } from '../../domain/result';
import type { FactName, PreflightFacts, SideFact, SideFacts } from '../../domain/switchover/preflight/facts';
import type { ControllerClient } from '../../ports/controller';
import type { Engine } from '../../ports/engine';
import { collectJoc } from './collect-joc';
import type { RunContext } from './context';
import { heldLock } from './held-lock';
import { folderOf, join } from './look';

/** What is to be read; all of it where nothing is named. */
export type Wanted = (name: FactName) => boolean;
const ALL: Wanted = () => true;

export async function collect(
  ctx: RunContext,
  cluster: Cluster,
  from: Slot,
  alarms: readonly string[],
  wanted: Wanted = ALL,
): Promise<PreflightFacts> {
  const to: Slot = from === 'primary' ? 'secondary' : 'primary';
  const agents = wanted('agents');
  const [source, target, lock, told, joc] = await Promise.all([
    side(ctx, cluster, from, (fact) => wanted(`source.${fact}`) || (agents && fact === 'container')),
    side(ctx, cluster, to, (fact) => wanted(`target.${fact}`)),
    wanted('lock') ? lockOf(ctx, cluster) : never,
    agents ? ctx.controller(cluster, from)?.agents() : undefined,
    wanted('joc') ? collectJoc(ctx, cluster, from) : never,
  ]);
  const openRun = ctx.runs.list({ clusterId: cluster.id }).find((r) => r.open)?.runId;
  const at = ctx.clock.now();
  return {
    clusterId: cluster.id,
    source,
    target,
    alarms,
    ...(openRun !== undefined && { openRun }),
    lock,
    agents: agentsOf(source.container, told, at),
    joc: joc,
    at,
  };
}

function agentsOf(
  container: SideFacts['container'],
  told: Awaited<ReturnType<ControllerClient['agents']>> | undefined,
  at: Millis,
): PreflightFacts['agents'] {
  const instance = container.kind === 'value' && container.value !== 'absent' ? container.value : undefined;
  if (instance && (instance.state === 'exited' || instance.state === 'created' || instance.state === 'dead'))
    return { kind: 'value', value: 'at-rest', at };
  if (!told) return never;
  if (!told.ok) return { kind: 'failed', error: told.error, since: at, at };
  const value = told.value === 'not-in-time' ? told.value : told.value.map((a) => ({ ...a, reachable: 'unknown' as const }));
  return { kind: 'value', value, at };
}

const UNSEEN: Omit<SideFacts, 'slot' | 'ref' | 'engineName'> = {
  engine: never,
  container: never,
  controller: never,
  disk: never,
  configLines: never,
  writable: never,
  owner: never,
  portsTaken: never,
};

const ON_DISK = ['disk', 'configLines', 'writable', 'owner'] as const;

async function side(ctx: RunContext, cluster: Cluster, slot: Slot, wanted: (fact: SideFact) => boolean): Promise<SideFacts> {
  const member = slot === 'primary' ? cluster.primary : cluster.secondary;
  const ref = member?.ref ?? { engineId: '', name: '' };
  const engine = ctx.engine(ref.engineId);
  const engineHost = ctx.hostOf?.(ref.engineId);
  const who = {
    ...{ slot, ref, engineName: engine?.name ?? ref.engineId },
    ...(member && { url: member.access.url }),
    ...(engineHost !== undefined && { engineHost }),
  };
  if (!member || !engine) return { ...UNSEEN, ...who };
  const read = <T>(r: Result<T> | undefined): Reading<T> => {
    const at = ctx.clock.now();
    if (!r) return never;
    return r.ok ? { kind: 'value', value: r.value, at } : { kind: 'failed', error: r.error, since: at, at };
  };
  const inside = ON_DISK.some(wanted);
  const [info, inspected, live] = await Promise.all([
    wanted('engine') ? engine.describe() : undefined,
    inside || wanted('container') || wanted('portsTaken') ? engine.inspect(ref.name) : undefined,
    wanted('controller') ? ctx.controller(cluster, slot)?.look() : undefined,
  ]);
  const first = { ...UNSEEN, ...who, engine: read(info), container: read(inspected), controller: read(live) };
  if (!inspected?.ok || inspected.value === 'absent') return first;
  const instance = inspected.value;
  const [ports, disk] = await Promise.all([
    wanted('portsTaken') ? portsTaken(engine, instance) : undefined,
    inside ? ctx.readDisk(engine, instance) : undefined,
  ]);
  const second = { ...first, portsTaken: read(ports), disk: read(disk) };
  if (!disk?.ok) return second;
  const [config, writable, owner] = await Promise.all([
    wanted('configLines') ? configLines(engine, instance, disk.value) : undefined,
    wanted('writable') ? tryWriting(engine, instance, disk.value) : undefined,
    wanted('owner') ? ownerOf(engine, instance, disk.value) : undefined,
  ]);
  return { ...second, configLines: read(config), writable: read(writable), owner: read(owner) };
}

async function configLines(engine: Engine, instance: Instance, disk: DiskFacts): Promise<Result<readonly string[]> | undefined> {
  if ('code' in disk.config) return undefined;
  const stream = await engine.files(instance.name).read(disk.config.path, { length: 1_000_000 });
  if (!stream.ok) return stream;
  const chunks: Buffer[] = [];
  for await (const chunk of stream.value) chunks.push(Buffer.from(chunk as Uint8Array));
  const lines = withoutBlock(Buffer.concat(chunks).toString('utf8'))
    .split('\n')
    .map((l) => l.trim());
  return ok(lines.filter((l) => l !== '' && !l.startsWith('#') && !l.startsWith('//')));
}

const PROBE = 'incoming-probe';
/**
 * The one check that writes: an empty folder of Handover's own beside the state directory and beside the configuration, removed at once. It is made only when a
 * person opens the pre-flight page (I8: watching alone never gets here).
 */
async function tryWriting(
  engine: Engine,
  instance: Instance,
  disk: DiskFacts,
): Promise<Result<{ state: boolean; config: boolean }> | undefined> {
  if (disk.state.kind === 'absent' || 'code' in disk.config) return undefined;
  const beside = besideOf(disk.state.path, instance.mounts);
  const probe = async (path: string): Promise<Result<void>> => {
    const made = await engine.files(instance.name).makeFolder(path, { mode: 0o700, uid: 0, gid: 0 });
    return made.ok || made.error.code === 'CONFLICT' ? engine.moving(instance.name).discardCopy(path) : made;
  };
  const [state, config] = await Promise.all([
    probe(join(beside.folder, `${beside.prefix}${PROBE}`)),
    probe(join(folderOf(disk.config.path), `handover.${PROBE}`)),
  ]);
  for (const r of [state, config]) if (!r.ok && r.error.code !== 'READ_ONLY' && r.error.code !== 'DISK_FULL') return r;
  return ok({ state: state.ok, config: config.ok });
}

async function ownerOf(engine: Engine, instance: Instance, disk: DiskFacts): Promise<Result<{ uid: number; gid: number }> | undefined> {
  if (disk.state.kind === 'absent') return undefined;
  const stat = await engine.files(instance.name).stat(disk.state.path);
  return stat.ok ? ok({ uid: stat.value.uid, gid: stat.value.gid }) : stat;
}

/** Published ports that another running container on the same engine has. */
async function portsTaken(engine: Engine, instance: Instance): Promise<Result<readonly string[]>> {
  const all = await engine.list();
  if (!all.ok) return all;
  const others = all.value.filter((i) => i.name !== instance.name && i.state === 'running');
  return ok(
    instance.ports.flatMap((p) =>
      others.filter((o) => o.ports.some((q) => q.outside === p.outside)).map((o) => `${p.outside} (${o.name})`),
    ),
  );
}

async function lockOf(ctx: RunContext, cluster: Cluster): Promise<PreflightFacts['lock']> {
  const held = await heldLock(ctx, cluster);
  const at = ctx.clock.now();
  return held.ok ? { kind: 'value', value: held.value, at } : { kind: 'failed', error: held.error, since: at, at };
}
