/** What is looked at before a set-up begins: each says what was measured and, where it stands against it, what to do. `unknown` keeps it from starting. */
import { candidateUrls } from '../cluster/discovery';
import { leadsTo } from '../cluster/leads';
import type { ErrorCode, Problem } from '../errors';
import type { InstanceRef } from '../instance/instance';
import type { Message } from '../text/message';
import { code, count, name } from '../text/say';
import { LARGEST_FILE } from './configuration';
import { isSecret } from './derive';
import { engineIn, isProblem, type MeasuredPrimary, portsTaken, type SetupEngine, type SetupFacts, secondaryGone } from './facts';
import { stableAliases } from './propose';
import type { PlannedInstance, SetupPlan } from './setup';
import { tell } from './tell';
import type { CreateSecondary, Wanted } from './wanted';

export interface SetupCheck {
  readonly id: string;
  readonly slot?: 'primary' | 'secondary';
  readonly result: 'pass' | 'warn' | 'block' | 'unknown';
  readonly title: Message;
  readonly measured: Message;
  readonly remedy?: Message;
}
type Found = readonly [result: SetupCheck['result'], measured: Message, remedy?: Message];
const check = (id: string, [result, measured, remedy]: Found, slot?: 'primary' | 'secondary'): SetupCheck => ({
  id,
  ...(slot && { slot }),
  result,
  title: { key: `making.check.${id}` },
  measured,
  ...(remedy && { remedy }),
});
const failed = (p: Problem): Found => {
  const result = UNSEEN.has(p.code) ? 'unknown' : 'block';
  const measured = tell('making.problem', { what: p.message });
  return p.remedy ? [result, measured, tell('making.problem', { what: p.remedy })] : [result, measured];
};
const UNSEEN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ENGINE_UNREACHABLE',
  'ENGINE_TIMEOUT',
  'ENGINE_ERROR',
  'HELPER_FAILED',
  'CONTROLLER_TIMEOUT',
]);

/** `plan` absent: it could not be made, for `why`. */
export function setupPlanChecks(wanted: Wanted, facts: SetupFacts, plan: SetupPlan | undefined, why?: Problem): readonly SetupCheck[] {
  const engines = [...new Set(enginesOf(wanted))].map((id) => check('engine', engine(facts, id)));
  const busy =
    facts.busy === undefined
      ? []
      : [check('free', ['block', tell('making.free.busy', { what: facts.busy }), tell('making.free.busy.fix')])];
  if (!plan) return [...engines, ...busy, ...(why ? [check('plan', failed(why))] : [])];
  const made = plan.instances.flatMap((i) => ofInstance(i, plan, facts));
  const kind =
    wanted.kind === 'create-secondary'
      ? ofSecondary(wanted, plan, facts)
      : wanted.kind === 'use-existing'
        ? ofExisting(wanted.moveAside, plan, facts)
        : ofBoth(wanted.clusterName, plan, facts);
  return [...engines, ...busy, ...made, ...kind];
}
const enginesOf = (w: Wanted): readonly string[] => (w.kind === 'create-both' ? [w.primary.engineId, w.secondary.engineId] : [w.engineId]);

function engine(facts: SetupFacts, id: string): Found {
  const e = engineIn(facts, id);
  if (!e) return ['block', tell('making.engine.gone', { engine: name(id) }), tell('making.engine.gone.fix')];
  if (e.problem) return failed(e.problem);
  return ['pass', tell('making.engine.answers', { engine: name(e.name), version: e.info?.version ?? '' })];
}

function ofInstance(i: PlannedInstance, plan: SetupPlan, facts: SetupFacts): readonly SetupCheck[] {
  const e = engineIn(facts, i.engineId);
  if (!e || e.problem) return [];
  const own = plan.instances.filter((x) => x !== i && x.engineId === i.engineId);
  const all: [string, Found][] = [
    ['name', freeOf(i, e, own)],
    ['hostname', hostname(i, facts, own)],
    ['image', image(i, e, facts)],
    ...i.mounts.map((m): [string, Found] => ['volume', mount(m, i, e, own)]),
    ...i.networks.map((n): [string, Found] => ['network', network(n.network, e, plan)]),
    ...i.ports.map((p): [string, Found] => ['port', port(p.outside, e, facts, own)]),
  ];
  return all.map(([id, found]) => check(id, found, i.slot));
}
function freeOf(i: PlannedInstance, e: SetupEngine, own: readonly PlannedInstance[]): Found {
  const taken = e.instances.some((x) => x.name === i.name) || own.some((x) => x.name === i.name);
  return taken
    ? ['block', tell('making.name.taken', { name: name(i.name), engine: name(e.name) }), tell('making.name.taken.fix')]
    : ['pass', tell('making.name.free')];
}
function hostname(i: PlannedInstance, facts: SetupFacts, own: readonly PlannedInstance[]): Found {
  const names = new Set([i.hostname, ...i.networks.flatMap((n) => n.aliases)]);
  const nets = new Set(i.networks.map((n) => n.network));
  const stable = stableAliases(facts.cluster).find((a) => names.has(a));
  if (stable) return ['block', tell('making.hostname.stable', { alias: name(stable) }), tell('making.hostname.stable.fix')];
  const others = facts.engines.flatMap((e) => e.instances).filter((x) => x.networks.some((n) => nets.has(n.network)));
  const twin =
    others.find((x) => names.has(x.hostname) || x.networks.some((n) => n.aliases.some((a) => names.has(a)))) ??
    own.find((x) => names.has(x.hostname));
  return twin
    ? ['block', tell('making.hostname.taken', { name: name(twin.name), hostname: name(i.hostname) }), tell('making.hostname.taken.fix')]
    : ['pass', tell('making.hostname.free', { hostname: name(i.hostname) })];
}
function image(i: PlannedInstance, e: SetupEngine, facts: SetupFacts): Found {
  if (e.images.some((x) => x.digest === i.image.digest)) return ['pass', tell('making.image.there', { engine: name(e.name) })];
  const source = i.copyImageFrom === undefined ? undefined : engineIn(facts, i.copyImageFrom);
  const found = source?.images.find((x) => x.digest === i.image.digest);
  if (!source || source.problem || !found)
    return ['block', tell('making.image.gone', { image: name(i.image.ref) }), tell('making.image.gone.fix')];
  return ['pass', tell('making.image.copied', { from: name(source.name), bytes: { as: 'bytes', value: found.bytes } })];
}
function mount(m: PlannedInstance['mounts'][number], i: PlannedInstance, e: SetupEngine, own: readonly PlannedInstance[]): Found {
  const twice = i.mounts.filter((x) => x.source === m.source).length > 1 || own.some((x) => x.mounts.some((y) => y.source === m.source));
  const user = e.instances.find((x) => x.mounts.some((y) => y.source === m.source));
  if (twice) return ['block', tell('making.volume.twice', { volume: name(m.source) }), tell('making.volume.fix')];
  if (user) return ['block', tell('making.volume.used', { volume: name(m.source), name: name(user.name) }), tell('making.volume.fix')];
  if (m.kind === 'bind')
    return m.source.startsWith('/')
      ? ['warn', tell('making.volume.bind', { folder: name(m.source) }), tell('making.volume.bind.fix')]
      : ['block', tell('making.volume.relative', { folder: name(m.source) }), tell('making.volume.fix')];
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(m.source))
    return ['block', tell('making.volume.odd', { volume: name(m.source) }), tell('making.volume.fix')];
  return e.volumes.includes(m.source)
    ? ['block', tell('making.volume.taken', { volume: name(m.source), engine: name(e.name) }), tell('making.volume.fix')]
    : ['pass', tell('making.volume.free', { volume: name(m.source) })];
}
function network(wanted: string, e: SetupEngine, plan: SetupPlan): Found {
  const there = e.networks.find((n) => n.name === wanted);
  if (there) return ['pass', tell('making.network.there', { network: name(wanted), engine: name(e.name), driver: there.driver })];
  if (plan.makeNetwork?.name === wanted && plan.makeNetwork.engineId === e.id)
    return ['pass', tell('making.network.new', { network: name(wanted) })];
  return [
    'block',
    tell('making.network.gone', { network: name(wanted), engine: name(e.name) }),
    tell('making.network.gone.fix', { line: code(`docker network create ${wanted}`) }),
  ];
}
function port(outside: number, e: SetupEngine, facts: SetupFacts, own: readonly PlannedInstance[]): Found {
  const taken = portsTaken(facts, e).get(outside) ?? own.find((x) => x.ports.some((p) => p.outside === outside))?.name;
  return taken
    ? ['block', tell('making.port.taken', { port: String(outside), name: name(taken) }), tell('making.port.taken.fix')]
    : ['pass', tell('making.port.free', { port: String(outside), engine: name(e.name) })];
}

function space(bytes: number | undefined, free: number | undefined): Found {
  const need = bytes === undefined ? undefined : 2 * bytes;
  if (need === undefined) return ['warn', tell('making.space.no-journal')];
  const wanted = { as: 'bytes', value: need } as const;
  if (free === undefined) return ['warn', tell('making.space.unknown', { need: wanted }), tell('making.space.unknown.fix')];
  return free >= need
    ? ['pass', tell('making.space.enough', { free: { as: 'bytes', value: free }, need: wanted })]
    : ['block', tell('making.space.short', { free: { as: 'bytes', value: free }, need: wanted }), tell('making.space.short.fix')];
}
const journalBytes = (p: MeasuredPrimary): number | undefined =>
  isProblem(p.disk) || p.disk.state.kind !== 'journal' ? undefined : p.disk.state.journal.totalBytes;

function ofSecondary(w: CreateSecondary, plan: SetupPlan, facts: SetupFacts): readonly SetupCheck[] {
  const p = facts.primary;
  if (!p || isProblem(p)) return [];
  const made = plan.instances[0];
  const e = engineIn(facts, w.engineId);
  const secret = Object.entries(w.env).find(([k, v]) => isSecret(k, v));
  const large = plan.files.filter((f) => f.how === 'left-out').length;
  const keys = isProblem(p.config) ? [] : p.config.files.filter((f) => f.privateKey);
  const huge = isProblem(p.config) ? [] : p.config.files.filter((f) => !f.privateKey && f.bytes > LARGEST_FILE);
  const readOnly = p.instance.mounts.filter((m) => m.readOnly || m.kind === 'other');
  return [
    check('one', one(facts)),
    check('config', config(p)),
    check('fence', fence(p)),
    check('space', space(journalBytes(p), e?.freeBytes)),
    check('same-version', ['pass', tell('making.version.digest', { image: name(made?.image.ref ?? '') })]),
    check('agents', agents(p, plan)),
    ...(keys.length > 0
      ? [
          check('keys', [
            'warn',
            tell('making.keys.left', { files: code(keys.map((f) => f.path).join(', ')) }),
            tell('making.keys.left.fix'),
          ]),
        ]
      : []),
    ...(huge.length > 0 || large > keys.length
      ? [check('left', ['warn', tell('making.left.some', { files: count(large - keys.length) }), tell('making.left.some.fix')])]
      : []),
    ...(readOnly.length > 0
      ? [
          check('mounts', [
            'warn',
            tell('making.mounts.left', { mounts: code(readOnly.map((m) => m.target).join(', ')) }),
            tell('making.mounts.left.fix'),
          ]),
        ]
      : []),
    check('public', publicAccess(p, w.copyPublicAccess)),
    check(
      'https',
      p.says === undefined
        ? ['pass', tell('making.https.unknown')]
        : p.says.tls === 'none'
          ? ['warn', tell('making.https.none'), tell('making.https.none.fix')]
          : ['pass', p.says.tls === 'mutual' ? tell('making.https.mutual') : tell('making.https.server')],
    ),
    check('licence', licence(p, w)),
    ...(secret
      ? [check('secret', ['block', tell('making.secret.given', { variable: code(secret[0]) }), tell('making.secret.given.fix')])]
      : []),
  ];
}
/** `own`: the container that is to become it may be it already. */
function one(facts: SetupFacts, own?: InstanceRef): Found {
  const there = facts.cluster?.secondary?.ref;
  if (!there || (there.engineId === own?.engineId && there.name === own.name)) return ['pass', tell('making.one.none')];
  if (secondaryGone(facts)) return ['pass', tell('making.one.gone', { name: name(there.name) })];
  return ['block', tell('making.one.there', { name: name(there.name) }), tell('making.one.there.fix')];
}
function config(p: MeasuredPrimary): Found {
  if (isProblem(p.config)) return failed(p.config);
  if (!p.config.files.some((f) => f.path === 'controller.conf'))
    return ['block', tell('making.config.none', { name: name(p.instance.name) }), tell('making.config.none.fix')];
  return ['pass', tell('making.config.read', { files: count(p.config.files.length) })];
}
function fence(p: MeasuredPrimary): Found {
  if (isProblem(p.config)) return failed(p.config);
  const { flag, nodes } = p.config.next;
  if (typeof flag === 'object') return failed(flag);
  if (nodes === 'there') return ['block', tell('making.fence.nodes'), tell('making.fence.nodes.fix')];
  return flag === 'on' ? ['pass', tell('making.fence.on')] : ['block', tell('making.fence.off'), tell('making.fence.off.fix')];
}
function agents(p: MeasuredPrimary, plan: SetupPlan): Found {
  if (p.agents === undefined) return ['warn', tell('making.agents.unknown'), tell('making.agents.unknown.fix')];
  if (p.agents.length === 0) return ['pass', tell('making.agents.none')];
  const local = p.agents.filter((a) => /^https?:\/\/(localhost|127\.|\[::1\])/.test(a.url));
  if (local.length > 0)
    return ['warn', tell('making.agents.local', { names: name(local.map((a) => a.name).join(', ')) }), tell('making.agents.local.fix')];
  const elsewhere = plan.instances[0]?.engineId !== p.instance.engineId;
  const inside = p.agents.filter((a) => !/^https?:\/\/([\d.]+|\[|[^/:]*\.)/.test(a.url));
  if (elsewhere && inside.length > 0)
    return ['warn', tell('making.agents.inside', { names: name(inside.map((a) => a.name).join(', ')) }), tell('making.agents.inside.fix')];
  return ['pass', tell('making.agents.known', { count: count(p.agents.length) })];
}
function publicAccess(p: MeasuredPrimary, kept: boolean): Found {
  if (isProblem(p.disk) || isProblem(p.disk.config)) return ['pass', tell('making.public.unknown')];
  if (!p.disk.config.publicAccess) return ['pass', tell('making.public.no')];
  return kept ? ['warn', tell('making.public.copied'), tell('making.public.copied.fix')] : ['pass', tell('making.public.closed')];
}
function licence(p: MeasuredPrimary, w: CreateSecondary): Found {
  if (w.nodes && p.licence !== 'proved') return ['block', tell('making.licence.nodes'), tell('making.licence.nodes.fix')];
  return ['pass', { key: `making.licence.${p.licence}` }];
}

function ofExisting(moveAside: boolean, plan: SetupPlan, facts: SetupFacts): readonly SetupCheck[] {
  const { existing: e, primary: p } = facts;
  if (!e || isProblem(e) || !p || isProblem(p)) return [];
  const { instance } = e;
  const runs = !['created', 'exited', 'dead'].includes(instance.state);
  const shared =
    p.instance.engineId === instance.engineId
      ? instance.mounts.find((m) => p.instance.mounts.some((x) => x.source === m.source))
      : undefined;
  const twin = p.instance.id === instance.id;
  const id = instance.env.RUN_JS_ID;
  return [
    check(
      'stopped',
      runs
        ? ['block', tell('making.stopped.no', { name: name(instance.name) }), tell('making.stopped.no.fix')]
        : ['pass', tell('making.stopped.yes', { name: name(instance.name) })],
    ),
    check(
      'survives',
      instance.autoRemove
        ? ['block', tell('making.survives.no', { name: name(instance.name) }), tell('making.survives.no.fix')]
        : ['pass', tell('making.survives.yes')],
    ),
    check('twice', twin ? ['block', tell('making.twice.yes'), tell('making.twice.yes.fix')] : ['pass', tell('making.twice.no')]),
    check('one', one(facts, instance)),
    check('address', address(plan.existing?.url ?? '', instance, p, engineIn(facts, instance.engineId))),
    check(
      'image',
      instance.image.digest === p.instance.image.digest
        ? ['pass', tell('making.image.same')]
        : [
            'warn',
            tell('making.image.differs', { primary: name(p.instance.image.ref), secondary: name(instance.image.ref) }),
            tell('making.image.differs.fix'),
          ],
    ),
    check(
      'controller-id',
      id === undefined || id === plan.controllerId
        ? ['pass', tell('making.id.same', { id: code(plan.controllerId) })]
        : ['block', tell('making.id.differs', { id: code(id), wanted: code(plan.controllerId) }), tell('making.id.differs.fix')],
    ),
    check(
      'volume',
      shared
        ? ['block', tell('making.volume.used', { volume: name(shared.source), name: name(p.instance.name) }), tell('making.volume.fix')]
        : ['pass', tell('making.volume.own')],
    ),
    check('state', stateOf(e, p, moveAside)),
    check('space', isProblem(e.disk) ? failed(e.disk) : space(journalBytes(p), e.disk.freeBytes)),
    check(
      'config',
      isProblem(e.disk)
        ? failed(e.disk)
        : isProblem(e.disk.config)
          ? failed(e.disk.config)
          : e.disk.config.clusterNodes
            ? ['block', tell('making.fence.nodes'), tell('making.fence.nodes.fix')]
            : ['pass', tell('making.config.own')],
    ),
    ...(!isProblem(e.disk) && !isProblem(e.disk.config) && e.disk.config.publicAccess
      ? [check('public', ['warn', tell('making.public.copied'), tell('making.public.copied.fix')])]
      : []),
    check(
      'user',
      instance.env.RUN_JS_USER_ID === p.instance.env.RUN_JS_USER_ID
        ? ['pass', tell('making.user.same')]
        : ['warn', tell('making.user.differs'), tell('making.user.differs.fix')],
    ),
  ];
}
/** A wrong address would only show in the downtime of a switch-over, when the new one is waited for: a stopped container answers nowhere. */
function address(url: string, i: MeasuredPrimary['instance'], p: MeasuredPrimary, e: SetupEngine | undefined): Found {
  const leads = leadsTo(url, i, e?.host, [p.instance, ...(e?.instances ?? []).filter((x) => x.name !== i.name)]);
  if (leads === 'yes') return ['pass', tell('making.address.fits', { url: name(url) })];
  if (leads === 'untold') return ['warn', tell('making.address.untold', { url: name(url) }), tell('making.address.untold.fix')];
  const other = candidateUrls(i, e?.host)[0];
  return [
    'block',
    tell('making.address.unfit', { url: name(url), name: name(i.name) }),
    other ? tell('making.address.unfit.fix', { url: name(other) }) : tell('making.address.none.fix'),
  ];
}
/** What lies in its state directory, and what becomes of it. */
function stateOf(e: Exclude<NonNullable<SetupFacts['existing']>, Problem>, p: MeasuredPrimary, moveAside: boolean): Found {
  if (isProblem(e.disk)) return failed(e.disk);
  const { state } = e.disk;
  if (state.kind === 'absent') return ['block', tell('making.state.absent'), tell('making.state.absent.fix')];
  if (state.kind === 'empty') return ['pass', tell('making.state.empty', { path: name(state.path) })];
  if (state.kind === 'unreadable')
    return moveAside
      ? ['warn', tell('making.state.unreadable', { path: name(state.path) })]
      : ['block', tell('making.state.unreadable', { path: name(state.path) }), tell('making.state.fix')];
  const { journalId, lastEventId, files } = state.journal;
  const own = !isProblem(p.disk) && p.disk.state.kind === 'journal' ? p.disk.state.journal : undefined;
  const says = { journal: code(journalId), event: code(String(lastEventId)), files: count(files.length) };
  // A journal of the same lineage that is ahead of the Primary's may be the only complete one (I2).
  if (own?.journalId === journalId && lastEventId > own.lastEventId)
    return ['block', tell('making.state.newer', says), tell('making.state.newer.fix')];
  const measured = own?.journalId === journalId ? tell('making.state.same-lineage', says) : tell('making.state.other-lineage', says);
  return moveAside ? ['warn', measured] : ['block', measured, tell('making.state.fix')];
}

function ofBoth(clusterName: string, plan: SetupPlan, facts: SetupFacts): readonly SetupCheck[] {
  const taken = facts.clusterNames.some((n) => n.toLowerCase() === clusterName.toLowerCase());
  const [a, b] = plan.instances;
  return [
    check(
      'cluster-name',
      taken
        ? ['block', tell('making.cluster-name.taken', { cluster: name(clusterName) }), tell('making.cluster-name.taken.fix')]
        : ['pass', tell('making.cluster-name.free')],
    ),
    check(
      'one-network',
      a && b && a.engineId !== b.engineId
        ? ['warn', tell('making.one-network.two'), tell('making.one-network.two.fix')]
        : ['pass', tell('making.one-network.one')],
    ),
    check('accounts', ['warn', tell('making.accounts.default'), tell('making.accounts.default.fix')]),
  ];
}
