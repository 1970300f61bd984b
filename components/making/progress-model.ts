/** What a set-up's page says of it. Pure. */
import type { SetupAnswer, SetupStepAnswer } from '@/lib/contract/setup';
import type { Tone } from '@/lib/domain/cluster/view';
import type { Message } from '@/lib/domain/text/message';
import { m } from './t';

/** The step that it stands at: the first that is worked on, failed or unsure; else the first that is open. 1-based. */
export function placeOf(s: SetupAnswer): { readonly n: number; readonly of: number; readonly step?: SetupStepAnswer } {
  const standing = s.steps.findIndex((x) => x.state === 'working' || x.state === 'failed' || x.state === 'unknown');
  const open = s.steps.findIndex((x) => x.state === 'open');
  const i = standing >= 0 ? standing : open >= 0 ? open : s.steps.length - 1;
  const step = s.steps[i];
  return { n: i + 1, of: s.steps.length, ...(step && { step }) };
}

export interface Said {
  readonly tone: Tone;
  readonly title: Message;
  /** Inside the title, where it names a step. */
  readonly step?: Message;
  readonly why?: Message;
}
export function saidOf(s: SetupAnswer): Said {
  const { n, of, step } = placeOf(s);
  switch (s.state) {
    case 'working':
      return {
        tone: 'run',
        title: m('ui.make.p.working', { n, of, step: '' }),
        ...(step && { step: step.title }),
        why: m('ui.make.p.working.why'),
      };
    case 'undoing':
      return { tone: 'run', title: m('ui.make.p.undoing'), why: m('ui.make.p.undoing.why') };
    case 'asking': {
      const interrupted = s.why?.key === 'making.stopped.interrupted';
      return {
        tone: interrupted ? 'warn' : 'bad',
        title: interrupted ? m('ui.make.p.interrupted', { n, of, step: '' }) : m('ui.make.p.asking', { n, of, step: '' }),
        ...(step && { step: step.title }),
        ...(s.why && { why: s.why }),
      };
    }
    case 'made':
      return { tone: 'ok', title: m(`ui.make.p.made.${s.kind}`, { cluster: s.clusterName }), why: m('ui.make.p.made.why') };
    case 'undone':
      return { tone: 'ok', title: m('ui.make.p.undone'), why: m('ui.make.p.undone.why') };
    case 'left-by-hand':
      return { tone: 'warn', title: m('ui.make.p.left'), ...(s.why && { why: s.why }) };
  }
}
/** What was made can be taken back with this button; the word for it. */
export const undoWord = (s: SetupAnswer) => (s.state === 'working' ? ('ui.make.p.stop' as const) : ('ui.make.p.undo' as const));
