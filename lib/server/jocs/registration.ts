import 'server-only';
import type { z } from 'zod';
import { openController } from '../../adapters/controller/client';
import type {
  FollowInput,
  RegisterAnswer,
  RegisterDraft,
  RegisterInput,
  UnregisterInput,
  UrlTestAnswer,
  UrlTestInput,
} from '../../contract/joc';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import { problem } from '../../domain/errors';
import { findJocContainer } from '../../domain/joc/container';
import type { JocSettings } from '../../domain/joc/joc';
import { tell } from '../../domain/joc/told';
import { err, ok, type Result } from '../../domain/result';
import { code } from '../../domain/text/say';
import { draftOf } from '../../usecases/joc/draft';
import { followJoc } from '../../usecases/joc/follow';
import { livingNow } from '../../usecases/joc/living';
import { register } from '../../usecases/joc/register';
import { sceneOf } from '../../usecases/joc/stand';
import { testUrl } from '../../usecases/joc/test-url';
import { unregister } from '../../usecases/joc/unregister';
import type { FieldProblem } from '../answer';
import { append } from '../audit';
import type { Runtime } from '../runtime';
import { jocAnswers } from './answers';
import { hostsOf } from './hosts';
import { jocPorts } from './ports';
import { auditOf, wantedOf } from './wanted';

const noCluster = (id: string) => err(problem('NOT_FOUND', `There is no cluster "${id}".`));
const noJoc = err(problem('NOT_FOUND', 'There is no such JOC Cockpit.', { remedy: 'Connect it first.' }));
const living = (cluster: Cluster) => livingNow(openController, cluster);

/** A JOC whose container was not known when it was saved may be known by now. */
function settingsNow(runtime: Runtime, id: string): JocSettings | undefined {
  const saved = runtime.store.jocs.get(id);
  if (!saved || saved.container) return saved;
  const container = findJocContainer(saved.url, runtime.live.watcher.instances(), hostsOf(runtime));
  if (!container) return saved;
  const known = { ...saved, container };
  runtime.store.jocs.save(known);
  runtime.jocs.reload();
  return known;
}

/** What the form needs: JOC and the engines are asked now. */
export async function registrationDraft(runtime: Runtime, id: string, chosen?: string): Promise<Result<RegisterDraft>> {
  const { store, jocs, live } = runtime;
  const cluster = store.clusters.get(id);
  if (!cluster) return noCluster(id);
  const all = store.jocs.all();
  const jocId =
    [chosen, cluster.joc?.jocId].find((j) => j !== undefined && store.jocs.get(j)) ?? (all.length === 1 ? all[0]?.id : undefined);
  const settings = jocId === undefined ? undefined : settingsNow(runtime, jocId);
  if (jocId !== undefined) await jocs.client(jocId)?.look();
  const [scene, view] = await Promise.all([sceneOf(jocPorts(runtime), hostsOf(runtime), cluster, settings), live.watcher.refresh(id)]);
  const facts = jocs.facts(jocId ?? '');
  const drafted = draftOf({ cluster, view, facts, scene, instances: live.watcher.instances() });
  const last = facts.kind === 'value' ? facts.value : undefined;
  const captions = cluster.joc?.captions;
  return ok({
    jocs: jocAnswers(runtime),
    ...(jocId !== undefined && { jocId }),
    ...(view?.joc && { view: view.joc }),
    controllerId: cluster.controllerId,
    ...drafted,
    captions: { primary: captions?.primary ?? 'PRIMARY CONTROLLER', secondary: captions?.secondary ?? 'SECONDARY CONTROLLER' },
    reasons: last?.reasons ?? [],
    forceReasons: last?.forceReasons ?? false,
    ...(cluster.joc && { registered: { jocId: cluster.joc.jocId, follow: cluster.joc.follow } }),
  });
}

export async function testRegistrationUrl(
  runtime: Runtime,
  id: string,
  { jocId, slot, url, peer }: z.output<typeof UrlTestInput>,
): Promise<Result<UrlTestAnswer>> {
  const cluster = runtime.store.clusters.get(id);
  if (!cluster) return noCluster(id);
  const client = runtime.jocs.client(jocId);
  const settings = settingsNow(runtime, jocId);
  if (!client || !settings) return noJoc;
  const at = runtime.clock.now();
  const scene = await sceneOf(jocPorts(runtime), hostsOf(runtime), cluster, settings);
  const which: Slot = slot === 'live' ? await liveSlot(cluster) : slot;
  const { engine } = jocPorts(runtime);
  const deps = { client, openController, engine, cluster, scene, instances: runtime.live.watcher.instances(), now: runtime.clock.now };
  return ok({ ...(await testUrl(deps, { url, slot: which, peer })), at });
}
async function liveSlot(cluster: Cluster): Promise<Slot> {
  const now = await living(cluster);
  return now.ok ? now.value.slot : 'primary';
}

/** In the cluster's turn: nothing of it is switched over, set up, started or stopped meanwhile. A run that is open does its own. */
function inTurn<T>(
  runtime: Runtime,
  id: string,
  act: (cluster: Cluster) => Promise<Result<T, FieldProblem>>,
): Promise<Result<T, FieldProblem>> {
  return runtime.turns(id, async () => {
    const cluster = runtime.store.clusters.get(id);
    if (!cluster) return noCluster(id);
    const run = runtime.runs.openRun(id);
    if (run !== undefined)
      return err(
        problem('CONFLICT', `Run ${run} of this cluster has no end yet; it tells JOC Cockpit itself.`, {
          remedy: 'Let it end, undo it, or take it over by hand first.',
        }),
      );
    const setup = runtime.setups.openSetup(id);
    if (setup !== undefined)
      return err(problem('CONFLICT', `Set-up ${setup} of this cluster has no end yet.`, { remedy: 'Let it end, or undo it first.' }));
    if (runtime.runs.wayBack.open(id))
      return err(problem('CONFLICT', 'A way back of this cluster has no end yet.', { remedy: 'End it, or leave it, on its page.' }));
    return act(cluster);
  });
}
function save(runtime: Runtime, id: string, joc: Cluster['joc']): void {
  const was = runtime.store.clusters.get(id);
  if (!was) return;
  const { joc: _, ...rest } = was;
  runtime.store.clusters.save({ ...rest, ...(joc && { joc }) });
  runtime.live.reload();
  runtime.jocs.reload();
}
/** What the pages show next is as JOC has it now; a slow one does not hold the answer up. */
const shown = (runtime: Runtime, id: string): Promise<unknown> =>
  Promise.race([runtime.live.watcher.refresh(id), new Promise((done) => setTimeout(done, 3_000).unref())]);

export function registerCluster(
  runtime: Runtime,
  id: string,
  input: z.output<typeof RegisterInput>,
  who: string,
  signal: AbortSignal,
): Promise<Result<RegisterAnswer, FieldProblem>> {
  return inTurn(runtime, id, async (cluster) => {
    if (!settingsNow(runtime, input.jocId)) return noJoc;
    const wanted = wantedOf(input, cluster);
    if (!wanted.ok) return wanted;
    const licensed = wanted.value.licensed || runtime.live.watcher.view(id)?.kind === 'licensed';
    const deps = { ...jocPorts(runtime), openController, living, save: (joc: Cluster['joc']) => save(runtime, id, joc) };
    const done = await register(deps, cluster, { ...wanted.value, licensed }, signal);
    if (!done.ok) return done;
    const { comment, ticketLink } = wanted.value.audit;
    append(runtime, {
      at: runtime.clock.now(),
      who,
      what: done.value.updated ? 'registration.changed' : 'registration.made',
      clusterId: id,
      subject: input.jocId,
      result: 'ok',
      detail: `${done.value.joc.follow.kind}, ${done.value.outcome}`,
      ...(comment && { reason: comment }),
      ...(ticketLink && { ticket: ticketLink }),
    });
    await shown(runtime, id);
    return ok({ outcome: done.value.outcome, message: done.value.message });
  });
}

export function unregisterCluster(
  runtime: Runtime,
  id: string,
  { confirm, audit }: z.output<typeof UnregisterInput>,
  signal: AbortSignal,
): Promise<Result<void, FieldProblem>> {
  return inTurn(runtime, id, async (cluster) => {
    if (confirm.trim() !== cluster.controllerId)
      return err({
        ...problem('BAD_REQUEST', 'The Controller ID that was typed is another one.'),
        fields: { confirm: `Type ${cluster.controllerId}` },
      });
    if (!cluster.joc) return err(problem('CONFLICT', 'Handover has not registered this cluster with any JOC Cockpit.'));
    const { jocId } = cluster.joc;
    const done = await unregister(jocPorts(runtime), { jocId, controllerId: cluster.controllerId, audit: auditOf(audit), signal });
    if (!done.ok) return done;
    save(runtime, id, undefined);
    await shown(runtime, id);
    return ok(undefined);
  });
}

export function followCluster(
  runtime: Runtime,
  id: string,
  { audit, mayInterrupt }: z.output<typeof FollowInput>,
  signal: AbortSignal,
): Promise<Result<RegisterAnswer, FieldProblem>> {
  return inTurn(runtime, id, async (cluster) => {
    const { joc } = cluster;
    if (!joc)
      return err(problem('CONFLICT', 'Handover has not registered this cluster with any JOC Cockpit.', { remedy: 'Register it first.' }));
    const live = await living(cluster);
    if (!live.ok) return live;
    const done = await followJoc(jocPorts(runtime))({
      cluster,
      live: live.value.slot,
      joc,
      controllerStartedAt: live.value.startedAt,
      audit: auditOf(audit),
      signal,
      ...(mayInterrupt && { mayInterrupt }),
    });
    await shown(runtime, id);
    if (!done.ok) return done;
    return ok({ outcome: 'proved', message: tell('reg.followed', { url: code(done.value.urlNow) }) });
  });
}
