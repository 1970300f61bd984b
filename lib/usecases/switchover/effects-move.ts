import 'server-only';
/** Putting journals in their places: by rename within one volume, file by file, and never over another file. */
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { VerifiedFile } from '../../domain/switchover/events';
import { asidePath, type Plan, type PlanSide, retiredPath, stagingPath } from '../../domain/switchover/plan';
import type { RunState } from '../../domain/switchover/state';
import type { RunContext } from './context';
import { copyPass } from './copy';
import { engineOf } from './effects-fence';
import { fingerprint, folderOf, join, journalFiles } from './look';

/** Names of the journal files in a folder, oldest first; a missing folder has none. */
async function namesIn(ctx: RunContext, side: PlanSide, folder: string): Promise<Result<readonly string[]>> {
  const engine = engineOf(ctx, side);
  if (!engine.ok) return engine;
  const list = await engine.value.files(side.ref.name).list(folder);
  if (!list.ok) return list.error.code === 'PATH_NOT_FOUND' ? ok([]) : list;
  return ok(journalFiles(list.value).map((f) => f.name));
}

async function move(ctx: RunContext, side: PlanSide, from: string, to: string, only?: readonly string[]): Promise<Result<void>> {
  const engine = engineOf(ctx, side);
  if (!engine.ok) return engine;
  const names = only ? ok(only) : await namesIn(ctx, side, from);
  if (!names.ok) return names;
  if (names.value.length === 0) return ok(undefined);
  // The newest file alone decides what a Controller comes up with (product.md 3.4): it is the first one in and the last one out, so that a start half-way finds it.
  const ordered = to === side.statePath ? names.value.toReversed() : names.value;
  return engine.value.moving(side.ref.name).moveFiles(from, to, ordered, { mode: 0o755, uid: side.uid, gid: side.gid });
}

/**
 * Copies the rest, proves every file equal (`verified` is told before anything is moved, so that it is on disk), moves what is in the way aside, and
 * puts the copy in its place. If the verified files are in their place already, only the proof is made again.
 */
export async function copyRest(
  ctx: RunContext,
  state: RunState,
  signal: AbortSignal,
  verified: (files: readonly VerifiedFile[]) => Result<void>,
): Promise<Result<void>> {
  const { plan } = state;
  // An interrupted earlier try may have moved the copy in already: back to staging, and prove it again from there.
  const back = await copyBackToStaging(ctx, state);
  if (!back.ok) return back;
  const proved = await copyPass(ctx, { step: 'copy-rest', when: 'after', plan, known: state.verified ?? state.ahead ?? [], signal });
  if (!proved.ok) return proved;
  const { files, staged } = proved.value;
  const same = asNoted(state, files);
  if (!same.ok) return same;
  const exact = await dropStrangers(ctx, plan, files, staged);
  if (!exact.ok) return exact;
  const said = verified(files);
  if (!said.ok) return said;
  const aside = await move(ctx, plan.target, plan.target.statePath, asidePath(plan));
  return aside.ok
    ? move(
        ctx,
        plan.target,
        stagingPath(plan),
        plan.target.statePath,
        files.map((f) => f.name),
      )
    : aside;
}

/** What was proved equal is the journal that was noted at the proved stop, no file more, fewer or shorter (I3). */
function asNoted({ plan, noted }: RunState, files: readonly VerifiedFile[]): Result<void> {
  if (noted !== undefined && noted.fingerprint === fingerprint(files.map((f) => ({ ...f, kind: 'file' })))) return ok(undefined);
  const then = noted?.fingerprint.split(' ') ?? [];
  const now = files.map((f) => `${f.name}:${f.bytes}`);
  const odd = then.find((f) => !now.includes(f)) ?? now.find((f) => !then.includes(f)) ?? 'nothing was noted';
  return err(
    problem(
      'CONFLICT',
      `What was copied from ${plan.source.statePath} of ${plan.source.ref.name} is not the journal that was noted at its proved stop (${odd}).`,
      { remedy: 'Nothing was put in place. Look into that folder of the source; continue when it is as it was, or undo.' },
    ),
  );
}

/** What of our verified copy lies in the state directory (told by name and inode, which a rename keeps) goes back to staging. */
async function copyBackToStaging(ctx: RunContext, { plan, verified }: RunState): Promise<Result<void>> {
  const engine = engineOf(ctx, plan.target);
  if (!engine.ok) return engine;
  // Nothing was verified: nothing of ours was moved in.
  if (verified === undefined) return ok(undefined);
  const list = await engine.value.files(plan.target.ref.name).list(plan.target.statePath);
  if (!list.ok) return list.error.code === 'PATH_NOT_FOUND' ? ok(undefined) : list;
  const ours = journalFiles(list.value).filter((f) => verified?.some((v) => v.name === f.name && v.inode === f.inode));
  return move(
    ctx,
    plan.target,
    plan.target.statePath,
    stagingPath(plan),
    ours.map((f) => f.name),
  );
}

/** Files that were copied ahead and have since become obsolete at the source: a folder of their own keeps them out of the lineage. */
async function dropStrangers(
  ctx: RunContext,
  plan: Plan,
  proved: readonly VerifiedFile[],
  staged: readonly string[],
): Promise<Result<void>> {
  const engine = engineOf(ctx, plan.target);
  if (!engine.ok) return engine;
  const strangers = staged.filter((n) => !proved.some((p) => p.name === n));
  if (strangers.length > 0) {
    const moved = await engine.value
      .moving(plan.target.ref.name)
      .moveFiles(stagingPath(plan), join(stagingPath(plan), 'obsolete'), strangers, {
        mode: 0o755,
        uid: plan.target.uid,
        gid: plan.target.gid,
      });
    if (!moved.ok) return moved;
  }
  return proved.length > 0
    ? ok(undefined)
    : err(problem('JOURNAL_MISSING', `There is no journal file in ${plan.source.statePath} of ${plan.source.ref.name}.`));
}

export const retire = (ctx: RunContext, plan: Plan): Promise<Result<void>> =>
  move(ctx, plan.source, plan.source.statePath, retiredPath(plan));
export const bringBack = (ctx: RunContext, plan: Plan): Promise<Result<void>> => moveBack(ctx, plan.source, retiredPath(plan));

/** Back to the state directory. The emptied folder gets another name: it is no retired journal any more, and a later look must see that. */
async function moveBack(ctx: RunContext, side: PlanSide, from: string): Promise<Result<void>> {
  const moved = await move(ctx, side, from, side.statePath);
  if (!moved.ok) return moved;
  const engine = engineOf(ctx, side);
  if (!engine.ok) return engine;
  const files = engine.value.files(side.ref.name);
  const left = await files.list(from);
  if (!left.ok) return left.error.code === 'PATH_NOT_FOUND' ? ok(undefined) : left;
  if (left.value.length > 0)
    return err(
      problem('CONFLICT', `${from} still holds ${left.value[0]?.name}.`, { remedy: 'Look into that folder; nothing in it was touched.' }),
    );
  const renamed = await files.rename(from, join(folderOf(from), `handover-undone-${nameOf(from)}-${ctx.clock.now()}`));
  return !renamed.ok && renamed.error.code === 'PATH_NOT_FOUND' ? ok(undefined) : renamed;
}
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Our copy back to staging, the former files back to their place. */
export async function takeCopyOut(ctx: RunContext, state: RunState): Promise<Result<void>> {
  const out = await copyBackToStaging(ctx, state);
  return out.ok ? moveBack(ctx, state.plan.target, asidePath(state.plan)) : out;
}

export async function discardStaging(ctx: RunContext, plan: Plan): Promise<Result<void>> {
  const engine = engineOf(ctx, plan.target);
  return engine.ok ? engine.value.moving(plan.target.ref.name).discardCopy(stagingPath(plan)) : engine;
}
