/** How a second container is derived from the first: names, labels, environment. docker-images.md 1.2, 7. */
import type { Instance } from '../instance/instance';

/** `js7-primary` → `js7-secondary`; what has no such word gets `-secondary` at its end. */
export function secondaryName(name: string): string {
  const swapped = name.replace(/primary/i, (word) => (word === 'PRIMARY' ? 'SECONDARY' : word.startsWith('P') ? 'Secondary' : 'secondary'));
  return swapped === name ? `${name}-secondary` : swapped;
}
/** The first of `name`, `name-2`, `name-3` … that is not taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}
export function freePort(wanted: number, taken: { has(port: number): boolean }): number {
  for (let port = wanted; port < 65_536; port++) if (!taken.has(port)) return port;
  for (let port = wanted - 1; port > 1023; port--) if (!taken.has(port)) return port;
  return wanted;
}

const DROPPED = [
  // Of what compose, stacks and other set-ups made: with them `docker compose up` or an updater would take the new container for theirs.
  'com.docker.compose.',
  'com.docker.stack.',
  'com.docker.swarm.',
  'handover.',
  'com.centurylinklabs.watchtower.',
  'wud.',
  'diun.',
  'io.containers.autoupdate',
  // Of proxies: a request for the live one must not be led to the spare.
  'traefik.',
  'caddy',
  'desktop.docker.io/',
];
/** The Primary's labels that say something of the second container too. */
export const labelsFor = (labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(labels).filter(([key]) => !DROPPED.some((d) => key.startsWith(d))));

/** Set by the image or the engine, never by a person. */
const OF_THE_IMAGE: ReadonlySet<string> = new Set(['PATH', 'HOME', 'HOSTNAME', 'JAVA_HOME', 'JAVA_VERSION', 'TERM']);
const SECRET = /pass(word|wd|phrase)?|secret|token|credential|private[-_.]?key|api[-_.]?key/i;
/** A variable whose value must not be written down. */
export const isSecret = (name: string, value: string): boolean => SECRET.test(name) || SECRET.test(value);

/** The second container's environment: the Primary's, with what the person wrote over it. RUN_JS_ID stays the Primary's. */
export function environmentFor(
  i: Pick<Instance, 'env'>,
  over: Readonly<Record<string, string>>,
): { readonly env: Readonly<Record<string, string>>; readonly secretEnv: readonly string[] } {
  const own = Object.entries(i.env).filter(([name]) => !OF_THE_IMAGE.has(name));
  const id = i.env.RUN_JS_ID;
  const merged = { ...Object.fromEntries(own), ...over, ...(id !== undefined && { RUN_JS_ID: id }) };
  const wanted = Object.entries(merged)
    .filter(([name]) => over[name] !== '' || name === 'RUN_JS_ID')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    env: Object.fromEntries(wanted.filter(([name, value]) => !isSecret(name, value))),
    secretEnv: wanted.filter(([name, value]) => isSecret(name, value) && over[name] === undefined).map(([name]) => name),
  };
}
