/** The state of a way back: a pure fold of its events, which also asserts what must hold of any log. */
import type { Problem } from '../errors';
import type { Millis } from '../reading';
import type { Plan } from '../switchover/plan';
import type { WayEvent, WayPoint, WayStep } from './events';

export interface WayState {
  readonly plan: Plan;
  readonly by: string;
  readonly beganAt: Millis;
  /** Written down as done. Where the world shows otherwise, the world is right. */
  readonly done: ReadonlySet<WayStep>;
  /** An act without an outcome: it may have had its effect. */
  readonly open?: WayStep;
  readonly failed?: { readonly step: WayStep; readonly problem: Problem };
  readonly points?: { readonly kept: WayPoint; readonly aside: WayPoint };
  /** When the start was intended, the last time. */
  readonly startedAt?: Millis;
  /** Agents that were reset with force; `asked`: the outcome is not known. */
  readonly agents: ReadonlyMap<string, 'asked' | 'reset' | 'failed' | 'left'>;
  readonly ended?: 'done' | 'left';
}

export class WayViolation extends Error {}
const must = (holds: boolean, what: string): void => {
  if (!holds) throw new WayViolation(what);
};

export function foldWay(events: readonly WayEvent[]): WayState {
  const [first, ...rest] = events;
  if (first?.type !== 'Began') throw new WayViolation('A way back begins with Began');
  const start: WayState = { plan: first.plan, by: first.by, beganAt: first.at, done: new Set(), agents: new Map() };
  return rest.reduce(apply, start);
}

function apply(s: WayState, e: WayEvent): WayState {
  must(s.ended === undefined, 'Nothing follows the end of a way back');
  const { open: _, failed: __, ...rest } = s;
  const agent = (name: string, is: 'asked' | 'reset' | 'failed' | 'left') => ({ agents: new Map(s.agents).set(name, is) });
  switch (e.type) {
    case 'Began':
      throw new WayViolation('A way back begins once');
    case 'Intended':
      if (e.agent !== undefined) return { ...rest, ...agent(e.agent, 'asked') };
      must(e.step !== 'start' || s.done.has('agents-down'), 'Nothing is started before a person has said that the Agents are down');
      // What was said of the Agents is good for one start: when it ends again, it is asked again.
      if (e.step === 'start')
        return { ...rest, open: e.step, startedAt: e.at, done: new Set([...s.done].filter((d) => d !== 'agents-down')) };
      return { ...rest, open: e.step };
    case 'Done': {
      if (e.agent !== undefined) return { ...rest, ...agent(e.agent, e.saidBy === undefined ? 'reset' : 'left') };
      return { ...rest, done: new Set([...s.done, e.step]), ...(e.points && { points: e.points }) };
    }
    case 'Failed': {
      if (e.agent !== undefined) return { ...rest, failed: { step: e.step, problem: e.problem }, ...agent(e.agent, 'failed') };
      return { ...rest, failed: { step: e.step, problem: e.problem } };
    }
    case 'Turned': {
      must(!s.done.has('keep') && s.startedAt === undefined, 'What is kept does not change after the other one was set aside');
      const { points, plan } = s;
      return {
        ...rest,
        plan: { ...plan, source: plan.target, target: plan.source },
        ...(points && { points: { kept: points.aside, aside: points.kept } }),
      };
    }
    case 'Ended':
      return { ...rest, ended: e.result };
  }
}
