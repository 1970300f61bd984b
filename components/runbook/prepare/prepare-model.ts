import type { CheckAgainAnswer, PrepareAnswer } from '@/lib/contract/runs';
import type { CheckResult, Group, Verdict } from '@/lib/domain/switchover/preflight/check';
import { GROUPS, judged, PREFLIGHT_MAX_AGE_MS } from '@/lib/domain/switchover/preflight/check';

type Counts = Readonly<Record<Verdict, number>>;

export interface CheckGroup {
  readonly group: Group;
  readonly checks: readonly CheckResult[];
  readonly counts: Counts;
  /** The worst of it: unknown blocks as much as block. */
  readonly worst: Verdict;
}
const WORST: readonly Verdict[] = ['block', 'unknown', 'warn', 'pass'];

/** In the order of the page, without groups that have no check. */
export function groupsOf(checks: readonly CheckResult[]): CheckGroup[] {
  return GROUPS.map((group) => {
    const own = checks.filter((c) => c.group === group);
    const counts = { pass: 0, warn: 0, block: 0, unknown: 0 };
    for (const c of own) counts[c.verdict]++;
    return { group, checks: own, counts, worst: WORST.find((v) => counts[v] > 0) ?? 'pass' };
  }).filter(({ checks: own }) => own.length > 0);
}

export type Readiness = 'ready' | 'blocked' | 'unknown' | 'no-plan';
/** What the page says first. A block is said before what could not be measured: it is known to be wrong. */
export function readinessOf(a: PrepareAnswer): Readiness {
  if (a.counts.block > 0) return 'blocked';
  if (a.counts.unknown > 0) return 'unknown';
  return a.ready && a.plan ? 'ready' : 'no-plan';
}

/** What was measured again takes its place, with its time; the others keep what they have. A plan that could not be made stays lacking until all is measured. */
export function withChecks(was: PrepareAnswer, got: CheckAgainAnswer): PrepareAnswer {
  const { checks, counts, ready } = judged(was.checks.map((c) => got.checks.find((n) => n.id === c.id) ?? c));
  const { heldLock, ...rest } = was;
  const lock = got.checks.some((c) => c.id === 'no-other-run') ? got.heldLock : heldLock;
  return { ...rest, checks, counts, ready: ready && was.plan !== undefined, ...(lock && { heldLock: lock }) };
}
/** When the oldest of what stands there was measured. */
export function oldestOf({ checks, measuredAt }: PrepareAnswer): number {
  const times = checks.flatMap((c) => c.at ?? []);
  return times.length > 0 ? Math.min(...times) : measuredAt;
}

/** Older than this the start measures again anyway. */
export const isOld = (measuredAt: number, now: number): boolean => now - measuredAt > PREFLIGHT_MAX_AGE_MS;

export const warningsOf = (checks: readonly CheckResult[]): readonly CheckResult[] => checks.filter((c) => c.verdict === 'warn');

/** What of the checks may be counted on a button or a line: `3 warnings`. */
export const NEED = ['role', 'measuring', 'open', 'checks', 'reason', 'letters', 'minutes', 'warnings', 'name'] as const;
export type Need = (typeof NEED)[number];

export interface Draft {
  readonly reason: string;
  readonly ticket: string;
  /** Minutes, as they were typed. */
  readonly timeSpent: string;
  readonly accepted: ReadonlySet<string>;
  readonly typed: string;
}
/** Whole minutes as they were typed; undefined where nothing was. */
export function minutesOf(typed: string): number | 'wrong' | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 'wrong';
}
/** What still keeps the start from being possible, the first of it; undefined = it may be pressed. */
export function missing(a: PrepareAnswer, draft: Draft, o: { may: boolean; measuring: boolean; openRun: boolean }): Need | undefined {
  const unmet: Record<Need, boolean> = {
    role: !o.may,
    measuring: o.measuring,
    open: o.openRun,
    checks: readinessOf(a) !== 'ready',
    reason: draft.reason.trim() === '' || draft.reason.length > 255,
    letters: /[<>]/.test(draft.reason),
    minutes: minutesOf(draft.timeSpent) === 'wrong',
    warnings: warningsOf(a.checks).some((c) => !draft.accepted.has(c.id)),
    name: a.plan === undefined || draft.typed.trim() !== a.plan.source.name,
  };
  return NEED.find((need) => unmet[need]);
}
