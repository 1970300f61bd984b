/** The guard line under the picture: one sentence on "exactly one may live", and the alarms. */

import { journalIdOf } from '../cluster/facts';
import { fencesOf, startOutcome } from '../cluster/fences';
import { alarm, inShort, type Situation } from '../cluster/situation';
import type { Alarm, ClusterView, Tone } from '../cluster/view';
import { slotName } from '../cluster/words';
import type { Message } from '../text/message';
import { code, count, say } from '../text/say';

interface GuardRule {
  readonly when: (s: Situation, tone: Tone) => boolean;
  readonly title: (s: Situation) => Message;
  readonly detail: (s: Situation) => Message;
}

const SHORT = 8;
const loudest = (s: Situation): Alarm | undefined => s.alarms[0];
const itsDetail = (s: Situation): Message => {
  const loud = loudest(s);
  return loud ? inShort(loud) : say('guard.unknown.detail');
};
const mover = (s: Situation) => s.pair.members.find((m) => m.role === 'starting' || m.role === 'stopping');

function fine(s: Situation): Message {
  if (s.pair.kind === 'licensed') return s.status.code === 'Coupled' ? say('guard.ok.licensed') : say('guard.ok.licensed-alone');
  if (!s.spare) return say('guard.ok.single');
  if (s.spare.role === 'idle') return say('guard.ok.idle');
  if (s.spare.role === 'absent') return say('guard.ok.absent');
  if (!['refuses', 'idles'].includes(startOutcome(s.spare.f))) return say('guard.ok.unread');
  const id = s.active && journalIdOf(s.active.f);
  const ways = fencesOf(s.spare.f).length;
  if (id === undefined) return say('guard.ok.plain');
  const journal = code(`${id.slice(0, SHORT)}…`);
  return ways > 1 ? say('guard.ok.fenced-ways', { journal, ways: count(ways) }) : say('guard.ok.fenced', { journal });
}

/** One works, and nobody knows what the stopped other one would do if someone started it. */
const unproved = (s: Situation): boolean =>
  s.pair.kind !== 'licensed' && s.spare?.f.box === 'stopped' && !['refuses', 'idles'].includes(startOutcome(s.spare.f));

const RULES: readonly GuardRule[] = [
  { when: (s) => alarm(s, 'two-alive') !== undefined, title: () => say('guard.two'), detail: itsDetail },
  { when: (s) => alarm(s, 'may-be-two') !== undefined, title: () => say('guard.may-be-two'), detail: itsDetail },
  { when: (s) => alarm(s, 'nobody-active') !== undefined, title: () => say('guard.nobody'), detail: () => say('guard.nobody.detail') },
  { when: (s) => ['alarm', 'bad', 'unknown'].includes(loudest(s)?.tone ?? ''), title: () => say('guard.bad'), detail: itsDetail },
  {
    when: (s) => !s.active && s.pair.run !== undefined,
    title: (s) => say('guard.run', { run: s.pair.run?.runId ?? '' }),
    detail: () => say('guard.run.detail'),
  },
  {
    when: (s) => !s.active && mover(s) !== undefined,
    title: (s) => say('guard.moving', { slot: slotName(mover(s)?.slot ?? 'primary') }),
    detail: () => say('guard.unknown.detail'),
  },
  { when: (s) => !s.active, title: () => say('guard.unknown'), detail: () => say('guard.unknown.detail') },
  { when: (s) => loudest(s) !== undefined, title: () => say('guard.warn'), detail: itsDetail },
  { when: unproved, title: () => say('guard.warn'), detail: fine },
  { when: (_s, tone) => tone === 'unknown', title: () => say('guard.unknown'), detail: () => say('guard.unknown.detail') },
  { when: (s) => s.pair.kind === 'licensed', title: () => say('guard.licensed'), detail: fine },
  { when: () => true, title: () => say('guard.ok'), detail: fine },
];

/** `tone` of the verdict: the guard is never calmer than its alarms, and never says OK where the verdict is unknown. */
export function guardOf(s: Situation, tone: Tone): ClusterView['guard'] {
  const rule = RULES.find((r) => r.when(s, tone)) ?? RULES[RULES.length - 1];
  const own: Tone =
    loudest(s)?.tone ??
    (s.active ? (tone === 'unknown' ? 'unknown' : unproved(s) ? 'warn' : 'ok') : mover(s) || s.pair.run ? 'run' : 'unknown');
  return {
    tone: own,
    title: rule?.title(s) ?? say('guard.unknown'),
    detail: rule?.detail(s) ?? say('guard.unknown.detail'),
    alarms: s.alarms,
  };
}
