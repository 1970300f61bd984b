/** The state of a set-up: a pure fold of its events, which also asserts what must hold of any log. */
import type { Problem } from '../errors';
import type { Millis } from '../reading';
import type { Message } from '../text/message';
import type { SetupEvent, SetupPlan, SetupStepId, SetupStopReason } from './setup';

/** `intended` = the intent is on disk and no outcome is: after an interruption nobody knows without looking. */
export type SetupProgress = 'open' | 'intended' | 'succeeded' | 'failed' | 'unknown';
export interface SetupStepState {
  readonly do: SetupProgress;
  readonly undo: SetupProgress;
  readonly evidence: readonly Message[];
  readonly problem?: Problem;
  readonly startedAt?: Millis;
  readonly endedAt?: Millis;
}
export interface SetupState {
  readonly plan: SetupPlan;
  readonly hash: string;
  readonly who: string;
  readonly startedAt: Millis;
  readonly mode: 'forward' | 'undo';
  /** `asking` = nothing happens until a person chooses. */
  readonly phase: 'working' | 'asking' | 'ended';
  readonly stopped?: { readonly reason: SetupStopReason; readonly step: SetupStepId };
  readonly steps: Readonly<Partial<Record<SetupStepId, SetupStepState>>>;
  /** What an undo left where it is. */
  readonly kept: readonly string[];
  readonly outcome?: 'made' | 'undone' | 'left-by-hand';
  readonly endedAt?: Millis;
}

/** A log that breaks a rule is never repaired silently. */
class SetupLogViolation extends Error {}
const must = (holds: boolean, what: string): void => {
  if (!holds) throw new SetupLogViolation(what);
};
const untouched: SetupStepState = { do: 'open', undo: 'open', evidence: [] };

export const stepOf = (s: SetupState, id: SetupStepId): SetupStepState => s.steps[id] ?? untouched;
/** Whether the step was ever begun: only such a one can have left something. */
export const begun = (s: SetupState, id: SetupStepId): boolean => stepOf(s, id).do !== 'open';

/** Throws SetupLogViolation where the events cannot belong to one set-up. */
export function foldSetup(events: readonly SetupEvent[]): SetupState {
  const [first, ...rest] = events;
  if (first?.type !== 'SetupStarted') throw new SetupLogViolation('A set-up begins with SetupStarted');
  const { plan, hash, who, at } = first;
  return rest.reduce(apply, { plan, hash, who, startedAt: at, mode: 'forward', phase: 'working', steps: {}, kept: [] } as SetupState);
}

function apply(s: SetupState, e: SetupEvent): SetupState {
  must(
    s.phase !== 'ended' || (e.type === 'Chosen' && e.choice === 'undo' && s.outcome === 'made'),
    'Nothing follows the end but the undo of what was made',
  );
  switch (e.type) {
    case 'SetupStarted':
      throw new SetupLogViolation('A set-up begins once');
    case 'StepIntended': {
      must(s.phase === 'working', 'While a person is asked, nothing is intended');
      must(e.undo === (s.mode === 'undo'), `A set-up in mode ${s.mode} intends no ${e.undo ? 'undo' : 'do'}`);
      const before = s.plan.steps.slice(0, s.plan.steps.indexOf(e.step));
      if (!e.undo) {
        must(s.plan.steps.includes(e.step), `Step ${e.step} is not in the plan`);
        must(
          before.every((b) => stepOf(s, b).do === 'succeeded'),
          `All steps before ${e.step} must have succeeded`,
        );
      }
      const was = stepOf(s, e.step);
      const { problem: _p, endedAt: _e, ...rest } = was;
      return withStep(s, e.step, {
        ...rest,
        [e.undo ? 'undo' : 'do']: 'intended',
        startedAt: e.at,
      });
    }
    case 'StepEnded': {
      const was = stepOf(s, e.step);
      must(was[e.undo ? 'undo' : 'do'] === 'intended', `The outcome of ${e.step} follows its intent`);
      const next = withStep(s, e.step, {
        ...was,
        [e.undo ? 'undo' : 'do']: e.outcome,
        evidence: e.evidence,
        endedAt: e.at,
        ...(e.problem && { problem: e.problem }),
      });
      return e.kept ? { ...next, kept: [...new Set([...s.kept, ...e.kept])] } : next;
    }
    case 'SetupStopped':
      return { ...s, phase: 'asking', stopped: { reason: e.reason, step: e.step } };
    case 'Chosen':
      must(e.choice === 'undo' || s.phase === 'asking', 'A person is asked before they continue');
      return chosen(s, e.choice);
    case 'SetupEnded':
      must(
        e.outcome !== 'made' || s.plan.steps.every((id) => stepOf(s, id).do === 'succeeded'),
        'Made means that every step has succeeded',
      );
      return { ...s, phase: 'ended', outcome: e.outcome, endedAt: e.at };
  }
}

/** What failed, stayed unknown or was cut off may be tried again: the look before the act decides whether it is needed. */
function chosen(s: SetupState, choice: 'continue' | 'undo'): SetupState {
  const { stopped: _s, outcome: _o, endedAt: _e, ...rest } = s;
  const mode = choice === 'undo' ? 'undo' : s.mode;
  const retry = (p: SetupProgress): SetupProgress => (p === 'succeeded' ? p : 'open');
  const steps = Object.fromEntries(
    Object.entries(s.steps).map(([id, st]) => {
      // Whoever goes on after an interruption takes the lock again where it was lost, and so gives it back again.
      if (id === 'lock' || id === 'unlock') return [id, { ...st, [mode === 'undo' ? 'undo' : 'do']: 'open' }];
      return [id, mode === 'undo' ? { ...st, undo: retry(st.undo) } : { ...st, do: retry(st.do) }];
    }),
  );
  return { ...rest, mode, phase: 'working', steps };
}

const withStep = (s: SetupState, id: SetupStepId, st: SetupStepState): SetupState => ({ ...s, steps: { ...s.steps, [id]: st } });
