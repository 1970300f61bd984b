/**
 * Where a way back stands, and what may be done: pure. A step's goal is a check on a look at the world, never on the log; only what cannot be observed (that Agents are
 * down, in containers that Handover does not know) is a person's word. `needs` are those of the runbook (lib/domain/switchover/needs.ts): I1 and I6 hold here as well.
 */
import type { AgentFacts } from '../controller/controller';
import { ALL_NEEDS, type Need } from '../switchover/needs';
import type { Sight } from '../switchover/steps';
import type { SideWorld, World } from '../switchover/world';
import { WAY_STEPS, type WayStep } from './events';
import type { WayState } from './state';

export interface WayWorld extends World {
  /** Agents as the kept Controller tells them; unknown while it does not answer. */
  readonly known: 'unknown' | readonly AgentFacts[];
}
export type Seen = 'yes' | 'no' | 'unknown';

const all = (...facts: Seen[]): Seen => (facts.includes('no') ? 'no' : facts.includes('unknown') ? 'unknown' : 'yes');
const is = <T extends string>(a: T | 'unknown', b: T): Seen => (a === 'unknown' ? 'unknown' : a === b ? 'yes' : 'no');
const not = (t: Seen): Seen => (t === 'yes' ? 'no' : t === 'no' ? 'yes' : t);
const rests = (s: SideWorld): Seen => all(not(s.running), is(s.api, 'silent'), is(s.policy, 'no'));

/** Seen to have stayed up so long, it is taken to work: with its Agents up, the right one dies about 3 s after it couples (product.md 3.2). */
export const STAYS_MS = 30_000;

/** The kept journal is where it was, of the same lineage, and no event is missing (I2). */
const keptWhole: Need = {
  id: 'kept-whole',
  invariant: 'I2',
  holds: ({ world, plan, noted }) =>
    world.target.state.kind === 'journal' &&
    world.target.state.journalId === plan.journalId &&
    noted !== undefined &&
    world.target.state.lastEventId >= noted.lastEventId,
};
const asideStopped = ALL_NEEDS.sourceStopped;
const keptStopped = ALL_NEEDS.targetStopped;

const NEEDS: Readonly<Record<WayStep, readonly Need[]>> = {
  lock: [ALL_NEEDS.lockFree],
  stop: [ALL_NEEDS.lockOurs],
  keep: [ALL_NEEDS.lockOurs, asideStopped, keptStopped, keptWhole],
  'agents-down': [],
  start: [ALL_NEEDS.lockOurs, asideStopped, ALL_NEEDS.sourceFenced, ALL_NEEDS.sourceRetired, keptWhole],
  reset: [ALL_NEEDS.lockOurs, ALL_NEEDS.targetWorks],
  'agents-up': [],
  end: [],
};
/** `now`, and how long the kept one has to stay up, in ms. */
export interface Clocked {
  readonly now: number;
  readonly staysMs?: number;
}

export function goalOf(step: WayStep, s: WayState, w: WayWorld, { now, staysMs = STAYS_MS }: Clocked): Seen {
  switch (step) {
    case 'lock':
      return is(w.lock, 'ours');
    case 'stop':
      return s.startedAt === undefined ? all(rests(w.source), rests(w.target)) : rests(w.source);
    case 'keep':
      return all(
        w.source.retired,
        is(w.source.flag, 'on'),
        is(w.source.policy, 'no'),
        w.source.marker,
        is(w.source.state.kind === 'unknown' ? 'unknown' : w.source.state.kind, 'empty'),
      );
    case 'agents-down':
      return s.done.has('agents-down') || (s.startedAt !== undefined && w.target.running !== 'no') ? 'yes' : 'no';
    case 'start': {
      const { live } = w.target;
      if (s.startedAt === undefined) return 'no';
      if (!live) return w.target.running === 'unknown' ? 'unknown' : 'no';
      return all(
        live.controllerId === s.plan.controllerId ? 'yes' : 'no',
        is(live.journalId, s.plan.journalId),
        live.active,
        live.ready,
        live.lastEventId >= (s.points?.kept.lastEventId ?? 0) ? 'yes' : 'no',
        now - s.startedAt >= staysMs ? 'yes' : 'no',
      );
    }
    case 'reset':
      if (s.done.has('reset')) return 'yes';
      return w.known === 'unknown'
        ? 'unknown'
        : w.known.every((a) => ['reset', 'left'].includes(s.agents.get(a.name) ?? ''))
          ? 'yes'
          : 'no';
    case 'agents-up': {
      if (s.done.has('agents-up')) return 'yes';
      const reset = [...s.agents].flatMap(([name, is]) => (is === 'reset' ? [name] : []));
      return w.known === 'unknown'
        ? 'unknown'
        : reset.every((r) => w.known !== 'unknown' && w.known.some((a) => a.name === r && a.coupled))
          ? 'yes'
          : 'no';
    }
    case 'end':
      return all(is(w.lock, 'free'), is(w.target.policy, s.plan.target.policy.name));
  }
}

/** What a person may say instead of an observation, and must give a reason for. */
export const MAY_BE_SAID: readonly WayStep[] = ['agents-down', 'reset', 'agents-up'];
/** Steps with an effect. Only looking is never an act. */
export const WAY_ACTS: readonly WayStep[] = ['lock', 'stop', 'keep', 'start', 'end'];

/** The first step whose goal is not seen. An earlier one that does not hold any more (somebody started one of them) comes first again. */
export const currentOf = (s: WayState, w: WayWorld, c: Clocked): WayStep =>
  WAY_STEPS.find((step) => goalOf(step, s, w, c) !== 'yes' && !(step === 'lock' && s.open === 'end')) ?? 'end';

/** What the step needs and is not seen: then it may not be begun. */
export function lackingOf(step: WayStep, s: WayState, w: WayWorld): readonly string[] {
  const noted = s.points?.kept && { fingerprint: s.points.kept.fingerprint, lastEventId: s.points.kept.lastEventId };
  const sight: Sight = { world: w, plan: s.plan, noted };
  return NEEDS[step].filter((n) => !n.holds(sight)).map((n) => n.id);
}
