import 'server-only';
import type { z } from 'zod';
import type { StopInput } from '../contract/api';
import type { Cluster, Slot } from '../domain/cluster/cluster';
import { problem } from '../domain/errors';
import { err, ok, type Result } from '../domain/result';
import type { Engine } from '../ports/engine';
import type { Runtime } from './runtime';

interface Place {
  readonly id: string;
  readonly slot: Slot;
}
/** The container that an address of our API means, and the engine it lives on. */
export function memberOf(
  runtime: Pick<Runtime, 'store' | 'engines'>,
  { id, slot }: Place,
): Result<{ cluster: Cluster; engine: Engine; name: string }> {
  const cluster = runtime.store.clusters.get(id);
  const ref = cluster?.[slot]?.ref;
  if (!cluster || !ref)
    return err(problem('NOT_FOUND', cluster ? `The cluster "${cluster.name}" has no ${slot}.` : `There is no cluster "${id}".`));
  const engine = runtime.engines.get(ref.engineId);
  if (!engine)
    return err(
      problem('NOT_FOUND', `The engine "${ref.engineId}" of the ${slot} is not known any more.`, {
        remedy: 'Correct the settings of the cluster.',
      }),
    );
  return ok({ cluster, engine, name: ref.name });
}
