/**
 * What to do next: pure. The state of the run says where it stands, the world says what is so; where they differ, the world is right.
 * Order: dangers first (the run stops itself), then the goal of the step (already reached → settle, nothing is done twice), then its needs.
 */
import { danger, targetWorks } from './dangers';
import { goneOn } from './early-start';
import type { Choice, Noted, Outcome, StopReason, Way } from './events';
import { ALL_NEEDS, type Need } from './needs';
import { mayBeLeft, passed, type RunState } from './state';
import { type Reached, STEP, type StepId, UNDO_ORDER } from './steps';
import type { World } from './world';

export type Decision =
  /** Write the intent, do it, look again. */
  | { readonly kind: 'act'; readonly step: StepId; readonly way: Way }
  /** Write the outcome: the goal was observed (or a deadline has passed). */
  | { readonly kind: 'settle'; readonly step: StepId; readonly way: Way; readonly outcome: Outcome; readonly noted?: Noted }
  | { readonly kind: 'wait'; readonly step: StepId; readonly why: 'not-yet' | 'unknown' }
  /** A Controller of another lineage works at the target: stop it at once. */
  | { readonly kind: 'stop-target'; readonly why: StopReason }
  /** The run stops itself and asks. */
  | { readonly kind: 'stop'; readonly step: StepId; readonly reason: StopReason }
  | { readonly kind: 'ask' }
  | { readonly kind: 'end'; readonly result: 'succeeded' | 'undone' | 'by-hand' }
  | { readonly kind: 'done' };

/** `waitedMs`: how long the step has been waiting for its goal, since its intent or the first look. */
export function decide(state: RunState, world: World, waitedMs: number): Decision {
  if (state.phase === 'ended') return { kind: 'done' };
  if (state.phase === 'asking') return { kind: 'ask' };
  if (state.mode === 'by-hand') return decideByHand(state, world, waitedMs);
  const threat = danger(state, world);
  if (threat !== undefined) return threat;
  return state.mode === 'undo' ? decideUndo(state, world, waitedMs) : decideForward(state, world, waitedMs);
}

function decideForward(state: RunState, world: World, waitedMs: number): Decision {
  const step = state.plan.steps.find((id) => !passed(state, id));
  if (step === undefined) return { kind: 'end', result: 'succeeded' };
  const row = STEP[step];
  const sight = { world, plan: state.plan, noted: state.noted };
  const goal = row.goal(sight);
  const progress = state.steps[step].do;
  // A goal that holds already needs no act, except that the copy ahead is worth doing even when an older piece of it lies there.
  if (goal === 'reached' && (!row.acts || progress === 'intended' || step !== 'copy-ahead')) return settleDo(state, world, step);
  if (!row.acts) return waitOrStop(step, goal, waitedMs, row.deadlineMs, world, state);
  if (progress === 'open') {
    if (lacking(state, world, step, 'do').length === 0) return { kind: 'act', step, way: 'do' };
    return waitForNeeds(step, world, waitedMs);
  }
  if (progress === 'failed') return { kind: 'stop', step, reason: 'step-failed' };
  return waitOrStop(step, goal, waitedMs, row.deadlineMs, world, state);
}

/** Of a working target, accepted by a person, neither can be seen; its restart policy may be set all the same: nothing is started by that. */
const OF_A_WORKING_TARGET: readonly string[] = [ALL_NEEDS.targetStopped.id, ALL_NEEDS.targetVerified.id];

/** What an effect needs and is not seen. */
export function lacking(state: RunState, world: World, step: StepId, way: Way): readonly Need[] {
  const sight = { world, plan: state.plan, noted: state.noted };
  const missing = ((way === 'do' ? STEP[step] : STEP[step].undo)?.needs ?? []).filter((n) => !n.holds(sight));
  const accepted =
    way === 'do' && (step === 'unfence' || step === 'move-name') && state.targetAccepted === true && targetWorks(state, world);
  return accepted ? missing.filter((n) => !OF_A_WORKING_TARGET.includes(n.id)) : missing;
}

/** How long an effect may wait for what it needs to become visible. */
const NEEDS_MS = 30_000;

function waitForNeeds(step: StepId, world: World, waitedMs: number): Decision {
  if (waitedMs <= NEEDS_MS) return { kind: 'wait', step, why: 'unknown' };
  const reason = world.target.running === 'yes' ? 'target-running' : world.source.running === 'yes' ? 'source-running' : 'cannot-see';
  return { kind: 'stop', step, reason };
}

function settleDo(state: RunState, world: World, step: StepId): Decision {
  const { source } = world;
  const noted =
    step === 'prove-stopped' && source.state.kind === 'journal'
      ? { fingerprint: source.state.fingerprint, lastEventId: source.state.lastEventId }
      : undefined;
  // An intent comes first even where nothing is left to do: the log then says that it was looked at.
  if (STEP[step].acts && state.steps[step].do === 'open') return { kind: 'act', step, way: 'do' };
  return { kind: 'settle', step, way: 'do', outcome: 'succeeded', ...(noted && { noted }) };
}

function waitOrStop(step: StepId, goal: Reached, waitedMs: number, deadlineMs: number, world: World, state: RunState): Decision {
  if (step === 'prove-stopped' && notProper(world, state)) return { kind: 'stop', step, reason: 'not-proper' };
  if (state.pointPassed && step === 'prove-works' && world.target.running === 'no') return { kind: 'stop', step, reason: 'target-refused' };
  if (waitedMs <= deadlineMs) return { kind: 'wait', step, why: goal === 'unknown' ? 'unknown' : 'not-yet' };
  if (mayBeLeft(state, step)) return { kind: 'settle', step, way: 'do', outcome: goal === 'unknown' ? 'unknown' : 'failed' };
  return { kind: 'stop', step, reason: goal === 'unknown' ? 'cannot-see' : 'not-reached' };
}

/** It does not run, its journal can be read, and it does not end as a proper stop leaves it: waiting will not change that. */
const notProper = (world: World, state: RunState): boolean =>
  world.source.running === 'no' &&
  world.source.state.kind === 'journal' &&
  world.source.state.ending !== 'proper' &&
  state.plan.variant !== 'source-crashed';

function decideUndo(state: RunState, world: World, waitedMs: number): Decision {
  const step = UNDO_ORDER.find((id) => touched(state, id) && state.steps[id].undo !== 'succeeded');
  if (step === undefined) return { kind: 'end', result: 'undone' };
  const undo = STEP[step].undo;
  if (undo === undefined) return { kind: 'stop', step, reason: 'step-failed' };
  const sight = { world, plan: state.plan, noted: state.noted };
  const progress = state.steps[step].undo;
  const goal = undo.goal(sight);
  if (progress === 'open') {
    if (goal === 'reached' || lacking(state, world, step, 'undo').length === 0) return { kind: 'act', step, way: 'undo' };
    return waitForNeeds(step, world, waitedMs);
  }
  if (goal === 'reached') return { kind: 'settle', step, way: 'undo', outcome: 'succeeded' };
  if (progress === 'failed') return { kind: 'stop', step, reason: 'step-failed' };
  if (waitedMs <= undo.deadlineMs) return { kind: 'wait', step, why: goal === 'unknown' ? 'unknown' : 'not-yet' };
  return { kind: 'stop', step, reason: goal === 'unknown' ? 'cannot-see' : 'not-reached' };
}

/** Was the step ever intended? Then it may have had an effect, whatever its outcome says. */
const touched = (state: RunState, id: StepId): boolean =>
  state.plan.steps.includes(id) && (state.steps[id].intendedAt !== undefined || state.steps[id].do !== 'open');

/** A person finished by hand: only the lock is still ours to release. */
function decideByHand(state: RunState, world: World, waitedMs: number): Decision {
  const tried = state.steps.lock.undo !== 'open';
  if (world.lock === 'free' || world.lock === 'theirs') return { kind: 'end', result: 'by-hand' };
  if (!tried && world.lock !== 'unknown') return { kind: 'act', step: 'lock', way: 'undo' };
  // An engine that stays away keeps its lock; the page shows it, and a person may remove it later.
  return waitedMs > NEEDS_MS ? { kind: 'end', result: 'by-hand' } : { kind: 'wait', step: 'lock', why: 'unknown' };
}

/**
 * May the run still be taken back? Before the start was intended: unless somebody started the target and it has gone on with this journal. After it only if it is proved that the target never ran: its
 * container is stopped and every byte of its journal is still what was verified.
 */
export function undoPossible(state: RunState, world: World): boolean {
  if (state.phase === 'ended') return false;
  if (state.mode === 'undo') return true;
  if (!state.pointPassed) return !goneOn(state, world);
  return world.target.running === 'no' && world.target.state.kind === 'journal' && world.target.state.verified;
}

/** What a person may choose now. `continue` only where the look before the next act can find the world as planned again. */
export function choices(state: RunState, world: World): readonly Choice[] {
  if (state.phase === 'ended') return [];
  if (state.mode === 'by-hand') return ['done-by-hand'];
  const undo: readonly Choice[] = undoPossible(state, world) ? ['undo'] : [];
  if (state.phase === 'working') return state.mode === 'forward' ? undo : [];
  const reason = state.stopped?.reason;
  const final = reason === 'journal-changed' || reason === 'source-ended' || reason === 'other-lineage' || reason === 'not-proper';
  return [...(final && state.mode === 'forward' ? [] : (['continue'] as const)), ...(state.mode === 'undo' ? [] : undo), 'by-hand'];
}
