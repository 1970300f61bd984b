import 'server-only';
/** What lies where of a pair's journals: each side's state directory, or the newest retired journal where that is empty. */
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import type { JournalEnding } from '../../domain/journal/disk';
import { judgeJournal } from '../../domain/journal/ending';
import type { Engine, FileEntry } from '../../ports/engine';
import { readPieces } from '../observe/pieces';
import type { RunContext } from './context';
import { journalFiles } from './look';
import { asideFolders } from './retired';

export interface Side {
  readonly slot: Slot;
  readonly name: string;
  readonly engine?: Engine;
  readonly place: 'state' | 'retired';
  readonly path?: string;
  /** Oldest first. */
  readonly entries: readonly FileEntry[];
  readonly journalId?: string;
  readonly ending?: JournalEnding;
  readonly lastEventId?: number;
  readonly problem?: string;
}

export async function sideOf(ctx: RunContext, cluster: Cluster, slot: Slot): Promise<Side | undefined> {
  const ref = cluster[slot]?.ref;
  if (!ref) return undefined;
  const none = { slot, name: ref.name, place: 'state', entries: [] } as const;
  const engine = ctx.engine(ref.engineId);
  const inspected = await engine?.inspect(ref.name);
  if (!engine || !inspected) return { ...none, problem: `The engine ${ref.engineId} is not configured any more.` };
  if (!inspected.ok) return { ...none, problem: inspected.error.message };
  if (inspected.value === 'absent') return { ...none, problem: `There is no container ${ref.name}.` };
  const disk = await ctx.readDisk(engine, inspected.value);
  if (!disk.ok) return { ...none, problem: disk.error.message };
  const { state } = disk.value;
  if (state.kind === 'unreadable') return { ...none, engine, path: state.path, problem: state.error.message };
  if (state.kind === 'journal') {
    const listed = await engine.files(ref.name).list(state.path);
    if (!listed.ok) return { ...none, engine, path: state.path, problem: listed.error.message };
    const { journalId, ending, lastEventId } = state.journal;
    return { ...none, engine, path: state.path, entries: journalFiles(listed.value), journalId, ending, lastEventId };
  }
  const aside = await asideFolders(engine, inspected.value);
  const newest = aside.ok ? [...aside.value].sort((a, b) => runOf(a) - runOf(b)).at(-1) : undefined;
  if (newest === undefined) return { ...none, engine, ...(state.kind === 'empty' && { path: state.path }) };
  return retiredSide({ ...none, engine, place: 'retired', path: newest }, engine, newest);
}

const runOf = (path: string): number => Number(/-(\d+)$/.exec(path)?.[1] ?? 0);

async function retiredSide(side: Side, engine: Engine, path: string): Promise<Side> {
  const files = engine.files(side.name);
  const listed = await files.list(path);
  if (!listed.ok) return { ...side, problem: listed.error.message };
  const entries = journalFiles(listed.value);
  const [newest, before] = [entries.at(-1), entries.at(-2)];
  if (!newest) return { ...side, problem: `There is no journal file in ${path}.` };
  const [a, b] = [await readPieces(files, path, newest), before && (await readPieces(files, path, before, 4096))];
  if (!a.ok) return { ...side, entries, problem: a.error.message };
  const judged = judgeJournal({ newest: a.value, ...(b?.ok && { before: b.value }) });
  if (!judged.ok) return { ...side, entries, problem: judged.error.message };
  const { journalId, ending, lastEventId } = judged.value;
  return { ...side, entries, journalId, ending, lastEventId };
}
