/** Which names JOC Cockpit can resolve: those of containers that share a network of their own with its container. Facts: docker-images.md 3.4, two-engines.md. */
import type { EngineId } from '../engine/engine';
import type { Instance } from '../instance/instance';
import type { EngineHost } from './container';

/** The id of a network that reaches over engines (an overlay), undefined for any other. */
export type OverlayId = (engineId: EngineId, network: string) => string | undefined;

/** One of the two instances, as far as it is known. */
export interface Place {
  readonly instance?: Instance;
  /** As Handover reaches it. */
  readonly accessUrl: string;
  readonly host: EngineHost;
}
/** Where JOC Cockpit is. Without a container nothing of Docker's names is known for it. */
export interface JocStand {
  readonly container?: Instance;
  /** It runs on the host of Handover, as far as its address tells. */
  readonly here: boolean;
  readonly overlay: OverlayId;
}

/** Docker's own networks know no names. */
const NAMELESS = new Set(['bridge', 'host', 'none']);

/** Names of the networks, as the engine of `b` calls them, in which `a` finds `b` by name. */
export function sharedNetworks(a: Instance, b: Instance, overlay: OverlayId): readonly string[] {
  return b.networks
    .map((n) => n.network)
    .filter((n) => !NAMELESS.has(n))
    .filter((n) =>
      a.engineId === b.engineId
        ? a.networks.some((m) => m.network === n)
        : a.networks.some((m) => overlay(b.engineId, n) !== undefined && overlay(a.engineId, m.network) === overlay(b.engineId, n)),
    );
}

/** The names by which others in the network find it, those that stay first; an id that Docker adds is none. */
export function namesIn(i: Instance, network: string): readonly string[] {
  const attached = i.networks.find((n) => n.network === network);
  const isId = (name: string) => /^[0-9a-f]{12,64}$/.test(name);
  const service = i.labels['com.docker.compose.service'];
  const aliases = (attached?.aliases ?? []).filter((n) => !isId(n));
  const rank = (n: string) => (n === service ? 0 : n === i.name ? 1 : n === i.hostname ? 2 : 3);
  return [...new Set([...aliases, i.name])].sort((x, y) => rank(x) - rank(y));
}

/** Names that mean this container and no other one: all but an alias that was given. */
export const ownNames = (i: Instance): ReadonlySet<string> =>
  new Set([i.name, i.hostname, i.id.slice(0, 12), i.labels['com.docker.compose.service'] ?? '']);
