/** Zod of the runbook's words. */
import { z } from 'zod';
import type { Choice, Outcome, RunResult, StopReason, Way } from '../../domain/switchover/events';
import { STEP_IDS } from '../../domain/switchover/steps';

/** All words of a type, so that a new one in the domain does not compile here until it is added. */
const words = <T extends string>(all: Record<T, true>) => z.enum(Object.keys(all) as [T, ...T[]]);

export const StepSchema = z.enum(STEP_IDS);
export const WaySchema = words<Way>({ do: true, undo: true });
export const OutcomeSchema = words<Outcome>({ succeeded: true, failed: true, unknown: true });
export const ProgressSchema = words<Outcome | 'open' | 'intended'>({
  succeeded: true,
  failed: true,
  unknown: true,
  open: true,
  intended: true,
});
export const ResultSchema = words<RunResult>({ succeeded: true, undone: true, 'by-hand': true });
export const ChoiceSchema = words<Choice>({ continue: true, undo: true, 'by-hand': true, 'done-by-hand': true });
export const StopReasonSchema = words<StopReason | 'interrupted'>({
  'source-running': true,
  'source-ended': true,
  'target-running': true,
  'journal-changed': true,
  'fence-gone': true,
  'lock-lost': true,
  'other-lineage': true,
  'not-proper': true,
  'target-refused': true,
  'step-failed': true,
  'cannot-see': true,
  'not-reached': true,
  interrupted: true,
});
