/** What a step leaves as proof: a sentence for people, made from the plan once its goal was observed. */
import type { Message } from '../text/message';
import { name } from '../text/say';
import type { SetupPlan, SetupStepId } from './setup';
import { tell } from './tell';

const namesOf = (plan: SetupPlan): string => (plan.existing ? plan.existing.name : plan.instances.map((i) => i.name).join(', '));
const volumesOf = (plan: SetupPlan): string =>
  plan.instances.flatMap((i) => i.mounts.filter((m) => m.kind === 'volume').map((m) => m.source)).join(', ');
const slotName = (plan: SetupPlan, slot: 'primary' | 'secondary'): string =>
  plan.instances.find((i) => i.slot === slot)?.name ?? plan.existing?.name ?? '';

export function setupTitle(step: SetupStepId, plan: SetupPlan): Message {
  const both = plan.kind === 'create-both' && (step === 'container' || step === 'configuration');
  return { key: both ? `making.step.${step}.both` : `making.step.${step}` };
}
export function setupEvidence(step: SetupStepId, undo: boolean, plan: SetupPlan, kept: readonly string[] | undefined): readonly Message[] {
  if (kept && kept.length > 0) return [tell('making.kept', { names: name(kept.join(', ')) })];
  if (undo) return [{ key: `making.undid.${step}` }];
  switch (step) {
    case 'network':
      return [tell('making.did.network', { network: name(plan.makeNetwork?.name ?? '') })];
    case 'volumes':
      return [tell('making.did.volumes', { volumes: name(volumesOf(plan)) })];
    case 'container':
      return [tell('making.did.container', { names: name(namesOf(plan)) })];
    case 'aside':
      return [tell('making.did.aside', { folder: name(plan.existing?.aside ?? '') })];
    case 'configuration': {
      const left = plan.files.filter((f) => f.how === 'left-out').length;
      return [tell('making.did.configuration', { files: plan.files.length - left, left })];
    }
    case 'start':
      return [tell('making.did.start', { name: name(slotName(plan, 'primary')) })];
    case 'prove':
      return plan.kind === 'create-both'
        ? [
            tell('making.did.prove.both', {
              primary: name(slotName(plan, 'primary')),
              id: name(plan.controllerId),
              secondary: name(slotName(plan, 'secondary')),
            }),
          ]
        : [tell('making.did.prove', { name: name(slotName(plan, 'secondary')) })];
    case 'save':
      return [tell('making.did.save', { cluster: name(plan.clusterName) })];
    default:
      return [{ key: `making.did.${step}` }];
  }
}
/** Everything that a set-up makes, as a person would name it at the engines. */
export const setupNames = (plan: SetupPlan): readonly string[] => [
  ...(plan.makeNetwork ? [`network ${plan.makeNetwork.name}`] : []),
  ...plan.instances.flatMap((i) => [
    `container ${i.name}`,
    ...i.mounts.map((m) => `${m.kind === 'volume' ? 'volume' : 'folder'} ${m.source}`),
  ]),
  ...(plan.existing && plan.steps.includes('aside') ? [`folder ${plan.existing.aside}`] : []),
];
