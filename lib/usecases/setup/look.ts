import 'server-only';
import type { Instance } from '../../domain/instance/instance';
/** One look at the world for a set-up. Everything in parallel; what does not answer is unknown. Looking changes nothing (I8). */
import { asidesOf, besideOf } from '../../domain/instance/paths';
import { hasAccount } from '../../domain/setup/configuration';
import { currentSetupStep } from '../../domain/setup/decide';
import { markOf, type PlannedInstance, SETUP_LABEL, type SetupPlaces, type SetupPlan } from '../../domain/setup/setup';
import { type SetupState, stepOf } from '../../domain/setup/state';
import type { Made, SetupSide, SetupWorld } from '../../domain/setup/world';
import type { Tri } from '../../domain/switchover/world';
import type { Engine } from '../../ports/engine';
import type { VolumeInfo } from '../../ports/making';
import type { Survey } from '../../ports/moving';
import { fingerprint, join, journalFiles } from '../switchover/look';
import { ACCOUNT, type SetupContext } from './context';

export async function lookSetup(ctx: SetupContext, state: SetupState): Promise<SetupWorld> {
  const { plan } = state;
  const step = currentSetupStep(state);
  const sideOf = (slot: 'primary' | 'secondary') => {
    const i = plan.instances.find((x) => x.slot === slot);
    return i && made(ctx, plan, i, step);
  };
  const [lock, image, network, primary, secondary] = await Promise.all([
    lockWorld(ctx, state),
    imageWorld(ctx, plan),
    networkWorld(ctx, plan),
    sideOf('primary'),
    plan.existing ? existing(ctx, plan) : sideOf('secondary'),
  ]);
  return { lock, image, network, ...(primary && { primary }), secondary: secondary ?? BLIND, saved: savedWorld(ctx, plan) };
}

const BLIND: SetupSide = {
  container: 'unknown',
  running: 'unknown',
  volumes: 'unknown',
  holds: 'unknown',
  newer: 'unknown',
  configuration: 'unknown',
  flag: 'unknown',
  policy: 'unknown',
  aside: 'unknown',
  works: 'unknown',
};

export const lockOwner = (ctx: SetupContext, plan: SetupPlan) => ({
  run: `set-up ${plan.setupId}`,
  handover: ctx.self,
  cluster: plan.clusterId,
});
/** Every engine that something of the plan lies on, in a fixed order. */
export function engineIdsOf(ctx: SetupContext, plan: SetupPlan): readonly string[] {
  const primary = ctx.clusters.get(plan.clusterId)?.primary.ref.engineId ?? plan.from?.engineId;
  const all = [...plan.instances.map((i) => i.engineId), ...(plan.existing ? [plan.existing.engineId] : []), ...(primary ? [primary] : [])];
  return [...new Set(all)].sort();
}
/** An engine without any image cannot hold a lock: where the image is copied to, it is taken with that. */
export function lockIdsOf(ctx: SetupContext, state: SetupState): readonly string[] {
  const { plan } = state;
  const later = plan.instances.filter((i) => i.copyImageFrom !== undefined).map((i) => i.engineId);
  const copied = stepOf(state, 'image').do === 'succeeded';
  return engineIdsOf(ctx, plan).filter((id) => copied || !later.includes(id));
}
async function lockWorld(ctx: SetupContext, state: SetupState): Promise<SetupWorld['lock']> {
  const { plan } = state;
  const owner = lockOwner(ctx, plan);
  const needed = lockIdsOf(ctx, state);
  const seen = await Promise.all(
    engineIdsOf(ctx, plan).map(async (id) => {
      const lock = await ctx.engine(id)?.inspectLock(plan.clusterId);
      if (!lock?.ok) return { id, is: 'unknown' as const };
      if (lock.value === 'free') return { id, is: 'free' as const };
      return {
        id,
        is: lock.value.owner.run === owner.run && lock.value.owner.handover === owner.handover ? ('ours' as const) : ('theirs' as const),
      };
    }),
  );
  if (seen.some((s) => s.is === 'unknown')) return 'unknown';
  if (seen.some((s) => s.is === 'theirs')) return 'theirs';
  if (seen.every((s) => s.is === 'free')) return 'free';
  return seen.every((s) => s.is === 'ours' || !needed.includes(s.id)) ? 'ours' : 'partly';
}
async function imageWorld(ctx: SetupContext, plan: SetupPlan): Promise<Tri> {
  const found = await Promise.all(plan.instances.map((i) => ctx.engine(i.engineId)?.making.image(i.image.digest)));
  if (found.some((f) => !f?.ok)) return 'unknown';
  return found.every((f) => f?.ok && f.value !== 'absent') ? 'yes' : 'no';
}
async function networkWorld(ctx: SetupContext, plan: SetupPlan): Promise<Made> {
  const { makeNetwork } = plan;
  if (!makeNetwork) return 'absent';
  const all = await ctx.engine(makeNetwork.engineId)?.making.networks();
  if (!all?.ok) return 'unknown';
  const found = all.value.find((n) => n.name === makeNetwork.name);
  return found === undefined ? 'absent' : found.labels?.[SETUP_LABEL] === markOf(ctx.self, plan.setupId) ? 'ours' : 'foreign';
}
function savedWorld(ctx: SetupContext, plan: SetupPlan): SetupWorld['saved'] {
  const cluster = ctx.clusters.get(plan.clusterId);
  const wanted = plan.existing ?? plan.instances.find((i) => i.slot === 'secondary');
  const is = (ref: { engineId: string; name: string } | undefined, w: { engineId: string; name: string } | undefined) =>
    ref?.engineId === w?.engineId && ref?.name === w?.name;
  if (plan.kind === 'create-both') {
    if (!cluster) return 'no';
    return is(
      cluster.primary.ref,
      plan.instances.find((i) => i.slot === 'primary'),
    )
      ? is(cluster.secondary?.ref, wanted)
        ? 'yes'
        : 'other'
      : 'other';
  }
  if (!cluster) return 'other';
  const there = cluster.secondary;
  // The same name may stand there with another address: it was named before.
  if (is(there?.ref, wanted) && there?.access.url === wanted?.url) return 'yes';
  return there === undefined || is(there.ref, plan.replaces) ? 'no' : 'other';
}

/** A container that was made by this set-up, or is to be. */
export async function made(ctx: SetupContext, plan: SetupPlan, i: PlannedInstance, step: string): Promise<SetupSide> {
  const engine = ctx.engine(i.engineId);
  if (!engine) return BLIND;
  const [inspected, volumes] = await Promise.all([engine.inspect(i.name), engine.making.volumes()]);
  const mark = markOf(ctx.self, plan.setupId);
  const side = { ...BLIND, volumes: volumes.ok ? volumesWorld(i, volumes.value, mark) : ('unknown' as const) };
  if (!inspected.ok) return side;
  if (inspected.value === 'absent') return { ...side, container: 'absent', running: 'no', holds: 'nothing', newer: 'no' };
  const instance = inspected.value;
  if (instance.labels[SETUP_LABEL] !== mark) return { ...side, container: 'foreign', running: running(instance) };
  const inside = await within(ctx, engine, instance, i.places, 'anywhere');
  const deep = step === 'configuration' || step === 'prove';
  return {
    ...side,
    ...inside,
    container: 'ours',
    running: running(instance),
    policy: instance.restartPolicy.name,
    configuration: !deep ? 'unknown' : plan.kind === 'create-both' ? inside.first : await filesWorld(engine, plan, i, inside.stateThere),
    works: step === 'prove' && i.slot === 'primary' ? await works(ctx, plan, i) : 'unknown',
  };
}
function volumesWorld(i: PlannedInstance, all: readonly VolumeInfo[], mark: string): SetupSide['volumes'] {
  const wanted = i.mounts.filter((m) => m.kind === 'volume').map((m) => all.find((v) => v.name === m.source));
  if (wanted.length === 0) return 'none-planned';
  if (wanted.some((v) => v !== undefined && v.labels[SETUP_LABEL] !== mark)) return 'foreign';
  return wanted.every((v) => v !== undefined) ? 'ours' : wanted.some((v) => v !== undefined) ? 'some' : 'absent';
}
/** `removing` and words we do not know are unknown. */
function running(i: Instance): Tri {
  if (i.state === 'created' || i.state === 'exited' || i.state === 'dead') return 'no';
  return i.state === 'unknown' || i.state === 'removing' ? 'unknown' : 'yes';
}

async function existing(ctx: SetupContext, plan: SetupPlan): Promise<SetupSide> {
  const e = plan.existing;
  const engine = e && ctx.engine(e.engineId);
  if (!e || !engine) return BLIND;
  const inspected = await engine.inspect(e.name);
  if (!inspected.ok) return { ...BLIND, volumes: 'none-planned' };
  if (inspected.value === 'absent') return { ...BLIND, container: 'absent', running: 'no', volumes: 'none-planned' };
  const instance = inspected.value;
  // Created anew under the same name: what lies in it now is not what was planned for.
  if (instance.id !== e.containerId) return { ...BLIND, container: 'foreign', running: running(instance), volumes: 'none-planned' };
  const inside = await within(ctx, engine, instance, e.places, 'state');
  const names = inside.besides;
  return {
    ...BLIND,
    ...inside,
    container: 'ours',
    running: running(instance),
    volumes: 'none-planned',
    policy: instance.restartPolicy.name,
    configuration: 'complete',
    newer: inside.journal === undefined ? 'unknown' : isNewer(inside.journal, e.stateFingerprint) ? 'yes' : 'no',
    aside: names === undefined ? 'unknown' : names.includes(e.aside) ? 'yes' : 'no',
  };
}

interface Inside {
  readonly holds: SetupSide['holds'];
  readonly flag: SetupSide['flag'];
  readonly stateThere: boolean;
  /** Of create-both: both files are there and hold what was written. */
  readonly first: SetupSide['configuration'];
  readonly besides?: readonly string[];
  /** Names and sizes of the journal files in the state directory. */
  readonly journal?: string;
}
/** `anywhere`: a journal that was put aside counts too, so that what holds one is never removed. */
async function within(
  ctx: SetupContext,
  engine: Engine,
  instance: Instance,
  places: SetupPlaces,
  holdsWhere: 'anywhere' | 'state',
): Promise<Inside> {
  const blind: Inside = { holds: 'unknown', flag: 'unknown', stateThere: false, first: 'unknown' };
  const beside = besideOf(places.state, instance.mounts);
  const texts = [`${places.config}/controller.conf`, `${places.config}/private/private.conf`];
  const seen = await engine.moving(instance.name).survey({ state: places.state, beside: beside.folder, texts });
  if (!seen.ok) return blind;
  const { state, beside: around } = seen.value;
  const names = around === 'absent' ? [] : around.map((e) => e.name);
  const aside = holdsWhere === 'anywhere' && asidesOf(names, beside.prefix).length > 0;
  const journal = state !== 'absent' && journalFiles(state).length > 0;
  const [conf = 'absent', secret = 'absent'] = seen.value.texts;
  return {
    holds: journal || aside ? 'journal' : 'nothing',
    flag: await flagOf(ctx, seen.value, instance),
    stateThere: state !== 'absent',
    first:
      conf !== 'absent' && secret !== 'absent' && hasAccount(Buffer.from(secret).toString('utf8')) && state !== 'absent'
        ? 'complete'
        : 'incomplete',
    besides: names.map((n) => join(beside.folder, n)),
    journal: state === 'absent' ? 'empty' : fingerprint(state),
  };
}
/** A part of the planned files is what a move in the middle leaves; any other file came since. */
function isNewer(now: string, planned: string): boolean {
  const known = new Set(planned.split(' '));
  return now !== 'empty' && now.split(' ').some((f) => !known.has(f));
}

async function flagOf(ctx: SetupContext, { texts: [conf, secret] }: Survey, { env }: Instance): Promise<SetupSide['flag']> {
  if (!conf || conf === 'absent') return 'unknown';
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
  const javaOptions = env.RUN_JS_JAVA_OPTIONS;
  const read = await ctx.readConfig({
    controllerConf: text(conf),
    env,
    ...(secret && secret !== 'absent' && { privateConf: text(secret) }),
    ...(javaOptions !== undefined && { javaOptions }),
  });
  return read.ok ? (read.value.isBackup ? 'on' : 'off') : 'unknown';
}

/** Every planned file, by its size: each was written whole or not at all. */
async function filesWorld(engine: Engine, plan: SetupPlan, i: PlannedInstance, stateThere: boolean): Promise<SetupSide['configuration']> {
  const planned = plan.files.filter((f) => f.slot === i.slot && f.how !== 'left-out');
  const files = engine.files(i.name);
  const folders = [...new Set(planned.map((f) => folderIn(f.path)))];
  const sizes = new Map<string, number>();
  for (const folder of folders) {
    const listed = await files.list(folder === '' ? i.places.config : `${i.places.config}/${folder}`);
    if (!listed.ok) return listed.error.code === 'PATH_NOT_FOUND' ? 'incomplete' : 'unknown';
    for (const e of listed.value) if (e.kind === 'file') sizes.set(folder === '' ? e.name : `${folder}/${e.name}`, e.bytes);
  }
  return stateThere && planned.every((f) => sizes.get(f.path) === f.bytes) ? 'complete' : 'incomplete';
}
const folderIn = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

async function works(ctx: SetupContext, plan: SetupPlan, i: PlannedInstance): Promise<Tri> {
  const client = ctx.openController({ url: i.url, user: ACCOUNT, password: ctx.secretOf(plan.setupId) }, { notReadyMs: 100 });
  try {
    const look = await client.look();
    if (!look.ok) return 'no';
    const { overview, node, ready } = look.value;
    const id = typeof overview === 'object' && 'controllerId' in overview ? overview.controllerId : undefined;
    const active = node.kind === 'state' && node.state.clusterState.type === 'Empty' && !node.state.isBackup;
    return id === plan.controllerId && active && ready === true ? 'yes' : 'no';
  } finally {
    await client.close();
  }
}
