/** What the page of a way back shows of its answer: pure. */
import type { WayAnswer, WayStepAnswer } from '@/lib/contract/way-back';
import type { StepLook } from '../steps/rail';

export type Way = Extract<WayAnswer, { kind: 'way' }>;

export const stepNow = (a: Way): WayStepAnswer | undefined => a.steps.find((s) => s.now);
export const numberOf = (a: Way, step: WayStepAnswer): number => a.steps.indexOf(step) + 1;

/** Of an ended one only what was written down counts; of an open one what is seen, and nothing behind the present step is done. */
export function lookOf(a: Way, step: WayStepAnswer): StepLook {
  if (a.ended) return step.doneAt !== undefined || a.ended === 'done' ? 'done' : 'next';
  if (step.now) return a.problem ? 'failed' : 'now';
  const now = stepNow(a);
  return now && a.steps.indexOf(step) < a.steps.indexOf(now) ? 'done' : 'next';
}
/** Somebody lives, or is about to, from the start on; before it nobody works. */
export const isDown = (step: WayStepAnswer): boolean => ['stop', 'keep', 'agents-down', 'start'].includes(step.step);

const quote = (s: string): string => (/^[\w@%+=:,./-]+$/.test(s) ? s : `'${s.replaceAll("'", "'\\''")}'`);
/** What a person may type instead of the button. */
export const resetCommand = (url: string, agent: string): string =>
  `curl -u "$JS7_USER:$JS7_PASSWORD" -H 'Content-Type: application/json' -H 'Accept: application/json' -d ${quote(JSON.stringify({ TYPE: 'ResetAgent', agentPath: agent, force: true }))} ${quote(`${url}/controller/api/command`)}`;

/** Which of the two is newer, as both stand now; undefined where that is not known, or both are equal. */
export function newerOf({ kept, aside }: Way): 'kept' | 'aside' | undefined {
  if (typeof kept.journal === 'string' || typeof aside.journal === 'string') return undefined;
  const [k, a] = [kept.journal.lastEventId, aside.journal.lastEventId];
  return k > a ? 'kept' : a > k ? 'aside' : undefined;
}
