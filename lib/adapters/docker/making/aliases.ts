import 'server-only';
import { createHash } from 'node:crypto';
import type { EndpointSettings, NetworkConnectOptions } from 'dockerode';
import { problem } from '../../../domain/errors';
import { err, ok, type Result } from '../../../domain/result';
import { type Connection, meaning } from '../connection';
import { createContainer } from '../create';
import type { Inspected } from '../instance';
import { ATTACHMENT_LABEL } from '../labels';
import { inspectByName, needByName } from '../look';
import { statusOf, wordsOf } from '../problems';
import { networkNamed, noNetwork } from './networks';

/** How a container is attached to a network beside its aliases. */
type Kept = Partial<Pick<EndpointSettings, 'IPAMConfig' | 'Links' | 'MacAddress'>> & { DriverOpts?: object; GwPriority?: number };

/**
 * Docker has no call that changes an alias: the container is detached and attached again, and between the two nothing on the engine knows its fixed address any
 * more. So where there is something to lose, a note is made first: a container that never runs, named after both, whose label holds it. Whoever comes after a
 * crash, any Handover, finds the note, attaches with what it says, and removes it. Read first: it also tells where a start in between attached the container plainly.
 */
export async function setAliases(c: Connection, name: string, network: string, aliases: readonly string[]): Promise<Result<void>> {
  const seen = await needByName(c, name);
  if (!seen.ok) return seen;
  const of = seen.value;
  const net = await networkNamed(c, network);
  if (!net.ok) return net;
  if (net.value === 'absent') return err(noNetwork(c, network));
  const note = await readNote(c, of, network);
  if (!note.ok) return note;
  const now = of.NetworkSettings?.Networks?.[network];
  const kept = keptOf(of, network, net.value.Id);
  const settings: Kept = { ...note.value?.kept, ...kept };
  // Both resolve by themselves; Docker before 25 also writes them among the aliases at each attaching.
  const byItself: ReadonlySet<string> = new Set([of.Id.slice(0, 12), of.Config.Hostname ?? '']);
  const own = (all: readonly string[]) => all.filter((a) => !byItself.has(a));
  const before = own(now?.Aliases ?? []);
  const complete = now !== undefined && JSON.stringify(sorted(settings)) === JSON.stringify(sorted(kept));
  if (!complete || !sameSet(before, own(aliases))) {
    if (now && !note.value && Object.keys(settings).length > 0) {
      const noted = await makeNote(c, of, network, settings);
      if (!noted.ok) return noted;
    }
    if (now) {
      const gone = await detach(c, of, net.value.Id);
      if (!gone.ok) return gone;
    }
    const there = await attach(c, of, net.value.Id, network, { ...settings, Aliases: [...new Set(aliases)] });
    if (!there.ok) {
      // Not left outside: as it was before, as far as that works.
      if (now) await attach(c, of, net.value.Id, network, { ...settings, Aliases: before });
      return there;
    }
  }
  return removeNote(c, of, network);
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify([...new Set(a)].sort()) === JSON.stringify([...new Set(b)].sort());
const sorted = (o: object): [string, unknown][] => Object.entries(o).sort(([a], [b]) => (a < b ? -1 : 1));

/**
 * What was asked for, not what the engine gave by itself. Of MAC addresses Docker tells which is which only for a container's first network, and for one that does not run.
 */
function keptOf(of: Inspected, network: string, networkId: string): Kept {
  const n = of.NetworkSettings?.Networks?.[network];
  if (!n) return {};
  const first = [network, networkId].includes(of.HostConfig.NetworkMode ?? '');
  const running = of.State.Status === 'running' || of.State.Status === 'paused';
  const mac = (first && of.Config.MacAddress) || (!running && n.MacAddress);
  const ipam = Object.fromEntries(Object.entries(n.IPAMConfig ?? {}).filter(([, v]) => v && v.length > 0));
  return {
    ...(Object.keys(ipam).length > 0 && { IPAMConfig: ipam as NonNullable<EndpointSettings['IPAMConfig']> }),
    ...(n.Links && n.Links.length > 0 && { Links: n.Links }),
    ...(n.DriverOpts && Object.keys(n.DriverOpts).length > 0 && { DriverOpts: n.DriverOpts }),
    ...(n.GwPriority && { GwPriority: n.GwPriority }),
    ...(mac && { MacAddress: mac }),
  };
}

async function detach(c: Connection, of: Inspected, networkId: string): Promise<Result<void>> {
  const done = await c.call(`detaching "${of.Name.slice(1)}" from a network`, c.limits.change, async (docker, abortSignal) => {
    try {
      await docker.getNetwork(networkId).disconnect({ Container: of.Id, abortSignal });
    } catch (e) {
      if (!/is not connected/i.test(wordsOf(e))) throw e;
    }
  });
  return done.ok ? ok(undefined) : done;
}

async function attach(
  c: Connection,
  of: Inspected,
  networkId: string,
  network: string,
  settings: Kept & { Aliases: string[] },
): Promise<Result<void>> {
  const name = of.Name.slice(1);
  const done = await c.call(`attaching "${name}" to the network "${network}"`, c.limits.change, (docker, abortSignal) =>
    meaning(
      docker
        .getNetwork(networkId)
        .connect({ Container: of.Id, EndpointConfig: settings, abortSignal } as NetworkConnectOptions) as Promise<unknown>,
      (status, e) => {
        const detail = wordsOf(e);
        if (status === 404) return noNetwork(c, network);
        if (/only in user.defined|only for containers in user.defined/i.test(detail))
          return problem('BAD_REQUEST', `The network "${network}" on ${c.where} knows no aliases.`, {
            remedy:
              'Docker has aliases only in networks that were made by somebody, not in "bridge". Make a network and attach the containers to it.',
            detail,
          });
        if (/already exists in network|already attached|address already in use/i.test(detail))
          return problem('CONFLICT', `"${name}" could not be attached to the network "${network}" on ${c.where}.`, {
            remedy: 'Somebody else changed this network at the same time, or has the address. Look at it, then try again.',
            detail,
          });
        return undefined;
      },
    ),
  );
  return done.ok ? ok(undefined) : done;
}

const noteName = (of: Inspected, network: string): string =>
  `handover-attachment-${createHash('sha256').update(`${of.Id}/${network}`).digest('hex').slice(0, 24)}`;

async function readNote(c: Connection, of: Inspected, network: string): Promise<Result<{ id: string; kept: Kept } | undefined>> {
  const seen = await inspectByName(c, noteName(of, network));
  if (!seen.ok) return seen;
  if (seen.value === 'absent') return ok(undefined);
  try {
    return ok({ id: seen.value.Id, kept: JSON.parse(seen.value.Config.Labels?.[ATTACHMENT_LABEL] ?? '') as Kept });
  } catch {
    return err(
      problem('CONFLICT', `The container "${noteName(of, network)}" on ${c.where} is not one of Handover's notes.`, {
        remedy: 'Rename or remove it.',
      }),
    );
  }
}

async function makeNote(c: Connection, of: Inspected, network: string, kept: Kept): Promise<Result<void>> {
  const made = await c.call('noting an address', c.limits.change, async (docker, abortSignal) => {
    try {
      await createContainer(docker, noteName(of, network), abortSignal, {
        // Its own image: there as long as the container is.
        Image: of.Image,
        Entrypoint: ['/handover-note-is-not-to-be-started'],
        Cmd: ['x'],
        Labels: { [ATTACHMENT_LABEL]: JSON.stringify(kept) },
        HostConfig: { NetworkMode: 'none' },
      });
    } catch (e) {
      if (statusOf(e) !== 409) throw e;
    }
  });
  return made.ok ? ok(undefined) : made;
}

async function removeNote(c: Connection, of: Inspected, network: string): Promise<Result<void>> {
  const note = await readNote(c, of, network);
  if (!note.ok) return note;
  if (!note.value) return ok(undefined);
  const { id } = note.value;
  const done = await c.call('removing a note', c.limits.change, async (docker, abortSignal) => {
    await docker
      .getContainer(id)
      .remove({ v: true, abortSignal })
      .catch((e: unknown) => {
        if (statusOf(e) !== 404) throw e;
      });
  });
  return done.ok ? ok(undefined) : done;
}
