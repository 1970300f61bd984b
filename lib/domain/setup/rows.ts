/** Primary and Secondary side by side. */
import type { Instance } from '../instance/instance';
import type { Message } from '../text/message';
import { name } from '../text/say';
import { isProblem, type MeasuredInstance, type SetupFacts } from './facts';
import type { PlannedInstance, SetupPlan } from './setup';
import { tell } from './tell';

/** A row of the comparison Primary / Secondary. `primary` absent for create-both. */
export interface Row {
  readonly id: string;
  readonly title: Message;
  readonly primary?: readonly string[];
  readonly secondary: readonly string[];
  readonly compared: 'same' | 'own' | 'fence' | 'differs';
  readonly note: Message;
}
/** One container as the table shows it, whether it exists or is planned. */
interface Shown {
  readonly name: string;
  readonly engineId: string;
  readonly image: { readonly ref: string; readonly digest: string };
  readonly hostname: string;
  readonly user: string;
  readonly env: Readonly<Record<string, string>>;
  readonly secretEnv: readonly string[];
  readonly mounts: readonly { readonly kind: string; readonly source: string; readonly target: string }[];
  readonly networks: readonly { readonly network: string; readonly aliases: readonly string[] }[];
  readonly ports: readonly { readonly inside: number; readonly hostIp: string; readonly outside: number }[];
  readonly policy: string;
}
const ofInstance = (i: Instance, secretEnv: readonly string[]): Shown => ({
  ...i,
  env: Object.fromEntries(Object.entries(i.env).filter(([k]) => !secretEnv.includes(k))),
  secretEnv,
  policy: i.restartPolicy.name,
});
const ofPlanned = (i: PlannedInstance): Shown => ({ ...i, user: i.user ?? '', secretEnv: i.secretEnv ?? [], policy: i.restartPolicy.name });

const engineLine = (facts: SetupFacts, id: string): string => {
  const e = facts.engines.find((x) => x.id === id);
  return e?.info ? `${e.name}, ${e.info.version}` : (e?.name ?? id);
};
const short = (digest: string): string => (digest.length > 24 ? `${digest.slice(0, 15)}…${digest.slice(-8)}` : digest);
const portText = (p: { inside: number; hostIp: string; outside: number }): string =>
  `${['', '0.0.0.0', '::'].includes(p.hostIp) ? '' : `${p.hostIp}:`}${p.outside} → ${p.inside}`;
const same = (a: readonly string[] | undefined, b: readonly string[]): boolean =>
  a !== undefined && a.length === b.length && a.every((x, i) => x === b[i]);
const shownEnv = (s: Shown): string[] => [
  ...Object.entries(s.env)
    .filter(
      ([k]) =>
        !['RUN_JS_ID', 'RUN_JS_USER_ID', 'RUN_JS_JAVA_OPTIONS', 'PATH', 'HOME', 'HOSTNAME', 'JAVA_HOME', 'JAVA_VERSION', 'TERM'].includes(
          k,
        ),
    )
    .map(([k, v]) => `${k}=${v}`)
    .sort(),
  ...s.secretEnv.map((k) => `${k}=…`),
];
const NONE = '–';
const some = (values: readonly string[]): readonly string[] => (values.length > 0 ? values : [NONE]);

export function compareRows(plan: SetupPlan, facts: SetupFacts): readonly Row[] {
  const planned = plan.instances.find((i) => i.slot === 'secondary');
  const there = facts.existing && !isProblem(facts.existing) ? facts.existing : undefined;
  const b = planned ? ofPlanned(planned) : there && ofInstance(there.instance, []);
  if (!b) return [];
  const p = facts.primary && !isProblem(facts.primary) ? facts.primary : undefined;
  const first = plan.instances.find((i) => i.slot === 'primary');
  const a = first ? ofPlanned(first) : p && ofInstance(p.instance, b.secretEnv);
  return [...identity(plan, facts, a, b), ...places(plan, a, b, there), ...rest(a, b)];
}

function row(id: string, a: readonly string[] | undefined, b: readonly string[], compared: Row['compared'], note: Message): Row {
  return { id, title: { key: `making.row.${id}` }, ...(a && { primary: some(a) }), secondary: some(b), compared, note };
}
/** Equal where it must be; what differs says so. */
const mustBe = (id: string, a: readonly string[] | undefined, b: readonly string[], note: Message): Row =>
  row(id, a, b, a === undefined || same(a, b) ? 'same' : 'differs', a === undefined || same(a, b) ? note : tell('making.note.differs'));

function identity(plan: SetupPlan, facts: SetupFacts, a: Shown | undefined, b: Shown): readonly Row[] {
  const sameEngine = a?.engineId === b.engineId;
  const java = (s: Shown | undefined) => (s ? some([s.env.RUN_JS_JAVA_OPTIONS ?? ''].filter(Boolean)) : undefined);
  const user = (s: Shown) => [
    ...(s.env.RUN_JS_USER_ID ? [`RUN_JS_USER_ID=${s.env.RUN_JS_USER_ID}`] : []),
    ...(s.user ? [`--user ${s.user}`] : []),
  ];
  const images = (s: Shown) => [s.image.ref, short(s.image.digest)];
  return [
    row('container', a && [a.name], [b.name], 'own', tell('making.note.own-name')),
    row(
      'engine',
      a && [engineLine(facts, a.engineId)],
      [engineLine(facts, b.engineId)],
      sameEngine ? 'same' : 'own',
      sameEngine ? tell('making.note.same-host') : tell('making.note.other-host'),
    ),
    row(
      'image',
      a && images(a),
      images(b),
      a === undefined || a.image.digest === b.image.digest ? 'same' : 'differs',
      a === undefined || a.image.digest === b.image.digest ? tell('making.note.pinned') : tell('making.note.differs'),
    ),
    mustBe(
      'controller-id',
      a && [`RUN_JS_ID=${a.env.RUN_JS_ID ?? plan.controllerId}`],
      [`RUN_JS_ID=${b.env.RUN_JS_ID ?? plan.controllerId}`],
      tell('making.note.equal'),
    ),
    mustBe('user', a && user(a), user(b), tell('making.note.owns-journal')),
    mustBe('java', java(a), java(b) ?? [], tell('making.note.same')),
  ];
}
function places(plan: SetupPlan, a: Shown | undefined, b: Shown, there: MeasuredInstance | undefined): readonly Row[] {
  const net = (s: Shown) =>
    s.networks.map((n) => [n.network, ...n.aliases.filter((x) => x !== s.hostname && !/^[0-9a-f]{12}$/.test(x))].join(', '));
  const mounts = (s: Shown) => s.mounts.map((m) => `${m.source}:${m.target}`);
  const ports = (s: Shown) => s.ports.filter((p) => p.outside > 0).map(portText);
  const volume = there
    ? tell('making.note.volume-there', {
        state: name(there.fingerprint === 'empty' ? (plan.existing?.places.state ?? '') : (plan.existing?.aside ?? '')),
      })
    : plan.kind === 'create-both'
      ? tell('making.note.volumes-new')
      : tell('making.note.volume-new');
  return [
    row(
      'network',
      a && net(a),
      net(b),
      a !== undefined &&
        same(
          a.networks.map((n) => n.network),
          b.networks.map((n) => n.network),
        )
        ? 'same'
        : 'own',
      tell('making.note.aliases'),
    ),
    row('hostname', a && [a.hostname], [b.hostname], 'own', tell('making.note.own-name')),
    row('volume', a && mounts(a), mounts(b), 'own', volume),
    row(
      'ports',
      a && ports(a),
      ports(b),
      a !== undefined && same(ports(a), ports(b)) ? 'same' : 'own',
      ports(b).length === 0 ? tell('making.note.no-port') : tell('making.note.ports'),
    ),
  ];
}
function rest(a: Shown | undefined, b: Shown): readonly Row[] {
  const env = a ? shownEnv(a) : undefined;
  const mine = shownEnv(b);
  const others =
    mine.length > 0 || (env?.length ?? 0) > 0
      ? [
          row(
            'environment',
            env,
            mine,
            env === undefined || same(env, mine) ? 'same' : 'own',
            env === undefined || same(env, mine) ? tell('making.note.same') : tell('making.note.changed'),
          ),
        ]
      : [];
  return [...others, row('restart', a && [a.policy], ['no'], 'fence', tell('making.note.no-revival'))];
}
