/** The guard's alarms (product.md 6), one rule each, the most urgent first. A rule sees the pair and tells its alarms; none changes anything. */

import { journalAtRest, journalIdOf } from '../cluster/facts';
import { fencesOf, nothingToStart, startOutcome } from '../cluster/fences';
import type { Stranger } from '../cluster/observation';
import { activeOnes, type Judged, lineageOfBoth, mayWork, type Pair, peerOf, pointOf } from '../cluster/pair';
import type { Alarm } from '../cluster/view';
import { slotName } from '../cluster/words';
import { lineage, newer } from '../journal/lineage';
import type { Message } from '../text/message';
import { code, name, say, time } from '../text/say';
import { doubtBeside } from './doubt';
import { nobodyAlarm } from './nobody';
import { partedAlarm } from './parted';
import { wasFenced, whichStays } from './which-stays';

type Rule = (pair: Pair) => readonly Alarm[];
const slots = (...members: readonly Judged[]) => members.map((m) => m.slot);
const latest = (...times: readonly (number | undefined)[]): { since?: number } => {
  const known = times.filter((t) => t !== undefined);
  return known.length === 0 ? {} : { since: Math.max(...known) };
};

const twoAlive: Rule = (pair) => {
  const [a, b] = activeOnes(pair);
  if (!a || !b) return [];
  const texts = {
    same: [say('two.same'), say('two.same.detail')],
    different: [say('two.different'), say('two.different.why')],
    unknown: [say('two.unknown'), say('two.unknown.why')],
  } as const;
  const [title, detail] = texts[lineageOfBoth(pair)];
  return [
    {
      code: 'two-alive',
      tone: 'alarm',
      title: pair.kind === 'licensed' ? say('two.licensed') : title,
      detail,
      slots: slots(a, b),
      ...latest(a.f.startedAt, b.f.startedAt),
    },
  ];
};

/** In a licensed pair JS7 itself sees to it that one is active; elsewhere whoever may work beside another one that works or may work counts. */
const mayBeTwo: Rule = (pair) => {
  const [a, b] = mayWork(pair);
  if (!a || !b || (a.works === 'yes' && b.works === 'yes') || pair.kind === 'licensed') return [];
  const [doubtful, other] = a.works === 'yes' ? [b, a] : [a, b];
  const doubt = doubtBeside(doubtful, other);
  return [{ code: 'may-be-two', slots: slots(a, b), ...doubt }];
};

/** The one that must not live: told by whichStays, or fenced when its volumes were last read while the other one may live. */
export function mustNotLive(pair: Pair, m: Judged): boolean {
  if (m.f.alive !== 'yes' || pair.kind === 'licensed') return false;
  const peer = peerOf(pair, m);
  if (!peer || peer.f.alive === 'no') return false;
  if (m.works === 'yes' && peer.works === 'yes') return whichStays(pair)?.stop.slot === m.slot;
  return wasFenced(m) !== undefined && wasFenced(peer) === undefined;
}

const mustNot: Rule = (pair) =>
  pair.members
    .filter((m) => mustNotLive(pair, m))
    .flatMap((m) => {
      const fence = wasFenced(m);
      if (!fence) return [];
      const detail =
        fence === 'retired'
          ? say('must-not.why.retired', { name: name(m.f.member.ref.name) })
          : say('must-not.why.fenced', { name: name(m.f.member.ref.name) });
      const tone = m.works === 'yes' ? 'alarm' : m.works === 'no' ? 'warn' : 'bad';
      return [
        {
          code: 'must-not-live' as const,
          tone,
          title: say('must-not.title', { slot: slotName(m.slot) }),
          detail,
          slots: slots(m),
          ...latest(m.f.startedAt),
        },
      ];
    });

/** A journal that was begun by the very process that works from it. */
const FIRST_START_MS = 60_000;
const unexpectedLineage: Rule = (pair) => {
  const expected = pair.cluster.expectedJournalId;
  return pair.members.flatMap((m) => {
    const found = m.f.says?.journalId;
    if (expected === undefined || found === undefined || found === expected || m.works === 'no') return [];
    const overview = m.f.says?.overview;
    const begun = pointOf(m).initiallyStartedAt;
    const isNew =
      begun !== undefined && typeof overview === 'object' && 'startedAt' in overview && begun >= overview.startedAt - FIRST_START_MS;
    const params = { expected: code(expected), found: code(found) };
    const slot = slotName(m.slot);
    const [title, detail] = isNew
      ? [say('lineage.title.empty', { slot }), say('lineage.why.empty', { ...params, begun: time(begun) })]
      : [say('lineage.title', { slot }), say('lineage.why', params)];
    return [{ code: 'unexpected-lineage' as const, tone: 'alarm' as const, title, detail, slots: slots(m), ...latest(m.f.startedAt) }];
  });
};

const twoAtRest: Rule = (pair) => {
  const { primary: a, secondary: b } = pair;
  if (!b || a.f.alive !== 'no' || b.f.alive !== 'no' || startOutcome(a.f) !== 'works' || startOutcome(b.f) !== 'works') return [];
  return [{ code: 'two-at-rest', tone: 'bad', title: say('alarm.two-at-rest'), detail: twoAtRestDetail(pair, a, b), slots: slots(a, b) }];
};
function twoAtRestDetail(pair: Pair, a: Judged, b: Judged): Message {
  if (lineageOfBoth(pair) === 'different') return say('alarm.two-at-rest.other');
  if (newer(pointOf(a), pointOf(b)) === 'equal') return say('alarm.two-at-rest.equal');
  const right = newerAtRest(a, b);
  return right ? say('alarm.two-at-rest.newer', { slot: slotName(right.slot) }) : say('alarm.two-at-rest.undecided');
}
/** Of two journals of one lineage at rest: the one with the later last event, if its container also ended last. */
export function newerAtRest(a: Judged, b: Judged): Judged | undefined {
  const which = newer(pointOf(a), pointOf(b));
  if (which !== 'a' && which !== 'b') return undefined;
  const [late, early] = which === 'a' ? [a, b] : [b, a];
  return late.f.finishedAt !== undefined && early.f.finishedAt !== undefined && late.f.finishedAt > early.f.finishedAt ? late : undefined;
}

const spareNotFenced: Rule = (pair) =>
  pair.kind === 'licensed'
    ? []
    : pair.members.flatMap((m) => {
        const outcome = startOutcome(m.f);
        if (
          m.f.alive !== 'no' ||
          peerOf(pair, m)?.works === 'no' ||
          !peerOf(pair, m) ||
          (outcome !== 'works' && outcome !== 'works-with-new-journal')
        )
          return [];
        const params = { name: name(m.f.member.ref.name) };
        const foreign = lineage({ ...idOf(peerOf(pair, m)) }, { ...idOf(m) }) === 'different';
        const detail =
          outcome === 'works-with-new-journal'
            ? say('alarm.spare-not-fenced.empty', params)
            : foreign
              ? say('alarm.spare-not-fenced.other-journal', params)
              : say('alarm.spare-not-fenced.journal', params);
        return [
          {
            code: 'spare-not-fenced' as const,
            tone: 'warn' as const,
            title: say('alarm.spare-not-fenced', { spare: slotName(m.slot) }),
            detail,
            slots: slots(m),
          },
        ];
      });
const idOf = (m: Judged | undefined): { journalId?: string } => {
  const id = m && journalIdOf(m.f);
  return id === undefined ? {} : { journalId: id };
};

/** Not a third one: the member itself, which Handover no longer finds by its name. */
const renamed: Rule = (pair) =>
  pair.strangers.flatMap((s) => {
    const m = pair.members.find((x) => x.slot === s.formerly);
    if (!m) return [];
    const params = { name: name(s.ref.name), slot: slotName(m.slot) };
    return [
      {
        code: 'renamed' as const,
        tone: 'bad' as const,
        title: say('alarm.renamed', { ...params, old: name(m.f.member.ref.name) }),
        detail: s.running ? say('alarm.renamed.running', params) : say('alarm.renamed.rest', params),
        slots: slots(m),
      },
    ];
  });

const thirdCopy: Rule = (pair) =>
  pair.strangers.flatMap((s) => {
    if (s.formerly) return [];
    const ids = [pair.cluster.expectedJournalId, ...pair.members.map((m) => journalIdOf(m.f))].filter((id) => id !== undefined);
    const same = s.journalId === undefined || ids.length === 0 ? 'unread' : ids.includes(s.journalId) ? 'same' : 'other';
    return s.running ? [runningStranger(s, same)] : same === 'other' ? [] : [restingStranger(s, same)];
  });
const strangerParams = (s: Stranger) => ({ name: name(s.ref.name), engine: name(s.ref.engineId) });
function runningStranger(s: Stranger, same: 'same' | 'other' | 'unread'): Alarm {
  const tone = same === 'same' ? 'alarm' : same === 'unread' ? 'bad' : 'warn';
  return {
    code: 'third-copy',
    tone,
    title: say('alarm.third-copy.running', { name: name(s.ref.name) }),
    detail: say(`alarm.third-copy.running.${same}`, strangerParams(s)),
    slots: [],
  };
}
function restingStranger(s: Stranger, same: 'same' | 'unread'): Alarm {
  return {
    code: 'third-copy',
    tone: 'warn',
    title: say('alarm.third-copy.rest', { name: name(s.ref.name) }),
    detail: say(`alarm.third-copy.rest.${same}`, strangerParams(s)),
    slots: [],
  };
}

/** Only of a stopped one that is not wanted back: a spare beside one that may live, or a fenced one. */
const restartPolicy: Rule = (pair) =>
  pair.kind === 'licensed'
    ? []
    : pair.members.flatMap((m) => {
        const policy = m.f.instance?.restartPolicy.name;
        const peer = peerOf(pair, m);
        const unwanted = peer !== undefined && (peer.f.alive !== 'no' || fencesOf(m.f).length > 0 || nothingToStart(m.f));
        if (m.f.box !== 'stopped' || policy === undefined || policy === 'no' || !unwanted) return [];
        const params = { name: name(m.f.member.ref.name), policy: code(policy) };
        // Docker: `always` comes back with the daemon even after a manual stop, the others do not.
        const detail = policy === 'always' ? say('alarm.restart-policy.always', params) : say('alarm.restart-policy.other', params);
        const tone = policy === 'always' && startOutcome(m.f) !== 'refuses' && startOutcome(m.f) !== 'idles' ? 'bad' : 'warn';
        return [
          {
            code: 'restart-policy' as const,
            tone,
            title: say('alarm.restart-policy', { slot: slotName(m.slot) }),
            detail,
            slots: slots(m),
          },
        ];
      });

const appointedWithoutLicence: Rule = (pair) => {
  const refused = pair.members.find((m) => m.role === 'refused' && m.f.rest?.refusal?.kind === 'no-licence');
  if (!refused) return [];
  const peer = peerOf(pair, refused);
  const detail =
    peer && peer.f.alive !== 'no' && !journalAtRest(refused.f)
      ? say('alarm.appointed.why', { slot: slotName(refused.slot) })
      : say('alarm.appointed.why-both', { slot: slotName(refused.slot) });
  return [
    {
      code: 'appointed-without-licence',
      tone: 'bad',
      title: say('alarm.appointed'),
      detail,
      slots: slots(refused),
      ...latest(refused.f.finishedAt),
    },
  ];
};

const autoRemove: Rule = (pair) =>
  pair.members
    .filter((m) => m.f.instance?.autoRemove && m.f.box !== 'absent')
    .map((m) => ({
      code: 'auto-remove' as const,
      tone: 'warn' as const,
      title: say('alarm.auto-remove', { name: name(m.f.member.ref.name) }),
      detail: say('alarm.auto-remove.why'),
      slots: slots(m),
    }));

/** The move is planned while a run works: its own step tells JOC. What is not known is no alarm. */
const jocElsewhere: Rule = ({ joc, run }) => {
  if (!joc?.toFollow || joc.registered !== 'yes' || run?.phase === 'working') return [];
  const { slot, note, since } = joc.toFollow;
  return [
    {
      code: 'joc-elsewhere',
      tone: 'warn',
      title: say('alarm.joc-elsewhere', { slot: slotName(slot) }),
      detail: note,
      slots: [slot],
      ...(since !== undefined && { since }),
    },
  ];
};

const RULES: readonly Rule[] = [
  twoAlive,
  mustNot,
  unexpectedLineage,
  nobodyAlarm,
  mayBeTwo,
  renamed,
  thirdCopy,
  appointedWithoutLicence,
  partedAlarm,
  twoAtRest,
  spareNotFenced,
  restartPolicy,
  autoRemove,
  jocElsewhere,
];
const LOUDNESS: Readonly<Record<Alarm['tone'], number>> = { alarm: 0, bad: 1, unknown: 2, warn: 3 };

/** All alarms, the loudest first; of equal ones in the order of the rules. */
export function alarmsOf(pair: Pair): readonly Alarm[] {
  return RULES.flatMap((rule) => [...rule(pair)]).sort((x, y) => LOUDNESS[x.tone] - LOUDNESS[y.tone]);
}
