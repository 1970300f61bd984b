import type { RunSummary } from '@/lib/contract/runs';

export type Result = 'done' | 'undone' | 'hand' | 'waits' | 'working';
export const RESULTS: readonly Result[] = ['waits', 'working', 'done', 'undone', 'hand'];
export function resultOf(s: RunSummary): Result {
  if (s.state === 'working') return 'working';
  if (s.state === 'asking') return 'waits';
  return s.result === 'undone' ? 'undone' : s.result === 'by-hand' ? 'hand' : 'done';
}

export interface Filter {
  readonly text: string;
  readonly cluster: string;
  readonly result: Result | '';
  readonly by: string;
  /** Days as `2026-11-24`, in the viewer's zone; inclusive. */
  readonly fromDay: string;
  readonly toDay: string;
}
export const NO_FILTER: Filter = { text: '', cluster: '', result: '', by: '', fromDay: '', toDay: '' };
export const isFiltered = (f: Filter): boolean => Object.values(f).some((v) => v !== '');

/** All words of the search must occur, in number, names, container, reason, ticket or account. */
export function fits(s: RunSummary, f: Filter, dayOf: (at: number) => string): boolean {
  const day = dayOf(s.startedAt);
  const haystack = [s.runId, s.clusterName, s.from.name, s.to.name, s.reason, s.ticket ?? '', s.by].join(' ').toLowerCase();
  return (
    (f.cluster === '' || s.clusterId === f.cluster) &&
    (f.result === '' || resultOf(s) === f.result) &&
    (f.by === '' || s.by === f.by) &&
    (f.fromDay === '' || day >= f.fromDay) &&
    (f.toDay === '' || day <= f.toDay) &&
    f.text
      .toLowerCase()
      .split(/\s+/)
      .every((word) => haystack.includes(word))
  );
}

/** `2026-11-24` in the given zone: the form in which a date field speaks. */
export const dayIn =
  (zone: string) =>
  (at: number): string =>
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

/** What the page says first: a run that waits for a person, before one that works. */
export function headline(
  runs: readonly RunSummary[],
): { kind: 'waits' | 'working'; run: RunSummary; n: number } | { kind: 'quiet'; n: number } {
  const waiting = runs.filter((r) => r.state === 'asking');
  const working = runs.filter((r) => r.state === 'working');
  // The one during which nobody works comes first.
  const first = waiting.find((r) => r.downSince !== undefined) ?? waiting[0];
  if (first) return { kind: 'waits', run: first, n: waiting.length };
  if (working[0]) return { kind: 'working', run: working[0], n: working.length };
  return { kind: 'quiet', n: runs.length };
}
