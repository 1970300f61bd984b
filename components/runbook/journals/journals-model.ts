/** What two journals mean for each other: pure. */
import type { JournalSide, JournalsAnswer } from '@/lib/contract/runs';
import type { Slot } from '@/lib/domain/cluster/cluster';

export type Relation = 'parted' | 'ahead' | 'equal' | 'untold' | 'other' | 'unknown' | 'one';
const own = (s: JournalSide): number | undefined => s.beyond?.count;

/**
 * `parted`: both went on after the last common event. `ahead`: one has all that the other has. `untold`: one lineage, but no file that both have is
 * left, as after a switch-over: where they part cannot be told. What cannot be told is `unknown`, never "equal".
 */
export function relationOf(a: JournalsAnswer): Relation {
  if (!a.secondary || (a.primary.journalId === undefined && a.secondary.journalId === undefined && !problem(a))) return 'one';
  if (a.sameLineage === 'unknown') return problem(a) || !oneEmpty(a) ? 'unknown' : 'one';
  if (a.sameLineage === false) return oneEmpty(a) ? 'one' : 'other';
  const [p, s] = [own(a.primary), own(a.secondary)];
  if (differs(a.primary) || differs(a.secondary)) return 'parted';
  if (p === 0 && s === 0) return 'equal';
  if (p === 0 || s === 0) return 'ahead';
  if (p !== undefined && s !== undefined) return 'parted';
  if (a.lastCommon === undefined) return 'untold';
  // Too many to read is many.
  return 'parted';
}
const problem = (a: JournalsAnswer): boolean => a.primary.problem !== undefined || a.secondary?.problem !== undefined;
const oneEmpty = (a: JournalsAnswer): boolean => a.primary.files.length === 0 || a.secondary?.files.length === 0;
const differs = (s: JournalSide): boolean => s.files.some((f) => f.inBoth === 'differs');

/** Whose journal is kept; undefined where nothing says so. */
export const keeper = (a: JournalsAnswer): Slot | undefined => (a.newer === 'primary' || a.newer === 'secondary' ? a.newer : undefined);
export const otherOf = (slot: Slot): Slot => (slot === 'primary' ? 'secondary' : 'primary');
export const sideOf = (a: JournalsAnswer, slot: Slot): JournalSide | undefined => (slot === 'primary' ? a.primary : a.secondary);

export interface FileRow {
  readonly name: string;
  readonly primary?: number;
  readonly secondary?: number;
  readonly inBoth: JournalSide['files'][number]['inBoth'];
}
/** All files of both, by the event id in their names. */
export function fileRows(a: JournalsAnswer): readonly FileRow[] {
  const rows = new Map<string, FileRow>();
  for (const file of a.primary.files) rows.set(file.name, { name: file.name, primary: file.bytes, inBoth: file.inBoth });
  for (const file of a.secondary?.files ?? [])
    rows.set(file.name, { ...(rows.get(file.name) ?? { name: file.name, inBoth: file.inBoth }), secondary: file.bytes });
  return [...rows.values()].sort((x, y) => number(x.name) - number(y.name) || x.name.localeCompare(y.name, 'en'));
}
const number = (name: string): number => Number(/--(\d+)/.exec(name)?.[1] ?? 0);

/** Share of the drawing that a branch takes: never so small that it vanishes. */
export function shares(a: JournalsAnswer): { primary: number; secondary: number } {
  const [p, s] = [own(a.primary) ?? 1_000, (a.secondary && own(a.secondary)) ?? (a.secondary ? 1_000 : 0)];
  const most = Math.max(p, s, 1);
  const share = (n: number) => (n === 0 ? 0 : Math.max(0.04, n / most));
  return { primary: share(p), secondary: share(s) };
}
