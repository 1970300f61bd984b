import 'server-only';
import type { Cluster, ClusterId, Slot } from '../../domain/cluster/cluster';
import type { ClusterObservation, MemberObservation } from '../../domain/cluster/observation';
import type { ClusterView, InstanceAction } from '../../domain/cluster/view';
import { type Problem, problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { Message } from '../../domain/text/message';
import type { OpenController } from '../../ports/controller';
import type { Engine } from '../../ports/engine';
import type { Watcher } from '../observe/watcher';

export interface ActDeps {
  readonly watcher: Pick<Watcher, 'refresh' | 'observation' | 'engine' | 'expectStart' | 'expectStop'>;
  readonly openController: OpenController;
  /** A message in words, for the problem that refuses. */
  readonly words: (m: Message) => string;
}
interface Target {
  readonly cluster: Cluster;
  readonly engine: Engine;
  readonly name: string;
}

/** One act at a time per cluster: two people who press at once are served one after the other, and the second one sees what the first one did. */
const queues = new Map<ClusterId, Promise<unknown>>();
function inTurn<T>(id: ClusterId, act: () => Promise<T>): Promise<T> {
  const before = queues.get(id) ?? Promise.resolve();
  const mine = before.then(act, act);
  const tail = mine.catch(() => {});
  queues.set(id, tail);
  void tail.then(() => {
    if (queues.get(id) === tail) queues.delete(id);
  });
  return mine;
}

/**
 * Starts a member's container, if everything was looked at anew and nothing else may live (I1): the view's own rule decides, and its reason refuses.
 * Answers with what was seen afterwards; a start is no proof that the Controller stays up. CONFLICT with the reason, LOCK_HELD while a run has the cluster.
 */
export const startInstance = (deps: ActDeps, id: ClusterId, slot: Slot): Promise<Result<ClusterView>> =>
  inTurn(id, async () => {
    const target = await prepare(deps, id, slot, 'start');
    if (!target.ok) return target;
    const { engine, name } = target.value;
    const started = await engine.start(name);
    deps.watcher.expectStart(id, slot);
    const view = await deps.watcher.refresh(id);
    if (!started.ok) return started;
    return view ? ok(view) : err(gone);
  });

/**
 * Stops a member's container: ShutDown through the API where it answers, then through the engine, at once: an engine that was told does not revive it by its
 * restart policy. Idempotent. CONFLICT where it still runs afterwards.
 */
export const stopInstance = (deps: ActDeps, id: ClusterId, slot: Slot, o: { timeoutSeconds: number }): Promise<Result<ClusterView>> =>
  inTurn(id, async () => {
    const target = await prepare(deps, id, slot, 'stop');
    if (!target.ok) return target;
    const { engine, name, cluster } = target.value;
    deps.watcher.expectStop(id, slot);
    await shutDown(deps, cluster, id, slot);
    const stopped = await engine.stop(name, o);
    if (!stopped.ok) deps.watcher.expectStop(id, slot, true);
    const view = await deps.watcher.refresh(id);
    if (!stopped.ok) return stopped;
    if (!view) return err(gone);
    if (view[slot]?.alive === 'no') return ok(view);
    return err(
      problem('CONFLICT', `${name} was stopped, but something still lives there.`, {
        remedy: 'Look at its card: a restart policy or an updater may have started it again.',
      }),
    );
  });

const gone: Problem = problem('NOT_FOUND', 'The cluster was removed meanwhile.');

/** Looks first: all sources are asked anew, then the rule of the view decides. */
async function prepare(deps: ActDeps, id: ClusterId, slot: Slot, kind: InstanceAction['kind']): Promise<Result<Target>> {
  const view = await deps.watcher.refresh(id);
  const cluster = deps.watcher.observation(id)?.cluster;
  const member = cluster?.[slot];
  const shown = view?.[slot];
  if (!cluster || !member || !shown) return err(problem('NOT_FOUND', 'There is no such instance.'));
  const action = shown.actions.find((a) => a.kind === kind);
  if (!action?.allowed)
    return err(
      problem(
        action?.note?.key === 'act.run' ? 'LOCK_HELD' : 'CONFLICT',
        action?.note ? deps.words(action.note) : 'This is not possible now.',
        {
          remedy: 'See the cluster’s page for what to do next.',
        },
      ),
    );
  const engine = deps.watcher.engine(member.ref.engineId);
  if (!engine) return err(problem('ENGINE_UNREACHABLE', `No engine ${member.ref.engineId} is configured.`));
  // Two alive is worse than what a run could suffer: it sees that something stopped, and asks.
  if (kind === 'stop' && view?.guard.alarms.some((a) => a.code === 'two-alive')) return ok({ cluster, engine, name: member.ref.name });
  const lock = await engine.inspectLock(id);
  if (!lock.ok) return lock;
  if (lock.value !== 'free')
    return err(problem('LOCK_HELD', 'A run has this cluster now.', { remedy: 'Follow the run, or end it there.' }));
  return ok({ cluster, engine, name: member.ref.name });
}

/** Asks a Controller that answers to end. What it says is no proof, and no reason to stop here: the engine stops it in any case. */
async function shutDown(deps: ActDeps, cluster: Cluster, id: ClusterId, slot: Slot): Promise<void> {
  const access = cluster[slot]?.access;
  const seen = deps.watcher.observation(id);
  if (!access || !seen || !isItself(seen, slot)) return;
  const client = deps.openController(access);
  try {
    await client.shutDown();
  } finally {
    await client.close();
  }
}

/**
 * Does the address lead to this container's own Controller? A wrong address, or a name that follows the live one, must not end the other: its process must not be
 * older than the container, and the peer's address must not lead to the same process.
 */
function isItself(seen: ClusterObservation, slot: Slot): boolean {
  const [own, peer] = [seen[slot], slot === 'primary' ? seen.secondary : seen.primary];
  const began = processStart(own);
  const container = own?.container.kind === 'value' && own.container.value !== 'absent' ? own.container.value : undefined;
  if (began === undefined || container?.state !== 'running' || container.startedAt === undefined) return false;
  return began >= container.startedAt - 1000 && began !== processStart(peer);
}
function processStart(m: MemberObservation | undefined): number | undefined {
  const o = m?.controller.kind === 'value' ? m.controller.value.overview : undefined;
  return typeof o === 'object' && 'startedAt' in o ? o.startedAt : undefined;
}
