/** The one recommended next step: an ordered list of rules. It never recommends a start that the actions refuse, nor a stop that is not decided. */
import { lastWorker } from '../guard/nobody';
import { whichStays } from '../guard/which-stays';
import type { Message } from '../text/message';
import { name, say } from '../text/say';
import { startRefusal, stopRefusal } from './actions';
import { configMissing, journalAtRest } from './facts';
import { startOutcome } from './fences';
import { type Judged, peerOf } from './pair';
import { reasonOf } from './reason';
import { alarm, type Situation } from './situation';
import type { NextStep } from './view';
import { slotName } from './words';

/** `nothing`: no later rule is asked. */
type Rule = (s: Situation) => NextStep | undefined | typeof NOTHING;
const containerOf = (m: Judged) => m.f.member.ref.name;
/** As a person would type it on the engine's host; quoted only where a shell would need it. */
const quoted = (word: string): string => (/^[\w.-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);
const startCommand = (m: Judged): string => `docker start ${quoted(containerOf(m))}`;
const stopCommand = (m: Judged): string => `docker stop --time 120 ${quoted(containerOf(m))}`;

const two: Rule = (s) => {
  if (!alarm(s, 'two-alive')) return undefined;
  const decided = whichStays(s.pair);
  if (!decided) return { title: say('next.undecided'), reasons: [say('next.undecided.why')], open: 'logs' };
  const { stop, reasons } = decided;
  const title = say('next.stop', { slot: slotName(stop.slot), name: name(containerOf(stop)), engine: name(stop.f.engineName) });
  // Where its engine is silent a person has to do it on the host.
  const act = stopRefusal(s.pair, stop) ? {} : { act: { kind: 'stop' as const, slot: stop.slot } };
  return { title, reasons: [...reasons, say('next.stop.nothing-deleted')], ...act, command: stopCommand(stop) };
};

const unexpected: Rule = (s) =>
  alarm(s, 'unexpected-lineage') ? { title: say('next.lineage'), reasons: [say('next.lineage.why')], open: 'accept-lineage' } : undefined;

const stranger: Rule = (s) => {
  const running = alarm(s, 'third-copy')?.tone === 'warn' ? undefined : s.pair.strangers.find((x) => x.running && !x.formerly);
  const third = alarm(s, 'third-copy');
  if (!running || !third) return undefined;
  const params = { name: name(running.ref.name), engine: name(running.ref.engineId) };
  // It may be the only one that works (a member under another name): its stop is recommended only beside one that is proved to work.
  if (!s.pair.members.some((m) => m.works === 'yes'))
    return {
      title: say('next.stranger-unproved', params),
      reasons: [third.detail, say('next.stranger-unproved.why', { name: params.name })],
    };
  return {
    title: say('next.stop-stranger', params),
    reasons: [third.detail],
    command: `docker stop --time 120 ${quoted(running.ref.name)}`,
  };
};

const renamed: Rule = (s) => {
  const found = s.pair.strangers.find((x) => x.formerly);
  const m = s.pair.members.find((x) => x.slot === found?.formerly);
  return (
    found &&
    m && {
      title: say('next.renamed', { old: name(containerOf(m)), name: name(found.ref.name) }),
      reasons: [say('next.renamed.why'), say('next.on-engine', { engine: name(m.f.engineName) })],
      open: 'settings',
      command: `docker rename ${quoted(found.ref.name)} ${quoted(containerOf(m))}`,
    }
  );
};

const licence: Rule = (s) => {
  const appointed = alarm(s, 'appointed-without-licence');
  return appointed && { title: say('next.licence'), reasons: [appointed.detail], open: 'logs' };
};

/** Nobody works: start the one that may, if a start helps. */
const nobody: Rule = (s) => {
  // While a standby takes over by itself nothing is to be started.
  if (alarm(s, 'nobody-active')?.tone !== 'alarm') return undefined;
  const last = lastWorker(s.pair);
  const startable = s.pair.members.filter((m) => startRefusal(s.pair, m) === undefined);
  const worker = startable.find((m) => m.slot === last.slot) ?? startable[0];
  if (!worker) return stuck(s, last);
  const params = { name: name(containerOf(worker)) };
  if (worker.f.rest?.refusal?.kind === 'foreign-event') {
    return {
      title: say('next.way-back', params),
      reasons: [say('next.way-back.why'), say('next.way-back.then')],
      command: startCommand(worker),
    };
  }
  return {
    title: say('next.start', params),
    reasons: startReasons(s, worker),
    act: { kind: 'start', slot: worker.slot },
    command: startCommand(worker),
  };
};

function startReasons(s: Situation, worker: Judged): readonly Message[] {
  const peer = peerOf(s.pair, worker);
  if (startOutcome(worker.f) === 'joins-cluster') return [say('next.start.active'), say('next.start.pair')];
  if (!peer) return [say('next.start.journal-single'), say('next.start.time')];
  return [journalAtRest(peer.f) ? say('next.start.newer') : say('next.start.journal'), say('next.start.time')];
}

/** Nobody works and nobody may be started from here: what a person has to do first. */
function stuck(s: Situation, last: Judged): NextStep | undefined {
  const params = { name: name(containerOf(last)) };
  const peer = peerOf(s.pair, last);
  const outcome = startOutcome(last.f);
  if (last.f.box === 'absent')
    return {
      title: say('next.create', params),
      reasons: [say('nobody.why.absent', { engine: name(last.f.engineName) })],
      open: 'settings',
    };
  if (outcome === 'refuses') return { title: say('next.unfence', params), reasons: [say('next.unfence.why')] };
  if (last.role === 'refused') return { title: say('next.logs', params), reasons: [say('next.logs.refused')], open: 'logs' };
  if (journalAtRest(last.f) && peer && journalAtRest(peer.f))
    return { title: say('next.undecided-rest'), reasons: [say('next.undecided-rest.why')] };
  if (outcome === 'idles' || outcome === 'works-with-new-journal' || last.role === 'idle')
    return { title: say('next.no-journal'), reasons: [say('next.no-journal.why')] };
  return undefined;
}

const unseen: Rule = (s) => {
  const m = s.pair.members.find(
    (x) => x.f.box === 'unknown' && (x.f.seen.container.kind === 'failed' || x.f.seen.engine.kind === 'failed'),
  );
  return m && { title: say('next.engine', { engine: name(m.f.engineName) }), reasons: [say('next.engine.why')], open: 'engines' };
};

/** Something is only just being started beside the one that works: the safest moment to stop it. */
const beingStarted: Rule = (s) => {
  if (s.pair.kind === 'licensed' || !s.active || s.spare?.role !== 'starting' || s.active.f.api !== 'answers') return undefined;
  const { spare } = s;
  const title = say('next.stop', { slot: slotName(spare.slot), name: name(containerOf(spare)), engine: name(spare.f.engineName) });
  const act = stopRefusal(s.pair, spare) ? {} : { act: { kind: 'stop' as const, slot: spare.slot } };
  return {
    title,
    reasons: [say('next.stop.starting', { other: slotName(s.active.slot) }), say('next.stop.nothing-deleted')],
    ...act,
    command: stopCommand(spare),
  };
};

const silent: Rule = (s) => {
  const m = s.pair.members.find(
    (x) =>
      x.works === 'unknown' &&
      x.f.box !== 'unknown' &&
      x.f.box !== 'paused' &&
      x.role !== 'stopping' &&
      (x.role !== 'starting' || x.f.box === 'restarting'),
  );
  if (!m) return undefined;
  const reasons = [reasonOf(m) ?? say('next.logs.why')];
  if (m.f.foreign) return { title: say('next.foreign', { url: name(m.f.member.access.url) }), reasons, open: 'settings' };
  const access = m.f.api === 'odd' || (m.f.says !== undefined && m.role !== 'waiting');
  return access
    ? { title: say('next.settings', { name: name(containerOf(m)) }), reasons, open: 'settings' }
    : { title: say('next.logs', { name: name(containerOf(m)) }), reasons, open: 'logs' };
};

const standby: Rule = (s) => {
  if (s.pair.kind !== 'licensed' || !s.spare || s.spare.f.alive !== 'no' || startRefusal(s.pair, s.spare)) return undefined;
  return {
    title: say('next.start', { name: name(containerOf(s.spare)) }),
    reasons: [say('next.start.standby')],
    act: { kind: 'start', slot: s.spare.slot },
    command: startCommand(s.spare),
  };
};

/** The way back is told by the alarm; first somebody has to see what each of them did. */
const parted: Rule = (s) => {
  if (!alarm(s, 'journals-parted')) return undefined;
  const unfenced = alarm(s, 'spare-not-fenced') && s.spare;
  const fenceIt = unfenced ? [say('next.parted.fence', { name: name(containerOf(unfenced)) })] : [];
  return { title: say('next.parted'), reasons: [say('next.parted.why'), ...fenceIt, say('next.parted.back')], open: 'journals' };
};

const fence: Rule = (s) =>
  alarm(s, 'spare-not-fenced') && s.spare
    ? { title: say('next.fence', { slot: slotName(s.spare.slot), name: name(containerOf(s.spare)) }), reasons: [say('next.fence.flag')] }
    : undefined;

const configure: Rule = ({ active, spare, pair }) =>
  active && spare && pair.kind !== 'licensed' && configMissing(spare.f)
    ? { title: say('next.fence', { slot: slotName(spare.slot), name: name(containerOf(spare)) }), reasons: [say('next.fence.no-config')] }
    : undefined;

const policy: Rule = (s) => {
  const slot = alarm(s, 'restart-policy')?.slots[0];
  const m = s.pair.members.find((x) => x.slot === slot);
  return (
    m && {
      title: say('next.policy', { name: name(containerOf(m)) }),
      reasons: [say('next.policy.why'), say('next.on-engine', { engine: name(m.f.engineName) })],
      command: `docker update --restart no ${quoted(containerOf(m))}`,
    }
  );
};

const joc: Rule = (s) => {
  const elsewhere = alarm(s, 'joc-elsewhere');
  const slot = elsewhere?.slots[0];
  return (
    elsewhere &&
    slot && {
      title: say('next.joc-follow', { slot: slotName(slot) }),
      reasons: [elsewhere.detail, say('next.joc-follow.why')],
      open: 'joc',
    }
  );
};

const single: Rule = (s) =>
  s.pair.kind === 'single' && s.active
    ? { title: say('next.add-secondary'), reasons: [say('next.add-secondary.why')], open: 'add-secondary' }
    : undefined;

/** The settings name a container that is not there any more: a new one takes its place. */
const gone: Rule = ({ active, spare, pair }) =>
  active && spare?.slot === 'secondary' && spare.f.box === 'absent' && pair.kind !== 'licensed'
    ? {
        title: say('next.add-secondary'),
        reasons: [say('next.add-secondary.gone', { name: name(containerOf(spare)) })],
        open: 'add-secondary',
      }
    : undefined;

/** Whatever else there is to do waits for the run; only the dangers above do not. */
const run: Rule = ({ pair }) => {
  if (!pair.run) return undefined;
  const { runId, phase } = pair.run;
  return phase === 'asking'
    ? { title: say('next.run.decide', { run: runId }), reasons: [say('next.run.decide.why')], open: 'run' }
    : NOTHING;
};
const NOTHING = 'nothing';

const RULES: readonly Rule[] = [
  two,
  unexpected,
  stranger,
  renamed,
  licence,
  run,
  nobody,
  unseen,
  beingStarted,
  silent,
  standby,
  parted,
  gone,
  fence,
  configure,
  policy,
  joc,
  single,
];

export function nextStepOf(s: Situation): NextStep | undefined {
  for (const rule of RULES) {
    const step = rule(s);
    if (step) return step === NOTHING ? undefined : step;
  }
  return undefined;
}
