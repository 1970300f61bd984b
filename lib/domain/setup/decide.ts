/** What to do next: pure. The log says where the set-up stands, the world says what is so; where they differ, the world is right. */
import type { SetupStepId, SetupStopReason } from './setup';
import { begun, type SetupState, stepOf } from './state';
import { SETUP_STEP, SETUP_UNDO, SETUP_UNDO_ORDER, type SetupSight } from './steps';
import type { SetupWorld } from './world';

export type SetupDecision =
  /** Write the intent, look once more, do it. */
  | { readonly kind: 'act'; readonly step: SetupStepId; readonly undo: boolean }
  /** Write the outcome: the goal was observed. */
  | { readonly kind: 'settle'; readonly step: SetupStepId; readonly undo: boolean; readonly kept?: readonly string[] }
  | { readonly kind: 'wait'; readonly step: SetupStepId }
  | { readonly kind: 'stop'; readonly step: SetupStepId; readonly reason: SetupStopReason }
  | { readonly kind: 'ask' }
  | { readonly kind: 'end'; readonly outcome: 'made' | 'undone' | 'left-by-hand' }
  | { readonly kind: 'done' };

export const sightOf = (state: SetupState, world: SetupWorld): SetupSight => ({ world, plan: state.plan, begun: (id) => begun(state, id) });

/** The step where the set-up stands; `unlock` when all is done. */
export function currentSetupStep(state: SetupState): SetupStepId {
  if (state.mode === 'forward') return state.plan.steps.find((id) => stepOf(state, id).do !== 'succeeded') ?? 'unlock';
  return SETUP_UNDO_ORDER.find((id) => touches(state, id) && stepOf(state, id).undo !== 'succeeded') ?? 'unlock';
}
/** The lock is taken and given back around an undo; of the rest only what was begun is taken back. */
const touches = (state: SetupState, id: SetupStepId): boolean => id === 'lock' || id === 'unlock' || begun(state, id);

/** `waitedMs`: how long the present step has been waiting for its goal. */
export function decideSetup(state: SetupState, world: SetupWorld, waitedMs: number): SetupDecision {
  if (state.phase === 'ended') return { kind: 'done' };
  if (state.phase === 'asking') return { kind: 'ask' };
  return state.mode === 'forward' ? forward(state, world, waitedMs) : backward(state, world, waitedMs);
}

function forward(state: SetupState, world: SetupWorld, waitedMs: number): SetupDecision {
  const step = state.plan.steps.find((id) => stepOf(state, id).do !== 'succeeded');
  if (step === undefined) return { kind: 'end', outcome: 'made' };
  const row = SETUP_STEP[step];
  const sight = sightOf(state, world);
  const progress = stepOf(state, step).do;
  if (progress === 'failed') return { kind: 'stop', step, reason: 'failed' };
  const goal = row.goal(sight);
  if (progress === 'intended' && goal === 'reached') return { kind: 'settle', step, undo: false };
  const against = row.against?.(sight);
  if (against && against !== 'cannot-see') return { kind: 'stop', step, reason: against };
  if (against === undefined && progress === 'open') return { kind: 'act', step, undo: false };
  return waitOrStop(step, against === 'cannot-see' || goal === 'unknown', waitedMs, row.deadlineMs);
}

function backward(state: SetupState, world: SetupWorld, waitedMs: number): SetupDecision {
  const step = SETUP_UNDO_ORDER.find((id) => touches(state, id) && stepOf(state, id).undo !== 'succeeded');
  if (step === undefined) return { kind: 'end', outcome: state.kept.length > 0 ? 'left-by-hand' : 'undone' };
  const row = SETUP_UNDO[step];
  if (!row) return { kind: 'stop', step, reason: 'failed' };
  const sight = sightOf(state, world);
  const progress = stepOf(state, step).undo;
  if (progress === 'failed') return { kind: 'stop', step, reason: 'failed' };
  const goal = row.goal(sight);
  const kept = typeof goal === 'object' ? goal.kept : undefined;
  if (progress === 'intended' && (kept !== undefined || goal === 'reached'))
    return { kind: 'settle', step, undo: true, ...(kept && { kept }) };
  // What needs no act needs nothing else either.
  const against = kept !== undefined || goal === 'reached' ? undefined : row.against?.(sight);
  if (against && against !== 'cannot-see') return { kind: 'stop', step, reason: against };
  if (against === undefined && progress === 'open') return { kind: 'act', step, undo: true };
  return waitOrStop(step, against === 'cannot-see' || goal === 'unknown', waitedMs, row.deadlineMs);
}

function waitOrStop(step: SetupStepId, blind: boolean, waitedMs: number, deadlineMs: number): SetupDecision {
  if (waitedMs <= deadlineMs) return { kind: 'wait', step };
  return { kind: 'stop', step, reason: blind ? 'cannot-see' : 'not-reached' };
}

/** What a person may choose now. */
export function setupChoices(state: SetupState): readonly ('continue' | 'undo')[] {
  if (state.phase === 'ended') return state.outcome === 'made' ? ['undo'] : [];
  if (state.phase === 'working') return state.mode === 'forward' ? ['undo'] : [];
  return state.mode === 'forward' ? ['continue', 'undo'] : ['continue'];
}
