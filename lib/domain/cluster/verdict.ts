/** The one sentence on top of the page: an ordered list of rules, the first that fits speaks. Danger comes before doubt, doubt before change, change before well. */
import { doubtOf } from '../guard/doubt';
import type { Millis } from '../reading';
import type { Message } from '../text/message';
import { ago, name, say } from '../text/say';
import { configMissing } from './facts';
import { startOutcome } from './fences';
import { COUPLING_MS } from './limits';
import type { Judged } from './pair';
import { reasonOf } from './reason';
import { runSaying } from './run-words';
import { alarm, inShort, isStale, type Situation } from './situation';
import type { Alarm, ClusterStatusCode, Tone } from './view';
import { slotName } from './words';

interface Saying {
  readonly tone: Tone;
  readonly title: Message;
  readonly why: Message;
  readonly since?: Millis;
}
interface VerdictRule {
  /** For the tests: which rule spoke. */
  readonly id: string;
  readonly say: (s: Situation) => Saying | undefined;
}

const withSince = (since: Millis | undefined): { since?: Millis } => (since === undefined ? {} : { since });
const fromAlarm = (a: Alarm | undefined): Saying | undefined =>
  a && { tone: a.tone, title: a.title, why: inShort(a), ...withSince(a.since) };
const oldest = (s: Situation) => ago(s.oldestAt ?? s.pair.now);
const names = (s: Situation) => ({ active: slotName(s.active?.slot ?? 'primary'), spare: slotName(s.spare?.slot ?? 'secondary') });
const ifActive = (s: Situation, saying: (active: Judged) => Saying | undefined): Saying | undefined =>
  s.active ? saying(s.active) : undefined;

function moving(s: Situation): Saying | undefined {
  const m = s.pair.members.find((x) => (x.role === 'starting' && x.f.box !== 'restarting') || x.role === 'stopping');
  if (!m || s.active) return undefined;
  const slot = slotName(m.slot);
  return m.role === 'starting'
    ? { tone: 'run', title: say('verdict.starting', { slot }), why: reasonOf(m) ?? say('why.starting'), ...withSince(m.f.startedAt) }
    : { tone: 'run', title: say('verdict.stopping', { slot }), why: say('why.stopping'), ...withSince(m.f.seen.stopping?.since) };
}

/** Nobody is known to work, and somebody may. */
function doubtful(s: Situation): Saying | undefined {
  const m = s.pair.members.find((x) => x.works === 'unknown');
  if (!m || s.active) return undefined;
  if (m.role === 'waiting' && s.pair.kind === 'licensed') {
    return {
      tone: 'bad',
      title: say('nobody.waiting', { slot: slotName(m.slot) }),
      why: say('nobody.why.wait'),
      ...withSince(m.f.startedAt),
    };
  }
  const doubt = doubtOf(m);
  // Docker's restart loop is seen, not guessed: something is wrong with it.
  return {
    tone: m.f.box === 'restarting' ? 'bad' : 'unknown',
    title: doubt.title,
    why: m.f.box === 'restarting' ? (reasonOf(m) ?? doubt.detail) : doubt.detail,
    ...withSince(doubt.since),
  };
}

const LICENSED: Readonly<Partial<Record<ClusterStatusCode, (s: Situation) => Saying>>> = {
  Coupled: (s) => {
    const watch = s.pair.members.some((m) => m.f.says?.clusterWatch === 'silent');
    if (watch) return { tone: 'warn', title: say('verdict.no-watch'), why: say('why.no-watch') };
    return {
      tone: 'ok',
      title: say('verdict.well.coupled', names(s)),
      why: say('why.agree.coupled', { spare: names(s).spare, oldest: oldest(s) }),
    };
  },
  NodesAppointed: (s) => ({ tone: 'warn', title: say('verdict.appointed', names(s)), why: s.status.meaning }),
  PassiveLost: (s) => ({ tone: 'warn', title: say('verdict.passive-lost', { active: names(s).active }), why: say('why.passive-lost') }),
  SwitchedOver: (s) => ({ tone: 'warn', title: say('verdict.switched-over', { active: names(s).active }), why: s.status.meaning }),
  FailedOver: (s) => ({ tone: 'warn', title: say('verdict.failed-over', { active: names(s).active }), why: s.status.meaning }),
  ActiveShutDown: (s) => ({ tone: 'warn', title: say('verdict.restarted', { active: names(s).active }), why: s.status.meaning }),
  PreparedToBeCoupled: (s) => {
    const since = s.pair.statusSince;
    const long = since === undefined || s.pair.now - since >= COUPLING_MS;
    const title = long ? say('verdict.coupling-long', names(s)) : say('verdict.coupling', names(s));
    return { tone: long ? 'bad' : 'warn', title, why: s.status.meaning, ...withSince(since) };
  },
};

function licensed(s: Situation): Saying | undefined {
  if (s.pair.kind !== 'licensed' || !s.active || !s.spare) return undefined;
  const { spare } = s;
  if (s.status.code !== 'Unknown' && (spare.role === 'standby' || spare.works === 'no')) {
    const rule = LICENSED[s.status.code];
    // Coupled needs a standby that says so itself.
    if (rule && (s.status.code !== 'Coupled' || spare.role === 'standby')) return rule(s);
  }
  if (spare.f.alive === 'no')
    return {
      tone: 'warn',
      title: say('verdict.passive-lost', { active: names(s).active }),
      why: say('why.passive-lost'),
      ...withSince(spare.f.finishedAt),
    };
  if (spare.role === 'starting') return { tone: 'run', title: say('verdict.standby-starting', names(s)), why: say('why.standby-moves') };
  if (spare.role === 'stopping') return { tone: 'run', title: say('verdict.standby-stopping', names(s)), why: say('why.standby-moves') };
  return { tone: 'unknown', title: say('verdict.licensed-half', names(s)), why: reasonOf(spare) ?? say('why.licensed-half') };
}

const noConfigReason = (m: Judged) => (m.f.startedAt === undefined ? 'why.spare-no-config.new' : 'why.spare-no-config');

/** The stopped or idle other one of a standalone pair, where it is not in order. */
function spareTrouble(s: Situation): Saying | undefined {
  const { spare } = s;
  if (!spare) return undefined;
  const n = names(s);
  const params = { spare: n.spare };
  if (spare.role === 'absent')
    return {
      tone: 'warn',
      title: say('verdict.spare-absent', params),
      why: say('why.spare-absent', { engine: name(spare.f.engineName), name: name(spare.f.member.ref.name) }),
    };
  if (spare.role === 'idle') return { tone: 'warn', title: say('verdict.spare-idle', params), why: say('why.spare-idle') };
  const refusal = spare.f.rest?.refusal;
  if (refusal && refusal.kind !== 'backup-flag')
    return { tone: 'warn', title: say('verdict.spare-refused', params), why: reasonOf(spare) ?? say('why.spare-unread') };
  const unfenced = alarm(s, 'spare-not-fenced');
  if (unfenced) {
    const title =
      startOutcome(spare.f) === 'works-with-new-journal'
        ? say('verdict.spare-new-journal', params)
        : say('verdict.spare-not-fenced', params);
    return { tone: 'warn', title, why: unfenced.detail };
  }
  if (configMissing(spare.f)) return { tone: 'warn', title: say('verdict.spare-no-config', params), why: say(noConfigReason(spare)) };
  const outcome = startOutcome(spare.f);
  if (outcome !== 'refuses' && outcome !== 'idles')
    return { tone: 'warn', title: say('verdict.spare-unread', params), why: say('why.spare-unread') };
  return undefined;
}

/** JOC Cockpit is named where it is connected: as one that agrees only if its word is fresh, it knows this Controller, and its proxy follows. */
function agreed(s: Situation): Message {
  const { joc } = s.pair;
  if (!joc || joc.registered === 'no') return say('why.agree', { oldest: oldest(s) });
  if (joc.registered === 'unknown' || joc.freshness.at === undefined) return say('why.agree.joc-silent', { oldest: oldest(s) });
  const follows = joc.says.some((x) => x.proxy === 'follows') && joc.says.every((x) => x.differs.length === 0);
  if (!follows) return say('why.agree', { oldest: oldest(s) });
  return say('why.agree.joc', { oldest: ago(Math.min(s.oldestAt ?? s.pair.now, joc.freshness.at)) });
}

function well(s: Situation): Saying | undefined {
  if (!s.active || s.active.f.says === undefined) return undefined;
  const n = names(s);
  if (!s.spare)
    return s.pair.cluster.secondary
      ? undefined
      : { tone: 'ok', title: say('verdict.well.single', { active: n.active }), why: say('why.agree.single', { oldest: oldest(s) }) };
  if (s.spare.f.alive !== 'no') return undefined;
  if (s.spare.role === 'refused') return { tone: 'ok', title: say('verdict.well.refused', n), why: agreed(s) };
  return { tone: 'ok', title: say('verdict.well.fenced', n), why: agreed(s) };
}

const first = (s: Situation, ...tones: Alarm['tone'][]): Saying | undefined => fromAlarm(s.alarms.find((a) => tones.includes(a.tone)));

const VERDICT_RULES: readonly VerdictRule[] = [
  { id: 'alarm', say: (s) => first(s, 'alarm') },
  { id: 'bad-or-unknown', say: (s) => first(s, 'bad', 'unknown') },
  // What a run does is planned: it is told instead of each change that it makes, but never instead of a danger.
  { id: 'run', say: (s) => s.pair.run && { ...runSaying(s.pair.run), ...withSince(s.pair.run.downSince) } },
  { id: 'moving', say: moving },
  { id: 'doubtful', say: doubtful },
  {
    id: 'other-tells-nothing',
    // The container of the active one is not seen (its engine is silent) but its API answers: it works, and Docker's word is missing.
    say: (s) =>
      ifActive(s, (a) =>
        a.f.box === 'unknown' ? { tone: 'unknown', title: doubtOf(a).title, why: say('why.api-only', { oldest: oldest(s) }) } : undefined,
      ),
  },
  {
    id: 'stale',
    say: (s) =>
      ifActive(s, (a) =>
        isStale(s)
          ? {
              tone: 'warn',
              title: say('verdict.stale', { active: slotName(a.slot), oldest: oldest(s) }),
              why: say('why.stale', { oldest: oldest(s) }),
            }
          : undefined,
      ),
  },
  {
    id: 'active-unready',
    say: (s) =>
      ifActive(s, (a) =>
        a.f.says?.ready === false
          ? { tone: 'bad', title: say('verdict.active-unready', { active: slotName(a.slot) }), why: say('why.active-unready') }
          : undefined,
      ),
  },
  {
    id: 'licensed',
    // Not "well" while a warning of the guard stands.
    say: (s) => {
      const saying = licensed(s);
      return saying?.tone === 'ok' ? (first(s, 'warn') ?? saying) : saying;
    },
  },
  { id: 'spare', say: (s) => ifActive(s, () => spareTrouble(s)) },
  { id: 'warning', say: (s) => first(s, 'warn') },
  { id: 'well', say: well },
];

/** Always speaks: what no rule covers is unknown. */
export function verdictOf(s: Situation): Saying {
  for (const rule of VERDICT_RULES) {
    const saying = rule.say(s);
    if (saying) return saying;
  }
  const m = s.spare ?? s.pair.primary;
  const doubt = doubtOf(m);
  return { tone: 'unknown', title: doubt.title, why: doubt.detail };
}
