import 'server-only';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '../../../domain/errors';
import { err, ok, type Result } from '../../../domain/result';
import type { NetworkInfo, VolumeInfo } from '../../../ports/making';
import type { Containers } from '../containers';
import { jsonOf, writeDurably } from '../durable';

/** Networks and volumes of one emulated engine. Layout: `networks/NAME.json`, `volumes/NAME` with `volume-labels/NAME.json`. */
export const SETUP_LABEL = 'handover.setup';
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;

interface Network extends NetworkInfo {
  readonly labels: Readonly<Record<string, string>>;
}
const networkFile = (c: Containers, name: string): string => join(c.folder, 'networks', `${name}.json`);
const labelFile = (c: Containers, name: string): string => join(c.folder, 'volume-labels', `${name}.json`);

const taken = (where: string, what: string, name: string) =>
  err(
    problem('CONFLICT', `${where} has a ${what} named “${name}” already, and this set-up did not make it.`, {
      remedy: 'Choose another name.',
    }),
  );
const notOurs = (where: string, what: string, name: string) =>
  err(problem('CONFLICT', `The ${what} “${name}” on ${where} was not made by this set-up, so it is not removed.`));
const inUse = (where: string, what: string, name: string, by: string) =>
  err(problem('CONFLICT', `The ${what} “${name}” on ${where} is in use by ${by}, so it is not removed.`));
const badName = (name: string) => err(problem('BAD_REQUEST', `“${name}” can not be a name here.`));

export function putNetwork(c: Containers, n: NetworkInfo, labels: Readonly<Record<string, string>> = {}): void {
  mkdirSync(join(c.folder, 'networks'), { recursive: true, mode: 0o700 });
  writeDurably(networkFile(c, n.name), JSON.stringify({ ...n, labels }));
}

export const networkNamed = (c: Containers, name: string): Network | undefined =>
  NAME.test(name) ? jsonOf<Network>(networkFile(c, name)) : undefined;

export function networks(c: Containers): NetworkInfo[] {
  if (!existsSync(join(c.folder, 'networks'))) return [];
  return readdirSync(join(c.folder, 'networks'))
    .filter((n) => n.endsWith('.json'))
    .sort()
    .flatMap((n) => jsonOf<Network>(join(c.folder, 'networks', n)) ?? []);
}

export function makeNetwork(c: Containers, where: string, name: string, setupId: string): Result<void> {
  if (!NAME.test(name)) return badName(name);
  const there = networkNamed(c, name);
  if (there) return there.labels[SETUP_LABEL] === setupId ? ok(undefined) : taken(where, 'network', name);
  putNetwork(c, { name, driver: 'bridge', id: randomBytes(32).toString('hex'), internal: false }, { [SETUP_LABEL]: setupId });
  return ok(undefined);
}

export function removeNetwork(c: Containers, where: string, name: string, setupId: string): Result<void> {
  const there = networkNamed(c, name);
  if (!there) return ok(undefined);
  if (there.labels[SETUP_LABEL] !== setupId) return notOurs(where, 'network', name);
  // As Docker: only one that runs is in the way.
  const user = c.all().find((d) => d.networks.some((n) => n.network === name) && c.run(d.id)?.state === 'running');
  if (user) return inUse(where, 'network', name, user.name);
  rmSync(networkFile(c, name), { force: true });
  return ok(undefined);
}

const labelsOf = (c: Containers, name: string): Readonly<Record<string, string>> =>
  jsonOf<Record<string, string>>(labelFile(c, name)) ?? {};
const hasVolume = (c: Containers, name: string): boolean => NAME.test(name) && existsSync(c.volumeFolder(name));

export { hasVolume };

/** Without folders that stand for bind mounts. */
export const volumes = (c: Containers): VolumeInfo[] =>
  readdirSync(join(c.folder, 'volumes'))
    .filter((n) => NAME.test(n))
    .sort()
    .map((name) => ({ name, labels: labelsOf(c, name) }));

export function makeVolume(c: Containers, where: string, name: string, setupId: string): Result<void> {
  if (!NAME.test(name)) return badName(name);
  if (hasVolume(c, name)) return labelsOf(c, name)[SETUP_LABEL] === setupId ? ok(undefined) : taken(where, 'volume', name);
  mkdirSync(join(c.folder, 'volume-labels'), { recursive: true, mode: 0o700 });
  writeDurably(labelFile(c, name), JSON.stringify({ [SETUP_LABEL]: setupId }));
  mkdirSync(c.volumeFolder(name), { recursive: true, mode: 0o755 });
  return ok(undefined);
}

export function removeVolume(c: Containers, where: string, name: string, setupId: string): Result<void> {
  if (!hasVolume(c, name)) return ok(undefined);
  if (labelsOf(c, name)[SETUP_LABEL] !== setupId) return notOurs(where, 'volume', name);
  const user = c.all().find((d) => d.mounts.some((m) => m.volume === name));
  if (user) return inUse(where, 'volume', name, user.name);
  rmSync(c.volumeFolder(name), { recursive: true, force: true });
  rmSync(join(c.folder, 'volumes', `.${name}.owners.json`), { force: true });
  rmSync(labelFile(c, name), { force: true });
  return ok(undefined);
}
