/** What is said of a cluster while a run has it. The run itself says more, on its own page. */
import type { Message } from '../text/message';
import { say } from '../text/say';
import type { ObservedRun } from './observation';
import type { Tone } from './view';
import { slotName } from './words';

export interface RunSaying {
  readonly tone: Extract<Tone, 'run' | 'bad' | 'warn'>;
  readonly title: Message;
  readonly why: Message;
}

const sides = (r: ObservedRun) => ({
  source: slotName(r.from),
  target: slotName(r.from === 'primary' ? 'secondary' : 'primary'),
});

export function runSaying(r: ObservedRun): RunSaying {
  const run = r.runId;
  if (r.mode === 'by-hand') return { tone: 'warn', title: say('verdict.run.by-hand', { run }), why: say('why.run.by-hand') };
  if (r.phase === 'asking') {
    // Texts of the runbook, by the reason (text/en/switchover.ts).
    const why = { key: `run.stopped.${r.stopped ?? 'interrupted'}`, params: sides(r) };
    return { tone: 'bad', title: say('verdict.run.asks', { run }), why };
  }
  if (r.mode === 'undo') return { tone: 'run', title: say('verdict.run.undo', { run }), why: say('why.run.undo') };
  return {
    tone: 'run',
    title: say('verdict.run', { run, step: r.number, of: r.of }),
    why: { key: `step.${r.step}.title`, params: sides(r) },
  };
}
