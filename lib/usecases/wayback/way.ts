import 'server-only';
/** A way back, step by step: each begins when a person asks for it, its intent is on disk before it (I4), and a look at the world says whether it is done. */
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import { type Problem, problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { StateWorld } from '../../domain/switchover/world';
import { WAY_STEPS, type WayEvent, type WayPoint, type WayStep } from '../../domain/wayback/events';
import { evidenceOfWay } from '../../domain/wayback/evidence';
import { foldWay, type WayState } from '../../domain/wayback/state';
import { currentOf, goalOf, lackingOf, MAY_BE_SAID, WAY_ACTS, type WayWorld } from '../../domain/wayback/steps';
import { releaseLocks } from '../switchover/effects-lock';
import { makePlan } from '../switchover/make-plan';
import { actOf } from './acts';
import type { WayContext } from './context';
import { lookForWay } from './look';

export interface WaySeen {
  readonly events: readonly WayEvent[];
  readonly state: WayState;
  readonly world: WayWorld;
  readonly at: number;
}
export interface Asked {
  readonly step: WayStep;
  readonly who: string;
  readonly why?: string;
  /** With `keep`: the typed name of the container whose journal is kept. */
  readonly typed?: string;
  /** With `reset`: which Agent; without one: the step as a whole is said to be done. */
  readonly agent?: string;
  /** A person's word in place of an act or an observation. */
  readonly said?: boolean;
}
const LOOK_AGAIN_MS = 250;
/** How long a goal is waited for after its act. */
const GOAL_MS = 60_000;

export function createWayBack(w: WayContext) {
  const { ctx, log } = w;
  const working = new Map<string, Promise<void>>();
  const clocked = () => ({ now: ctx.clock.now(), ...(w.staysMs !== undefined && { staysMs: w.staysMs }) });

  function append(id: string, event: WayEvent): Result<void> {
    const events = [...log.events(id), event];
    foldWay(events);
    const written = log.append(id, events.length - 1, event);
    if (written.ok) w.changed(id, events);
    return written;
  }
  const open = (id: string): WayState | undefined => {
    const events = log.events(id);
    const state = events.length > 0 ? foldWay(events) : undefined;
    return state?.ended === undefined ? state : undefined;
  };

  async function begin(cluster: Cluster, keep: Slot, by: { who: string; reason: string; ticket?: string }): Promise<Result<void>> {
    if (open(cluster.id)) return err(problem('CONFLICT', 'A way back of this cluster has no end yet.'));
    const run = ctx.runs.list({ clusterId: cluster.id }).find((r) => r.open);
    if (run)
      return err(problem('CONFLICT', `Run ${run.runId} of this cluster has no end yet.`, { remedy: 'End it first: its page says how.' }));
    const plan = await makePlan(ctx, cluster, keep === 'primary' ? 'secondary' : 'primary', `way-back-${log.count(cluster.id) + 1}`);
    if (!plan.ok) return plan;
    const { who, reason, ticket } = by;
    const event: WayEvent = { at: ctx.clock.now(), type: 'Began', plan: plan.value, by: who, reason, ...(ticket && { ticket }) };
    const written = log.begin(cluster.id, event);
    if (written.ok) w.changed(cluster.id, [event]);
    return written;
  }

  async function see(id: string): Promise<WaySeen | undefined> {
    const events = log.events(id);
    if (events.length === 0) return undefined;
    const at = ctx.clock.now();
    const world = await lookForWay(ctx, foldWay(events));
    const now = log.events(id);
    return { events: now, state: foldWay(now), world, at };
  }

  /** Resolves when the intent is written and the act has begun; what came of it stands in the log. CONFLICT where it is not this step's turn. */
  async function ask(id: string, asked: Asked): Promise<Result<void>> {
    if (working.has(id)) return err(problem('CONFLICT', 'A step is being done now.', { remedy: 'Wait for its outcome.' }));
    const seen = open(id) && (await see(id));
    if (!seen) return err(problem('NOT_FOUND', 'There is no way back of this cluster without an end.'));
    const settled = settle(id, seen);
    if (!settled.ok) return settled;
    const { step, who, why, agent } = asked;
    const turned = turn(id, seen, asked);
    if (!turned.ok) return turned;
    const refused = refusal(foldWay(log.events(id)), turned.value, asked);
    if (refused) return err(refused);
    if (asked.said)
      return append(id, {
        ...{ at: ctx.clock.now(), type: 'Done', step, evidence: [], saidBy: who },
        ...(why && { why }),
        ...(agent !== undefined && { agent }),
      });
    const intended = append(id, { at: ctx.clock.now(), type: 'Intended', step, by: who, ...(agent !== undefined && { agent }) });
    if (!intended.ok) return intended;
    const work = (agent === undefined ? act(id, step) : reset(id, agent)).catch(() => undefined).finally(() => working.delete(id));
    working.set(id, work);
    return ok(undefined);
  }

  /** The typed name is that of the other one: they change places first. Whether it is the newer one is proved before anything is done. */
  function turn(id: string, { world }: WaySeen, { step, typed, who }: Asked): Result<WayWorld> {
    const state = foldWay(log.events(id));
    const turns = step === 'keep' && typed === state.plan.source.ref.name && currentOf(state, world, clocked()) === 'keep';
    if (!turns) return ok(world);
    if (world.source.retired !== 'no') return err(problem('CONFLICT', 'It was set aside already: what is kept does not change any more.'));
    const said = append(id, { at: ctx.clock.now(), type: 'Turned', by: who });
    return said.ok ? ok({ ...world, source: world.target, target: world.source }) : said;
  }

  function refusal(s: WayState, world: WayWorld, { step, typed, agent, said, why }: Asked): Problem | undefined {
    const now = currentOf(s, world, clocked());
    if (step !== now) return problem('CONFLICT', `It is not this step's turn: the way back stands at "${now}".`);
    if (said)
      return MAY_BE_SAID.includes(step) && (why || step === 'agents-down')
        ? undefined
        : problem('BAD_REQUEST', 'This is observed, or needs a reason.');
    if (step === 'reset' ? agent === undefined : !WAY_ACTS.includes(step))
      return problem('BAD_REQUEST', 'This step has no act of its own.');
    if (step === 'keep' && typed !== s.plan.target.ref.name)
      return problem('CONFLICT', `"${typed ?? ''}" is none of the two containers.`, {
        remedy: `Type ${s.plan.target.ref.name}, or ${s.plan.source.ref.name} if that one is newer.`,
      });
    const lacking = lackingOf(step, s, world);
    return lacking.length > 0
      ? problem('CONFLICT', `Not done: ${lacking.join(', ')} could not be seen at the last look before the act.`)
      : undefined;
  }

  /** What is seen to be done, and was not written down (its outcome was cut off, or somebody did it): written before anything else. */
  function settle(id: string, { state, world }: WaySeen): Result<void> {
    const now = currentOf(state, world, clocked());
    for (const step of WAY_STEPS.slice(0, WAY_STEPS.indexOf(now))) {
      if (state.done.has(step) || MAY_BE_SAID.includes(step)) continue;
      const said = append(id, done(step, state, world));
      if (!said.ok) return said;
    }
    return ok(undefined);
  }
  const done = (step: WayStep, state: WayState, world: WayWorld): WayEvent => {
    const points = step === 'stop' && state.startedAt === undefined ? pointsOf(world) : undefined;
    return { at: ctx.clock.now(), type: 'Done', step, evidence: evidenceOfWay(step, state, world), ...(points && { points }) };
  };

  async function act(id: string, step: WayStep): Promise<void> {
    const events = log.events(id);
    const state = foldWay(events);
    const began = events[0] as Extract<WayEvent, { type: 'Began' }>;
    const { by, reason, ticket } = began;
    const acted = await actOf(step, ctx, state, { by, reason, ...(ticket && { ticket }) });
    if (!acted.ok) return void append(id, { at: ctx.clock.now(), type: 'Failed', step, problem: acted.error });
    // Whether the kept one stays up is looked at by everyone who looks; it is settled when the next step is asked for.
    const limit = step === 'start' ? 0 : GOAL_MS;
    for (const until = ctx.clock.now() + limit; ; ) {
      const world = await lookForWay(ctx, state);
      if (goalOf(step, foldWay(log.events(id)), world, clocked()) === 'yes') {
        const said = append(id, done(step, state, world));
        if (said.ok && step === 'end') append(id, { at: ctx.clock.now(), type: 'Ended', result: 'done', by });
        return;
      }
      if (step === 'start') return;
      if (ctx.clock.now() > until)
        return void append(id, {
          at: ctx.clock.now(),
          type: 'Failed',
          step,
          problem: problem('CONFLICT', 'It was done, but its effect could not be seen in time.'),
        });
      await ctx.sleep(LOOK_AGAIN_MS, AbortSignal.timeout(GOAL_MS)).catch(() => undefined);
    }
  }

  async function reset(id: string, agent: string): Promise<void> {
    const { plan } = foldWay(log.events(id));
    const cluster = ctx.cluster(plan.clusterId);
    const answer =
      (cluster && (await ctx.controller(cluster, plan.target.slot)?.resetAgent(agent))) ??
      err(problem('NOT_FOUND', 'The cluster is not known any more.'));
    const at = ctx.clock.now();
    // Being reset already is what was asked for.
    if (answer.ok || answer.error.code === 'CONFLICT')
      append(id, {
        at,
        type: 'Done',
        step: 'reset',
        agent,
        evidence: [{ key: 'way.evidence.reset', params: { agent: { as: 'name', value: agent } } }],
      });
    else append(id, { at, type: 'Failed', step: 'reset', agent, problem: answer.error });
  }

  return {
    begin,
    see,
    ask,
    open,
    isWorking: (id: string) => working.has(id),
    /** Ends it here; nothing is taken back, only the lock is released. */
    async leave(id: string, by: { who: string; why: string }): Promise<Result<void>> {
      const state = open(id);
      if (!state) return err(problem('NOT_FOUND', 'There is no way back of this cluster without an end.'));
      if (working.has(id)) return err(problem('CONFLICT', 'A step is being done now.', { remedy: 'Wait for its outcome.' }));
      const released = await releaseLocks(ctx, state.plan);
      if (!released.ok) return released;
      return append(id, { at: ctx.clock.now(), type: 'Ended', result: 'left', by: by.who, why: by.why });
    },
    /** Resolves when no act is under way. */
    async settled(id: string): Promise<void> {
      await working.get(id);
    },
  };
}
export type WayBack = ReturnType<typeof createWayBack>;

function pointsOf({ source, target }: WayWorld): { kept: WayPoint; aside: WayPoint } | undefined {
  const point = (s: StateWorld): WayPoint | undefined =>
    s.kind === 'journal' ? { journalId: s.journalId, lastEventId: s.lastEventId, fingerprint: s.fingerprint } : undefined;
  const [kept, aside] = [point(target.state), point(source.state)];
  return kept && aside && { kept, aside };
}
