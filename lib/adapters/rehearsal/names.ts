import 'server-only';
import { join } from 'node:path';
import { type Containers, NAMES } from './containers';
import type { ContainerDefinition } from './definition';
import { textOf, writeWhole } from './durable';
import { networkNamed } from './making/things';

/**
 * What stands for Docker's DNS: for each container that resolves names, a file of all that can be reached from it, `{"NAME:PORT INSIDE": "127.0.0.1:PORT"}`. A
 * network is one on all engines where its id is the same (an overlay). As in Docker, a container that does not run has no name. The emulated JOC reads it
 * (e2e/emulators/joc/upstream/names.ts). Written anew whenever something happened on an engine.
 */
export function writeNames(engines: readonly Containers[]): void {
  const here = engines.flatMap((containers) => containers.all().map((d) => ({ containers, d, ids: networkIds(containers, d) })));
  const running = here.filter(({ containers, d }) => d.listens && containers.run(d.id)?.state === 'running');
  for (const { containers, d, ids } of here) {
    if (!d.resolves) continue;
    const names: Record<string, string> = {};
    for (const other of running) {
      const aliases = other.d.networks.filter((_, i) => shared(ids, other.ids[i])).flatMap((n) => n.aliases);
      // As Docker's DNS: NAME.NETWORK too.
      const suffixed = other.d.networks.filter((_, i) => shared(ids, other.ids[i])).map((n) => `${other.d.name}.${n.network}`);
      const reached = other.ids.some((id) => shared(ids, id));
      const { inside, at } = other.d.listens ?? { inside: 0, at: 0 };
      if (reached) for (const n of [other.d.name, other.d.hostname, ...aliases, ...suffixed]) names[`${n}:${inside}`] ??= `127.0.0.1:${at}`;
    }
    const file = join(containers.folderOf(d.id), NAMES);
    const text = `${JSON.stringify(names, null, 1)}\n`;
    if (textOf(file) !== text) writeWhole(file, text);
  }
}

/** In the order of the container's networks; undefined for one that is gone. */
const networkIds = (containers: Containers, d: ContainerDefinition): readonly (string | undefined)[] =>
  d.networks.map((n) => networkNamed(containers, n.network)?.id);
const shared = (ids: readonly (string | undefined)[], id: string | undefined): boolean => id !== undefined && ids.includes(id);
