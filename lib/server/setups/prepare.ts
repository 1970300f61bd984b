import 'server-only';
import type { z } from 'zod';
import type { ChooseSetupInput, SetupAnswer, SetupInput, SetupOptions, SetupPlanAnswer, StartSetupInput } from '../../contract/setup';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { FormAccess } from '../../usecases/setup/context';
import { prepareSetup, setupChoicesOf } from '../../usecases/setup/prepare';
import type { Runtime } from '../runtime';
import { newSlug } from '../slug';
import { optionsAnswer, planAnswer } from './answers';

type Wanted = z.output<typeof SetupInput>;
const notKnown = (id: string) => err(problem('NOT_FOUND', `There is no set-up ${id}.`));

export async function setupOptions({ setups }: Pick<Runtime, 'setups'>, clusterId: string | undefined): Promise<Result<SetupOptions>> {
  const found = await setupChoicesOf(setups.ctx, clusterId);
  return found.ok ? ok(optionsAnswer(found.value)) : found;
}
/** The id of a cluster that create-both will make; the same one at the start, unless somebody was faster. */
const newClusterId = ({ store }: Pick<Runtime, 'store'>, w: Wanted): string =>
  w.kind === 'create-both' ? newSlug(w.clusterName, (id) => store.clusters.get(id) !== undefined) : w.clusterId;

/** The dry run. The number of a preview is `preview`: it is no set-up. */
export async function setupPlan(runtime: Pick<Runtime, 'setups' | 'store' | 'engines'>, wanted: Wanted): Promise<Result<SetupPlanAnswer>> {
  const prepared = await prepareSetup(runtime.setups.ctx, wanted, { setupId: 'preview', newClusterId: newClusterId(runtime, wanted) });
  return ok(planAnswer(wanted, prepared, (id) => runtime.engines.get(id)?.name ?? id));
}

/** Measures again and begins, if everything is as the person read it. In the cluster's turn: nothing else begins meanwhile. */
export function startSetup(
  runtime: Runtime,
  { input, hash }: z.output<typeof StartSetupInput>,
  who: string,
): Promise<Result<{ id: string }>> {
  const { setups, store } = runtime;
  const clusterId = newClusterId(runtime, input);
  return runtime.turns(clusterId, async () => {
    const setupId = store.setups.nextId();
    const prepared = await prepareSetup(setups.ctx, input, { setupId, newClusterId: clusterId });
    if (!prepared.plan.ok) return prepared.plan;
    if (prepared.hash !== hash)
      return err(
        problem('CONFLICT', 'The world has changed since this plan was made.', {
          remedy: 'Look at the plan again: what differs is in it now.',
        }),
      );
    if (!prepared.ready)
      return err(
        problem('CONFLICT', 'Some checks do not pass any more.', { remedy: 'Look at the plan again, and put right what is marked.' }),
      );
    const started = setups.runner.start(prepared.plan.value, { hash, who, ...accessOf(input) });
    return started.ok ? ok({ id: started.value }) : started;
  });
}
/** Secrets of the form stay in memory until the cluster is saved. */
function accessOf(input: Wanted): { access?: FormAccess } {
  if (input.kind !== 'use-existing') return {};
  const { url: _u, ...rest } = input.access;
  return { access: Object.fromEntries(Object.entries(rest).filter(([, v]) => v !== undefined && v !== '')) as FormAccess };
}

export function setupOf({ setups }: Pick<Runtime, 'setups'>, id: string): Result<SetupAnswer> {
  const answer = setups.answer(id);
  return answer ? ok(answer) : notKnown(id);
}
export function chooseInSetup(
  { setups }: Pick<Runtime, 'setups'>,
  id: string,
  { choice }: z.output<typeof ChooseSetupInput>,
  who: string,
): Result<void> {
  const known = setups.answer(id);
  if (!known) return notKnown(id);
  if (!known.choices.includes(choice))
    return err(problem('CONFLICT', `"${choice}" is not possible now.`, { remedy: 'Look at the set-up’s page for what is possible.' }));
  return setups.runner.choose(id, choice, who);
}
