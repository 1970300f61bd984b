/**
 * Checks of JOC Cockpit. What JOC itself cannot do blocks nothing: nobody's work depends on it, and where it cannot follow the run says so and goes on (steps.ts,
 * mayBeLeft). A warning is accepted by a person, who then knows that something will be left to do. A name that certainly cannot be moved would stop the run while nobody
 * works: that blocks.
 */
import { lastValue } from '../../cluster/facts';
import type { JocFacts, JocSees } from '../../joc/joc';
import { addressOf, carries, type Lead, type LeadSide, leadsTo } from '../../joc/leads';
import { connectionWord } from '../../joc/words';
import { block, type CheckRow, pass, the, warn } from './check';
import type { JocPreflight, PreflightFacts, SideFacts } from './facts';

const name = (value: string) => ({ as: 'name' as const, value });
const code = (value: string) => ({ as: 'code' as const, value });
type Judged = ReturnType<CheckRow['judge']>;

/** For a check that has nothing to say where no JOC is connected. */
const withJoc =
  (judge: (joc: JocPreflight, f: PreflightFacts) => Judged): CheckRow['judge'] =>
  (f) => {
    const joc = the(f.joc);
    return joc === 'none' ? pass('check.joc.not-needed') : judge(joc, f);
  };
const untold = (joc: JocPreflight): Judged => warn('check.joc.untold', { joc: name(joc.name) });
const factsOf = ({ facts }: JocPreflight): JocFacts | undefined => (facts.kind === 'value' ? facts.value : undefined);
/** The registered address is changed by the run itself: JOC has to allow that. */
const isChanged = ({ follow }: JocPreflight): boolean => follow.kind === 'update';

const answers: CheckRow = {
  id: 'joc',
  group: 'joc-agents',
  rests: ['joc'],
  judge: (f) => {
    const joc = the(f.joc);
    if (joc === 'none') return pass('check.joc.none');
    const failed = [joc.facts, joc.sees].find((r) => r.kind === 'failed');
    if (failed?.kind === 'failed') return warn('check.joc.silent', { joc: name(joc.name), why: failed.error.message });
    const facts = factsOf(joc);
    return facts ? pass('check.joc.answers', { joc: name(joc.name), version: facts.version }) : untold(joc);
  },
};

const active: CheckRow = {
  id: 'joc-active',
  group: 'joc-agents',
  rests: ['joc'],
  judge: withJoc((joc) => {
    if (!isChanged(joc)) return pass('check.joc.not-changed');
    const facts = factsOf(joc);
    if (!facts) return untold(joc);
    return facts.active ? pass('check.joc-active.yes', { joc: name(joc.name) }) : warn('check.joc-active.no', { joc: name(joc.name) });
  }),
};

const permission: CheckRow = {
  id: 'joc-permission',
  group: 'joc-agents',
  rests: ['joc'],
  judge: withJoc((joc) => {
    if (!isChanged(joc)) return pass('check.joc.not-changed');
    const may = factsOf(joc)?.mayManage ?? 'unknown';
    if (may === 'unknown') return untold(joc);
    if (may === 'yes') return pass('check.joc-permission.yes');
    return may === 'approval' ? warn('check.joc-permission.approval') : warn('check.joc-permission.no');
  }),
};

function sideOf(s: SideFacts): LeadSide {
  const container = lastValue(s.container);
  const instance = container === 'absent' ? undefined : container;
  const engine = lastValue(s.engine);
  const own = s.url === undefined ? undefined : addressOf(s.url);
  const through = own && instance?.ports.some((p) => p.outside === own.port);
  const live = s.controller.kind === 'value' && typeof s.controller.value.overview === 'object' ? s.controller.value.overview : undefined;
  return {
    slot: s.slot,
    access: { url: s.url ?? '' },
    runs: instance === undefined ? 'unknown' : ['exited', 'created', 'dead'].includes(instance.state) ? 'no' : 'yes',
    hosts: [...(engine ? [engine.hostname] : []), ...(through ? [own.host] : [])],
    ...(instance && { instance }),
    ...(live && 'startedAt' in live && { startedAt: live.startedAt }),
  };
}
const leadOf = (f: PreflightFacts, joc: JocPreflight, url: string, startedAt?: number): Lead =>
  leadsTo(url, [sideOf(f.source), sideOf(f.target)], {
    follow: joc.follow,
    inContainer: joc.container !== undefined,
    ...(startedAt !== undefined && { startedAt }),
  });

const BOTH_SIDES = [
  'source.container',
  'target.container',
  'source.engine',
  'target.engine',
  'source.controller',
  'target.controller',
] as const;
const registration: CheckRow = {
  id: 'joc-registration',
  group: 'joc-agents',
  rests: ['joc'],
  also: BOTH_SIDES,
  judge: withJoc((joc, f) => {
    if (joc.sees.kind !== 'value') return untold(joc);
    const sees: JocSees | 'not-registered' = joc.sees.value;
    if (sees === 'not-registered') return warn('check.joc-registration.none', { joc: name(joc.name) });
    const [node, second] = sees.nodes;
    if (!node || second) return warn('check.joc-registration.cluster');
    const established = connectionWord(node.connection) === 'established';
    const lead = leadOf(f, joc, node.url, established ? node.startedAt : undefined);
    const url = { url: code(node.url) };
    if (lead === 'unknown') return warn('check.joc-registration.unknown', url);
    if (lead === 'nobody') return warn('check.joc-registration.nobody', url);
    return lead === f.source.slot ? pass('check.joc-registration.source', url) : warn('check.joc-registration.target', url);
  }),
};

/** It is stopped, so nobody can try: what is judged is whether names, ports and networks fit. */
const target: CheckRow = {
  id: 'joc-target',
  group: 'joc-agents',
  rests: ['joc', 'target.container'],
  also: BOTH_SIDES,
  judge: withJoc((joc, f) => {
    const { follow } = joc;
    if (follow.kind === 'cluster') return warn('check.joc-registration.cluster');
    if (follow.kind === 'front') return pass('check.joc-target.front', { url: code(follow.url) });
    if (follow.kind === 'name') return byName(joc, follow, f);
    const [url] = follow.urls[f.target.slot] ?? [];
    if (url === undefined) return warn('check.joc-target.no-url');
    const lead = leadOf(f, { ...joc, follow: { kind: 'front', url: '' } }, url);
    if (lead === f.target.slot) return pass('check.joc-target.url', { url: code(url) });
    return lead === 'unknown'
      ? pass('check.joc-target.url-saved', { url: code(url) })
      : warn('check.joc-target.url-other', { url: code(url) });
  }),
};

function byName(joc: JocPreflight, follow: Extract<JocPreflight['follow'], { kind: 'name' }>, f: PreflightFacts): Judged {
  const container = the(f.target.container);
  const words = { alias: code(follow.alias), network: name(follow.network) };
  if (container === 'absent') return warn('check.joc-target.url-unknown', { url: code(follow.url) });
  if (joc.network === 'missing') return block('check.joc-target.no-network', { ...words, engine: name(f.target.engineName) });
  if (joc.network === 'unreadable') return warn('check.joc-target.unreadable', { ...words, engine: name(f.target.engineName) });
  // Docker's networks end at the host, but for overlays.
  if (f.source.ref.engineId !== f.target.ref.engineId && joc.spans !== true) return warn('check.joc-target.two-hosts', words);
  if (joc.container?.networks && !joc.container.networks.includes(follow.network))
    return warn('check.joc-target.apart', { ...words, joc: name(joc.name) });
  if (carries(container, follow.network, follow.alias)) return pass('check.joc-target.has', words);
  return container.networks.some((n) => n.network === follow.network)
    ? pass('check.joc-target.name', words)
    : pass('check.joc-target.joins', words);
}

export const JOC_CHECKS: readonly CheckRow[] = [answers, active, permission, registration, target];
