import 'server-only';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { EngineLock } from '../../ports/engine';
import type { Connection } from './connection';
import { createContainer } from './create';
import type { Inspected } from './instance';
import { timeFrom } from './instance';
import { LOCK_LABEL, OWNER_LABEL } from './labels';
import { inspectByName } from './look';
import { statusOf } from './problems';

/** The container name that is the lock: names are unique on an engine, and creating one is atomic. Other characters than Docker takes become `_hex_`. */
const lockName = (key: string): string =>
  `handover-lock-${key.replaceAll(/[^a-zA-Z0-9.-]/gu, (ch) => `_${ch.codePointAt(0)?.toString(16)}_`)}`;

export async function takeLock(c: Connection, key: string, owner: Readonly<Record<string, string>>): Promise<Result<EngineLock>> {
  const image = await smallestImage(c);
  if (!image.ok) return image;
  // The holder may let go between our attempt and the look at it.
  for (let attempt = 0; attempt < 5; attempt++) {
    const made = await c.call(`taking the lock "${key}"`, c.limits.change, async (docker, abortSignal) => {
      try {
        const made = await createContainer(docker, lockName(key), abortSignal, {
          Image: image.value,
          // It is never started. Whoever starts it by hand gets an error.
          Entrypoint: ['/handover-lock-is-not-to-be-started'],
          Cmd: ['x'],
          Labels: { [LOCK_LABEL]: key, [OWNER_LABEL]: JSON.stringify(owner) },
          HostConfig: { NetworkMode: 'none' },
        });
        return made.id;
      } catch (e) {
        if (statusOf(e) === 409) return 'taken' as const;
        throw e;
      }
    });
    if (!made.ok) return made;
    const now = await inspectLock(c, key);
    if (!now.ok) return now;
    if (now.value === 'free') continue;
    if (made.value === now.value.token) return ok(now.value);
    return err(held(c, now.value));
  }
  return err(problem('LOCK_HELD', `The lock "${key}" on ${c.where} changes hands too often to be taken.`, { remedy: 'Try again.' }));
}

export async function inspectLock(c: Connection, key: string): Promise<Result<EngineLock | 'free'>> {
  const seen = await inspectByName(c, lockName(key));
  if (!seen.ok) return seen;
  return ok(seen.value === 'absent' ? 'free' : lockFrom(key, seen.value));
}

export async function releaseLock(c: Connection, key: string, token: string): Promise<Result<void>> {
  const now = await inspectLock(c, key);
  if (!now.ok) return now;
  if (now.value === 'free') return ok(undefined);
  if (now.value.token !== token)
    return err(
      problem('LOCK_LOST', `The lock "${key}" on ${c.where} is not ours any more: ${ownerText(now.value)} holds it.`, {
        remedy: 'Somebody removed our lock. Find out what they did before you go on.',
      }),
    );
  // By id: a lock taken anew under the same name is not touched.
  const done = await c.call(`releasing the lock "${key}"`, c.limits.change, async (docker, abortSignal) => {
    await docker
      .getContainer(token)
      .remove({ abortSignal })
      .catch((e: unknown) => {
        if (statusOf(e) !== 404) throw e;
      });
  });
  return done.ok ? ok(undefined) : done;
}

function lockFrom(key: string, c: Inspected): EngineLock {
  let owner: Record<string, string> = {};
  try {
    const told: unknown = JSON.parse(c.Config.Labels?.[OWNER_LABEL] ?? '{}');
    if (told !== null && typeof told === 'object') owner = Object.fromEntries(Object.entries(told).map(([k, v]) => [k, String(v)]));
  } catch {
    // A container that somebody else made under this name: held, by an unknown owner.
  }
  return { key, token: c.Id, owner, takenAt: timeFrom(c.Created) ?? 0 };
}

const ownerText = (lock: EngineLock): string =>
  Object.entries(lock.owner)
    .map(([k, v]) => `${k}: ${v}`)
    .join(', ') || 'an unknown owner';

const held = (c: Connection, lock: EngineLock) =>
  problem(
    'LOCK_HELD',
    `The lock "${lock.key}" on ${c.where} is held by ${ownerText(lock)}, since ${new Date(lock.takenAt).toISOString()}.`,
    {
      remedy: `Wait until that run ends. If it is dead for certain, remove the container "${lockName(lock.key)}" there.`,
    },
  );

/** A lock needs an image that is there already: nothing is pulled. */
async function smallestImage(c: Connection): Promise<Result<string>> {
  const images = await c.call('listing its images', c.limits.look, (docker, abortSignal) => docker.listImages({ abortSignal }));
  if (!images.ok) return images;
  const [first] = [...images.value].sort((a, b) => a.Size - b.Size || (a.Id < b.Id ? -1 : 1));
  if (first) return ok(first.Id);
  return err(
    problem('ENGINE_ERROR', `${c.where} has no image at all, so no lock can be made there.`, {
      remedy: 'Load the image of the Controller there first.',
    }),
  );
}
