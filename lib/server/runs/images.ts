import 'server-only';
import type { Plan, PlanSide } from '../../domain/switchover/plan';
import type { Runtime } from '../runtime';
import type { Images } from './answers';

/** The images that the commands of a plan name, as last seen; asks nobody. */
export function imagesOf({ hub }: Pick<Runtime, 'hub'>, plan: Plan): Images {
  const view = hub.read.cluster(plan.clusterId);
  const image = ({ ref }: PlanSide): string => {
    const seen = [view?.primary, view?.secondary].find((v) => v?.ref.name === ref.name && v.ref.engineId === ref.engineId);
    return seen?.docker.instance?.image.ref ?? `image-of-${ref.name}`;
  };
  return { source: image(plan.source), target: image(plan.target) };
}
