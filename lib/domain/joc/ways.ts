/** How an autonomous registration can follow the live Controller: which ways are open, with the reason, and the stable name that is proposed. Pure. */
import type { Slot } from '../cluster/cluster';
import { doorsOf } from '../cluster/discovery';
import type { Instance } from '../instance/instance';
import type { Message } from '../text/message';
import { name } from '../text/say';
import type { JocFollow } from './joc';
import { type JocStand, ownNames, type Place, sharedNetworks } from './networks';
import { tell } from './told';

export interface Way {
  readonly kind: JocFollow['kind'];
  readonly possible: boolean;
  readonly note: Message;
}
export interface StableName {
  readonly alias: string;
  readonly network: string;
  readonly url: string;
  readonly carried: Slot | 'nobody';
}
export interface WaysFrom {
  readonly joc: JocStand;
  readonly primary: Place;
  /** Absent: there is no Secondary. */
  readonly secondary?: Place;
  readonly controllerId: string;
  /** As it is registered now. */
  readonly follow?: JocFollow;
  /** All containers that are known: a name that one of them has is no stable name. */
  readonly instances: readonly Instance[];
}

export function waysOf(from: WaysFrom): { readonly ways: readonly Way[]; readonly alias?: StableName } {
  const named = stableName(from);
  const byName: Way =
    'alias' in named
      ? { kind: 'name', possible: true, note: tell('reg.way.name', { alias: name(named.alias), network: name(named.network) }) }
      : { kind: 'name', possible: false, note: named.why };
  const others: Way[] = [
    { kind: 'update', possible: true, note: tell('reg.way.update') },
    { kind: 'front', possible: true, note: tell('reg.way.front') },
  ];
  return { ways: byName.possible ? [byName, ...others] : [...others, byName], ...('alias' in named && { alias: named }) };
}

function stableName(from: WaysFrom): StableName | { readonly why: Message } {
  const { container, overlay } = from.joc;
  if (!container) return { why: tell('reg.way.name.where') };
  const places = [from.primary, ...(from.secondary ? [from.secondary] : [])];
  const found = places.map((p) => p.instance);
  if (found.includes(undefined)) return { why: tell('reg.way.name.unseen') };
  const members = found as readonly Instance[];
  const [first, ...rest] = members.map((m) => sharedNetworks(container, m, overlay));
  const network = first?.find((n) => rest.every((all) => all.includes(n)));
  if (network === undefined) {
    const hosts = new Set([container, ...members].map((m) => m.engineId)).size;
    return { why: hosts > 1 ? tell('reg.way.name.hosts') : tell('reg.way.name.network', { joc: name(container.name) }) };
  }
  const doors = members.map(doorsOf);
  const door = doors[0]?.find((d) => doors.every((all) => all.some((e) => e.scheme === d.scheme && e.port === d.port)));
  if (!door) return { why: tell('reg.way.name.ports') };
  const alias = aliasFor(from, members, network);
  const holder = members.findIndex((m) => m.networks.some((n) => n.network === network && n.aliases.includes(alias)));
  const carried = holder === 0 ? 'primary' : holder === 1 ? 'secondary' : 'nobody';
  return { alias, network, url: `${door.scheme}://${alias}:${door.port}`, carried };
}

/** An alias that says itself that it follows: others may mean the one container that has them, and are not moved. */
const FOLLOWS = /(^|[^a-z0-9])(live|active|current)([^a-z0-9]|$)/i;
/** As registered; an alias that one of both has and that is meant so; else one made of the Controller ID that nobody has. */
function aliasFor({ follow, controllerId, instances }: WaysFrom, members: readonly Instance[], network: string): string {
  if (follow?.kind === 'name' && follow.network === network) return follow.alias;
  const given = members.flatMap((m) =>
    (m.networks.find((n) => n.network === network)?.aliases ?? []).filter((a) => !ownNames(m).has(a) && !/^[0-9a-f]{12,64}$/.test(a)),
  );
  const known = new Set(
    instances.flatMap((i) => [i.name, i.hostname, ...i.networks.flatMap((n) => n.aliases)]).map((n) => n.toLowerCase()),
  );
  const single = given.find(
    (a) => FOLLOWS.test(a) && given.filter((b) => b === a).length === 1 && !members.some((m) => ownNames(m).has(a)),
  );
  if (single !== undefined) return single;
  const base = `${
    controllerId
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50) || 'controller'
  }-live`;
  for (let n = 1; ; n++) {
    const alias = n === 1 ? base : `${base}-${n}`;
    if (!known.has(alias)) return alias;
  }
}
