/** What exactly is not known of an instance that may be working, as a sentence. First rule that fits. */
import type { Judged } from '../cluster/pair';
import { slotName } from '../cluster/words';
import type { Message } from '../text/message';
import { lasting, name, say } from '../text/say';

interface Doubt {
  readonly tone: 'bad' | 'unknown';
  readonly title: Message;
  readonly detail: Message;
  readonly since?: number;
}

interface DoubtRule {
  readonly when: (m: Judged) => boolean;
  readonly title: (m: Judged) => Message;
  readonly since?: (m: Judged) => number | undefined;
}
const its = (m: Judged) => ({ name: name(m.f.member.ref.name) });
const engineFailure = ({ f }: Judged) =>
  f.seen.container.kind === 'failed' ? f.seen.container : f.seen.engine.kind === 'failed' ? f.seen.engine : undefined;
const apiFailure = ({ f }: Judged): number | undefined => (f.seen.controller.kind === 'failed' ? f.seen.controller.since : undefined);

const RULES: readonly DoubtRule[] = [
  { when: (m) => m.f.foreign && m.f.box === 'absent', title: (m) => say('doubt.foreign-absent', its(m)) },
  { when: (m) => m.f.foreign, title: (m) => say('doubt.foreign', { slot: slotName(m.slot) }) },
  {
    when: (m) => m.f.box === 'unknown' && engineFailure(m) !== undefined,
    title: (m) => say('doubt.engine', { engine: name(m.f.engineName), since: lasting(engineFailure(m)?.since ?? m.f.now) }),
    since: (m) => engineFailure(m)?.since,
  },
  { when: (m) => m.f.box === 'unknown' && m.f.seen.container.kind === 'value', title: (m) => say('doubt.outdated', its(m)) },
  {
    when: (m) => m.f.box === 'unknown' && m.f.seen.engine.kind === 'never',
    title: (m) => say('doubt.engine-never', { engine: name(m.f.engineName) }),
  },
  { when: (m) => m.f.box === 'unknown', title: (m) => say('doubt.unread', its(m)) },
  { when: (m) => m.f.box === 'paused', title: (m) => say('doubt.paused', its(m)) },
  { when: (m) => m.f.box === 'restarting', title: (m) => say('doubt.restarting', its(m)) },
  { when: (m) => m.role === 'waiting', title: (m) => say('doubt.waiting', its(m)) },
  { when: (m) => m.f.api === 'odd', title: (m) => say('doubt.odd', its(m)), since: apiFailure },
  { when: (m) => m.f.api === 'silent', title: (m) => say('doubt.silent', its(m)), since: apiFailure },
  { when: (m) => m.f.api === 'answers', title: (m) => say('doubt.role', its(m)) },
];

const sinceOf = (rule: DoubtRule | undefined, m: Judged): { since?: number } => {
  const since = rule?.since?.(m);
  return since === undefined ? {} : { since };
};

/** It alone: nobody is known to work. */
export function doubtOf(m: Judged): Doubt {
  const rule = RULES.find((r) => r.when(m));
  const foreign = m.f.box === 'absent' ? 'why.foreign-absent' : 'why.foreign';
  const detail = m.f.foreign ? say(foreign, { ...its(m), url: name(m.f.member.access.url) }) : say('why.counts-as-running', its(m));
  return { tone: 'unknown', title: rule?.title(m) ?? say('doubt.other', its(m)), detail, ...sinceOf(rule, m) };
}

/** Beside another one that works (or may): bad where Docker itself says that it lives, unknown where nobody can tell. */
export function doubtBeside(m: Judged, other: Judged): Doubt {
  const alone = doubtOf(m);
  const lives = m.f.alive === 'yes';
  if (other.works !== 'yes') {
    if (!lives && other.f.alive !== 'yes') return { ...alone, title: say('may.both'), detail: say('may.why', its(m)) };
    return { ...alone, tone: lives && other.f.alive === 'yes' ? 'bad' : 'unknown', detail: say('may.why', its(m)) };
  }
  const params = { slot: slotName(m.slot), active: slotName(other.slot) };
  const why = say('may.why', its(m));
  if (m.role === 'starting')
    return { tone: 'bad', title: say('may.starting', params), detail: why, ...(m.f.startedAt !== undefined && { since: m.f.startedAt }) };
  if (m.role === 'stopping') return { tone: 'bad', title: say('may.stopping', { slot: params.slot }), detail: why };
  if (m.role === 'unreachable' && m.f.box === 'running') return { ...alone, tone: 'bad', title: say('may.running', params), detail: why };
  const detail = m.f.foreign ? alone.detail : say('why.counts-as-running.beside', { ...its(m), active: params.active });
  return { ...alone, tone: lives ? 'bad' : 'unknown', detail };
}
