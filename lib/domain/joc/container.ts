/** In which container does a JOC Cockpit run? By the address under which Handover reaches it; a guess where two fit is none. */
import type { EngineId } from '../engine/engine';
import type { Instance } from '../instance/instance';
import type { JocSettings } from './joc';

/** `own`: what the engine calls its host. `reached`: as Handover reaches it; absent on this host. `local`: it is this host. */
export interface EngineHost {
  readonly own: readonly string[];
  readonly reached?: string;
  readonly local: boolean;
}
export type EngineHosts = (id: EngineId) => EngineHost;

const LABEL = 'org.handover.emulation';
/** Repository ends in `js7` and the tag begins with `joc`, or the last part of the name is a JOC's; the folders of a JOC; our emulation. docker-images.md 1. */
const isJoc = (i: Instance): boolean =>
  i.labels[LABEL] === 'joc' ||
  /(^|\/)js7:joc\b/.test(i.image.ref) ||
  /js7[-_.]?joc/.test(i.image.ref.split('/').at(-1) ?? '') ||
  i.mounts.some((m) => /\/js7\/joc(\/|$)/.test(m.target));

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

export function findJocContainer(url: string, instances: readonly Instance[], hosts: EngineHosts): JocSettings['container'] | undefined {
  const address = split(url);
  if (!address) return undefined;
  const fits = instances.filter((i) => isJoc(i) && leadsTo(address, i, hosts(i.engineId)));
  // One stopped and its successor publish the same port.
  const running = fits.filter((i) => i.state === 'running');
  const [one, ...more] = running.length > 0 ? running : fits;
  return one && more.length === 0 ? { engineId: one.engineId, name: one.name } : undefined;
}

function leadsTo({ host, port }: { host: string; port: number }, i: Instance, at: EngineHost): boolean {
  const ofHost = LOOPBACK.has(host) ? at.local : [...at.own, at.reached].some((h) => h?.toLowerCase() === host);
  if (i.ports.some((p) => p.outside === port && (ofHost || p.hostIp === host))) return true;
  // A name or address in a network that Handover shares.
  return (
    i.name.toLowerCase() === host ||
    i.networks.some((n) => n.ip === host || n.fixedIp === host || n.aliases.some((a) => a.toLowerCase() === host))
  );
}

const URL_FORM = /^(https?):\/\/(\[[^\]]+\]|[^/:?#\s]+)(?::(\d+))?/i;
function split(url: string): { host: string; port: number } | undefined {
  const [, scheme = '', host = '', port] = URL_FORM.exec(url.trim()) ?? [];
  return host === '' ? undefined : { host: host.toLowerCase(), port: port ? Number(port) : scheme.toLowerCase() === 'https' ? 443 : 80 };
}
