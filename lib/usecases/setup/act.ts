import 'server-only';
/** What each step does. Every act may be repeated, and touches only what carries this set-up's mark or what its plan names. */
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { markOf, type SetupPlan, type SetupStepId } from '../../domain/setup/setup';
import type { SetupState } from '../../domain/setup/state';
import type { SetupWorld } from '../../domain/setup/world';
import type { Message } from '../../domain/text/message';
import { copyConfiguration, writeFirstConfiguration } from './configuration';
import { engineOf, type FormAccess, makingOf, type SetupContext } from './context';
import { moveAside, moveBack, putFence, takeFenceBack } from './existing';
import { copyImages } from './image';
import { makeContainers, removeContainers, removeVolumes } from './instances';
import { engineIdsOf, lockIdsOf, lockOwner } from './look';
import { forget, save } from './settings';

export interface Doing {
  readonly ctx: SetupContext;
  readonly state: SetupState;
  readonly plan: SetupPlan;
  /** The look right before the act. */
  readonly world: SetupWorld;
  /** Secrets of the form, as long as the process that took it lives. */
  readonly access?: FormAccess;
  readonly signal: AbortSignal;
}
/** `kept`: an undo that had to leave something; `said`: more than the plan alone could tell. */
export interface Done {
  readonly kept?: readonly string[];
  readonly said?: readonly Message[];
}
type Act = (d: Doing) => Promise<Result<Done>> | Promise<Result<void>>;

const DO: Readonly<Record<SetupStepId, Act>> = {
  lock: takeLocks,
  image: async (d) => {
    const copied = await copyImages(d);
    return copied.ok ? lockIn(d, engineIdsOf(d.ctx, d.plan)) : copied;
  },
  network: ({ ctx, plan }) => onNetwork(ctx, plan, (making, name, mark) => making.makeNetwork(name, mark)),
  volumes: makeVolumes,
  container: makeContainers,
  aside: moveAside,
  configuration: (d) => (d.plan.kind === 'create-both' ? writeFirstConfiguration(d) : copyConfiguration(d)),
  fence: putFence,
  start: startPrimary,
  prove: async (): Promise<Result<void>> => ok(undefined),
  save,
  unlock: releaseLocks,
};
const UNDO: Readonly<Partial<Record<SetupStepId, Act>>> = {
  lock: takeLocks,
  save: forget,
  aside: moveBack,
  fence: takeFenceBack,
  container: removeContainers,
  volumes: removeVolumes,
  network: ({ ctx, plan }) => onNetwork(ctx, plan, (making, name, mark) => making.removeNetwork(name, mark)),
  unlock: releaseLocks,
};
export const actSetup = (step: SetupStepId, undo: boolean, d: Doing): Promise<Result<Done>> | Promise<Result<void>> =>
  ((undo ? UNDO[step] : DO[step]) ?? nothing)(d);
const nothing = async (): Promise<Result<void>> => ok(undefined);

/** In every engine, in a fixed order. Ours already = nothing to do. What was taken before one that is held is given back. */
async function takeLocks(d: Doing): Promise<Result<void>> {
  const taken = await lockIn(d, lockIdsOf(d.ctx, d.state));
  if (!taken.ok) await releaseLocks(d);
  return taken;
}
async function lockIn({ ctx, plan }: Doing, ids: readonly string[]): Promise<Result<void>> {
  const owner = lockOwner(ctx, plan);
  for (const id of ids) {
    const engine = engineOf(ctx, id);
    if (!engine.ok) return engine;
    const seen = await engine.value.inspectLock(plan.clusterId);
    if (!seen.ok) return seen;
    if (seen.value !== 'free' && seen.value.owner.run === owner.run && seen.value.owner.handover === owner.handover) continue;
    const taken = await engine.value.takeLock(plan.clusterId, owner);
    if (!taken.ok) return taken;
  }
  return ok(undefined);
}
/** Only what carries this set-up's name. */
async function releaseLocks({ ctx, plan }: Doing): Promise<Result<void>> {
  const owner = lockOwner(ctx, plan);
  let failed: Result<void> = ok(undefined);
  for (const id of engineIdsOf(ctx, plan)) {
    const engine = ctx.engine(id);
    const seen = await engine?.inspectLock(plan.clusterId);
    if (!engine || !seen) continue;
    if (!seen.ok) failed = seen;
    else if (seen.value !== 'free' && seen.value.owner.run === owner.run && seen.value.owner.handover === owner.handover) {
      const released = await engine.releaseLock(plan.clusterId, seen.value.token);
      if (!released.ok) failed = released;
    }
  }
  return failed;
}

async function onNetwork(
  ctx: SetupContext,
  plan: SetupPlan,
  act: (making: Extract<ReturnType<typeof makingOf>, { ok: true }>['value'], name: string, mark: string) => Promise<Result<void>>,
): Promise<Result<void>> {
  const { makeNetwork } = plan;
  if (!makeNetwork) return ok(undefined);
  const making = makingOf(ctx, makeNetwork.engineId);
  return making.ok ? act(making.value, makeNetwork.name, markOf(ctx.self, plan.setupId)) : making;
}

async function makeVolumes({ ctx, plan }: Doing): Promise<Result<void>> {
  for (const i of plan.instances) {
    const making = makingOf(ctx, i.engineId);
    if (!making.ok) return making;
    for (const m of i.mounts.filter((x) => x.kind === 'volume')) {
      const made = await making.value.makeVolume(m.source, markOf(ctx.self, plan.setupId));
      if (!made.ok) return made;
    }
  }
  return ok(undefined);
}

/** The one start that a set-up knows: create-both's Primary. A Secondary is never started here. */
async function startPrimary({ ctx, plan }: Doing): Promise<Result<void>> {
  const primary = plan.instances.find((i) => i.slot === 'primary');
  if (plan.kind !== 'create-both' || !primary) return err(problem('CONFLICT', 'There is nothing to start in this set-up.'));
  const engine = engineOf(ctx, primary.engineId);
  return engine.ok ? engine.value.start(primary.name) : engine;
}
