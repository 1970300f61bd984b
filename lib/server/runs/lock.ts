import 'server-only';
import type { z } from 'zod';
import type { TakeOverLockInput } from '../../contract/runs';
import { problem } from '../../domain/errors';
import { err, type Result } from '../../domain/result';
import { removeHeldLock } from '../../usecases/switchover/held-lock';
import { note } from '../notes';
import type { Runtime } from '../runtime';

/** Removes a lock that another Handover left. In the cluster's turn: no run begins meanwhile. */
export function takeOverLock(
  runtime: Runtime,
  id: string,
  { tokens }: z.output<typeof TakeOverLockInput>,
  who: string,
): Promise<Result<void>> {
  return runtime.turns(id, async () => {
    const cluster = runtime.store.clusters.get(id);
    if (!cluster) return err(problem('NOT_FOUND', `There is no cluster "${id}".`));
    const setup = runtime.setups.openSetup(id);
    if (setup !== undefined)
      return err(
        problem('CONFLICT', `Set-up ${setup} of this cluster has no end yet: the lock may be its own.`, { remedy: 'End it first.' }),
      );
    if (runtime.runs.wayBack.open(id))
      return err(
        problem('CONFLICT', 'A way back of this cluster has no end yet: the lock is its own.', {
          remedy: 'End it, or leave it, on its page.',
        }),
      );
    const removed = await removeHeldLock(runtime.runs.ctx, cluster, tokens);
    if (removed.ok) note(runtime, id, { kind: 'person', who, message: { key: 'person.lock.taken-over' } });
    return removed;
  });
}
