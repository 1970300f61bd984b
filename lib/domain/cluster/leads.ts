/** Does a saved address lead to a container, as far as the settings of the container tell? A stopped one cannot be asked. */
import type { Instance } from '../instance/instance';
import { candidateUrls, doorsOf } from './discovery';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);
const namesOf = (i: Instance): ReadonlySet<string> =>
  new Set([i.name, i.hostname, ...i.networks.flatMap((n) => [n.ip, n.fixedIp, ...n.aliases])].flatMap((n) => (n ? [n.toLowerCase()] : [])));

/**
 * `untold`: a name that no container has, such as that of a proxy in front, or a loopback address to another host (a tunnel).
 * @param engineHost Host of the engine as Handover reaches it; absent for a local socket.
 * @param others Containers whose names and addresses surely lead elsewhere.
 */
export function leadsTo(url: string, i: Instance, engineHost?: string, others: readonly Instance[] = []): 'yes' | 'no' | 'untold' {
  const plain = url.replace(/\/+$/, '').toLowerCase();
  if (candidateUrls(i, engineHost).some((u) => u.toLowerCase() === plain)) return 'yes';
  if (!URL.canParse(plain)) return 'no';
  const at = new URL(plain);
  const host = at.hostname.replace(/^\[|\]$/g, '');
  const port = Number(at.port || (at.protocol === 'https:' ? 443 : 80));
  const open = doorsOf(i).some((d) => d.port === port);
  if (i.networks.some((n) => n.network === 'host')) return open ? 'yes' : 'untold';
  const here = engineHost === undefined || LOOPBACK.has(engineHost) ? LOOPBACK : new Set([engineHost.toLowerCase()]);
  const outside = i.ports.some((p) => p.outside === port);
  if (here.has(host)) return outside ? 'yes' : 'no';
  if (!LOOPBACK.has(host) && i.ports.some((p) => p.hostIp === host)) return outside ? 'yes' : 'no';
  if (namesOf(i).has(host)) return open ? 'yes' : 'no';
  return others.some((o) => namesOf(o).has(host)) ? 'no' : 'untold';
}
