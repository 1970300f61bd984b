import 'server-only';
import type { ContainerInfo } from 'dockerode';
import type { EngineInfo } from '../../domain/engine/engine';
import { problem } from '../../domain/errors';
import type { Instance } from '../../domain/instance/instance';
import { err, ok, type Result } from '../../domain/result';
import type { Clock } from '../../ports/clock';
import type { Connection } from './connection';
import { askInfo } from './info';
import { type Inspected, inspectSchema, instanceFrom, timeFrom } from './instance';
import { isOurs } from './labels';
import { statusOf } from './problems';
import { negotiate } from './version';

/** Docker's rule for names. Anything else names no container, and must not become part of a request's path. */
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;
/** Containers inspected at the same time while listing. */
const AT_ONCE = 8;

export async function describeEngine(c: Connection, clock: Clock): Promise<Result<EngineInfo>> {
  const answer = await c.probe('/version');
  if (!answer.ok) return answer;
  const spoken = negotiate(answer.value, c.where);
  if (!spoken.ok) return spoken;
  const asked = clock.now();
  const info = await askInfo(c);
  if (!info.ok) return info;
  const half = (clock.now() - asked) / 2;
  const { systemTime, ...told } = info.value;
  const at = timeFrom(systemTime);
  return ok({ ...spoken.value, ...told, ...(at !== undefined && { clockSkewMs: Math.round(at - (asked + half)) }) });
}

/** Docker's own description of the container with exactly this name. An id, or the beginning of one, is no name here: Docker would take it for one. */
export async function inspectByName(c: Connection, name: string): Promise<Result<Inspected | 'absent'>> {
  if (!NAME.test(name)) return ok('absent');
  const seen = await inspectAny(c, name);
  if (!seen.ok || seen.value === 'absent') return seen;
  return seen.value.Name === `/${name}` ? seen : ok('absent');
}

/** As `inspectByName`; a missing container is INSTANCE_NOT_FOUND. */
export async function needByName(c: Connection, name: string): Promise<Result<Inspected>> {
  const seen = await inspectByName(c, name);
  if (!seen.ok) return seen;
  return seen.value === 'absent' ? err(notFound(c, name)) : ok(seen.value);
}

export const notFound = (c: Connection, name: string) =>
  problem('INSTANCE_NOT_FOUND', `${c.where} has no container named "${name}".`, {
    remedy: 'It may have been renamed or removed: look at "docker ps -a" there.',
  });

export async function inspect(c: Connection, name: string): Promise<Result<Instance | 'absent'>> {
  const seen = await inspectByName(c, name);
  if (!seen.ok) return seen;
  return ok(seen.value === 'absent' ? 'absent' : instanceFrom(c.settings.id, seen.value));
}

export async function list(c: Connection): Promise<Result<readonly Instance[]>> {
  const all = await c.call('listing its containers', c.limits.list, (docker, abortSignal) =>
    docker.listContainers({ all: true, abortSignal }),
  );
  if (!all.ok) return all;
  const entries = all.value.filter((e) => !isOurs(e.Labels ?? {}));
  const found: Instance[] = [];
  let failure: Result<never> | undefined;
  const worker = async () => {
    for (let entry = entries.pop(); entry && !failure; entry = entries.pop()) {
      const seen = await inspectAny(c, entry.Id);
      if (seen.ok && seen.value !== 'absent') found.push(instanceFrom(c.settings.id, seen.value));
      // One container that the engine cannot describe (half removed, say) must not hide all others.
      else if (!seen.ok && seen.error.code === 'ENGINE_ERROR') found.push(instanceFrom(c.settings.id, unknownFrom(entry)));
      else if (!seen.ok) failure = seen;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return failure ?? ok(found.sort((a, b) => (a.name < b.name ? -1 : 1)));
}

/** What the list alone tells of a container: its state is unknown. */
function unknownFrom(e: ContainerInfo): Inspected {
  return {
    Id: e.Id,
    Name: e.Names[0] ?? '',
    Created: new Date(e.Created * 1000).toISOString(),
    Image: e.ImageID,
    State: {},
    Config: { Image: e.Image, Labels: e.Labels },
    HostConfig: {},
    Mounts: e.Mounts,
  };
}

async function inspectAny(c: Connection, idOrName: string): Promise<Result<Inspected | 'absent'>> {
  const doing = `inspecting a container`;
  const told = await c.call(doing, c.limits.look, async (docker, abortSignal) => {
    try {
      return await docker.getContainer(idOrName).inspect({ abortSignal });
    } catch (e) {
      if (statusOf(e) === 404) return 'absent' as const;
      throw e;
    }
  });
  if (!told.ok || told.value === 'absent') return told as Result<'absent'>;
  const parsed = inspectSchema.safeParse(told.value);
  if (parsed.success) return ok(parsed.data);
  return err(
    problem('ENGINE_ERROR', `${c.where} describes the container "${idOrName}" in a form Handover does not know.`, {
      remedy: 'Report this with the detail: the engine may be newer than Handover.',
      detail: parsed.error.message.slice(0, 2000),
    }),
  );
}
