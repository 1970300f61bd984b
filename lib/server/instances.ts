import 'server-only';
import { openController } from '../adapters/controller/client';
import type { Cluster, Slot } from '../domain/cluster/cluster';
import { problem } from '../domain/errors';
import { err, ok, type Result } from '../domain/result';
import { en } from '../domain/text/en';
import { plainText } from '../domain/text/format';
import type { Engine } from '../ports/engine';
import { type ActDeps, startInstance as start, stopInstance as stop } from '../usecases/clusters/act';
import { note } from './notes';
import type { Runtime } from './runtime';

interface Place {
  readonly id: string;
  readonly slot: Slot;
}
interface Member {
  readonly cluster: Cluster;
  readonly engine: Engine;
  readonly name: string;
}

/** The container that an address of our API means, and the engine it lives on. */
export function memberOf(runtime: Pick<Runtime, 'store' | 'engines'>, { id, slot }: Place): Result<Member> {
  const cluster = runtime.store.clusters.get(id);
  if (!cluster) return err(problem('NOT_FOUND', `There is no cluster "${id}".`));
  const ref = cluster[slot]?.ref;
  if (!ref) return err(problem('NOT_FOUND', `The cluster "${cluster.name}" has no ${slot === 'primary' ? 'Primary' : 'Secondary'}.`));
  const engine = runtime.engines.get(ref.engineId);
  if (!engine)
    return err(
      problem('NOT_FOUND', `The engine "${ref.engineId}" is not known any more.`, { remedy: 'Correct the settings of the cluster.' }),
    );
  return ok({ cluster, engine, name: ref.name });
}

/** What the use cases of starting and stopping need. */
const depsOf = ({ live, clock }: Runtime): ActDeps => ({
  watcher: live.watcher,
  openController,
  words: (m) => plainText(m, en, { now: clock.now(), zone: 'UTC' }),
});

export const startInstance = (runtime: Runtime, at: Place, who: string): Promise<Result<void>> =>
  act(runtime, at, 'start', who, () => start(depsOf(runtime), at.id, at.slot));

export const stopInstance = (runtime: Runtime, at: Place, o: { timeoutSeconds: number }, who: string): Promise<Result<void>> =>
  act(runtime, at, 'stop', who, () => stop(depsOf(runtime), at.id, at.slot, o));

/** One after the other per cluster, over all routes (the use case's own queue lives once per copy of its module), and noted with who asked for it. */
function act(
  runtime: Runtime,
  at: Place,
  kind: 'start' | 'stop',
  who: string,
  work: () => Promise<Result<unknown>>,
): Promise<Result<void>> {
  return runtime.turns(at.id, async () => {
    const member = memberOf(runtime, at);
    if (!member.ok) return member;
    const name = { as: 'name', value: member.value.name } as const;
    note(runtime, at.id, { kind: 'person', who, message: { key: `person.${kind}`, params: { name } } });
    const outcome = await work();
    if (outcome.ok) return ok(undefined);
    note(runtime, at.id, { kind: 'lost', who, message: { key: `person.failed.${kind}`, params: { name, why: outcome.error.message } } });
    return outcome;
  });
}
