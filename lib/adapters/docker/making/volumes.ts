import 'server-only';
import { err, ok, type Result } from '../../../domain/result';
import type { VolumeInfo } from '../../../ports/making';
import { type Connection, meaning } from '../connection';
import { HELPER_LABEL, SETUP_LABEL } from '../labels';
import { statusOf, wordsOf } from '../problems';
import { inUse, madeBy, notOurs, taken } from './owned';

export async function volumes(c: Connection): Promise<Result<readonly VolumeInfo[]>> {
  const all = await c.call('listing its volumes', c.limits.list, (docker, abortSignal) => docker.listVolumes({ abortSignal }));
  if (!all.ok) return all;
  return ok((all.value.Volumes ?? []).map((v) => ({ name: v.Name, labels: v.Labels ?? {} })).sort((a, b) => (a.name < b.name ? -1 : 1)));
}

export async function volume(c: Connection, name: string): Promise<Result<VolumeInfo | 'absent'>> {
  return c.call(`looking at the volume "${name}"`, c.limits.look, async (docker, abortSignal) => {
    try {
      const seen = await docker.getVolume(encodeURIComponent(name)).inspect({ abortSignal });
      return { name: seen.Name, labels: seen.Labels ?? {} };
    } catch (e) {
      if (statusOf(e) === 404) return 'absent' as const;
      throw e;
    }
  });
}

export async function makeVolume(c: Connection, name: string, setupId: string): Promise<Result<void>> {
  const seen = await volume(c, name);
  if (!seen.ok) return seen;
  if (seen.value !== 'absent') return madeBy(seen.value.labels, setupId) ? ok(undefined) : err(taken(c, 'volume', name));
  const made = await c.call(`making the volume "${name}"`, c.limits.change, (docker, abortSignal) =>
    docker.createVolume({ Name: name, Labels: { [SETUP_LABEL]: setupId }, abortSignal }),
  );
  if (!made.ok) return made;
  // Docker also says yes where somebody was faster: the labels tell whose it is.
  const now = await volume(c, name);
  if (!now.ok) return now;
  return now.value !== 'absent' && madeBy(now.value.labels, setupId) ? ok(undefined) : err(taken(c, 'volume', name));
}

export async function removeVolume(c: Connection, name: string, setupId: string): Promise<Result<void>> {
  const seen = await volume(c, name);
  if (!seen.ok) return seen;
  if (seen.value === 'absent') return ok(undefined);
  if (!madeBy(seen.value.labels, setupId)) return err(notOurs(c, 'volume', name));
  const ended = await endHelpers(c, name);
  if (!ended.ok) return ended;
  const done = await c.call(`removing the volume "${name}"`, c.limits.change, (docker, abortSignal) => {
    const asked = docker
      .getVolume(encodeURIComponent(name))
      .remove({ abortSignal })
      .catch((e: unknown) => {
        if (statusOf(e) !== 404) throw e;
      });
    return meaning(asked as Promise<unknown>, (status, e) => (status === 409 ? inUse(c, 'volume', name, wordsOf(e)) : undefined));
  });
  return done.ok ? ok(undefined) : done;
}

/** Helpers outlive the question for which they were made, and would hold the volume. */
const endHelpers = (c: Connection, volumeName: string): Promise<Result<void>> =>
  c.call(`ending helpers at the volume "${volumeName}"`, c.limits.change, async (docker, abortSignal) => {
    const found = await docker.listContainers({ all: true, filters: { volume: [volumeName], label: [HELPER_LABEL] }, abortSignal });
    for (const { Id } of found)
      await docker
        .getContainer(Id)
        .remove({ force: true, v: true, abortSignal })
        .catch((e: unknown) => {
          if (![404, 409].includes(statusOf(e) ?? 0)) throw e;
        });
  });
