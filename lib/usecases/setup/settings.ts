import 'server-only';
/** Naming what was made in Handover's settings, and taking that back. */
import type { ClusterMember, ControllerAccess } from '../../domain/cluster/cluster';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { SetupPlan } from '../../domain/setup/setup';
import { hasWorked } from '../../domain/setup/steps';
import { tell } from '../../domain/setup/tell';
import { name } from '../../domain/text/say';
import type { Doing, Done } from './act';
import { ACCOUNT } from './context';

export async function save({ ctx, plan, access }: Doing): Promise<Result<Done>> {
  if (plan.kind === 'create-both') return saveBoth(ctx, plan);
  const cluster = ctx.clusters.get(plan.clusterId);
  if (!cluster)
    return err(
      problem('NOT_FOUND', 'The cluster is not in the settings any more.', {
        remedy: 'Undo what was made, or add the cluster again by hand.',
      }),
    );
  const ref = plan.existing ?? plan.instances[0];
  if (!ref) return err(problem('CONFLICT', 'The plan names no Secondary.'));
  const { url: _u, ...primary } = cluster.primary.access;
  // The configuration is the Primary's: so are its accounts. Of one that was there before the form told them.
  const asPrimary = !plan.existing || plan.existing.user === primary.user;
  const secrets = access ?? (asPrimary ? primary : {});
  const known: Omit<ControllerAccess, 'url'> = { ...(plan.existing?.user !== undefined && { user: plan.existing.user }), ...secrets };
  const secondary: ClusterMember = { ref: { engineId: ref.engineId, name: ref.name }, access: { url: ref.url, ...known } };
  ctx.clusters.save({ ...cluster, secondary });
  ctx.reload();
  const lost = plan.existing?.user !== undefined && known.password === undefined;
  return ok(lost ? { said: [tell('making.did.save.password', { cluster: name(cluster.name) })] } : {});
}
function saveBoth(ctx: Doing['ctx'], plan: SetupPlan): Result<Done> {
  const member = (slot: 'primary' | 'secondary'): ClusterMember | undefined => {
    const i = plan.instances.find((x) => x.slot === slot);
    return (
      i && { ref: { engineId: i.engineId, name: i.name }, access: { url: i.url, user: ACCOUNT, password: ctx.secretOf(plan.setupId) } }
    );
  };
  const [primary, secondary] = [member('primary'), member('secondary')];
  if (!primary || !secondary) return err(problem('CONFLICT', 'The plan does not name both.'));
  ctx.clusters.save({
    id: plan.clusterId,
    name: plan.clusterName,
    controllerId: plan.controllerId,
    primary,
    secondary,
    createdAt: ctx.clock.now(),
  });
  ctx.reload();
  return ok({});
}

export async function forget({ ctx, plan, world }: Doing): Promise<Result<void>> {
  const cluster = ctx.clusters.get(plan.clusterId);
  if (!cluster || world.saved !== 'yes' || hasWorked(world.primary) || hasWorked(world.secondary)) return ok(undefined);
  const { replaces } = plan;
  // It was named before, too.
  if (replaces && replaces.engineId === cluster.secondary?.ref.engineId && replaces.name === cluster.secondary.ref.name)
    return ok(undefined);
  if (plan.kind === 'create-both') ctx.clusters.remove(plan.clusterId);
  else {
    const { secondary: _s, ...rest } = cluster;
    ctx.clusters.save(rest);
  }
  ctx.reload();
  return ok(undefined);
}
