/** The target was started before its time: what it has done with its journal, and what a person does about it, exactly. */
import type { Message } from '../text/message';
import { quote } from './by-hand';
import { targetWorks } from './dangers';
import type { RunState } from './state';
import type { World } from './world';

/**
 * Has the target gone on with this run's journal before the run started it? Then that journal is the newest one there is: taking the copy out would lose what it did (I2).
 * Only what is seen counts; before the source's stop was proved nothing can be told.
 */
export function goneOn({ noted, plan }: RunState, { target }: World): boolean {
  if (noted === undefined) return false;
  const beyond = (o: { readonly journalId: string; readonly lastEventId: number } | undefined): boolean =>
    o?.journalId === plan.journalId && o.lastEventId > noted.lastEventId;
  // With the flag on it has refused: a failed start leaves a newer file too, but nobody has worked (product.md 3.1 and 3.12).
  return beyond(target.live) || (target.flag !== 'on' && beyond(target.state.kind === 'journal' ? target.state : undefined));
}

export interface ByYou {
  readonly text: Message;
  readonly commands: readonly string[];
}

/** Undefined where the run asks for another reason. */
export function earlyStart(s: RunState, w: World): ByYou | undefined {
  if (s.phase !== 'asking' || s.pointPassed || (s.stopped?.reason !== 'target-running' && w.target.running !== 'yes' && !goneOn(s, w)))
    return undefined;
  const { ref } = s.plan.target;
  const on = `# on engine ${ref.engineId}`;
  const say = (word: string, ...commands: string[]): ByYou => ({
    text: { key: `run.early.${word}`, params: { name: { as: 'name', value: ref.name } } },
    commands: commands.length > 0 ? [on, ...commands] : [],
  });
  const stop = `docker stop --time 120 ${quote(ref.name)}`;
  if (targetWorks(s, w)) return say('works');
  if (goneOn(s, w) && s.steps.retire.do !== 'succeeded') return say('gone-on-early');
  if (goneOn(s, w))
    return w.target.running === 'yes'
      ? say('gone-on-runs', `docker logs --tail 50 ${quote(ref.name)}`)
      : say('gone-on', `docker start ${quote(ref.name)}`);
  if (w.target.running === 'no') return say('stopped');
  if (w.target.running === 'unknown') return say('unknown');
  return w.target.live?.active === 'yes' ? say('other', stop) : say('idles', stop);
}
