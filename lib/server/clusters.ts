import 'server-only';
import type { z } from 'zod';
import { openController } from '../adapters/controller/client';
import { readConfig } from '../adapters/hocon/read-config';
import type {
  AccessInput,
  ClusterInput,
  ClusterSettingsAnswer,
  ClusterTestAnswer,
  MemberInput,
  MemberSettings,
  StreamData,
} from '../contract/api';
import type { Cluster, ClusterMember, ControllerAccess } from '../domain/cluster/cluster';
import type { ClusterView } from '../domain/cluster/view';
import { problem } from '../domain/errors';
import { err, ok, type Result } from '../domain/result';
import { en } from '../domain/text/en';
import { plainText } from '../domain/text/format';
import { testCluster as tryOut } from '../usecases/clusters/test-cluster';
import type { FieldProblem } from './answer';
import { note } from './notes';
import type { Runtime } from './runtime';
import { newSlug } from './slug';

type Input = z.output<typeof ClusterInput>;
export interface ClusterAnswer {
  readonly view?: ClusterView;
  readonly settings: ClusterSettingsAnswer;
}
const notKnown = (id: string) => err(problem('NOT_FOUND', `There is no cluster "${id}".`));

const memberSettings = ({ ref, access: a }: ClusterMember): MemberSettings => ({
  engineId: ref.engineId,
  name: ref.name,
  url: a.url,
  hasPassword: a.password !== undefined,
  hasClientKey: a.clientKey !== undefined,
  ...(a.user !== undefined && { user: a.user }),
  ...(a.ca !== undefined && { ca: a.ca }),
  ...(a.clientCert !== undefined && { clientCert: a.clientCert }),
});

/** The settings with secrets only as present or not, and the view where something was seen already. */
export function clusterAnswer({ store, hub }: Pick<Runtime, 'store' | 'hub'>, id: string): Result<ClusterAnswer> {
  const c = store.clusters.get(id);
  if (!c) return notKnown(id);
  const view = hub.read.cluster(id);
  const secondary = c.secondary && { secondary: memberSettings(c.secondary) };
  const settings = {
    id: c.id,
    name: c.name,
    controllerId: c.controllerId,
    primary: memberSettings(c.primary),
    ...secondary,
    ...(c.guardStops !== undefined && { guardStops: c.guardStops }),
  };
  return ok({ settings, ...(view && { view }) });
}

const given = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value ? ({ [key]: value } as Record<K, string>) : {};

/** Secrets that are left out are the stored ones, as long as they would be sent to the same address for the same user. */
function accessOf(a: z.output<typeof AccessInput>, was: ControllerAccess | undefined): ControllerAccess {
  const same = was && was.url === a.url && (was.user ?? '') === (a.user ?? '');
  const sameKey = was && was.url === a.url && (was.clientCert ?? '') === (a.clientCert ?? '');
  return {
    url: a.url,
    ...given('user', a.user),
    ...given('password', a.password ?? (same ? was.password : undefined)),
    ...given('ca', a.ca),
    ...given('clientCert', a.clientCert),
    ...given('clientKey', a.clientKey ?? (sameKey ? was.clientKey : undefined)),
  };
}
const memberOf = (m: z.output<typeof MemberInput>, was: ClusterMember | undefined): ClusterMember => ({
  ref: { engineId: m.engineId, name: m.name },
  access: accessOf(m.access, was?.access),
});
const membersOf = (input: Input, was: Cluster | undefined) => ({
  primary: memberOf(input.primary, was?.primary),
  ...(input.secondary && { secondary: memberOf(input.secondary, was?.secondary) }),
});

/** Tries everything and says what was found; nothing is saved or changed. */
export async function testCluster(runtime: Runtime, input: Input, id?: string): Promise<Result<ClusterTestAnswer>> {
  const { store, engines, live } = runtime;
  const deps = {
    openController,
    readConfig,
    engine: engines.get,
    engineSettings: store.engines.get,
    clusters: store.clusters.all(),
    instances: live.watcher.instances(),
  };
  return ok(
    await tryOut(deps, { ...membersOf(input, id === undefined ? undefined : store.clusters.get(id)), ...(id !== undefined && { id }) }),
  );
}

/** A new cluster has to pass; one that is edited only must not become another one: its engine may be down just now. */
const NEVER = ['twice', 'identity', 'same-id'];

async function check(runtime: Runtime, input: Input, id?: string): Promise<Result<string, FieldProblem>> {
  const { store, clock } = runtime;
  const other = store.clusters.all().find((c) => c.id !== id && c.name.toLowerCase() === input.name.toLowerCase());
  if (other) return err({ ...problem('CONFLICT', `There is a cluster named "${other.name}" already.`), fields: { name: 'Taken' } });
  const tested = await testCluster(runtime, input, id);
  if (!tested.ok) return tested;
  const { checks, controllerId } = tested.value;
  const blocking = checks.filter((c) => c.result === 'block' && (id === undefined || NEVER.includes(c.id)));
  if (blocking.length > 0) {
    const say = (m: (typeof checks)[number]['measured']) => plainText(m, en, { now: clock.now(), zone: 'UTC' });
    const remedy = blocking.flatMap((c) => (c.remedy ? [say(c.remedy)] : [])).join(' ');
    return err(
      problem('CONFLICT', `It cannot be saved like this. ${blocking.map((c) => say(c.measured)).join(' ')}`, remedy ? { remedy } : {}),
    );
  }
  const known = controllerId ?? (id === undefined ? undefined : store.clusters.get(id)?.controllerId);
  if (known !== undefined) return ok(known);
  return err(
    problem('CONFLICT', 'It is not known which Controller this is: neither the Controller nor its journal or container tells its ID.', {
      remedy: 'Start one of the two, or set RUN_JS_ID in its container.',
    }),
  );
}

export async function addCluster(runtime: Runtime, input: Input, who: string): Promise<Result<ClusterAnswer, FieldProblem>> {
  const controllerId = await check(runtime, input);
  if (!controllerId.ok) return controllerId;
  const id = newSlug(input.name, (taken) => runtime.store.clusters.get(taken) !== undefined);
  runtime.store.clusters.save({
    id,
    name: input.name,
    controllerId: controllerId.value,
    createdAt: runtime.clock.now(),
    ...(input.guardStops !== undefined && { guardStops: input.guardStops }),
    ...membersOf(input, undefined),
  });
  return saved(runtime, id, who, 'person.cluster.added');
}

/** A run reads the settings at every step: they stay until it has ended. */
function inRun({ runs, setups }: Pick<Runtime, 'runs' | 'setups'>, id: string) {
  const run = runs.openRun(id);
  const remedy = 'Let it end, undo it, or take it over by hand first.';
  if (run !== undefined) return err(problem('CONFLICT', `Run ${run} of this cluster has no end yet.`, { remedy }));
  const setup = setups.openSetup(id);
  return setup === undefined
    ? undefined
    : err(problem('CONFLICT', `Set-up ${setup} of this cluster has no end yet.`, { remedy: 'Let it end, or undo it first.' }));
}

/** The ID of the Controller stays: another one is another cluster. */
export async function changeCluster(runtime: Runtime, id: string, input: Input, who: string): Promise<Result<ClusterAnswer, FieldProblem>> {
  if (!runtime.store.clusters.get(id)) return notKnown(id);
  const busy = inRun(runtime, id);
  if (busy) return busy;
  const controllerId = await check(runtime, input, id);
  if (!controllerId.ok) return controllerId;
  const was = runtime.store.clusters.get(id);
  if (!was) return notKnown(id);
  if (controllerId.value !== was.controllerId) {
    const remedy = 'Add it as a cluster of its own, or choose the containers of this one.';
    return err(
      problem(
        'CONTROLLER_ID_DIFFERS',
        `This cluster is the Controller "${was.controllerId}"; these containers are "${controllerId.value}".`,
        { remedy },
      ),
    );
  }
  const { primary: _p, secondary: _s, ...kept } = was;
  runtime.store.clusters.save({
    ...kept,
    name: input.name,
    ...(input.guardStops !== undefined && { guardStops: input.guardStops }),
    ...membersOf(input, was),
  });
  return saved(runtime, id, who, 'person.cluster.changed');
}

async function saved(runtime: Runtime, id: string, who: string, key: string): Promise<Result<ClusterAnswer>> {
  runtime.live.reload();
  note(runtime, id, { kind: 'settings', who, message: { key } });
  // So that the page that opens next has something to show; a slow engine does not hold it up.
  await Promise.race([runtime.live.watcher.refresh(id), new Promise((done) => setTimeout(done, 3_000).unref())]);
  return clusterAnswer(runtime, id);
}

export function removeCluster(runtime: Runtime, id: string): Result<void> {
  if (!runtime.store.clusters.get(id)) return notKnown(id);
  const busy = inRun(runtime, id);
  if (busy) return busy;
  runtime.store.clusters.remove(id);
  runtime.live.reload();
  return ok(undefined);
}

export function acceptLineage(runtime: Runtime, id: string, who: string): Result<void> {
  const accepted = runtime.live.watcher.acceptLineage(id);
  if (accepted.ok) note(runtime, id, { kind: 'person', who, message: { key: 'person.lineage.accepted' } });
  return accepted;
}

export function timelinePage(
  { store, hub, clock }: Pick<Runtime, 'store' | 'hub' | 'clock'>,
  id: string,
  o: { limit: number; before?: number },
): Result<{ topic: 'timeline'; rev: number; at: number; data: StreamData['timeline'] }> {
  if (!store.clusters.get(id)) return notKnown(id);
  return ok({ topic: 'timeline', rev: hub.read.rev(), at: clock.now(), data: { clusterId: id, events: store.timeline.list(id, o) } });
}
