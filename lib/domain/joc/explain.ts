/** Why a URL does not work for JOC Cockpit, from the most likely reason, and which one to try instead. Table by table, from what is known; pure. */
import { doorsOf } from '../cluster/discovery';
import type { Problem } from '../errors';
import type { Instance } from '../instance/instance';
import type { Message } from '../text/message';
import { code, name } from '../text/say';
import { type JocStand, namesIn, type Place, sharedNetworks } from './networks';
import { tell } from './told';
import { isLoopback, type Proposal } from './urls';

export interface Failed {
  readonly url: string;
  /** What JOC's test answered. */
  readonly joc: Problem;
  /** What Handover found at the URL itself; undefined: it worked. Absent: not tried. */
  readonly handover?: Problem | 'works';
  /** Whether the Controller answers Handover at the address that Handover itself uses, whatever the URL is. Absent: not tried, or not known. */
  readonly own?: 'answers' | 'silent';
  readonly place: Place;
  /** All containers that are known: a name may be another one's. */
  readonly instances: readonly Instance[];
  readonly stand: JocStand;
  /** What may be tried instead, the most promising first. */
  readonly proposals: readonly Proposal[];
}
export interface Explained {
  readonly why: readonly Message[];
  /** In the order in which they are worth trying. */
  readonly next: readonly Proposal[];
}

interface Parts {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}
type Reason = (f: Failed, at: Parts) => { readonly why: Message; readonly next?: readonly string[] } | undefined;

export function explain(f: Failed): Explained {
  const at = partsOf(f.url);
  if (!at) return { why: [tell('reg.why.no-url')], next: f.proposals.slice(0, 3) };
  const found = REASONS.flatMap((reason) => reason(f, at) ?? []);
  const why = found.length > 0 ? found.map((r) => r.why) : [tell('reg.why.unknown', { words: f.joc.detail ?? f.joc.message })];
  const own = found.flatMap((r) => (r.next ?? []).map((url) => ({ url, why: r.why })));
  const all = [...own, ...f.proposals].filter((p) => p.url.toLowerCase() !== f.url.trim().replace(/\/+$/, '').toLowerCase());
  return { why, next: all.filter((p, i) => all.findIndex((q) => q.url === p.url) === i).slice(0, 4) };
}

const FORM = /^(https?):\/\/(\[[^\]]+\]|[^/:?#\s]+)(?::(\d+))?(\/[^\s]*)?$/i;
function partsOf(url: string): Parts | undefined {
  const [, scheme = '', host = '', port, path = ''] = FORM.exec(url.trim()) ?? [];
  if (host === '') return undefined;
  const s = scheme.toLowerCase();
  return { scheme: s, host: host.toLowerCase(), port: port ? Number(port) : s === 'https' ? 443 : 80, path: path.replace(/\/+$/, '') };
}
const written = (at: Parts, change: Partial<Parts>): string => {
  const { scheme, host, port } = { ...at, ...change };
  return `${scheme}://${host}:${port}`;
};
const hasName = (i: Instance, host: string): boolean =>
  [i.name, i.hostname, ...i.networks.flatMap((n) => n.aliases)].some((n) => n.toLowerCase() === host);
const says = (f: Failed, words: RegExp): boolean => words.test(`${f.joc.detail ?? ''} ${f.joc.message}`);
const mine = (f: Failed, c: Problem['code']): boolean => typeof f.handover === 'object' && f.handover.code === c;

const otherId: Reason = (f) => {
  if (f.joc.code !== 'CONTROLLER_ID_DIFFERS') return undefined;
  const id = /Controller ID '([^']+)' of URL/.exec(f.joc.detail ?? '')?.[1] ?? '';
  return { why: tell('reg.why.other-id', { id: code(id || '?') }) };
};
const path: Reason = (_f, at) =>
  at.path === '' ? undefined : { why: tell('reg.why.path', { path: code(at.path) }), next: [written(at, {})] };
const localhost: Reason = (f) =>
  isLoopback(f.url) && f.stand.container ? { why: tell('reg.why.localhost', { joc: name(f.stand.container.name) }) } : undefined;

/** The container that is meant by a name: this one first. */
const meant = (f: Failed, host: string): Instance | undefined =>
  [...(f.place.instance ? [f.place.instance] : []), ...f.instances].find((i) => hasName(i, host));

const stopped: Reason = (f, at) => {
  const i = meant(f, at.host);
  const held = f.instances.some((x) => x.state === 'running' && hasName(x, at.host));
  return i && !held && i.state !== 'running'
    ? { why: tell('reg.why.stopped', { container: name(i.name), host: code(at.host) }) }
    : undefined;
};
const network: Reason = (f, at) => {
  const i = meant(f, at.host);
  const { container, overlay } = f.stand;
  if (i?.state !== 'running') return undefined;
  if (!container) return { why: tell('reg.why.no-container', { host: code(at.host) }) };
  const shared = sharedNetworks(container, i, overlay);
  if (shared.some((n) => namesIn(i, n).some((x) => x.toLowerCase() === at.host))) return undefined;
  return {
    why: tell('reg.why.network', {
      host: code(at.host),
      joc: name(container.name),
      networks: code(container.networks.map((n) => n.network).join(', ')),
    }),
  };
};
const outsidePort: Reason = (f, at) => {
  const i = meant(f, at.host);
  const port = i?.ports.find((p) => p.outside === at.port && p.inside !== at.port)?.inside;
  return port === undefined
    ? undefined
    : { why: tell('reg.why.outside-port', { inside: String(port), outside: String(at.port) }), next: [written(at, { port })] };
};
const insidePort: Reason = (f, at) => {
  const { instance, host } = f.place;
  const hosts = [...host.own, host.reached].map((h) => h?.toLowerCase());
  if (!instance || !hosts.includes(at.host) || instance.ports.some((p) => p.outside === at.port)) return undefined;
  const port = instance.ports.find((p) => p.inside === at.port)?.outside;
  return port === undefined
    ? { why: tell('reg.why.not-published', { port: String(at.port), container: name(instance.name) }) }
    : { why: tell('reg.why.inside-port', { inside: String(at.port), outside: String(port) }), next: [written(at, { port })] };
};
const scheme: Reason = (f, at) => {
  const doors = f.place.instance ? doorsOf(f.place.instance) : [];
  const inside = f.place.instance?.ports.find((p) => p.outside === at.port)?.inside ?? at.port;
  const door = doors.find((d) => d.port === inside);
  const plain = mine(f, 'CONTROLLER_HTTPS_ON_HTTP') || (at.scheme === 'https' && door?.scheme === 'http');
  const secure = mine(f, 'CONTROLLER_HTTP_ON_HTTPS') || (at.scheme === 'http' && door?.scheme === 'https');
  if (plain) return { why: tell('reg.why.https-on-http'), next: [written(at, { scheme: 'http' })] };
  return secure ? { why: tell('reg.why.http-on-https'), next: [written(at, { scheme: 'https' })] } : undefined;
};
const certificate: Reason = (f, at) => {
  if (at.scheme !== 'https') return undefined;
  if (says(f, /SSL|Certificate|PKIX/i) || f.handover === 'works') return { why: tell('reg.why.truststore', { host: code(at.host) }) };
  return mine(f, 'CONTROLLER_CERTIFICATE') ? { why: tell('reg.why.certificate', { words: (f.handover as Problem).message }) } : undefined;
};
const password: Reason = (f) => (says(f, /401 Unauthorized|ControllerAuthorization/) ? { why: tell('reg.why.password') } : undefined);
const notController: Reason = (f) =>
  mine(f, 'NOT_A_CONTROLLER') || says(f, /content type|404 Not Found|unparsable|MalformedJson|Unexpected/i)
    ? { why: tell('reg.why.not-controller') }
    : undefined;
const notRunning: Reason = (f) => {
  const i = f.place.instance;
  return i && i.state !== 'running' ? { why: tell('reg.why.not-running', { container: name(i.name) }) } : undefined;
};
const silent: Reason = (f) =>
  f.own === 'silent' && f.place.instance?.state === 'running'
    ? { why: tell('reg.why.silent', { container: name(f.place.instance.name) }) }
    : undefined;
const nobodyThere: Reason = (f) =>
  f.own === 'answers' && mine(f, 'CONTROLLER_UNREACHABLE')
    ? { why: tell('reg.why.nobody-there', { own: code(f.place.accessUrl) }) }
    : undefined;
const unknownName: Reason = (f, at) =>
  !isLoopback(f.url) &&
  !/^[\d.]+$|^\[/.test(at.host) &&
  !meant(f, at.host) &&
  ![...f.place.host.own, f.place.host.reached].includes(at.host)
    ? { why: tell('reg.why.unknown-name', { host: code(at.host) }) }
    : undefined;
const firewall: Reason = (f) =>
  f.handover === 'works' && says(f, /JOC-402|NoResponse|timeout/i) && !isLoopback(f.url) ? { why: tell('reg.why.firewall') } : undefined;

/** The order is that of the likelihood where several fit. */
const REASONS: readonly Reason[] = [
  otherId,
  path,
  localhost,
  stopped,
  network,
  outsidePort,
  insidePort,
  scheme,
  certificate,
  password,
  notController,
  notRunning,
  silent,
  nobodyThere,
  unknownName,
  firewall,
];
