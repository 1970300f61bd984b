/** All pre-flight checks, in the order of the page. The dry run and the real start judge with these same rows (I5). */
import { type CheckRow, GROUPS, judged, type Preflight, runCheck } from './check';
import { CONTAINER_CHECKS } from './containers';
import type { FactName, PreflightFacts } from './facts';
import { JOC_CHECKS } from './joc';
import { JOURNAL_CHECKS } from './journals';

export const CHECKS = [...CONTAINER_CHECKS, ...JOURNAL_CHECKS, ...JOC_CHECKS].sort(
  (a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group),
);

export function preflight(facts: PreflightFacts): Preflight {
  return judged(CHECKS.map((row) => runCheck(row, facts)));
}

/** Rows of one check, or of a group. None: there is no such thing. */
export const rowsOf = (only: string): readonly CheckRow[] => CHECKS.filter((row) => row.id === only || row.group === only);
/** What has to be read to judge these rows. */
export const factsOf = (rows: readonly CheckRow[]): ReadonlySet<FactName> => new Set(rows.flatMap((r) => [...r.rests, ...(r.also ?? [])]));
