import 'server-only';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { markOf, type PlannedInstance } from '../../domain/setup/setup';
import { begun } from '../../domain/setup/state';
import { hasWorked } from '../../domain/setup/steps';
import type { SetupSide, SetupWorld } from '../../domain/setup/world';
import type { InstanceSpec, Making } from '../../ports/making';
import type { Doing, Done } from './act';
import { engineOf, makingOf } from './context';
import { made } from './look';

const sideOf = (world: SetupWorld, i: PlannedInstance): SetupSide | undefined => (i.slot === 'primary' ? world.primary : world.secondary);

export async function makeContainers({ ctx, plan }: Doing): Promise<Result<void>> {
  for (const i of plan.instances) {
    const making = makingOf(ctx, i.engineId);
    if (!making.ok) return making;
    const secrets = await secretsOf(ctx, plan, i);
    if (!secrets.ok) return secrets;
    const done = await making.value.makeInstance(specOf(i, secrets.value), markOf(ctx.self, plan.setupId));
    if (!done.ok) return done;
  }
  return ok(undefined);
}
const specOf = (i: PlannedInstance, secrets: Readonly<Record<string, string>>): InstanceSpec => ({
  name: i.name,
  hostname: i.hostname,
  imageDigest: i.image.digest,
  imageRef: i.image.ref,
  ...(i.user !== undefined && { user: i.user }),
  env: { ...i.env, ...secrets },
  labels: i.labels,
  mounts: i.mounts.map(({ kind, source, target }) => ({ kind, source, target })),
  networks: i.networks,
  ports: i.ports,
  restartPolicy: i.restartPolicy,
});
/** Variables that are written down nowhere: from the Primary's container to the new one, through memory. */
async function secretsOf(ctx: Doing['ctx'], plan: Doing['plan'], i: PlannedInstance): Promise<Result<Readonly<Record<string, string>>>> {
  const names = i.secretEnv ?? [];
  if (names.length === 0 || !plan.from) return ok({});
  const engine = engineOf(ctx, plan.from.engineId);
  if (!engine.ok) return engine;
  const source = await engine.value.inspect(plan.from.name);
  if (!source.ok) return source;
  if (source.value === 'absent' || source.value.id !== plan.from.containerId)
    return err(
      problem('CONFLICT', `${plan.from.name} is not the container any more from which this was planned.`, {
        remedy: 'Undo, and plan anew.',
      }),
    );
  const { env } = source.value;
  return ok(Object.fromEntries(names.flatMap((n) => (env[n] === undefined ? [] : [[n, env[n]]]))));
}

/** Only what was seen just now to hold nothing and not to run; the adapter refuses what runs or carries another mark. */
export async function removeContainers({ ctx, plan, world }: Doing): Promise<Result<void>> {
  for (const i of plan.instances) {
    const side = sideOf(world, i);
    if (side?.container !== 'ours' || hasWorked(side)) continue;
    const removed = await removeEmpty(ctx, plan, i, side);
    if (!removed.ok) return removed;
  }
  return ok(undefined);
}
async function removeEmpty(ctx: Doing['ctx'], plan: Doing['plan'], i: PlannedInstance, side: SetupSide): Promise<Result<void>> {
  if (side.holds !== 'nothing' || side.running !== 'no')
    return err(
      problem('CONFLICT', `${i.name} was not seen to be stopped and without a journal, so it is not removed.`, {
        remedy: 'Look at the container, then choose again.',
      }),
    );
  const making = makingOf(ctx, i.engineId);
  return making.ok ? making.value.removeInstance(i.name, markOf(ctx.self, plan.setupId)) : making;
}

/**
 * A volume whose container is gone may hold what that one wrote: so it is looked into before it is removed, through another container of the same making that is
 * never started. Where that cannot be, the volume stays and is named.
 */
export async function removeVolumes(d: Doing): Promise<Result<Done>> {
  const { ctx, plan, world } = d;
  const kept: string[] = [];
  for (const i of plan.instances) {
    const side = sideOf(world, i);
    if (!side || hasWorked(side) || !['ours', 'some'].includes(side.volumes)) continue;
    const making = makingOf(ctx, i.engineId);
    if (!making.ok) return making;
    const names = i.mounts.filter((m) => m.kind === 'volume').map((m) => m.source);
    const empty = await provedEmpty(d, i, side, making.value);
    if (!empty.ok) return empty;
    if (!empty.value) {
      kept.push(...names.map((n) => `volume ${n}`));
      continue;
    }
    for (const name of names) {
      const removed = await making.value.removeVolume(name, markOf(ctx.self, plan.setupId));
      // In use by somebody else's container.
      if (!removed.ok && removed.error.code === 'CONFLICT') kept.push(`volume ${name}`);
      else if (!removed.ok) return removed;
    }
  }
  return ok(kept.length > 0 ? { kept } : {});
}
/** True: nothing is in it, and no container of ours is left. */
async function provedEmpty({ ctx, plan, state }: Doing, i: PlannedInstance, side: SetupSide, making: Making): Promise<Result<boolean>> {
  if (side.container === 'ours') {
    if (side.holds === 'journal') return ok(false);
    const removed = await removeEmpty(ctx, plan, i, side);
    return removed.ok ? ok(true) : removed;
  }
  // Volumes that were made and never given to a container: some may be missing, and nothing can be in them.
  if (!begun(state, 'container')) return ok(true);
  return lookedInto(ctx, plan, i, making);
}
async function lookedInto(ctx: Doing['ctx'], plan: Doing['plan'], i: PlannedInstance, making: Making): Promise<Result<boolean>> {
  const mark = markOf(ctx.self, plan.setupId);
  for (const m of i.mounts.filter((x) => x.kind === 'volume')) {
    const again = await making.makeVolume(m.source, mark);
    if (!again.ok) return again;
  }
  const probe = { ...i, name: `${i.name}-handover-look`, hostname: `${i.hostname}-handover-look` };
  const through = await making.makeInstance({ ...specOf(probe, {}), networks: [], ports: [] }, mark);
  if (!through.ok) return through.error.code === 'IMAGE_NOT_FOUND' ? ok(false) : through;
  const seen = await made(ctx, plan, probe, 'volumes');
  const removed = await making.removeInstance(probe.name, mark);
  if (!removed.ok) return removed;
  if (seen.holds === 'unknown')
    return err(
      problem('HELPER_FAILED', `It could not be seen what lies in the volumes of ${i.name}.`, {
        remedy: 'Look at the engine, then choose again.',
      }),
    );
  return ok(seen.holds === 'nothing');
}
