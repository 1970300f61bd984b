/** All pre-flight checks, in the order of the page. The dry run and the real start judge with these same rows (I5). */
import { type CheckResult, GROUPS, runCheck } from './check';
import { CONTAINER_CHECKS } from './containers';
import type { PreflightFacts } from './facts';
import { JOURNAL_CHECKS } from './journals';

export const CHECKS = [...CONTAINER_CHECKS, ...JOURNAL_CHECKS].sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group));

export interface Preflight {
  readonly checks: readonly CheckResult[];
  readonly counts: { readonly pass: number; readonly warn: number; readonly block: number; readonly unknown: number };
  /** No block, nothing unknown. Warnings are accepted by a person, one by one. */
  readonly ready: boolean;
}

export function preflight(facts: PreflightFacts): Preflight {
  const checks = CHECKS.map((row) => runCheck(row, facts));
  const counts = { pass: 0, warn: 0, block: 0, unknown: 0 };
  for (const c of checks) counts[c.verdict]++;
  return { checks, counts, ready: counts.block === 0 && counts.unknown === 0 };
}

/** Results older than this are measured again before a run starts. */
export const PREFLIGHT_MAX_AGE_MS = 30_000;
