/**
 * The step table: the only place that knows the order of the steps, their goals, what may be done when, and how to take them back.
 * The plan page, the run page, the exported document and the diagram in the docs are printed from it. Source: product.md section 5.
 *
 * `goal` is a check on an observation, never on the log. `needs` are the conditions without which the effect must not be started;
 * each names the invariant it holds. `unknown` satisfies no condition.
 */

import type { Noted } from './events';
import { ALL_NEEDS, holdsVerified, type Need } from './needs';
import type { Plan } from './plan';
import type { World } from './world';

export const STEP_IDS = [
  'lock',
  'copy-ahead',
  'fence-ahead',
  'shut-down',
  'prove-stopped',
  'prove-fence',
  'copy-rest',
  'retire',
  'move-name',
  'unfence',
  'start',
  'prove-works',
  'tell-joc',
  'agents',
  'report',
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** Whether a goal holds: `unknown` = what it needs could not be seen. */
export type Reached = 'reached' | 'not-yet' | 'unknown';
export interface Sight {
  readonly world: World;
  readonly plan: Plan;
  readonly noted: Noted | undefined;
}
export type Goal = (s: Sight) => Reached;

export interface Undo {
  readonly goal: Goal;
  readonly needs: readonly Need[];
  readonly deadlineMs: number;
}
export interface Step {
  /** Has an effect of its own; a step without one is only an observation. */
  readonly acts: boolean;
  readonly goal: Goal;
  readonly needs: readonly Need[];
  /** From the intent on; then the run asks a person. */
  readonly deadlineMs: number;
  readonly undo?: Undo;
  /** Its goal may be missed: the run goes on, and says what is left to do. Only of what nobody's work depends on. */
  readonly mayBeLeft?: true;
  /** Nobody works while it runs. */
  readonly down: boolean;
  readonly afterPoint: boolean;
}

const S = 1000;
const reached = (...facts: ('yes' | 'no' | 'unknown' | boolean)[]): Reached => {
  const bad = (f: (typeof facts)[number]): boolean => f === 'no' || f === false;
  return facts.some(bad) ? 'not-yet' : facts.some((f) => f === 'unknown') ? 'unknown' : 'reached';
};
/** `a` is `b`, or cannot be told. */
const is = <T extends string>(a: T | 'unknown', b: T): 'yes' | 'no' | 'unknown' => (a === 'unknown' ? 'unknown' : a === b ? 'yes' : 'no');
const not = (t: 'yes' | 'no' | 'unknown'): 'yes' | 'no' | 'unknown' => (t === 'unknown' ? t : t === 'yes' ? 'no' : 'yes');
/** A fact that is to be as it was. */
const as = (t: 'yes' | 'no' | 'unknown' | undefined, wanted: boolean): 'yes' | 'no' | 'unknown' =>
  t === undefined || t === 'unknown' ? 'unknown' : (t === 'yes') === wanted ? 'yes' : 'no';
const stateIs = (s: World['source']['state'], fingerprint: string): 'yes' | 'no' | 'unknown' =>
  s.kind === 'unknown' ? 'unknown' : fingerprint === (s.kind === 'empty' ? 'empty' : s.fingerprint) ? 'yes' : 'no';

export const STEP: Readonly<Record<StepId, Step>> = {
  lock: {
    acts: true,
    down: false,
    afterPoint: false,
    deadlineMs: 30 * S,
    needs: [ALL_NEEDS.lockFree],
    goal: ({ world }) => reached(is(world.lock, 'ours')),
    undo: { goal: ({ world }) => reached(is(world.lock, 'free')), needs: [], deadlineMs: 30 * S },
  },
  'copy-ahead': {
    acts: true,
    down: false,
    afterPoint: false,
    deadlineMs: 6 * 3600 * S,
    needs: [ALL_NEEDS.lockOurs, ALL_NEEDS.targetStopped],
    // How much is there is the effect's evidence; that something is there is what can be seen at any time.
    goal: ({ world }) => reached(is(world.target.staging, 'partial')),
    undo: { goal: ({ world }) => reached(is(world.target.staging, 'absent')), needs: [ALL_NEEDS.sourceHasAll], deadlineMs: 120 * S },
  },
  'fence-ahead': {
    acts: true,
    down: false,
    afterPoint: false,
    deadlineMs: 60 * S,
    needs: [ALL_NEEDS.lockOurs, ALL_NEEDS.targetStopped],
    goal: ({ world }) => reached(is(world.source.policy, 'no'), is(world.source.flag, 'on')),
    undo: {
      goal: ({ world, plan }) => reached(is(world.source.policy, plan.source.policy.name), is(world.source.flag, plan.source.flag)),
      needs: [ALL_NEEDS.targetStopped, ALL_NEEDS.targetHoldsNoCopy, ALL_NEEDS.sourceHasAll],
      deadlineMs: 60 * S,
    },
  },
  'shut-down': {
    acts: true,
    down: true,
    afterPoint: false,
    deadlineMs: 420 * S,
    needs: [ALL_NEEDS.lockOurs, ALL_NEEDS.targetStopped, ALL_NEEDS.sourceFenced],
    goal: ({ world }) => reached(not(world.source.running)),
    undo: {
      goal: ({ world, plan }) =>
        reached(
          world.source.running,
          world.source.api === 'unknown'
            ? 'unknown'
            : world.source.live?.journalId === plan.journalId && world.source.live.active === 'yes',
        ),
      needs: [ALL_NEEDS.targetStopped, ALL_NEEDS.targetHoldsNoCopy, ALL_NEEDS.sourceHasAll],
      deadlineMs: 300 * S,
    },
  },
  'prove-stopped': {
    acts: false,
    down: true,
    afterPoint: false,
    deadlineMs: 60 * S,
    needs: [],
    goal: ({ world, plan }) => {
      const { state } = world.source;
      const ends =
        state.kind === 'unknown'
          ? 'unknown'
          : state.kind === 'journal' &&
            state.journalId === plan.journalId &&
            (plan.variant === 'source-crashed' || state.ending === 'proper');
      return reached(not(world.source.running), is(world.source.api, 'silent'), ends);
    },
  },
  'prove-fence': {
    acts: true,
    down: true,
    afterPoint: false,
    deadlineMs: 60 * S,
    needs: [ALL_NEEDS.lockOurs, ALL_NEEDS.sourceStopped, ALL_NEEDS.sourceFenced],
    goal: ({ world }) => reached(is(world.source.policy, 'no'), is(world.source.flag, 'on'), world.source.marker),
    undo: { goal: ({ world }) => reached(not(world.source.marker)), needs: [ALL_NEEDS.targetHoldsNoCopy], deadlineMs: 60 * S },
  },
  'copy-rest': {
    acts: true,
    down: true,
    afterPoint: false,
    deadlineMs: 3 * 3600 * S,
    needs: [ALL_NEEDS.lockOurs, ALL_NEEDS.sourceStopped, ALL_NEEDS.sourceFenced, ALL_NEEDS.sourceUnchanged, ALL_NEEDS.targetStopped],
    goal: (s) => reached(holdsVerified(s)),
    undo: {
      goal: ({ world, plan }) => reached(stateIs(world.target.state, plan.target.stateFingerprint), not(world.target.aside)),
      needs: [ALL_NEEDS.targetStopped, ALL_NEEDS.sourceHasAll],
      deadlineMs: 120 * S,
    },
  },
  retire: {
    acts: true,
    down: true,
    afterPoint: false,
    deadlineMs: 60 * S,
    needs: [
      ALL_NEEDS.lockOurs,
      ALL_NEEDS.sourceStopped,
      ALL_NEEDS.sourceFenced,
      ALL_NEEDS.sourceUnchanged,
      ALL_NEEDS.targetStopped,
      ALL_NEEDS.targetVerified,
    ],
    goal: ({ world }) =>
      reached(world.source.retired, is(world.source.state.kind === 'unknown' ? 'unknown' : world.source.state.kind, 'empty')),
    undo: {
      goal: ({ world, plan, noted }) =>
        reached(
          not(world.source.retired),
          world.source.state.kind === 'unknown'
            ? 'unknown'
            : world.source.state.kind === 'journal' &&
                world.source.state.journalId === plan.journalId &&
                (noted === undefined || world.source.state.fingerprint === noted.fingerprint),
        ),
      needs: [ALL_NEEDS.targetStopped, ALL_NEEDS.sourceStopped],
      deadlineMs: 60 * S,
    },
  },
  // While both are stopped a name can be moved without cutting a connection, and before the target can be started by anybody.
  'move-name': {
    acts: true,
    down: true,
    afterPoint: false,
    deadlineMs: 60 * S,
    needs: [ALL_NEEDS.lockOurs, ALL_NEEDS.sourceStopped, ALL_NEEDS.targetStopped],
    goal: ({ world, plan }) => (plan.joc?.move ? reached(not(world.source.name ?? 'unknown'), world.target.name ?? 'unknown') : 'reached'),
    undo: {
      goal: ({ world, plan: { joc } }) =>
        joc?.move ? reached(as(world.source.name, joc.move.source.held), as(world.target.name, joc.move.target.held)) : 'reached',
      needs: [ALL_NEEDS.sourceStopped, ALL_NEEDS.targetStopped],
      deadlineMs: 60 * S,
    },
  },
  unfence: {
    acts: true,
    down: true,
    afterPoint: false,
    deadlineMs: 60 * S,
    needs: [
      ALL_NEEDS.lockOurs,
      ALL_NEEDS.sourceStopped,
      ALL_NEEDS.sourceFenced,
      ALL_NEEDS.sourceRetired,
      ALL_NEEDS.targetStopped,
      ALL_NEEDS.targetVerified,
    ],
    goal: ({ world, plan }) => reached(is(world.target.flag, 'off'), is(world.target.policy, plan.source.policy.name)),
    undo: {
      goal: ({ world, plan }) => reached(is(world.target.flag, plan.target.flag), is(world.target.policy, plan.target.policy.name)),
      needs: [ALL_NEEDS.targetStopped],
      deadlineMs: 60 * S,
    },
  },
  start: {
    acts: true,
    down: true,
    afterPoint: true,
    deadlineMs: 60 * S,
    needs: [
      ALL_NEEDS.lockOurs,
      ALL_NEEDS.sourceStopped,
      ALL_NEEDS.sourceFenced,
      ALL_NEEDS.sourceRetired,
      ALL_NEEDS.targetVerified,
      ALL_NEEDS.targetUnfenced,
    ],
    goal: ({ world }) => reached(world.target.running),
  },
  'prove-works': {
    acts: false,
    down: true,
    afterPoint: true,
    deadlineMs: 300 * S,
    needs: [],
    goal: ({ world, plan, noted }) => {
      const live = world.target.live;
      if (world.target.api !== 'answers' || live === undefined) return world.target.running === 'unknown' ? 'unknown' : 'not-yet';
      return reached(
        live.controllerId === plan.controllerId,
        is(live.journalId, plan.journalId),
        live.lastEventId >= (noted?.lastEventId ?? 0),
        live.active,
        live.ready,
      );
    },
  },
  'tell-joc': {
    acts: true,
    down: false,
    afterPoint: true,
    deadlineMs: 90 * S,
    // Nobody's work depends on JOC Cockpit: where it is down, the guard goes on telling that it points elsewhere, and one click finishes it.
    mayBeLeft: true,
    needs: [ALL_NEEDS.lockOurs, ALL_NEEDS.targetWorks],
    goal: ({ world }) => (world.joc === 'none' ? 'reached' : reached(is(world.joc, 'follows'))),
  },
  agents: {
    acts: false,
    down: false,
    afterPoint: true,
    deadlineMs: 120 * S,
    // The target works, whatever becomes of an Agent that was lost: the run ends, and names it.
    mayBeLeft: true,
    needs: [],
    goal: ({ world }) => (world.agents === 'none' ? 'reached' : reached(is(world.agents, 'coupled'))),
  },
  report: {
    acts: true,
    down: false,
    afterPoint: true,
    deadlineMs: 60 * S,
    needs: [],
    goal: ({ world }) => reached(is(world.lock, 'free')),
  },
};

/** The order in which steps are taken back: not simply backwards, for the source is started again only after its fence is off. */
export const UNDO_ORDER = [
  'unfence',
  'move-name',
  'retire',
  'copy-rest',
  'prove-fence',
  'fence-ahead',
  'shut-down',
  'copy-ahead',
  'lock',
] as const satisfies readonly StepId[];

export const POINT_OF_NO_RETURN: StepId = 'start';
