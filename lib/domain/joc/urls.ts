/** URLs of a Controller that JOC Cockpit can reach, derived from what Docker says; each is tried before it is used. Pure. */
import { doorsOf } from '../cluster/discovery';
import type { Message } from '../text/message';
import { name } from '../text/say';
import { type JocStand, namesIn, type Place, sharedNetworks } from './networks';
import { tell } from './told';

export interface Proposal {
  readonly url: string;
  readonly why: Message;
}

const ANY = new Set(['', '0.0.0.0', '::']);
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);
const hostOf = (url: string): string => (/^https?:\/\/(\[[^\]]+\]|[^/:?#]+)/i.exec(url)?.[1] ?? '').toLowerCase();
export const isLoopback = (url: string): boolean => LOOPBACK.has(hostOf(url).replace(/^\[|\]$/g, ''));

/**
 * The most promising first: names in a network that JOC shares, published ports, Handover's own address, addresses that may change.
 * @param except the stable name: it is not an address of this one.
 * @param spelt Also other spellings of the same names: the way out of JOC's defect "there and back" (joc-proved N1, N2), of no use where a name does not work.
 */
export function proposedUrls(place: Place, joc: JocStand, except?: string, spelt = false): readonly Proposal[] {
  const byName = [...names(place, joc, except), ...(spelt ? suffixed(place, joc) : [])];
  const outside = published(place, joc);
  const known = joc.container ? [...byName, ...outside] : [...outside, ...byName];
  const all = [...known, ...own(place, joc), ...addresses(place, joc)];
  return all.filter((p, i) => all.findIndex((q) => q.url.toLowerCase() === p.url.toLowerCase()) === i);
}

function names({ instance }: Place, { container, overlay }: JocStand, except: string | undefined): readonly Proposal[] {
  if (!instance || !container) return [];
  return sharedNetworks(container, instance, overlay).flatMap((network) =>
    namesIn(instance, network)
      .filter((n) => n !== except)
      .flatMap((host) =>
        doorsOf(instance).map(({ scheme, port }) => ({
          url: `${scheme}://${host}:${port}`,
          why: tell('reg.url.name', { name: name(host), network: name(network) }),
        })),
      ),
  );
}

/** Java takes no host with an underscore, which Compose puts into the names of networks. */
const HOST = /^[a-z0-9.-]+$/i;
/** Docker's DNS knows each container also as NAME.NETWORK; a network over engines (an overlay) has one name on all of them. */
function suffixed({ instance }: Place, { container, overlay }: JocStand): readonly Proposal[] {
  if (!instance || !container) return [];
  return sharedNetworks(container, instance, overlay).flatMap((network) => {
    const host = `${instance.name}.${network}`;
    const why = tell('reg.url.suffixed', { name: name(host), network: name(network) });
    return HOST.test(host) ? doorsOf(instance).map(({ scheme, port }) => ({ url: `${scheme}://${host}:${port}`, why })) : [];
  });
}

function published({ instance, host }: Place, joc: JocStand): readonly Proposal[] {
  const doors = instance ? doorsOf(instance) : [];
  return (instance?.ports ?? []).flatMap((p): Proposal[] => {
    const door = doors.find((d) => d.port === p.inside);
    if (!door || p.outside === 0) return [];
    const why = tell('reg.url.published', { inside: String(p.inside), outside: String(p.outside) });
    const at = (h: string) => ({ url: `${door.scheme}://${bracketed(h)}:${p.outside}`, why });
    // What is bound to the loopback of a host is reached on that host only, and not from a container there.
    if (LOOPBACK.has(p.hostIp)) return joc.container || !joc.here || !host.local ? [] : [at('127.0.0.1')];
    if (!ANY.has(p.hostIp)) return [at(p.hostIp)];
    const named = [host.reached, ...host.own].filter((h) => h !== undefined && h !== '' && !LOOPBACK.has(h)) as string[];
    return [...(!joc.container && joc.here && host.local ? [at('127.0.0.1')] : []), ...named.slice(0, 2).map(at)];
  });
}

function own({ accessUrl }: Place, joc: JocStand): readonly Proposal[] {
  if (isLoopback(accessUrl) && (joc.container || !joc.here)) return [];
  return [{ url: accessUrl.replace(/\/+$/, ''), why: tell('reg.url.handover') }];
}

function addresses({ instance }: Place, { container, overlay }: JocStand): readonly Proposal[] {
  if (!instance || !container) return [];
  const bridge = container.engineId === instance.engineId ? ['bridge'] : [];
  const reached = [...sharedNetworks(container, instance, overlay), ...bridge];
  return instance.networks
    .filter((n) => reached.includes(n.network) && container.networks.length > 0)
    .flatMap((n) => {
      const ip = n.fixedIp ?? n.ip;
      if (!ip) return [];
      const why = n.fixedIp ? tell('reg.url.fixed-ip', { network: name(n.network) }) : tell('reg.url.ip', { network: name(n.network) });
      return doorsOf(instance).map(({ scheme, port }) => ({ url: `${scheme}://${bracketed(ip)}:${port}`, why }));
    });
}
