/** What is tried before a cluster is saved, judged. Pure: usecases/clusters/test-cluster.ts measures. Nothing unknown counts as passed. */
import type { ControllerFacts } from '../controller/controller';
import type { EngineInfo } from '../engine/engine';
import type { Problem } from '../errors';
import type { ContainerReading, Instance, InstanceRef } from '../instance/instance';
import { controllerPaths } from '../instance/paths';
import type { DiskFacts } from '../journal/disk';
import type { Result } from '../result';
import type { setupTexts } from '../text/en/setup';
import type { Message, Param } from '../text/message';
import type { ClusterCheck } from './candidate';
import type { Slot } from './cluster';

export interface MemberMeasured {
  readonly slot: Slot;
  readonly ref: InstanceRef;
  readonly url: string;
  readonly engine: Result<EngineInfo>;
  /** Absent: the engine could not be asked. */
  readonly container?: Result<ContainerReading>;
  /** Addresses that lead to the container, as far as its settings tell. */
  readonly urls: readonly string[];
  readonly controller: Result<ControllerFacts>;
  /** Absent: not tried, because nothing answers. */
  readonly access?: Result<'account' | 'certificate' | 'public'>;
  /** Of a stopped container. */
  readonly disk?: Result<DiskFacts>;
  /** Name of another cluster that has this container. */
  readonly usedBy?: string;
}
export interface Measured {
  readonly primary: MemberMeasured;
  readonly secondary?: MemberMeasured;
  /** Other containers of the same Controller ID. */
  readonly strangers: readonly InstanceRef[];
}

const MAX_SKEW_MS = 2000;
type Key = keyof typeof setupTexts;
const text = (key: Key, params?: Readonly<Record<string, Param>>): Message => (params ? { key, params } : { key });
const name = (value: string): Param => ({ as: 'name', value });
const code = (value: string): Param => ({ as: 'code', value });
type Found = readonly [ClusterCheck['result'], Message, Message?];
/** A failed measurement: its own words, and its own remedy. */
const failed = (p: Problem, result: ClusterCheck['result'] = 'block'): Found =>
  p.remedy === undefined
    ? [result, text('setup.answers.no', { why: p.message })]
    : [result, text('setup.answers.no', { why: p.message }), text('setup.fix', { what: p.remedy })];

function check(id: string, found: Found | undefined, slot?: Slot): ClusterCheck[] {
  if (!found) return [];
  const [result, measured, remedy] = found;
  return [{ id, result, title: text(`setup.${id}` as Key), measured, ...(remedy && { remedy }), ...(slot && { slot }) }];
}

const instanceOf = (m: MemberMeasured): Instance | undefined =>
  m.container?.ok && m.container.value !== 'absent' ? m.container.value : undefined;
const stopped = (m: MemberMeasured): boolean => ['exited', 'created', 'dead'].includes(instanceOf(m)?.state ?? '');
const overviewOf = (m: MemberMeasured) =>
  m.controller.ok && typeof m.controller.value.overview === 'object' && 'controllerId' in m.controller.value.overview
    ? m.controller.value.overview
    : undefined;
const restOf = (m: MemberMeasured) => (m.disk?.ok && m.disk.value.state.kind === 'journal' ? m.disk.value.state.journal : undefined);
const toldId = (m: MemberMeasured): string | undefined => instanceOf(m)?.env.RUN_JS_ID || undefined;
/** The Controller's own word, else its journal's, else its container's. */
export const idOf = (m: MemberMeasured): string | undefined =>
  (stopped(m) ? undefined : overviewOf(m)?.controllerId) ?? restOf(m)?.controllerId ?? toldId(m);

function container(m: MemberMeasured): Found | undefined {
  if (!m.container) return undefined;
  if (!m.container.ok) return failed(m.container.error);
  if (m.container.value === 'absent')
    return [
      'block',
      text('setup.container.absent', { engine: name(m.ref.engineId), name: name(m.ref.name) }),
      text('setup.container.absent.fix'),
    ];
  return ['pass', text('setup.container.is', { name: name(m.ref.name), state: m.container.value.state })];
}
function survives(m: MemberMeasured): Found | undefined {
  const i = instanceOf(m);
  if (!i) return undefined;
  return i.autoRemove
    ? ['warn', text('setup.survives.no', { name: name(i.name) }), text('setup.survives.fix')]
    : ['pass', text('setup.survives.yes')];
}
const stateMount = (i: Instance) => {
  const path = controllerPaths(i.mounts).state[0];
  return path === undefined
    ? undefined
    : [...i.mounts].sort((a, b) => b.target.length - a.target.length).find((mount) => path.startsWith(mount.target.replace(/\/+$/, '')));
};
function volume(m: MemberMeasured): Found | undefined {
  const i = instanceOf(m);
  if (!i) return undefined;
  const mount = stateMount(i);
  return mount
    ? ['pass', text('setup.volume.yes', { path: name(mount.source) })]
    : ['warn', text('setup.volume.none'), text('setup.volume.none.fix')];
}

function answers(m: MemberMeasured): Found {
  const url = name(m.url);
  if (stopped(m)) {
    if (m.controller.ok) return ['block', text('setup.answers.foreign', { url }), text('setup.answers.foreign.fix')];
    const other = m.urls[0];
    if (m.urls.includes(m.url.replace(/\/$/, '')) || other === undefined) return ['pass', text('setup.answers.stopped', { url })];
    return ['warn', text('setup.answers.stopped-unfit', { url }), text('setup.answers.stopped-unfit.fix', { url: name(other) })];
  }
  if (!m.controller.ok) return failed(m.controller.error);
  const { tls, latencyMs } = m.controller.value;
  const key = tls === 'mutual' ? 'setup.answers.yes-mutual' : tls === 'server' ? 'setup.answers.yes-https' : 'setup.answers.yes';
  return ['pass', text(key, { url, latency: { as: 'count', value: latencyMs } })];
}

function identity(m: MemberMeasured): Found | undefined {
  const told = toldId(m);
  const says = stopped(m) ? restOf(m)?.controllerId : overviewOf(m)?.controllerId;
  if (says === undefined) {
    if (stopped(m))
      return told === undefined ? ['unknown', text('setup.identity.unknown')] : ['pass', text('setup.identity.read', { id: code(told) })];
    return m.controller.ok ? ['unknown', text('setup.identity.unknown')] : undefined;
  }
  if (told === undefined) return ['pass', text('setup.identity.says', { id: code(says) })];
  return says === told
    ? ['pass', text('setup.identity.fits', { id: code(says) })]
    : ['block', text('setup.identity.differs', { id: code(says), told: code(told) }), text('setup.identity.differs.fix')];
}

function access(m: MemberMeasured): Found | undefined {
  if (stopped(m)) {
    const open = m.disk?.ok && 'isBackup' in m.disk.value.config && m.disk.value.config.publicAccess;
    return open ? publicAccess(m) : ['pass', text('setup.access.untried')];
  }
  if (!m.access) return undefined;
  if (!m.access.ok) return failed(m.access.error);
  return m.access.value === 'public' ? publicAccess(m) : ['pass', text(`setup.access.${m.access.value}`)];
}
const publicAccess = (m: MemberMeasured): Found => [
  'warn',
  text('setup.access.public', { url: name(m.url) }),
  text('setup.access.public.fix'),
];

function ofMember(m: MemberMeasured): ClusterCheck[] {
  const engine: Found = m.engine.ok
    ? ['pass', text('setup.engine.answers', { engine: name(m.ref.engineId), version: m.engine.value.version })]
    : failed(m.engine.error);
  const used: Found | undefined =
    m.usedBy === undefined ? undefined : ['warn', text('setup.unused.no', { cluster: name(m.usedBy) }), text('setup.unused.fix')];
  const all: [string, Found | undefined][] = [
    ['engine', engine],
    ['container', container(m)],
    ['survives', survives(m)],
    ['volume', volume(m)],
    ['answers', answers(m)],
    ['identity', identity(m)],
    ['access', access(m)],
    ['unused', used],
  ];
  return all.flatMap(([id, found]) => check(id, found, m.slot));
}

function twice(a: MemberMeasured, b: MemberMeasured): Found | undefined {
  const [x, y] = [instanceOf(a), instanceOf(b)];
  // Two engines may be one and the same Docker under two names: the container's id tells.
  const same = (a.ref.engineId === b.ref.engineId && a.ref.name === b.ref.name) || (x && y && x.id === y.id);
  return same ? ['block', text('setup.twice.same', { name: name(a.ref.name) }), text('setup.twice.fix')] : undefined;
}
function differ(
  a: string | undefined,
  b: string | undefined,
  what: 'same-id' | 'same-version' | 'same-image',
  param: string,
  shown = (s: string) => s,
): Found | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === b) return ['pass', text(`setup.${what}.yes`, { [param]: code(shown(a)) })];
  return [
    what === 'same-id' ? 'block' : 'warn',
    text(`setup.${what}.no`, { primary: code(shown(a)), secondary: code(shown(b)) }),
    text(`setup.${what}.fix`),
  ];
}
function clocks(a: MemberMeasured, b: MemberMeasured): Found | undefined {
  if (a.ref.engineId === b.ref.engineId || !a.engine.ok || !b.engine.ok) return undefined;
  const [x, y] = [a.engine.value.clockSkewMs, b.engine.value.clockSkewMs];
  if (x === undefined || y === undefined) return undefined;
  const apart = { as: 'duration', value: Math.abs(x - y) } as const;
  return apart.value <= MAX_SKEW_MS
    ? ['pass', text('setup.clocks.yes', { apart })]
    : ['warn', text('setup.clocks.no', { apart }), text('setup.clocks.fix')];
}
function oneLives(a: MemberMeasured, b: MemberMeasured): Found {
  const alone = (m: MemberMeasured) =>
    !stopped(m) &&
    m.controller.ok &&
    m.controller.value.node.kind === 'state' &&
    m.controller.value.node.state.clusterState.type === 'Empty' &&
    !m.controller.value.node.state.isBackup;
  return alone(a) && alone(b) ? ['warn', text('setup.one-lives.no'), text('setup.one-lives.fix')] : ['pass', text('setup.one-lives.yes')];
}

function ofBoth(a: MemberMeasured, b: MemberMeasured): ClusterCheck[] {
  const [x, y] = [instanceOf(a), instanceOf(b)];
  const [mx, my] = [x && stateMount(x), y && stateMount(y)];
  const same = twice(a, b);
  const shared = !same && mx && my && a.ref.engineId === b.ref.engineId && mx.source === my.source;
  const sameUrl = !same && a.url.replace(/\/$/, '') === b.url.replace(/\/$/, '');
  return [
    ...check('twice', same),
    ...check(
      'answers',
      sameUrl ? ['block', text('setup.answers.same-url', { url: name(a.url) }), text('setup.answers.same-url.fix')] : undefined,
    ),
    ...check(
      'volume',
      shared ? ['block', text('setup.volume.shared', { volume: name(mx.source) }), text('setup.volume.shared.fix')] : undefined,
    ),
    ...check('same-id', differ(idOf(a), idOf(b), 'same-id', 'id')),
    ...check('same-version', differ(overviewOf(a)?.version, overviewOf(b)?.version, 'same-version', 'version')),
    ...check(
      'same-image',
      differ(x?.image.digest, y?.image.digest, 'same-image', 'digest', (d) => d.slice(0, 19)),
    ),
    ...check('clocks', clocks(a, b)),
    ...check('one-lives', same ? undefined : oneLives(a, b)),
  ];
}

export function setupChecks(m: Measured): readonly ClusterCheck[] {
  const strangers = m.strangers.map(
    (s): ClusterCheck => ({
      id: `third-${s.engineId}-${s.name}`,
      result: 'warn',
      title: text('setup.third'),
      remedy: text('setup.third.fix'),
      measured: text('setup.third.no', { name: name(s.name), engine: name(s.engineId) }),
    }),
  );
  return [...ofMember(m.primary), ...(m.secondary ? [...ofMember(m.secondary), ...ofBoth(m.primary, m.secondary)] : []), ...strangers];
}
