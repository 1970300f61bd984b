/** What makes a run stop itself at once, whatever its step: a table, the most dangerous first. Only what is *seen* stops it; what is unknown makes it wait. */
import type { Decision } from './decide';
import type { StopReason } from './events';
import { ALL_NEEDS } from './needs';
import { current, type RunState } from './state';
import { STEP, type StepId } from './steps';
import type { World } from './world';

interface Danger {
  readonly reason: StopReason;
  readonly when: (s: RunState, w: World) => boolean;
}

const done = (s: RunState, id: StepId): boolean => s.steps[id].do === 'succeeded';
const begun = (s: RunState, id: StepId): boolean => s.steps[id].intendedAt !== undefined;
const forward = (s: RunState): boolean => s.mode === 'forward';
/** From here on the source was seen stopped and has to stay so. */
const sourceMustRest = (s: RunState): boolean => s.plan.variant === 'source-crashed' || done(s, 'shut-down');

/**
 * Somebody started the target before its time, yet it is all that the run wants: seen to work with this run's journal and no event missing, while the
 * source is seen stopped, fenced and retired. Never in an undo.
 */
export function targetWorks(s: RunState, w: World): boolean {
  const sight = { world: w, plan: s.plan, noted: s.noted };
  const rests = [ALL_NEEDS.sourceStopped, ALL_NEEDS.sourceFenced, ALL_NEEDS.sourceRetired].every((n) => n.holds(sight));
  return forward(s) && done(s, 'retire') && s.noted !== undefined && rests && STEP['prove-works'].goal(sight) === 'reached';
}

const DANGERS: readonly Danger[] = [
  { reason: 'source-running', when: (s, w) => forward(s) && sourceMustRest(s) && w.source.running === 'yes' },
  {
    reason: 'target-running',
    when: (s, w) => (!forward(s) || !s.pointPassed) && w.target.running === 'yes' && !(s.targetAccepted && targetWorks(s, w)),
  },
  {
    reason: 'lock-lost',
    when: (s, w) =>
      forward(s) && done(s, 'lock') && !begun(s, 'report') && (w.lock === 'theirs' || w.lock === 'free' || w.lock === 'partly'),
  },
  { reason: 'lock-lost', when: (s, w) => !forward(s) && w.lock === 'theirs' },
  {
    reason: 'fence-gone',
    when: (s, w) =>
      forward(s) && done(s, 'fence-ahead') && ((w.source.policy !== 'unknown' && w.source.policy !== 'no') || w.source.flag === 'off'),
  },
  {
    reason: 'journal-changed',
    when: (s, w) =>
      forward(s) && s.noted !== undefined && w.source.state.kind === 'journal' && w.source.state.fingerprint !== s.noted.fingerprint,
  },
  {
    reason: 'other-lineage',
    when: (s, w) =>
      forward(s) &&
      !done(s, 'prove-stopped') &&
      w.source.live !== undefined &&
      w.source.live.journalId !== 'unknown' &&
      w.source.live.journalId !== s.plan.journalId,
  },
  {
    reason: 'source-ended',
    when: (s, w) => forward(s) && s.plan.variant === 'switch-over' && !begun(s, 'shut-down') && w.source.running === 'no',
  },
];

/** The target answers with another lineage: it is stopped at once, then the run asks. */
const wrongTarget = (s: RunState, w: World): boolean =>
  s.pointPassed && w.target.live !== undefined && w.target.live.journalId !== 'unknown' && w.target.live.journalId !== s.plan.journalId;

export function danger(s: RunState, w: World): Decision | undefined {
  if (wrongTarget(s, w)) return { kind: 'stop-target', why: 'other-lineage' };
  const found = DANGERS.find((d) => d.when(s, w));
  return found && { kind: 'stop', step: current(s), reason: found.reason };
}
