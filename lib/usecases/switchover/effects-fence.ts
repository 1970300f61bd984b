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

/** What is longer is no configuration that a run changes. */
const CONFIG_LIMIT = 60_000;

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
  const moving = engine.value.moving(side.ref.name);
  const seen = await moving.survey({ state: side.statePath, beside: folderOf(side.beside), texts: [side.configPath] });
  if (!seen.ok) return seen;
  const [bytes = 'absent'] = seen.value.texts;
  if (bytes === 'absent') return err(problem('CONFIG_BROKEN', `There is no ${side.configPath} in the volumes of ${side.ref.name}.`));
  // Read as UTF-8 it is judged; as single bytes it is written, so that not even a comment in another encoding changes.
  const [text, raw] = (['utf8', 'latin1'] as const).map((e) => Buffer.from(bytes).toString(e)) as [string, string];
  const [now, own] = await Promise.all([ctx.flagOf(text), ctx.flagOf(withoutBlock(text))]);
  if (!now.ok) return now;
  if (!own.ok) return own;
  if (now.value === flag) return ok(undefined);
  const next = Buffer.from(withFlag(raw, flag, own.value), 'latin1');
  const check = await ctx.flagOf(next.toString('utf8'));
  if (bytes.length >= CONFIG_LIMIT || !check.ok || check.value !== flag) {
    return err(
      problem('CONFIG_BROKEN', `${side.configPath} of ${side.ref.name} could not be changed so that the flag reads ${flag}.`, {
        remedy: 'Look at the file; nothing was written.',
      }),
    );
  }
  return moving.replaceText(side.configPath, { content: next, keep: `${side.configPath}.before-${plan.runId}` });
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
