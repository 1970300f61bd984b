import 'server-only';
import type Docker from 'dockerode';
import { problem } from '../../../domain/errors';
import { err, ok, type Result } from '../../../domain/result';
import type { NetworkInfo } from '../../../ports/making';
import { type Connection, meaning } from '../connection';
import { SETUP_LABEL } from '../labels';
import { statusOf, wordsOf } from '../problems';
import { inUse, madeBy, notOurs, taken } from './owned';

/** Not networks that a container can be attached to beside others, or under an alias: the host's own, none at all, and swarm's entrance. */
const NOT_FOR_CONTAINERS: ReadonlySet<string> = new Set(['host', 'null']);

export async function networks(c: Connection): Promise<Result<readonly NetworkInfo[]>> {
  const all = await list(c);
  if (!all.ok) return all;
  return ok(
    all.value
      .filter((n) => !NOT_FOR_CONTAINERS.has(n.Driver) && !(n as { Ingress?: boolean }).Ingress)
      .map((n) => ({ name: n.Name, driver: n.Driver, id: n.Id, internal: n.Internal ?? false, labels: n.Labels ?? {} }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

const list = (c: Connection, name?: string): Promise<Result<Docker.NetworkInspectInfo[]>> =>
  c.call('listing its networks', c.limits.look, (docker, abortSignal) =>
    docker.listNetworks({ ...(name !== undefined && { filters: { name: [name] } }), abortSignal }),
  );

/** The network with exactly this name: Docker's filter takes a part of it, too. */
export async function networkNamed(c: Connection, name: string): Promise<Result<Docker.NetworkInspectInfo | 'absent'>> {
  const found = await list(c, name);
  if (!found.ok) return found;
  return ok(found.value.find((n) => n.Name === name) ?? 'absent');
}

export const noNetwork = (c: Connection, name: string) =>
  problem('NETWORK_NOT_FOUND', `${c.where} has no network named "${name}".`, {
    remedy: 'It may have been removed, or belong to another engine: look at "docker network ls" there.',
  });

export async function makeNetwork(c: Connection, name: string, setupId: string): Promise<Result<void>> {
  const judge = (n: Docker.NetworkInspectInfo): Result<void> =>
    madeBy(n.Labels, setupId) ? ok(undefined) : err(taken(c, 'network', name));
  const seen = await networkNamed(c, name);
  if (!seen.ok) return seen;
  if (seen.value !== 'absent') return judge(seen.value);
  const made = await c.call(`making the network "${name}"`, c.limits.change, async (docker, abortSignal) => {
    try {
      await docker.createNetwork({
        Name: name,
        Driver: 'bridge',
        CheckDuplicate: true,
        Labels: { [SETUP_LABEL]: setupId },
        abortSignal,
      });
      return 'made' as const;
    } catch (e) {
      if (statusOf(e) === 409) return 'taken' as const;
      throw e;
    }
  });
  if (!made.ok) return made;
  if (made.value === 'made') return ok(undefined);
  const other = await networkNamed(c, name);
  if (!other.ok) return other;
  return other.value === 'absent' ? err(taken(c, 'network', name)) : judge(other.value);
}

export async function removeNetwork(c: Connection, name: string, setupId: string): Promise<Result<void>> {
  const seen = await networkNamed(c, name);
  if (!seen.ok) return seen;
  if (seen.value === 'absent') return ok(undefined);
  if (!madeBy(seen.value.Labels, setupId)) return err(notOurs(c, 'network', name));
  const { Id } = seen.value;
  const done = await c.call(`removing the network "${name}"`, c.limits.change, (docker, abortSignal) => {
    const asked = docker
      .getNetwork(Id)
      .remove({ abortSignal })
      .catch((e: unknown) => {
        if (statusOf(e) !== 404) throw e;
      });
    return meaning(asked as Promise<unknown>, (status, e) =>
      status === 409 || /active endpoints/i.test(wordsOf(e)) ? inUse(c, 'network', name, wordsOf(e)) : undefined,
    );
  });
  return done.ok ? ok(undefined) : done;
}
