import 'server-only';
/** Fences: the restart policy, the backup flag in controller.conf, and the marker file. Each reads before it writes and reads back after. */
import { withFlag, withoutBlock } from '../../domain/config/flag';
import { problem } from '../../domain/errors';
import type { RestartPolicy } from '../../domain/instance/instance';
import { err, ok, type Result } from '../../domain/result';
import { markerPath, type Plan, type PlanSide, retiredPath } from '../../domain/switchover/plan';
import type { Engine } from '../../ports/engine';
import type { RunContext } from './context';
import { folderOf, join } from './look';

const CONFIG_LIMIT = 1_000_000;

export function engineOf(ctx: RunContext, side: PlanSide): Result<Engine> {
  const engine = ctx.engine(side.ref.engineId);
  return engine
    ? ok(engine)
    : err(
        problem('ENGINE_UNREACHABLE', `The engine ${side.ref.engineId} is not configured any more.`, {
          remedy: 'Add it again in the settings.',
        }),
      );
}

export async function holdPolicy(ctx: RunContext, side: PlanSide, policy: RestartPolicy): Promise<Result<void>> {
  const engine = engineOf(ctx, side);
  if (!engine.ok) return engine;
  const now = await engine.value.inspect(side.ref.name);
  if (!now.ok) return now;
  if (now.value === 'absent') return err(problem('INSTANCE_NOT_FOUND', `There is no container ${side.ref.name}.`));
  return now.value.restartPolicy.name === policy.name ? ok(undefined) : engine.value.setRestartPolicy(side.ref.name, policy);
}

/** Sets the flag as wanted, keeping the admin's text byte for byte; the former file stays beside it as `controller.conf.before-<run>`. */
export async function setFlag(ctx: RunContext, plan: Plan, side: PlanSide, flag: 'on' | 'off'): Promise<Result<void>> {
  const engine = engineOf(ctx, side);
  if (!engine.ok) return engine;
  const files = engine.value.files(side.ref.name);
  const text = await readText(engine.value, side, side.configPath);
  if (!text.ok) return text;
  const stat = await files.stat(side.configPath);
  if (!stat.ok) return stat;
  const [now, own] = await Promise.all([ctx.flagOf(text.value), ctx.flagOf(withoutBlock(text.value))]);
  if (!now.ok) return now;
  if (!own.ok) return own;
  if (now.value === flag) return ok(undefined);
  const next = withFlag(text.value, flag, own.value);
  const check = await ctx.flagOf(next);
  if (!check.ok || check.value !== flag) {
    return err(
      problem('CONFIG_BROKEN', `${side.configPath} of ${side.ref.name} could not be changed so that the flag reads ${flag}.`, {
        remedy: 'Look at the file; nothing was written.',
      }),
    );
  }
  const owner = { mode: stat.value.mode & 0o777, uid: stat.value.uid, gid: stat.value.gid };
  const write = (path: string, content: string): Promise<Result<void>> => {
    const bytes = Buffer.from(content);
    return files.write(path, { content: bytes, bytes: bytes.length, ...owner });
  };
  const kept = `${side.configPath}.before-${plan.runId}`;
  const there = await files.stat(kept);
  if (!there.ok) {
    if (there.error.code !== 'PATH_NOT_FOUND') return there;
    const copied = await write(kept, text.value);
    if (!copied.ok) return copied;
  }
  return write(side.configPath, next);
}

export async function readText(engine: Engine, side: PlanSide, path: string): Promise<Result<string>> {
  const stream = await engine.files(side.ref.name).read(path, { length: CONFIG_LIMIT });
  if (!stream.ok) return stream;
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of stream.value) chunks.push(Buffer.from(chunk as Uint8Array));
    return ok(Buffer.concat(chunks).toString('utf8'));
  } catch (e) {
    return err(problem('ENGINE_ERROR', `${path} of ${side.ref.name} could not be read to its end.`, { detail: String(e) }));
  }
}

/** The marker beside the retired journal: who, when, why, and how to bring it back. */
export async function writeMarker(
  ctx: RunContext,
  plan: Plan,
  about: { by: string; reason: string; ticket?: string },
): Promise<Result<void>> {
  const engine = engineOf(ctx, plan.source);
  if (!engine.ok) return engine;
  const text = `${JSON.stringify(
    {
      what: 'The journal of this JS7 Controller was retired by Handover: another instance works with it now. Do not start this one from it.',
      run: plan.runId,
      journalId: plan.journalId,
      controllerId: plan.controllerId,
      at: ctx.clock.now(),
      when: new Date(ctx.clock.now()).toISOString(),
      ...about,
      retiredTo: retiredPath(plan),
      movedTo: plan.target.ref,
      bringBack: `Switch back in Handover. By hand, only when ${plan.target.ref.name} is stopped and its journal is older: move the files from ${retiredPath(plan)} to ${plan.source.statePath} and take the backup flag off in ${plan.source.configPath}.`,
    },
    null,
    2,
  )}\n`;
  const bytes = Buffer.from(text);
  return engine.value
    .files(plan.source.ref.name)
    .write(markerPath(plan), { content: bytes, bytes: bytes.length, mode: 0o644, uid: plan.source.uid, gid: plan.source.gid });
}

/** Removing is a rename to a dated name too: nothing that a run wrote is deleted but its own copy. */
export async function setMarkerAside(ctx: RunContext, plan: Plan): Promise<Result<void>> {
  const engine = engineOf(ctx, plan.source);
  if (!engine.ok) return engine;
  const moved = await engine.value
    .files(plan.source.ref.name)
    .rename(markerPath(plan), join(folderOf(markerPath(plan)), `handover-undone-${plan.runId}-${ctx.clock.now()}.json`));
  return !moved.ok && moved.error.code === 'PATH_NOT_FOUND' ? ok(undefined) : moved;
}
