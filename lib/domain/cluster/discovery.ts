/** Which containers are Controllers, and where they may be reached: docker-images.md 1.1-1.3, 3.4. A guess with its reasons, never a proof: that is the answer of its API. */
import type { Instance, PublishedPort } from '../instance/instance';
import type { Message } from '../text/message';
import { code, name, say } from '../text/say';

/** Label of our emulated Controller (images and the rehearsal): shown wherever the instance is shown. */
export const EMULATION_LABEL = 'org.handover.emulation';
const COMPOSE_LABEL = 'com.docker.compose.project';
const UPDATERS = ['com.centurylinklabs.watchtower.enable', 'wud.watch', 'diun.enable'];
/** The Controller's ports where nothing else is told (HTTP, HTTPS). */
const DEFAULT_HTTP = 4444;
const DEFAULT_HTTPS = 4443;

export interface Discovery {
  readonly because: readonly Message[];
  readonly emulation: boolean;
  /** `RUN_JS_ID`; a claim of the container's environment, checked by its API. */
  readonly controllerId?: string;
  /** Base URLs as Handover may reach it, the most promising first. */
  readonly urls: readonly string[];
  readonly hints: readonly Message[];
}

/** Repository ends in `js7` and the tag begins with `controller`; or the last part of the name itself is a JS7 Controller's (retagged or rebuilt). */
const isControllerImage = (ref: string): boolean =>
  /(^|\/)js7:controller\b/.test(ref) || /js7[-_.]?controller/.test(ref.split('/').at(-1) ?? '');
/** JOC Cockpit and Agents have the same variables and folders of their own. */
const isOtherProduct = (i: Instance): boolean =>
  /(^|\/)js7:(agent|joc)\b/.test(i.image.ref) ||
  /js7[-_.]?(agent|joc)/.test(i.image.ref.split('/').at(-1) ?? '') ||
  i.mounts.some((m) => /\/js7\/(agent|joc)(\/|$)/.test(m.target));

/** The label says which program is emulated, or just that one is (images for a real Engine). */
const isEmulated = (i: Instance): boolean => !['agent', 'joc', undefined].includes(i.labels[EMULATION_LABEL]);

function reasons(i: Instance): readonly Message[] {
  const mount = i.mounts.find((m) => /\/js7\/controller(\/|$)/.test(m.target));
  const env = ['RUN_JS_ID', 'RUN_JS_HTTP_PORT', 'RUN_JS_HTTPS_PORT'].find((v) => i.env[v] !== undefined);
  const port = i.ports.find((p) => p.inside === DEFAULT_HTTP || p.inside === DEFAULT_HTTPS);
  const strong = [
    ...(isControllerImage(i.image.ref) ? [say('found.image', { image: name(i.image.ref) })] : []),
    ...(isEmulated(i) ? [say('found.label', { label: code(EMULATION_LABEL) })] : []),
    ...(mount ? [say('found.mount', { path: name(mount.target) })] : []),
  ];
  const weak = [
    ...(env ? [say('found.env', { variable: code(env) })] : []),
    ...(port ? [say('found.port', { port: code(String(port.inside)) })] : []),
  ];
  // One weak sign alone (a port number, a variable that Agents have too) is not enough.
  return strong.length > 0 || weak.length > 1 ? [...strong, ...weak] : [];
}

/** `[interface:]port` of RUN_JS_HTTP_PORT and its HTTPS twin; empty = that protocol is off. */
function insidePort(value: string | undefined, fallback: number | undefined): number | undefined {
  if (value === undefined) return fallback;
  const port = Number(value.slice(value.lastIndexOf(':') + 1));
  return value !== '' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);
const ANY: ReadonlySet<string> = new Set(['', '0.0.0.0', '::']);

function published(p: PublishedPort, engineHost: string | undefined): readonly string[] {
  if (p.outside === 0) return [];
  // A port bound to the loopback of another host cannot be reached from here.
  if (LOOPBACK.has(p.hostIp)) return engineHost === undefined || LOOPBACK.has(engineHost) ? [`127.0.0.1:${p.outside}`] : [];
  const host = ANY.has(p.hostIp) ? (engineHost ?? '127.0.0.1') : p.hostIp;
  return [`${bracketed(host)}:${p.outside}`];
}

/** Where it listens inside. Port 4443 is HTTPS in SOS's images, even where the environment does not tell. */
export function doorsOf(i: Instance): readonly { readonly scheme: 'http' | 'https'; readonly port: number }[] {
  const http = insidePort(i.env.RUN_JS_HTTP_PORT, DEFAULT_HTTP);
  const https = insidePort(i.env.RUN_JS_HTTPS_PORT, i.ports.some((p) => p.inside === DEFAULT_HTTPS) ? DEFAULT_HTTPS : undefined);
  return [
    ...(http === undefined ? [] : [{ scheme: 'http' as const, port: http }]),
    ...(https === undefined ? [] : [{ scheme: 'https' as const, port: https }]),
  ];
}

/**
 * Addresses to try: published ports first (they work from everywhere), then the container's own addresses and names (they work on its host and in its networks).
 * @param engineHost Host of the engine as Handover reaches it; absent for a local socket.
 */
export function candidateUrls(i: Instance, engineHost?: string): readonly string[] {
  const doors: [string, number | undefined][] = [
    ['http', insidePort(i.env.RUN_JS_HTTP_PORT, DEFAULT_HTTP)],
    ['https', insidePort(i.env.RUN_JS_HTTPS_PORT, undefined)],
  ];
  const outside = doors.flatMap(([scheme, port]) =>
    i.ports
      .filter((p) => p.inside === port)
      .flatMap((p) => published(p, engineHost))
      .map((at) => `${scheme}://${at}`),
  );
  // Port 4443 is HTTPS in SOS's images, even where the environment does not tell.
  const https = i.ports
    .filter((p) => p.inside === DEFAULT_HTTPS)
    .flatMap((p) => published(p, engineHost))
    .map((at) => `https://${at}`);
  const hosts = i.networks.flatMap((n) => [n.ip, n.fixedIp, ...n.aliases]).filter((h) => h !== undefined && h !== '');
  const names = [...hosts, i.hostname].filter((h) => h !== '') as string[];
  const inside = doors.flatMap(([scheme, port]) => (port === undefined ? [] : names.map((h) => `${scheme}://${bracketed(h)}:${port}`)));
  return [...new Set([...outside, ...https, ...inside])];
}

function hints(i: Instance): readonly Message[] {
  const project = i.labels[COMPOSE_LABEL];
  const updater = UPDATERS.find((label) => i.labels[label] !== undefined && i.labels[label] !== 'false');
  return [
    ...(i.labels[EMULATION_LABEL] !== undefined ? [say('hint.emulation')] : []),
    ...(i.autoRemove ? [say('hint.auto-remove')] : []),
    ...(i.ports.length === 0 ? [say('hint.no-port')] : []),
    ...(i.mounts.length === 0 ? [say('hint.no-volume')] : []),
    ...(project !== undefined ? [say('hint.compose', { project: name(project) })] : []),
    ...(updater !== undefined ? [say('hint.updater', { label: code(updater) })] : []),
    ...(i.restartPolicy.name !== 'no' ? [say('hint.restart-policy', { policy: code(i.restartPolicy.name) })] : []),
  ];
}

/** Undefined: nothing points to a Controller. */
export function discover(i: Instance, engineHost?: string): Discovery | undefined {
  const because = isOtherProduct(i) && !isEmulated(i) ? [] : reasons(i);
  if (because.length === 0) return undefined;
  const id = i.env.RUN_JS_ID;
  return {
    because,
    emulation: i.labels[EMULATION_LABEL] !== undefined,
    ...(id !== undefined && id !== '' && { controllerId: id }),
    urls: candidateUrls(i, engineHost),
    hints: hints(i),
  };
}
