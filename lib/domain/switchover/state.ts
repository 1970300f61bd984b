/** The state of a run: a pure fold of its events, which also asserts what must hold of any log. */
import type { Millis } from '../reading';
import type { Noted, Outcome, RunEvent, RunResult, StopReason, VerifiedFile, Way } from './events';
import type { Plan } from './plan';
import { STEP, type StepId } from './steps';

/** `intended` = the intent is on disk, no outcome is: after an interruption nobody knows without looking. */
export type Progress = 'open' | 'intended' | Outcome;

export interface StepState {
  readonly do: Progress;
  readonly undo: Progress;
  readonly intendedAt?: Millis;
  readonly endedAt?: Millis;
}

export interface RunState {
  readonly plan: Plan;
  readonly planHash: string;
  readonly startedAt: Millis;
  readonly mode: 'forward' | 'undo' | 'by-hand';
  /** `asking` = nothing happens until a person chooses. */
  readonly phase: 'working' | 'asking' | 'ended';
  readonly stopped?: { readonly reason: StopReason | 'interrupted'; readonly step: StepId };
  readonly steps: Readonly<Record<StepId, StepState>>;
  /** The start of the target was intended. */
  readonly pointPassed: boolean;
  /** A person has seen that the target was started before its time, and goes on: it may work then, if all that `targetWorks` asks is seen. */
  readonly targetAccepted?: true;
  readonly noted?: Noted;
  /** Orders that the source told of just before it was shut down. */
  readonly ordersBefore?: number;
  /** What was copied and hashed while the source worked. */
  readonly ahead?: readonly VerifiedFile[];
  /** What was hashed equal on both sides, whole. */
  readonly verified?: readonly VerifiedFile[];
  readonly result?: RunResult;
  readonly endedAt?: Millis;
}

/** A log that breaks a rule. It is never repaired silently: the run is shown as it is and nothing is done. */
export class LogViolation extends Error {}

const must = (holds: boolean, what: string): void => {
  if (!holds) throw new LogViolation(what);
};

const untouched: StepState = { do: 'open', undo: 'open' };

/** Throws LogViolation where the events cannot belong to one run. */
export function foldRun(events: readonly RunEvent[]): RunState {
  const [first, ...rest] = events;
  if (first?.type !== 'RunStarted') throw new LogViolation('A run begins with RunStarted');
  const start: RunState = {
    plan: first.plan,
    planHash: first.planHash,
    startedAt: first.at,
    mode: 'forward',
    phase: 'working',
    steps: Object.fromEntries(Object.keys(STEP).map((id) => [id, untouched])) as Record<StepId, StepState>,
    pointPassed: false,
  };
  return rest.reduce(applyEvent, start);
}

/** One event more. Exported so that a page can fold a growing log without starting over. */
export function applyEvent(s: RunState, e: RunEvent): RunState {
  must(s.phase !== 'ended', 'Nothing follows the end of a run');
  switch (e.type) {
    case 'RunStarted':
      throw new LogViolation('A run begins once');
    case 'StepIntended':
      must(s.phase === 'working', 'While a person is asked, nothing is intended');
      must(s.plan.steps.includes(e.step), `Step ${e.step} is not in the plan`);
      must(e.way === (s.mode === 'forward' ? 'do' : 'undo'), `A run in mode ${s.mode} intends no ${e.way}`);
      if (e.way === 'do')
        must(
          before(s.plan, e.step).every((b) => passed(s, b)),
          `All steps before ${e.step} must have succeeded (I1, I3)`,
        );
      return {
        ...withStep(s, e.step, e.way, 'intended', { intendedAt: e.at }),
        ...(e.orderCount !== undefined && { ordersBefore: e.orderCount }),
        pointPassed: s.pointPassed || (e.way === 'do' && e.step === 'start'),
      };
    case 'StepEnded':
      must(s.steps[e.step][e.way] !== 'succeeded', `Step ${e.step} has succeeded already`);
      must(!STEP[e.step].acts || s.steps[e.step][e.way] !== 'open', `The outcome of ${e.step} follows its intent (I4)`);
      return { ...withStep(s, e.step, e.way, e.outcome, { endedAt: e.at }), ...(e.noted && { noted: e.noted }) };
    case 'CopiedAhead':
      return { ...s, ahead: e.files };
    case 'CopyVerified':
      return { ...s, verified: e.files };
    case 'TargetStopped':
      return s;
    case 'RunStopped':
      return { ...s, phase: 'asking', stopped: { reason: e.reason, step: e.step } };
    case 'RunInterrupted':
      return { ...s, phase: 'asking', stopped: s.stopped ?? { reason: 'interrupted', step: current(s) } };
    case 'PersonChose':
      must(s.phase === 'asking' || (e.choice === 'undo' && s.mode === 'forward'), 'A person is asked before they choose');
      return chosen(s, e.choice);
    case 'RunEnded':
      return { ...s, phase: 'ended', result: e.result, endedAt: e.at };
  }
}

function chosen(s: RunState, choice: 'continue' | 'undo' | 'by-hand' | 'done-by-hand'): RunState {
  const { stopped: _, ...rest } = s;
  if (choice === 'by-hand') return { ...s, mode: 'by-hand', phase: 'asking' };
  if (choice === 'done-by-hand') return { ...rest, mode: 'by-hand', phase: 'working' };
  const mode = choice === 'undo' ? 'undo' : s.mode === 'by-hand' ? 'forward' : s.mode;
  // What failed or stayed unknown may be tried again: the look before the act decides whether it is needed.
  const retry = (p: Progress): Progress => (p === 'failed' || p === 'unknown' || p === 'intended' ? 'open' : p);
  const steps = Object.fromEntries(
    Object.entries(s.steps).map(([id, st]) => [id, mode === 'undo' ? { ...st, undo: retry(st.undo) } : { ...st, do: retry(st.do) }]),
  ) as Record<StepId, StepState>;
  const again = choice === 'continue' && mode === 'forward' && s.stopped !== undefined ? (REOPENS[s.stopped.reason] ?? []) : [];
  for (const id of again) steps[id] = { ...steps[id], do: 'open' };
  const accepts = choice === 'continue' && mode === 'forward' && s.stopped?.reason === 'target-running';
  return { ...rest, mode, phase: 'working', steps, ...(accepts && { targetAccepted: true as const }) };
}

/** What has to be done again before a stopped run may go on, beside the step where it stands. */
const REOPENS: Partial<Record<StopReason | 'interrupted', readonly StepId[]>> = {
  'lock-lost': ['lock'],
  'fence-gone': ['fence-ahead'],
};

const withStep = (s: RunState, id: StepId, way: Way, p: Progress, times: Partial<StepState>): RunState => ({
  ...s,
  steps: { ...s.steps, [id]: { ...s.steps[id], [way]: p, ...times } },
});

const before = (p: Plan, id: StepId): readonly StepId[] => p.steps.slice(0, p.steps.indexOf(id));

/** The run may go on to the next step: its goal was seen, or it was missed and may be left. */
export const passed = (s: RunState, id: StepId): boolean =>
  s.steps[id].do === 'succeeded' || (mayBeLeft(s, id) && (s.steps[id].do === 'failed' || s.steps[id].do === 'unknown'));
/** A target that was started early and accepted works already: its name could be moved only by cutting its connections, which is a person's word, later. */
export const mayBeLeft = (s: RunState, id: StepId): boolean =>
  STEP[id].mayBeLeft === true || (id === 'move-name' && s.targetAccepted === true);
/** Steps whose goal was missed and that were left. */
export const left = (s: RunState): readonly StepId[] => s.plan.steps.filter((id) => s.steps[id].do !== 'succeeded' && passed(s, id));
/** The step where the run stands, forward. */
export const current = (s: RunState): StepId => s.plan.steps.find((id) => !passed(s, id)) ?? 'report';
