/** A pre-flight check: what was measured, what it means, and the verdict. `unknown` blocks as much as `block`. */
import type { Reading } from '../../reading';
import type { Message } from '../../text/message';
import { type FactName, type PreflightFacts, readingOf } from './facts';

export type Verdict = 'pass' | 'warn' | 'block' | 'unknown';
export const GROUPS = ['engines', 'containers', 'journal', 'target', 'restart', 'joc-agents'] as const;
export type Group = (typeof GROUPS)[number];

/** Texts: `check.<id>.title`, `.why`, `.fix` in the catalogue; `measured` comes with its figures. */
export interface CheckResult {
  readonly id: string;
  readonly group: Group;
  readonly verdict: Verdict;
  readonly measured: Message;
  /** When the oldest fact it rests on was read. */
  readonly at?: number;
}
export interface CheckRow {
  readonly id: string;
  readonly group: Group;
  /** The readings it rests on: where one is missing, the check is unknown before it is judged. */
  readonly rests: readonly FactName[];
  /** What it looks at beside these, where it is there. To measure a check again is to read both. */
  readonly also?: readonly FactName[];
  readonly judge: (f: PreflightFacts) => { readonly verdict: Verdict; readonly measured: Message };
}

/** Runs one row. A reading that failed or never came makes the check unknown, and says what failed. */
export function runCheck(row: CheckRow, f: PreflightFacts): CheckResult {
  const readings = row.rests.map((name) => readingOf(f, name));
  const missing = readings.find((r) => r.kind !== 'value');
  const at = Math.min(...readings.map((r) => (r.kind === 'never' ? f.at : r.at)));
  const when = Number.isFinite(at) ? { at } : {};
  if (missing?.kind === 'failed')
    return {
      id: row.id,
      group: row.group,
      verdict: 'unknown',
      measured: { key: 'check.measured.failed', params: { why: missing.error.message } },
      ...when,
    };
  if (missing) return { id: row.id, group: row.group, verdict: 'unknown', measured: { key: 'check.measured.never' }, ...when };
  return { id: row.id, group: row.group, ...row.judge(f), ...when };
}

export const pass = (key: string, params: Message['params'] = {}) => ({ verdict: 'pass' as const, measured: { key, params } });
export const warn = (key: string, params: Message['params'] = {}) => ({ verdict: 'warn' as const, measured: { key, params } });
export const block = (key: string, params: Message['params'] = {}) => ({ verdict: 'block' as const, measured: { key, params } });
export const unknown = (key: string, params: Message['params'] = {}) => ({ verdict: 'unknown' as const, measured: { key, params } });

/** The value of a reading that `rests` has named: it is there when `judge` runs. */
export function the<T>(r: Reading<T>): T {
  if (r.kind !== 'value') throw new Error('A check used a reading that it does not rest on');
  return r.value;
}

export interface Counts {
  readonly pass: number;
  readonly warn: number;
  readonly block: number;
  readonly unknown: number;
}
export interface Preflight {
  readonly checks: readonly CheckResult[];
  readonly counts: Counts;
  /** No block, nothing unknown. Warnings are accepted by a person, one by one. */
  readonly ready: boolean;
}

export function judged(checks: readonly CheckResult[]): Preflight {
  const counts = { pass: 0, warn: 0, block: 0, unknown: 0 };
  for (const c of checks) counts[c.verdict]++;
  return { checks, counts, ready: counts.block === 0 && counts.unknown === 0 };
}

/** Older than this a result is no ground to start on. A start measures all anew whatever the age, so this is only told. */
export const PREFLIGHT_MAX_AGE_MS = 30_000;
