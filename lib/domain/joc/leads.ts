/**
 * Which instance a URL leads to, seen from JOC Cockpit. Several facts may tell: what the admin saved, names in Docker networks, published ports, the address that
 * Handover itself uses, and the start time of the Controller that JOC finds there. All that speak must agree; what cannot be decided is unknown.
 */
import type { ControllerAccess, Slot } from '../cluster/cluster';
import type { Instance } from '../instance/instance';
import type { Millis } from '../reading';
import type { JocFollow } from './joc';

/** `nobody`: the stable name is carried by neither of both. */
export type Lead = Slot | 'nobody' | 'unknown';

/** One instance, as far as it decides where a URL leads. */
export interface LeadSide {
  readonly slot: Slot;
  readonly access: Pick<ControllerAccess, 'url'>;
  /** Docker's description, only while it holds. Absent: not known, or there is no such container. */
  readonly instance?: Instance;
  /** Docker's word: does the container run? Names of stopped ones vanish from its DNS. */
  readonly runs: 'yes' | 'no' | 'unknown';
  /** Names of the engine's host. */
  readonly hosts: readonly string[];
  /** `Overview.startedAt` of the Controller that answers there now. */
  readonly startedAt?: Millis;
}
export interface LeadFrom {
  readonly follow?: JocFollow;
  /** JOC runs in a container: its own `localhost` is none of ours. */
  readonly inContainer: boolean;
  /** What JOC finds behind the URL now; only of a connection that is established. */
  readonly startedAt?: Millis;
}

interface Address {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
}
const URL_FORM = /^(https?):\/\/(\[[^\]]+\]|[^/:?#\s]+)(?::(\d+))?\/*$/i;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Undefined for what has a path: no Controller is there (joc-proved N10). */
export function addressOf(url: string): Address | undefined {
  const [, scheme = '', host = '', port] = URL_FORM.exec(url.trim()) ?? [];
  if (host === '') return undefined;
  const s = scheme.toLowerCase();
  return { scheme: s, host: host.toLowerCase(), port: port === undefined ? (s === 'https' ? 443 : 80) : Number(port) };
}
const loopback = (host: string): boolean => LOOPBACK.has(host);
const sameHost = (a: string, b: string): boolean => a === b || (loopback(a) && loopback(b));
const same = (a: Address, b: Address | undefined): boolean =>
  b !== undefined && a.port === b.port && a.host === b.host && a.scheme === b.scheme;
export const sameUrl = (a: string, b: string): boolean => {
  const x = addressOf(a);
  return x ? same(x, addressOf(b)) : a === b;
};

/** Does the container carry the alias in the network? Undefined: it is not known. */
export const carries = (instance: Instance | undefined, network: string, alias: string): boolean | undefined =>
  instance?.networks.some((n) => n.network === network && n.aliases.includes(alias));

type Fact = (url: Address, side: LeadSide, from: LeadFrom) => boolean;
const inNetworks: Fact = (url, { instance }) =>
  instance?.networks.some(
    (n) =>
      url.host === instance.name.toLowerCase() ||
      url.host === `${instance.name}.${n.network}`.toLowerCase() ||
      url.host === instance.hostname.toLowerCase() ||
      n.aliases.some((a) => a.toLowerCase() === url.host) ||
      url.host === n.fixedIp ||
      url.host === n.ip,
  ) === true &&
  // Inside ports are known where they are published only; where none is, any may be meant.
  (instance.ports.length === 0 || instance.ports.some((p) => p.inside === url.port));
const published: Fact = (url, { instance, hosts }, { inContainer }) =>
  instance?.ports.some(
    (p) =>
      p.outside === url.port &&
      (loopback(url.host)
        ? !inContainer && hosts.some(loopback)
        : hosts.some((h) => sameHost(h.toLowerCase(), url.host)) || p.hostIp === url.host),
  ) === true;
const asHandover: Fact = (url, { access }, { inContainer }) => {
  const own = addressOf(access.url);
  if (!own || own.port !== url.port) return false;
  return loopback(url.host) ? !inContainer && loopback(own.host) : own.host === url.host;
};
const saved: Fact = (url, { slot }, { follow }) => {
  if (follow?.kind === 'cluster') return same(url, addressOf(follow.urls[slot]));
  return follow?.kind === 'update' && (follow.urls[slot] ?? []).some((u) => same(url, addressOf(u)));
};
const FACTS: readonly Fact[] = [saved, inNetworks, published, asHandover];

/** Apart by less than this, two start times are the same one: some databases keep whole seconds. */
const SAME_START_MS = 1_000;
function byStart(sides: readonly LeadSide[], startedAt: Millis | undefined): Slot | undefined {
  if (startedAt === undefined) return undefined;
  const fit = sides.filter((s) => s.startedAt !== undefined && Math.abs(s.startedAt - startedAt) < SAME_START_MS);
  return fit.length === 1 ? fit[0]?.slot : undefined;
}

/** Of two that carry a name only one that runs is in Docker's DNS. */
function running(sides: readonly LeadSide[]): readonly LeadSide[] {
  const on = sides.filter((s) => s.runs !== 'no');
  return on.length > 0 ? on : sides;
}

export function leadsTo(url: string, sides: readonly LeadSide[], from: LeadFrom): Lead {
  const { follow } = from;
  const started = byStart(sides, from.startedAt);
  if (started) return started;
  if (follow?.kind === 'name' && sameUrl(url, follow.url)) {
    const told = sides.map((s) => carries(s.instance, follow.network, follow.alias));
    if (told.includes(undefined)) return 'unknown';
    const holders = running(sides.filter((_, i) => told[i]));
    return holders.length === 0 ? 'nobody' : holders.length === 1 ? (holders[0]?.slot ?? 'unknown') : 'unknown';
  }
  const address = addressOf(url);
  if (!address) return 'unknown';
  const told = FACTS.map((fact) => running(sides.filter((s) => fact(address, s, from)))).filter((fit) => fit.length > 0);
  const agreed = told.length === 0 ? [] : sides.filter((s) => told.every((fit) => fit.includes(s)));
  return agreed.length === 1 ? (agreed[0]?.slot ?? 'unknown') : 'unknown';
}
