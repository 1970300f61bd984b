import type { RetiredAnswer } from '@/lib/contract/runs';

const DAY = 86_400_000;
/** Whole days since it was put aside; undefined where nobody wrote down when. */
export const ageInDays = (at: number | undefined, now: number): number | undefined =>
  at === undefined ? undefined : Math.max(0, Math.floor((now - at) / DAY));

export interface RetiredSum {
  readonly folders: number;
  readonly bytes: number;
  readonly purgeable: number;
}
export const sumOf = (all: readonly RetiredAnswer[]): RetiredSum => ({
  folders: all.length,
  bytes: all.reduce((sum, r) => sum + r.bytes, 0),
  purgeable: all.filter((r) => r.purgeable).length,
});

export const keyOf = (r: RetiredAnswer): string => `${r.clusterId} ${r.slot} ${r.path}`;
