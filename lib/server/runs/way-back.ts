import 'server-only';
/** The way back after a split brain: what its page shows, and what is written of it into audit log and timeline. */
import type { z } from 'zod';
import type { WayAnswer, WayBeginInput, WayLeaveInput, WayStepAnswer, WayStepInput } from '../../contract/way-back';
import { BY_ITSELF } from '../../domain/audit';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { Message } from '../../domain/text/message';
import { WAY_STEPS, type WayEvent, type WayStep } from '../../domain/wayback/events';
import { currentOf, goalOf, lackingOf, MAY_BE_SAID, WAY_ACTS } from '../../domain/wayback/steps';
import type { WaySeen } from '../../usecases/wayback/way';
import { append } from '../audit';
import { note } from '../notes';
import type { Runtime } from '../runtime';

const notKnown = (id: string) => err(problem('NOT_FOUND', `There is no cluster "${id}".`));

/** The one without an end, else the last one; `none` where there never was one. */
export async function wayBackOf(runtime: Runtime, id: string): Promise<Result<WayAnswer>> {
  if (!runtime.store.clusters.get(id)) return notKnown(id);
  const seen = await runtime.runs.wayBack.see(id);
  if (!seen) return ok({ kind: 'none' });
  return ok(answerOf(seen, runtime.runs.wayBack.isWorking(id), runtime.clock.now()));
}

function answerOf({ events, state, world, at }: WaySeen, working: boolean, now: number): WayAnswer {
  const { plan } = state;
  const began = events[0] as Extract<WayEvent, { type: 'Began' }>;
  const clocked = { now };
  const current = currentOf(state, world, clocked);
  const side = (s: typeof plan.source, w: typeof world.source) => ({
    ...{ slot: s.slot, name: s.ref.name, url: s.url, running: w.running, policy: w.policy, flag: w.flag },
    journal:
      w.state.kind === 'journal' ? { lastEventId: w.state.lastEventId, ending: w.state.ending } : (w.state.kind as 'empty' | 'unknown'),
    active: w.live?.active ?? 'unknown',
    ready: w.live?.ready ?? 'unknown',
  });
  return {
    kind: 'way',
    ...{ by: began.by, reason: began.reason, beganAt: began.at, lookedAt: at, working },
    ...(began.ticket && { ticket: began.ticket }),
    ...(state.ended && { ended: state.ended }),
    kept: side(plan.target, world.target),
    aside: side(plan.source, world.source),
    steps: WAY_STEPS.map((step) =>
      stepOf(step, events, {
        now: step === current && !state.ended,
        seen: state.ended === 'done' ? 'yes' : goalOf(step, state, world, clocked),
      }),
    ),
    lacking: state.ended ? [] : lackingOf(current, state, world),
    ...(state.failed && { problem: state.failed.problem }),
    ...(state.startedAt !== undefined && { startedAt: state.startedAt }),
    agents:
      world.known === 'unknown'
        ? 'unknown'
        : world.known.map((a) => ({ name: a.name, url: a.url, coupled: a.coupled, reset: state.agents.get(a.name) ?? 'open' })),
  };
}

function stepOf(
  step: WayStep,
  events: readonly WayEvent[],
  { now, seen }: { now: boolean; seen: 'yes' | 'no' | 'unknown' },
): WayStepAnswer {
  const done = events.findLast((e) => e.type === 'Done' && e.step === step && e.agent === undefined);
  const said = done?.type === 'Done' ? done : undefined;
  return {
    ...{ step, now, seen, acts: WAY_ACTS.includes(step), mayBeSaid: MAY_BE_SAID.includes(step), evidence: said?.evidence ?? [] },
    ...(said && { doneAt: said.at }),
    ...(said?.saidBy && { saidBy: said.saidBy }),
    ...(said?.why && { why: said.why }),
  };
}

/** In the cluster's turn: nobody begins a run or starts an instance meanwhile. */
export const beginWay = (runtime: Runtime, id: string, input: z.output<typeof WayBeginInput>, who: string): Promise<Result<void>> =>
  runtime.turns(id, async () => {
    const cluster = runtime.store.clusters.get(id);
    if (!cluster) return notKnown(id);
    const { keep, reason, ticket } = input;
    return runtime.runs.wayBack.begin(cluster, keep, { who, reason, ...(ticket && { ticket }) });
  });

export const stepWay = (runtime: Runtime, id: string, input: z.output<typeof WayStepInput>, who: string): Promise<Result<void>> =>
  runtime.turns(id, () => {
    const { step, typed, agent, said, why } = input;
    return runtime.runs.wayBack.ask(id, {
      ...{ step, who },
      ...(typed !== undefined && { typed }),
      ...(agent !== undefined && { agent }),
      ...(said !== undefined && { said }),
      ...(why && { why }),
    });
  });

export const leaveWay = (runtime: Runtime, id: string, { why }: z.output<typeof WayLeaveInput>, who: string): Promise<Result<void>> =>
  runtime.turns(id, () => runtime.runs.wayBack.leave(id, { who, why }));

/** Lines of the audit log and of the cluster's timeline. */
export function followWay(parts: Pick<Runtime, 'store' | 'clock' | 'log' | 'live'>, clusterId: string, events: readonly WayEvent[]): void {
  const [first, e] = [events[0], events.at(-1)];
  if (!e || first?.type !== 'Began') return;
  const run = first.plan.runId;
  const audit = (entry: Omit<Parameters<typeof append>[1], 'at' | 'clusterId' | 'subject'>) =>
    append(parts, { at: e.at, clusterId, subject: run, ...entry });
  const line = (kind: Parameters<typeof note>[2]['kind'], message: Message, who?: string) =>
    note(parts, clusterId, { kind, message, ...(who !== undefined && { who }) });
  const of = (step: WayStep, agent: string | undefined): string => (agent === undefined ? step : `${step} ${agent}`);
  switch (e.type) {
    case 'Began': {
      const { by: who, reason, ticket, plan } = e;
      line('person', { key: 'event.way.began' }, who);
      audit({
        who,
        what: 'way-back.begin',
        reason,
        ...(ticket && { ticket }),
        result: 'ok',
        detail: `keeps ${plan.target.ref.name}, sets ${plan.source.ref.name} aside`,
      });
      return;
    }
    case 'Intended':
      audit({ who: e.by, what: 'way-back.step', result: 'ok', detail: of(e.step, e.agent) });
      return;
    case 'Done':
      audit({
        who: e.saidBy ?? BY_ITSELF,
        what: 'way-back.outcome',
        ...(e.why && { reason: e.why }),
        result: 'ok',
        detail: `${of(e.step, e.agent)}: ${e.saidBy === undefined ? 'seen' : 'said by a person'}`,
      });
      return;
    case 'Failed':
      audit({ who: BY_ITSELF, what: 'way-back.outcome', result: 'failed', detail: `${of(e.step, e.agent)}: ${e.problem.message}` });
      return;
    case 'Turned':
      audit({ who: e.by, what: 'way-back.step', result: 'ok', detail: 'keeps the other one: it turned out to be newer' });
      return;
    case 'Ended':
      line(e.result === 'done' ? 'ok' : 'person', { key: `event.way.ended.${e.result}` }, e.by);
      audit({ who: e.by, what: 'way-back.ended', ...(e.why && { reason: e.why }), result: 'ok', detail: e.result });
  }
}
