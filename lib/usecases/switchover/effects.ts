import 'server-only';
/** What each step does, forward and back: one line per step. Order, goals and conditions are in the step table, not here. */
import type { ControllerFacts } from '../../domain/controller/controller';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { VerifiedFile, Way } from '../../domain/switchover/events';
import type { Plan, PlanSide } from '../../domain/switchover/plan';
import type { RunState } from '../../domain/switchover/state';
import type { StepId } from '../../domain/switchover/steps';
import type { Message } from '../../domain/text/message';
import type { Engine } from '../../ports/engine';
import type { RunContext } from './context';
import { copyPass } from './copy';
import { engineOf, holdPolicy, setFlag, setMarkerAside, writeMarker } from './effects-fence';
import { moveName, nameBack, tellJoc } from './effects-joc';
import { releaseLocks, takeLocks } from './effects-lock';
import { bringBack, copyRest, discardStaging, retire, takeCopyOut } from './effects-move';
import { elapsed } from './elapsed';

export interface Doing {
  readonly ctx: RunContext;
  readonly state: RunState;
  readonly about: { readonly by: string; readonly reason: string; readonly ticket?: string; readonly timeSpent?: number };
  readonly signal: AbortSignal;
  /** What the effect says of itself: becomes evidence with its outcome. */
  readonly said: (messages: readonly Message[]) => void;
  /** Writes a proof into the log; fails where the log is not ours any more. */
  readonly proved: (type: 'CopiedAhead' | 'CopyVerified', files: readonly VerifiedFile[]) => Result<void>;
}
type Effect = (d: Doing) => Promise<Result<void>>;

/** The first that fails ends it. */
async function each(...effects: (() => Promise<Result<void>>)[]): Promise<Result<void>> {
  for (const effect of effects) {
    const r = await effect();
    if (!r.ok) return r;
  }
  return ok(undefined);
}
async function both(...done: Promise<Result<void>>[]): Promise<Result<void>> {
  return (await Promise.all(done)).find((r) => !r.ok) ?? ok(undefined);
}
const OFF = { name: 'no' } as const;

const FORWARD: Partial<Record<StepId, Effect>> = {
  lock: ({ ctx, state }) => takeLocks(ctx, state.plan),
  'copy-ahead': async (d) => {
    await warm(d.ctx, d.state.plan);
    return copyAhead(d);
  },
  'fence-ahead': ({ ctx, state: { plan } }) =>
    each(
      () => holdPolicy(ctx, plan.source, OFF),
      () => setFlag(ctx, plan, plan.source, 'on'),
    ),
  'shut-down': async ({ ctx, state: { plan } }) => {
    // What comes now is downtime: helpers are made ready before it.
    await warm(ctx, plan);
    return shutDown(ctx, plan, plan.source);
  },
  'prove-fence': ({ ctx, state, about }) => writeMarker(ctx, state.plan, about),
  'copy-rest': ({ ctx, state, signal, proved }) => copyRest(ctx, state, signal, (files) => proved('CopyVerified', files)),
  retire: ({ ctx, state }) => retire(ctx, state.plan),
  // Both at once: the source's fence and its empty state directory have been seen, so neither order can make two live.
  unfence: ({ ctx, state: { plan } }) => both(setFlag(ctx, plan, plan.target, 'off'), holdPolicy(ctx, plan.target, plan.source.policy)),
  'move-name': moveName,
  start: ({ ctx, state }) => start(ctx, state.plan.target),
  'tell-joc': tellJoc,
  report: ({ ctx, state }) => releaseLocks(ctx, state.plan),
};
const BACK: Partial<Record<StepId, Effect>> = {
  lock: ({ ctx, state }) => releaseLocks(ctx, state.plan),
  'copy-ahead': ({ ctx, state }) => discardStaging(ctx, state.plan),
  'fence-ahead': ({ ctx, state: { plan } }) =>
    each(
      () => setFlag(ctx, plan, plan.source, plan.source.flag),
      () => holdPolicy(ctx, plan.source, plan.source.policy),
    ),
  'shut-down': ({ ctx, state }) => start(ctx, state.plan.source),
  'prove-fence': ({ ctx, state }) => setMarkerAside(ctx, state.plan),
  'copy-rest': ({ ctx, state }) => takeCopyOut(ctx, state),
  retire: ({ ctx, state }) => bringBack(ctx, state.plan),
  'move-name': nameBack,
  unfence: ({ ctx, state: { plan } }) =>
    each(
      () => holdPolicy(ctx, plan.target, plan.target.policy),
      () => setFlag(ctx, plan, plan.target, plan.target.flag),
    ),
};

/** Does the step. A step without an effect of its own has nothing to do. */
export function act(step: StepId, way: Way, d: Doing): Promise<Result<void>> {
  const effect = (way === 'do' ? FORWARD : BACK)[step];
  return effect ? effect(d) : Promise.resolve(ok(undefined));
}

/** So few bytes behind, or so many passes, and the copy ahead is done: the rest is for the time when nobody works. */
const [LITTLE, PASSES] = [1_000_000, 3];

/** Each pass takes what came while the one before it copied, so that little is left for the time when nobody works. */
async function copyAhead({ ctx, state, signal, proved }: Doing): Promise<Result<void>> {
  const job = { step: 'copy-ahead', when: 'ahead', plan: state.plan, signal } as const;
  let known = state.ahead ?? [];
  for (let pass = 1; ; pass++) {
    const done = await copyPass(ctx, { ...job, known });
    if (!done.ok) return done;
    known = done.value.files;
    if (pass === PASSES || (pass > 1 && done.value.copiedBytes < LITTLE)) return proved('CopiedAhead', known);
  }
}

const STOP_TIMEOUT_S = 300;
const API_PATIENCE_MS = 60_000;
/** ShutDown through the API, if it is the plan's Controller that answers there; where another one answers, or it is refused or stays without effect, `docker stop` with a long time limit. Already stopped = done. */
export async function shutDown(ctx: RunContext, plan: Plan, side: PlanSide): Promise<Result<void>> {
  const engine = engineOf(ctx, side);
  if (!engine.ok) return engine;
  const cluster = ctx.cluster(plan.clusterId);
  const client = cluster && ctx.controller(cluster, side.slot);
  // A URL can lead to another Controller; the container is known by its id.
  const who = await client?.look();
  const asked = who?.ok && isOf(plan, who.value) ? await client?.shutDown() : undefined;
  if (asked?.ok && (await ends(ctx, engine.value, side))) return ok(undefined);
  return engine.value.stop(side.ref.name, { timeoutSeconds: STOP_TIMEOUT_S });
}

const isOf = (plan: Plan, { journalId, overview }: ControllerFacts): boolean =>
  journalId === plan.journalId && typeof overview === 'object' && 'controllerId' in overview && overview.controllerId === plan.controllerId;

/** Both sides' helpers. Where it fails, the first that needs one tells why. */
async function warm(ctx: RunContext, plan: Plan): Promise<void> {
  const [from, to] = [engineOf(ctx, plan.source), engineOf(ctx, plan.target)];
  await Promise.all([
    from.ok && from.value.moving(plan.source.ref.name).warm(),
    to.ok && to.value.moving(plan.target.ref.name).warm(plan.sameEngine ? { from: plan.source.ref.name } : {}),
  ]);
}

async function ends(ctx: RunContext, engine: Engine, side: PlanSide): Promise<boolean> {
  const until = elapsed(ctx) + API_PATIENCE_MS;
  while (elapsed(ctx) < until) {
    const now = await engine.inspect(side.ref.name);
    if (now.ok && now.value !== 'absent' && (now.value.state === 'exited' || now.value.state === 'dead')) return true;
    await ctx.sleep(20, AbortSignal.timeout(API_PATIENCE_MS));
  }
  return false;
}

export async function start(ctx: RunContext, side: PlanSide): Promise<Result<void>> {
  const engine = engineOf(ctx, side);
  if (!engine.ok) return engine;
  const now = await engine.value.inspect(side.ref.name);
  if (!now.ok) return now;
  if (now.value === 'absent' || now.value.id !== side.containerId)
    return err(problem('CONFLICT', `${side.ref.name} is not the container of the plan any more.`));
  return now.value.state === 'running' ? ok(undefined) : engine.value.start(side.ref.name);
}
