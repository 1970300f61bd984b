import 'server-only';
import type { Cluster } from '../../domain/cluster/cluster';
import { discover } from '../../domain/cluster/discovery';
/** Options and the dry run: everything is looked at, nothing is changed. The start plans by the same function (I5). */
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { type SetupCheck, setupPlanChecks } from '../../domain/setup/checks';
import { isProblem, type Licence, type SetupEngine, type SetupFacts } from '../../domain/setup/facts';
import { makeSetupPlan, setupCore } from '../../domain/setup/plan';
import { proposeBoth, proposeSecondary } from '../../domain/setup/propose';
import type { SetupPlan } from '../../domain/setup/setup';
import type { CreateBoth, CreateSecondary, Wanted } from '../../domain/setup/wanted';
import type { SetupContext } from './context';
import { measureEngines, measurePrimary, measureSetup } from './measure';

export interface SetupChoices {
  readonly engines: readonly SetupEngine[];
  readonly proposals: readonly (CreateSecondary | CreateBoth)[];
  readonly licence: Licence;
  /** Stopped containers of an engine that could be the cluster's Secondary. */
  readonly candidates: (e: SetupEngine) => readonly { readonly name: string; readonly urls: readonly string[] }[];
}
/** Not those that other clusters name, nor those of another Controller ID, nor the cluster's own Primary. */
function candidatesOn(e: SetupEngine, cluster: Cluster, all: readonly Cluster[]) {
  const named = all.flatMap((c) => [c.primary.ref, ...(c.secondary && c.id !== cluster.id ? [c.secondary.ref] : [])]);
  return e.instances.flatMap((i) => {
    const found = ['created', 'exited', 'dead'].includes(i.state) ? discover(i, e.host) : undefined;
    const other = found?.controllerId !== undefined && found.controllerId !== cluster.controllerId;
    const taken = named.some((r) => r.engineId === e.id && r.name === i.name);
    return found && !other && !taken ? [{ name: i.name, urls: found.urls }] : [];
  });
}
/** `clusterId`: what a Secondary of it could be, one proposal per engine, the Primary's last; without it: both, one per engine with an image. */
export async function setupChoicesOf(ctx: SetupContext, clusterId: string | undefined): Promise<Result<SetupChoices>> {
  const cluster = clusterId === undefined ? undefined : ctx.clusters.get(clusterId);
  if (clusterId !== undefined && !cluster) return err(problem('NOT_FOUND', `There is no cluster "${clusterId}".`));
  const [engines, primary] = await Promise.all([measureEngines(ctx), cluster && measurePrimary(ctx, cluster, false)]);
  const facts: SetupFacts = {
    engines,
    clusterNames: ctx.clusters.all().map((c) => c.name),
    ...(cluster && { cluster }),
    ...(primary && { primary }),
  };
  const able = engines.filter((e) => !e.problem);
  if (!cluster)
    return ok({ engines, proposals: able.flatMap((e) => proposeBoth(e, facts) ?? []), licence: 'unknown', candidates: () => [] });
  const candidates = (e: SetupEngine) => candidatesOn(e, cluster, ctx.clusters.all());
  if (!primary || isProblem(primary)) return ok({ engines, proposals: [], licence: 'unknown', candidates });
  // Another host first: a lost one must not take both.
  const home = (e: SetupEngine): number => (e.id === primary.instance.engineId ? 1 : 0);
  const proposals = able
    .slice()
    .sort((a, b) => home(a) - home(b))
    .map((e) => proposeSecondary(cluster, primary, e, facts));
  return ok({ engines, proposals, licence: primary.licence, candidates });
}

export interface PreparedSetup {
  readonly facts: SetupFacts;
  readonly plan: Result<SetupPlan>;
  readonly hash: string;
  readonly checks: readonly SetupCheck[];
  readonly ready: boolean;
  readonly at: number;
}
export async function prepareSetup(
  ctx: SetupContext,
  wanted: Wanted,
  n: { setupId: string; newClusterId: string },
): Promise<PreparedSetup> {
  const facts = await measureSetup(ctx, wanted);
  const at = ctx.clock.now();
  const plan = makeSetupPlan(wanted, facts, { ...n, at });
  const checks = setupPlanChecks(wanted, facts, plan.ok ? plan.value : undefined, plan.ok ? undefined : plan.error);
  return {
    facts,
    plan,
    hash: plan.ok ? ctx.hash(setupCore(plan.value)) : '',
    checks,
    ready: plan.ok && checks.every((c) => c.result === 'pass' || c.result === 'warn'),
    at,
  };
}
