/** What a run's page says: pure, from the answer alone. */
import type { CopyProgress, RunAnswer, RunStepAnswer, RunSummary } from '@/lib/contract/runs';
import type { Choice } from '@/lib/domain/switchover/events';
import { UNDO_ORDER } from '@/lib/domain/switchover/steps';
import type { StepLook } from '../steps/rail';

export type Phase = 'working' | 'undoing' | 'interrupted' | 'stopped' | 'by-hand' | 'closing' | 'succeeded' | 'undone' | 'hand-done';

export function phaseOf(s: RunSummary): Phase {
  if (s.state === 'ended') return s.result === 'undone' ? 'undone' : s.result === 'by-hand' ? 'hand-done' : 'succeeded';
  if (s.mode === 'by-hand') return s.state === 'working' ? 'closing' : 'by-hand';
  if (s.state === 'asking') return s.stopped?.reason === 'interrupted' ? 'interrupted' : 'stopped';
  return s.mode === 'undo' ? 'undoing' : 'working';
}

/** Which of both containers runs, as the last look saw it. Two unknowns never add up to "none". */
export type Living = 'source' | 'target' | 'none' | 'both' | 'unknown';
export function livingOf(a: RunAnswer): Living {
  const seen = (id: string): string => a.compared.find((c) => c.id === id)?.seen.key ?? '';
  const runs = (key: string): boolean | undefined =>
    key === 'compare.word.running' ? true : key === 'compare.word.stopped' ? false : undefined;
  const [source, target] = [runs(seen('source-container')), runs(seen('target-container'))];
  if (source === undefined || target === undefined) return 'unknown';
  return source ? (target ? 'both' : 'source') : target ? 'target' : 'none';
}

/** Does the world fit the plan? `looking` = it was not read yet. */
export function fitOf(a: RunAnswer): 'fits' | 'differs' | 'looking' {
  if (a.compared.length === 0) return 'looking';
  return a.compared.every((c) => c.verdict === 'same') ? 'fits' : 'differs';
}

/** A run that stopped itself is bad; nobody active, or two, is an alarm (design/README.md section 9). */
export const stoppedTone = (living: Living): 'bad' | 'alarm' => (living === 'none' || living === 'both' ? 'alarm' : 'bad');

/** The mark of a step in a run. */
export function lookOf(step: RunStepAnswer, s: RunSummary): StepLook {
  if (step.undone === 'succeeded') return 'undone';
  if (step.undone === 'failed') return 'failed';
  if (step.undone === 'intended' || step.undone === 'unknown') return s.state === 'working' ? 'now' : 'unsure';
  if (step.progress === 'succeeded') return 'done';
  if (step.progress === 'failed') return 'failed';
  if (step.progress === 'unknown') return 'unsure';
  const here = step.step === s.step && s.mode === 'forward' && s.state !== 'ended';
  if (step.progress === 'intended') return here && s.state === 'working' ? 'now' : 'unsure';
  if (!here) return 'next';
  return s.state === 'working' ? 'now' : s.stopped?.reason === 'interrupted' ? 'unsure' : 'failed';
}

/** How far an undo is: of the steps that the run has begun, those that are taken back, and the one being taken back. */
export function undoing(steps: readonly RunStepAnswer[]): { done: number; of: number; now?: RunStepAnswer } {
  const touched = steps.filter((s) => s.undo !== undefined && (s.progress !== 'open' || s.undone !== 'open'));
  const now = touched.find((s) => s.undone === 'intended');
  return { done: touched.filter((s) => s.undone === 'succeeded').length, of: touched.length, ...(now && { now }) };
}

/** Begun and not taken back yet, in the order in which it has to be put back: what is left of an undo for a person who finishes it by hand. */
export function notTakenBack(steps: readonly RunStepAnswer[]): readonly RunStepAnswer[] {
  if (steps.every((s) => s.undone === 'open')) return [];
  return UNDO_ORDER.flatMap((id) => steps.filter((s) => s.step === id && s.progress !== 'open' && s.undone !== 'succeeded'));
}

/** Number of the first step behind the point of no return. */
export const pointNumber = (steps: readonly RunStepAnswer[]): number => steps.find((s) => s.afterPoint)?.number ?? steps.length;

/** Abort is offered only while the server offers it, forward, before anything else is asked. */
export const mayAbort = (a: RunAnswer): boolean =>
  a.summary.state === 'working' && a.summary.mode === 'forward' && a.choices.includes('undo');

/** Nobody works: since when (then the clock runs), or how long it was. */
export function downOf(s: RunSummary, now: number): { ms: number; running: boolean } | undefined {
  if (s.downMs !== undefined) return { ms: s.downMs, running: false };
  return s.downSince === undefined || s.state === 'ended' ? undefined : { ms: Math.max(0, now - s.downSince), running: true };
}

/** Percent, and how long it may take still, ms; undefined where the speed tells nothing. */
export function copyFigures(p: CopyProgress): { percent: number; leftMs?: number } {
  const percent = p.totalBytes <= 0 ? 0 : Math.min(100, Math.floor((p.doneBytes / p.totalBytes) * 100));
  const left = p.totalBytes - p.doneBytes;
  return p.bytesPerSecond > 0 && left > 0 ? { percent, leftMs: (left / p.bytesPerSecond) * 1000 } : { percent };
}

export interface Choosable {
  readonly choice: Exclude<Choice, 'done-by-hand'>;
  readonly recommended: boolean;
}
const ORDER: readonly Choosable['choice'][] = ['continue', 'undo', 'by-hand'];
/** The ways on, the recommended one first. */
export function waysOn(a: RunAnswer): readonly Choosable[] {
  return ORDER.filter((c) => a.choices.includes(c))
    .map((choice) => ({ choice, recommended: choice === a.recommended }))
    .sort((x, y) => Number(y.recommended) - Number(x.recommended));
}

/** All commands that remain, as one text: each step's title as a comment above its commands. */
export const commandsText = (parts: readonly { readonly title: string; readonly commands: readonly string[] }[]): string =>
  parts.map((p) => [`# ${p.title}`, ...p.commands].join('\n')).join('\n\n');
