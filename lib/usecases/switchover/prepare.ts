import 'server-only';
/** Before a run: measure, plan, and begin. What a person reads on the page and what the start checks come from the same functions (I5). */
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { type Plan, planCore } from '../../domain/switchover/plan';
import { type CheckResult, type Preflight, runCheck } from '../../domain/switchover/preflight/check';
import type { HeldLock, PreflightFacts } from '../../domain/switchover/preflight/facts';
import { factsOf, preflight, rowsOf } from '../../domain/switchover/preflight/preflight';
import { en } from '../../domain/text/en';
import { formatTime, plainText } from '../../domain/text/format';
import { collect } from './collect';
import type { RunContext } from './context';
import { makePlan } from './make-plan';
import type { Runner } from './runner';

export interface Prepared {
  readonly from: Slot;
  readonly preflight: Preflight;
  readonly measuredAt: number;
  /** The lock that stands in the way, if one does. */
  readonly heldLock?: HeldLock;
  readonly plan: Result<Plan>;
  /** SHA-256 of the plan's core; absent without a plan. */
  readonly hash?: string;
}

/** `alarms`: codes of the guard's alarms that stand now. */
export async function prepare(
  ctx: RunContext,
  cluster: Cluster,
  from: Slot,
  alarms: readonly string[],
  runId = 'preview',
): Promise<Prepared> {
  const [facts, plan] = await Promise.all([collect(ctx, cluster, from, alarms), makePlan(ctx, cluster, from, runId)]);
  return {
    from,
    ...heldIn(facts),
    preflight: preflight(facts),
    measuredAt: facts.at,
    plan,
    ...(plan.ok && { hash: ctx.hash(planCore(plan.value)) }),
  };
}

export interface Remeasured {
  readonly checks: readonly CheckResult[];
  readonly measuredAt: number;
  /** As it is now, where the lock was looked at. */
  readonly heldLock?: HeldLock;
}
/** One check, or all of a group, measured again: only what they rest on is read. NOT_FOUND where there is no such check. */
export async function measureAgain(
  ctx: RunContext,
  cluster: Cluster,
  from: Slot,
  alarms: readonly string[],
  only: string,
): Promise<Result<Remeasured>> {
  const rows = rowsOf(only);
  if (rows.length === 0) return err(problem('NOT_FOUND', `There is no check "${only}".`));
  const names = factsOf(rows);
  const facts = await collect(ctx, cluster, from, alarms, (name) => names.has(name));
  return ok({ checks: rows.map((row) => runCheck(row, facts)), measuredAt: facts.at, ...heldIn(facts) });
}
const heldIn = ({ lock }: PreflightFacts): { heldLock?: HeldLock } =>
  lock.kind === 'value' && lock.value !== 'free' ? { heldLock: lock.value } : {};

export interface Wanted {
  readonly from: Slot;
  readonly planHash: string;
  readonly expectActive: string;
  readonly reason: string;
  readonly ticket?: string;
  /** Minutes. */
  readonly timeSpent?: number;
  /** Ids of the warnings that the person has accepted. */
  readonly accepted: readonly string[];
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** A check as a person knows it: its title, and what was measured. */
const told = (c: CheckResult, now: number): string =>
  `${plainText({ key: `check.${c.id}.title` }, en, { now, zone })}: ${plainText(c.measured, en, { now, zone })}`;
/** Who began the run that is open, why and when. */
function openRunOf(ctx: RunContext, cluster: Cluster): readonly string[] {
  const now = ctx.clock.now();
  return ctx.runs
    .list({ clusterId: cluster.id })
    .filter((r) => r.open)
    .flatMap(({ runId }) => {
      const [first] = ctx.runs.events(runId);
      if (first?.type !== 'RunStarted') return [];
      return [`${first.by} began run ${runId} at ${formatTime(first.at, { now, zone })} (${first.reason}).`];
    });
}

/** Measures everything anew, and begins only if it is as the person read it. CONFLICT says what is not. */
export async function begin(
  ctx: RunContext,
  runner: Runner,
  cluster: Cluster,
  wanted: Wanted,
  who: string,
  alarms: readonly string[],
): Promise<Result<string>> {
  const source = wanted.from === 'primary' ? cluster.primary : cluster.secondary;
  if (source?.ref.name !== wanted.expectActive) {
    return err(
      problem('CONFLICT', `"${wanted.expectActive}" is not the container that has the journal now.`, {
        remedy: 'Type the name of the container that is active now, as the page shows it.',
      }),
    );
  }
  const seen = await prepare(ctx, cluster, wanted.from, alarms);
  const bad = seen.preflight.checks.filter((c) => c.verdict === 'block' || c.verdict === 'unknown');
  if (bad.length > 0)
    return err(
      problem('CONFLICT', `Not started. ${[...bad.map((c) => told(c, ctx.clock.now())), ...openRunOf(ctx, cluster)].join(' ')}`, {
        remedy: 'Look at the checks again.',
      }),
    );
  const open = seen.preflight.checks.filter((c) => c.verdict === 'warn' && !wanted.accepted.includes(c.id));
  if (open.length > 0)
    return err(
      problem('CONFLICT', `Not started: warnings were not accepted. ${open.map((c) => told(c, ctx.clock.now())).join(' ')}`, {
        remedy: 'Read them and accept each, or put them right.',
      }),
    );
  if (!seen.plan.ok) return seen.plan;
  if (seen.hash !== wanted.planHash)
    return err(
      problem('CONFLICT', 'Not started: the plan would be another one now than the one you read.', {
        remedy: 'Read the plan again: something about the containers or their configuration has changed.',
      }),
    );
  const accepted = seen.preflight.checks.flatMap((c) => (c.verdict === 'warn' ? [{ id: c.id, measured: c.measured }] : []));
  const { reason, ticket, timeSpent } = wanted;
  // The number comes last: a refused start takes none.
  return runner.start(
    { ...seen.plan.value, runId: ctx.runs.nextId() },
    { who, reason, accepted, ...(ticket && { ticket }), ...(timeSpent !== undefined && { timeSpent }) },
  );
}
