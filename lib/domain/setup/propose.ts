/** The wizard's first proposal: ready to be planned, everything may be changed. Nothing is decided here that the checks do not look at again. */
import type { Cluster } from '../cluster/cluster';
import { candidateUrls } from '../cluster/discovery';
import type { Instance } from '../instance/instance';
import { freeName, freePort, secondaryName } from './derive';
import { isProblem, type MeasuredPrimary, portsTaken, type SetupEngine, type SetupFacts } from './facts';
import type { CreateBoth, CreateSecondary, Placed } from './wanted';

/** Where SOS's images from 2.5.2 on mount their data (docker-images.md 1.3). */
const DATA = '/var/sos-berlin.com/js7/controller';
const HTTP = 4444;
/** SOS's own number for a Controller's port on the host (docker-images.md 1.2). */
const OUTSIDE = 15_444;

/** The address by which Handover reaches a container with these settings. */
function urlOf(p: Omit<Placed, 'url'>, env: Readonly<Record<string, string>>, engine: SetupEngine): string {
  const like = { env, ports: p.ports, hostname: p.hostname, networks: p.networks } as Pick<
    Instance,
    'env' | 'ports' | 'hostname' | 'networks'
  >;
  return candidateUrls(like as Instance, engine.host)[0] ?? `http://${p.hostname}:${HTTP}`;
}

/** Aliases that only the live one may carry: that of the registration with JOC Cockpit. */
export const stableAliases = (cluster: Cluster | undefined): readonly string[] =>
  cluster?.joc?.follow.kind === 'name' ? [cluster.joc.follow.alias] : [];

/** On one engine. Aliases that do not name the Primary itself are left to the live one: they may be the name that others go by. */
export function proposeSecondary(cluster: Cluster, primary: MeasuredPrimary, engine: SetupEngine, facts: SetupFacts): CreateSecondary {
  const { instance } = primary;
  const names = new Set([
    ...facts.engines.flatMap((e) => e.instances.flatMap((i) => [i.name, i.hostname])),
    instance.name,
    instance.hostname,
  ]);
  const name = freeName(secondaryName(instance.name), names);
  // The hostname of a container that was given none is its id: then the name is meant.
  const own = /^[0-9a-f]{12}$/.test(instance.hostname) ? instance.name : instance.hostname;
  const hostname = own === instance.name ? name : freeName(secondaryName(own), names);
  const taken = portsTaken(facts, engine);
  const used = new Set(taken.keys());
  const ports = instance.ports
    .filter((p) => p.outside > 0)
    .map((p) => {
      const outside = freePort(p.outside, used);
      used.add(outside);
      return { inside: p.inside, hostIp: p.hostIp, outside };
    });
  const volumes = new Set(engine.volumes);
  const mounts = instance.mounts
    .filter((m) => m.kind !== 'other' && !m.readOnly)
    .map((m) => {
      const source = m.kind === 'volume' ? freeName(secondaryName(m.source), volumes) : secondaryName(m.source);
      volumes.add(source);
      return { kind: m.kind === 'bind' ? ('bind' as const) : ('volume' as const), source, target: m.target };
    });
  const stable = new Set(stableAliases(cluster));
  const networks = instance.networks.map((n) => ({
    network: n.network,
    aliases: [...new Set(n.aliases.flatMap((a) => aliasFor(a, instance, name, hostname)))].filter((a) => !stable.has(a)).slice(0, 8),
  }));
  const placed = { engineId: engine.id, name, hostname, ports, networks, mounts };
  return {
    kind: 'create-secondary',
    clusterId: cluster.id,
    ...placed,
    url: urlOf(placed, instance.env, engine),
    env: {},
    // Never switched on by itself: it only stays as the Primary has it, with its warning.
    copyPublicAccess:
      !isProblem(primary.config) && !isProblem(primary.disk) && !isProblem(primary.disk.config) && primary.disk.config.publicAccess,
  };
}
function aliasFor(alias: string, primary: Instance, name: string, hostname: string): readonly string[] {
  if (/^[0-9a-f]{12}$/.test(alias) && primary.id.startsWith(alias)) return [];
  if (alias === primary.name) return [name];
  if (alias === primary.hostname) return [hostname];
  return /primary/i.test(alias) ? [secondaryName(alias)] : [];
}

/** For evaluation, on one engine that has an image of a Controller. Undefined where it has none. */
export function proposeBoth(engine: SetupEngine, facts: SetupFacts): CreateBoth | undefined {
  const image = engine.images.find((i) => controllerImage(i.refs, i.labels));
  if (!image) return undefined;
  const names = new Set(facts.engines.flatMap((e) => e.instances.flatMap((i) => [i.name, i.hostname])));
  const base = freeName('js7', new Set([...names].flatMap((n) => n.replace(/-(primary|secondary)$/, ''))));
  const used = new Set(portsTaken(facts, engine).keys());
  const volumes = new Set(engine.volumes);
  // The usual name: where it is there already, JOC Cockpit and Agents are likely to be in it.
  const network = 'js7';
  const side = (slot: 'primary' | 'secondary'): Placed => {
    const name = `${base}-${slot}`;
    const outside = freePort(slot === 'primary' ? OUTSIDE : OUTSIDE + 1, used);
    used.add(outside);
    const placed = {
      engineId: engine.id,
      name,
      hostname: name,
      ports: [{ inside: HTTP, hostIp: '127.0.0.1', outside }],
      networks: [{ network, aliases: [name] }],
      mounts: [{ kind: 'volume' as const, source: freeName(`${name}-var`, volumes), target: DATA }],
    };
    return { ...placed, url: urlOf(placed, {}, engine) };
  };
  const clusterName = freeName('js7', new Set(facts.clusterNames.map((n) => n.toLowerCase())));
  return {
    kind: 'create-both',
    clusterName,
    controllerId: 'controller',
    imageDigest: image.digest,
    network,
    primary: side('primary'),
    secondary: side('secondary'),
  };
}
/** Repository ends in `js7` and the tag begins with `controller`, or our emulation's label says so. */
const controllerImage = (refs: readonly string[], labels: Readonly<Record<string, string>>): boolean =>
  labels['org.handover.emulation'] === 'controller' ||
  refs.some((r) => /(^|\/)js7:controller\b/.test(r) || /js7[-_.]?controller/.test(r.split('/').at(-1) ?? ''));
