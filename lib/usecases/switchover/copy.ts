import 'server-only';
/**
 * Copies the source's journal files into the staging folder of the target, and proves them equal. The same code copies ahead (while the
 * source works) and copies the rest (after its proved stop); it goes on from what is there, so it may be interrupted anywhere.
 */
import { type Problem, problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { Segment, VerifiedFile } from '../../domain/switchover/events';
import { type Plan, stagingPath } from '../../domain/switchover/plan';
import type { StepId } from '../../domain/switchover/steps';
import type { Engine, FileEntry } from '../../ports/engine';
import type { Owner } from '../../ports/moving';
import type { RunContext } from './context';
import { engineOf } from './effects-fence';
import { join, journalFiles } from './look';

export interface CopyJob {
  readonly step: StepId;
  readonly when: Segment['when'];
  readonly plan: Plan;
  /** What an earlier pass has proved. */
  readonly known: readonly VerifiedFile[];
  readonly signal: AbortSignal;
}
const ownerOf = (plan: Plan): Owner => ({ mode: 0o644, uid: plan.target.uid, gid: plan.target.gid });

export interface Copied {
  /** Every file of the source, proved equal as far as it goes. */
  readonly files: readonly VerifiedFile[];
  /** Names of all journal files in the staging folder. */
  readonly staged: readonly string[];
  /** What this pass had to copy. */
  readonly copiedBytes: number;
}

/** One pass: copies what is missing, hashes what is not proved. */
export async function copyPass(ctx: RunContext, job: CopyJob): Promise<Result<Copied>> {
  const { plan } = job;
  const [from, to] = [engineOf(ctx, plan.source), engineOf(ctx, plan.target)];
  if (!from.ok) return from;
  if (!to.ok) return to;
  const [source, made] = await Promise.all([
    from.value.files(plan.source.ref.name).list(plan.source.statePath),
    ensureFolder(to.value, plan),
  ]);
  if (!source.ok) return source;
  if (!made.ok) return made;
  const files = journalFiles(source.value);
  const staged = journalFiles(made.value);
  const meter = new Meter(
    ctx,
    job,
    files.reduce((sum, f) => sum + f.bytes, 0),
  );
  for (const file of files) {
    const copied = await copyFile(
      job,
      from.value,
      to.value,
      file,
      staged.find((s) => s.name === file.name),
      meter,
    );
    // An obsolete file may vanish while the source works (product.md 3.12): the next pass copies what is left.
    if (!copied.ok && !(job.when === 'ahead' && copied.error.code === 'PATH_NOT_FOUND')) return copied;
  }
  const proved = await verify(job, from.value, to.value, files);
  return proved.ok ? ok({ ...proved.value, copiedBytes: meter.moved }) : proved;
}

async function ensureFolder(to: Engine, plan: Plan): Promise<Result<readonly FileEntry[]>> {
  const files = to.files(plan.target.ref.name);
  const there = await files.list(stagingPath(plan));
  if (there.ok || there.error.code !== 'PATH_NOT_FOUND') return there;
  const made = await files.makeFolder(stagingPath(plan), { mode: 0o755, uid: plan.target.uid, gid: plan.target.gid });
  return made.ok ? ok([]) : made;
}

async function copyFile(
  job: CopyJob,
  from: Engine,
  to: Engine,
  file: FileEntry,
  staged: FileEntry | undefined,
  meter: Meter,
): Promise<Result<void>> {
  const { plan } = job;
  const offset = staged?.bytes ?? 0;
  if (offset > file.bytes)
    return err(
      problem('CONFLICT', `${file.name} in ${stagingPath(plan)} is longer than its source.`, {
        remedy: 'Undo the run: its staging folder is then deleted.',
      }),
    );
  meter.start(file.name, offset);
  if (offset === file.bytes && staged !== undefined) return ok(undefined);
  const path = join(plan.source.statePath, file.name);
  const target = to.moving(plan.target.ref.name);
  const dest = join(stagingPath(plan), file.name);
  const bytes = file.bytes - offset;
  if (plan.sameEngine) {
    return target.appendFrom(dest, {
      ...ownerOf(plan),
      from: { name: plan.source.ref.name, path },
      offset,
      bytes,
      onBytes: (n) => meter.at(n),
      signal: job.signal,
    });
  }
  const stream = await from.files(plan.source.ref.name).read(path, { offset, length: bytes });
  if (!stream.ok) return stream;
  return target.append(dest, { ...ownerOf(plan), content: stream.value, bytes, offset, onBytes: (n) => meter.at(n), signal: job.signal });
}

/** Hashes on both sides what is not yet proved: whole new files, and the ends of files that have grown. */
async function verify(
  job: CopyJob,
  from: Engine,
  to: Engine,
  files: readonly FileEntry[],
): Promise<Result<Pick<Copied, 'files' | 'staged'>>> {
  const { plan } = job;
  const staged = await to.files(plan.target.ref.name).list(stagingPath(plan));
  if (!staged.ok) return staged;
  // After the proved stop nothing grows any more: what is not there whole was taken away between copying and looking.
  const short = files.find((f) => staged.value.find((s) => s.name === f.name)?.bytes !== f.bytes);
  if (job.when === 'after' && short) return err(notWhole(plan, short, staged.value));
  const todo = files.flatMap((source) => {
    const copy = staged.value.find((s) => s.name === source.name);
    if (!copy) return [];
    const known = stillGood(
      job.known.find((k) => k.name === source.name),
      source,
      copy,
    );
    const bytes = Math.min(source.bytes, copy.bytes);
    // The last proved block is read again (and by whole blocks: that is what a disk reads fast): it tells a file that was replaced or cut from one that has grown.
    const from = known.length > 0 ? Math.max(0, Math.floor((known.at(-1)?.to ?? 0) / RECHECK) - 1) * RECHECK : 0;
    return [{ source, copy, known, range: { from, to: bytes } }];
  });
  const ranges = (side: (name: string) => string) => todo.map((t) => ({ path: side(t.source.name), from: t.range.from, to: t.range.to }));
  const [a, b] = await Promise.all([
    from.moving(plan.source.ref.name).hashRanges(
      ranges((n) => join(plan.source.statePath, n)),
      job.signal,
    ),
    to.moving(plan.target.ref.name).hashRanges(
      ranges((n) => join(stagingPath(plan), n)),
      job.signal,
    ),
  ]);
  if (!a.ok) return a;
  if (!b.ok) return b;
  const proved: VerifiedFile[] = [];
  for (const [i, t] of todo.entries()) {
    const sha256 = a.value[i];
    if (sha256 === undefined || sha256 !== b.value[i])
      return err(
        problem('CONFLICT', `${t.source.name} differs between source and copy (bytes ${t.range.from} to ${t.range.to}).`, {
          remedy: 'Undo the run and look at both disks: a copy must be equal.',
        }),
      );
    // An unchanged file keeps its proof (its last block was just read again); a longer one gets a segment that overlaps the last block.
    const segments =
      t.range.to === t.known.at(-1)?.to ? t.known : [...t.known, { from: t.range.from, to: t.range.to, sha256, when: job.when }];
    proved.push({
      name: t.source.name,
      bytes: t.range.to,
      segments,
      sourceInode: t.source.inode ?? 0,
      inode: t.copy.inode ?? 0,
      modifiedAt: t.copy.modifiedAt,
    });
  }
  return ok({ files: proved, staged: journalFiles(staged.value).map((f) => f.name) });
}
const RECHECK = 65_536;

function notWhole(plan: Plan, source: FileEntry, staged: readonly FileEntry[]): Problem {
  const copy = staged.find((s) => s.name === source.name);
  const is = copy ? `has ${copy.bytes} bytes, its source ${source.bytes}` : 'is missing, though it was copied';
  return problem('CONFLICT', `${source.name} in ${stagingPath(plan)} of ${plan.target.ref.name} ${is}.`, {
    remedy: 'Find out who writes into that folder. Then continue (what is missing is copied again), or undo.',
  });
}

/** Segments proved earlier hold only for the same file at the source, which has not become shorter, and for the same copy. */
const stillGood = (k: VerifiedFile | undefined, source: FileEntry, copy: FileEntry): readonly Segment[] =>
  k && k.sourceInode === source.inode && k.inode === copy.inode && k.bytes <= source.bytes && k.bytes <= copy.bytes ? k.segments : [];

/** Counts bytes and tells the page, at most four times a second. */
class Meter {
  private done = 0;
  /** Bytes that were there before the piece that is copied now. */
  private base = 0;
  private file = '';
  private readonly began: number;
  private told = 0;
  /** Bytes that were copied. */
  moved = 0;
  constructor(
    private readonly ctx: RunContext,
    private readonly job: CopyJob,
    private readonly total: number,
  ) {
    this.began = ctx.clock.now();
  }
  start(file: string, already: number): void {
    this.file = file;
    this.done += already;
    this.base = this.done;
  }
  at(bytesOfThisPiece: number): void {
    this.moved += this.base + bytesOfThisPiece - this.done;
    this.done = this.base + bytesOfThisPiece;
    const now = this.ctx.clock.now();
    if (now - this.told < 250) return;
    this.told = now;
    const seconds = Math.max(0.001, (now - this.began) / 1000);
    this.ctx.progress(this.job.plan.runId, {
      step: this.job.step,
      what: 'copy',
      file: this.file,
      doneBytes: this.done,
      totalBytes: this.total,
      bytesPerSecond: this.moved / seconds,
    });
  }
}
