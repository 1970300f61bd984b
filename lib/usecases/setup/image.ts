import 'server-only';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { PlannedInstance } from '../../domain/setup/setup';
import type { Doing } from './act';
import { makingOf } from './context';

/** From engine to engine, without a registry. Progress is told twice a second at most. */
const TELL_MS = 500;

export async function copyImages(d: Doing): Promise<Result<void>> {
  const { ctx, plan } = d;
  try {
    for (const i of plan.instances) {
      const copied = await copyImage(d, i);
      if (!copied.ok) return copied;
    }
    return ok(undefined);
  } finally {
    ctx.progress(plan.setupId, undefined);
  }
}

async function copyImage({ ctx, plan, signal }: Doing, i: PlannedInstance): Promise<Result<void>> {
  const target = makingOf(ctx, i.engineId);
  if (!target.ok) return target;
  const there = await target.value.image(i.image.digest);
  if (!there.ok) return there;
  if (there.value !== 'absent') return ok(undefined);
  if (i.copyImageFrom === undefined)
    return err(
      problem('IMAGE_NOT_FOUND', `The engine ${i.engineId} does not have the image ${i.image.ref} any more.`, {
        remedy: 'Load it there again, by the same digest.',
      }),
    );
  const source = makingOf(ctx, i.copyImageFrom);
  if (!source.ok) return source;
  const known = await source.value.image(i.image.digest);
  const of = known.ok && known.value !== 'absent' ? known.value.bytes : undefined;
  const archive = await source.value.saveImage(i.image.digest, signal);
  if (!archive.ok) return archive;
  let told = 0;
  const loaded = await target.value.loadImage(archive.value, {
    signal,
    onBytes: (bytes) => {
      const now = ctx.clock.now();
      if (now - told < TELL_MS) return;
      told = now;
      ctx.progress(plan.setupId, { bytes, ...(of !== undefined && { of }) });
    },
  });
  if (!loaded.ok) return loaded;
  const now = await target.value.image(i.image.digest);
  if (!now.ok) return now;
  return now.value === 'absent'
    ? err(
        problem('IMAGE_NOT_FOUND', `What was copied to ${i.engineId} is not the image ${i.image.digest.slice(0, 19)}.`, {
          remedy: 'Load the image there by hand, then go on.',
        }),
      )
    : ok(undefined);
}
