/** The one recommended next step: an ordered list of rules. It never recommends a start that the actions refuse, nor a stop that is not decided. */
import { lastWorker } from '../guard/nobody';
import { whichStays } from '../guard/which-stays';
import { journalAtRest } from './facts';
import { name, say } from '../text/say';
import { startRefusal, stopRefusal } from './actions';
import { startOutcome } from './fences';
import { type Judged, peerOf } from './pair';
import { alarm, type Situation } from './situation';
import type { NextStep } from './view';
import { slotName } from './words';

type Rule = (s: Situation) => NextStep | undefined;
const containerOf = (m: Judged) => m.f.member.ref.name;
/** As a person would type it on the engine's host; quoted only where a shell would need it. */
const quoted = (word: string): string => (/^[\w.-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);
export const startCommand = (m: Judged): string => `docker start ${quoted(containerOf(m))}`;
export const stopCommand = (m: Judged): string => `docker stop --time 120 ${quoted(containerOf(m))}`;

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

const unexpected: Rule = (s) => (alarm(s, 'unexpected-lineage') ? { title: say('next.lineage'), reasons: [say('next.lineage.why')], open: 'accept-lineage' } : undefined);

const stranger: Rule = (s) => {
  const running = alarm(s, 'third-copy')?.tone === 'warn' ? undefined : s.pair.strangers.find((x) => x.running);
  const third = alarm(s, 'third-copy');
  return running && third
    ? { title: say('next.stop-stranger', { name: name(running.ref.name), engine: name(running.ref.engineId) }), reasons: [third.detail], command: `docker stop --time 120 ${quoted(running.ref.name)}` }
    : undefined;
};

/** Nobody works: start the one that may. */
const nobody: Rule = (s) => {
  if (!alarm(s, 'nobody-active')) return undefined;
  const startable = s.pair.members.filter((m) => startRefusal(s.pair, m) === undefined);
  const worker = startable.find((m) => m.slot === lastWorker(s.pair).slot) ?? startable[0];
  if (!worker) {
    const m = lastWorker(s.pair);
    return { title: say('next.logs', { name: name(containerOf(m)) }), reasons: [say('next.logs.refused')], open: 'logs' };
  }
  const peer = peerOf(s.pair, worker);
  const joins = startOutcome(worker.f) === 'joins-cluster';
  const reasons = joins
    ? [say('next.start.active'), say('next.start.pair')]
    : [peer && journalAtRest(peer.f) ? say('next.start.newer') : say('next.start.journal'), say('next.start.time')];
  return { title: say('next.start', { name: name(containerOf(worker)) }), reasons, act: { kind: 'start', slot: worker.slot }, command: startCommand(worker) };
};

const unseen: Rule = (s) => {
  const m = s.pair.members.find((x) => x.f.box === 'unknown' && (x.f.seen.container.kind === 'failed' || x.f.seen.engine.kind === 'failed'));
  return m && { title: say('next.engine', { engine: name(m.f.engineName) }), reasons: [say('next.engine.why')], open: 'settings' };
};

const silent: Rule = (s) => {
  const m = s.pair.members.find((x) => x.works === 'unknown' && (x.role === 'unreachable' || x.f.says || x.f.foreign));
  if (!m) return undefined;
  const access = m.f.api === 'odd' || m.f.says !== undefined || m.f.foreign;
  return access && m.role !== 'waiting'
    ? { title: say('next.settings', { name: name(containerOf(m)) }), reasons: [say('next.logs.why')], open: 'settings' }
    : { title: say('next.logs', { name: name(containerOf(m)) }), reasons: [say('next.logs.why')], open: 'logs' };
};

const standby: Rule = (s) => {
  if (s.pair.kind !== 'licensed' || !s.spare || s.spare.f.alive !== 'no' || startRefusal(s.pair, s.spare)) return undefined;
  return { title: say('next.start', { name: name(containerOf(s.spare)) }), reasons: [say('next.start.standby')], act: { kind: 'start', slot: s.spare.slot }, command: startCommand(s.spare) };
};

const fence: Rule = (s) =>
  alarm(s, 'spare-not-fenced') && s.spare ? { title: say('next.fence', { slot: slotName(s.spare.slot), name: name(containerOf(s.spare)) }), reasons: [say('next.fence.flag')] } : undefined;

const policy: Rule = (s) => {
  const slot = alarm(s, 'restart-policy')?.slots[0];
  const m = s.pair.members.find((x) => x.slot === slot);
  return m && { title: say('next.policy', { name: name(containerOf(m)) }), reasons: [say('next.policy.why'), say('next.on-engine', { engine: name(m.f.engineName) })], command: `docker update --restart no ${quoted(containerOf(m))}` };
};

const single: Rule = (s) => (s.pair.kind === 'single' && s.active ? { title: say('next.add-secondary'), reasons: [say('next.add-secondary.why')], open: 'add-secondary' } : undefined);

const RULES: readonly Rule[] = [two, unexpected, stranger, nobody, unseen, silent, standby, fence, policy, single];

export function nextStepOf(s: Situation): NextStep | undefined {
  for (const rule of RULES) {
    const step = rule(s);
    if (step) return step;
  }
  return undefined;
}
