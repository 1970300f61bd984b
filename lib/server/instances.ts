import 'server-only';
import type { Cluster, Slot } from '../domain/cluster/cluster';
import { type Problem, problem } from '../domain/errors';
import { err, ok, type Result } from '../domain/result';
import { en } from '../domain/text/en';
import { plainText } from '../domain/text/format';
import type { Engine } from '../ports/engine';
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
  if (!engine) return err(problem('NOT_FOUND', `The engine "${ref.engineId}" is not known any more.`, { remedy: 'Correct the settings of the cluster.' }));
  return ok({ cluster, engine, name: ref.name });
}

/** Is it allowed by what is seen *now*? Every source is asked again first; what a page showed may be old. */
async function checkNow(runtime: Runtime, { id, slot }: Place, kind: 'start' | 'stop'): Promise<Problem | undefined> {
  const view = await runtime.live.watcher.refresh(id);
  const action = view?.[slot]?.actions.find((a) => a.kind === kind);
  if (action?.allowed) return undefined;
  const why = action?.note && plainText(action.note, en, { now: runtime.clock.now(), zone: 'UTC' });
  return problem('CONFLICT', why ?? `It is not known whether a ${kind} is safe now.`, { remedy: 'Look at the cluster page: it says what is the case and what to do.' });
}

/**
 * Starts the container, if the judgement of this moment allows it. One start or stop at a time per cluster: two starts at once would
 * each see the other one stopped (I1).
 */
export function startInstance(runtime: Runtime, at: Place, who: string): Promise<Result<void>> {
  return act(runtime, at, 'start', who, async ({ engine, name }) => {
    runtime.live.watcher.expectStart(at.id, at.slot);
    const outcome = await engine.start(name);
    // The next in line must see it running.
    await runtime.live.watcher.refresh(at.id);
    return outcome;
  });
}

export function stopInstance(runtime: Runtime, at: Place, { timeoutSeconds }: { timeoutSeconds: number }, who: string): Promise<Result<void>> {
  return act(runtime, at, 'stop', who, async ({ engine, name }) => {
    runtime.live.watcher.expectStop(at.id, at.slot);
    const outcome = await engine.stop(name, { timeoutSeconds });
    if (!outcome.ok) runtime.live.watcher.expectStop(at.id, at.slot, true);
    return outcome;
  });
}

function act(runtime: Runtime, at: Place, kind: 'start' | 'stop', who: string, work: (member: Member) => Promise<Result<void>>): Promise<Result<void>> {
  return runtime.turns(at.id, async () => {
    const member = memberOf(runtime, at);
    if (!member.ok) return member;
    const refusal = await checkNow(runtime, at, kind);
    if (refusal) return err(refusal);
    const name = { as: 'name', value: member.value.name } as const;
    note(runtime, at.id, { kind: 'person', who, message: { key: `person.${kind}`, params: { name } } });
    const outcome = await work(member.value);
    if (!outcome.ok) note(runtime, at.id, { kind: 'lost', who, message: { key: `person.failed.${kind}`, params: { name, why: outcome.error.message } } });
    return outcome;
  });
}
