import 'server-only';
/** What lies where of a pair's journals: each side's state directory, or the newest retired journal where that is empty. */
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import type { JournalEnding } from '../../domain/journal/disk';
import { judgeJournal } from '../../domain/journal/ending';
import type { Message } from '../../domain/text/message';
import type { Engine, FileEntry } from '../../ports/engine';
import { readPieces } from '../observe/pieces';
import type { RunContext } from './context';
import { said } from './journal-events';
import { journalFiles } from './look';
import { asideFolders } from './retired';

const name = (value: string) => ({ as: 'name' as const, value });

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
  readonly problem?: Message;
}

export async function sideOf(ctx: RunContext, cluster: Cluster, slot: Slot): Promise<Side | undefined> {
  const ref = cluster[slot]?.ref;
  if (!ref) return undefined;
  const none = { slot, name: ref.name, place: 'state', entries: [] } as const;
  const engine = ctx.engine(ref.engineId);
  const inspected = await engine?.inspect(ref.name);
  if (!engine || !inspected) return { ...none, problem: { key: 'journals.problem.no-engine', params: { engine: name(ref.engineId) } } };
  if (!inspected.ok) return { ...none, problem: said(inspected.error) };
  if (inspected.value === 'absent') return { ...none, problem: { key: 'journals.problem.no-container', params: { name: name(ref.name) } } };
  const disk = await ctx.readDisk(engine, inspected.value);
  if (!disk.ok) return { ...none, problem: said(disk.error) };
  const { state } = disk.value;
  if (state.kind === 'unreadable') return { ...none, engine, path: state.path, problem: said(state.error) };
  if (state.kind === 'journal') {
    const listed = await engine.files(ref.name).list(state.path);
    if (!listed.ok) return { ...none, engine, path: state.path, problem: said(listed.error) };
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
  if (!listed.ok) return { ...side, problem: said(listed.error) };
  const entries = journalFiles(listed.value);
  const [newest, before] = [entries.at(-1), entries.at(-2)];
  if (!newest) return { ...side, problem: { key: 'journals.problem.no-file', params: { path: { as: 'code', value: path } } } };
  const [a, b] = [await readPieces(files, path, newest), before && (await readPieces(files, path, before, 4096))];
  if (!a.ok) return { ...side, entries, problem: said(a.error) };
  const judged = judgeJournal({ newest: a.value, ...(b?.ok && { before: b.value }) });
  if (!judged.ok) return { ...side, entries, problem: said(judged.error) };
  const { journalId, ending, lastEventId } = judged.value;
  return { ...side, entries, journalId, ending, lastEventId };
}
