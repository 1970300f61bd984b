import 'server-only';
import type { z } from 'zod';
import { openController } from '../adapters/controller/client';
import type { Candidate, EngineAnswer, EngineInput, EngineTestAnswer, Snapshot } from '../contract/api';
import { discover } from '../domain/cluster/discovery';
import type { EngineAddress, EngineSettings } from '../domain/engine/engine';
import { problem } from '../domain/errors';
import { err, ok, type Result } from '../domain/result';
import type { Store } from '../ports/store';
import { discoverCandidates } from '../usecases/clusters/discover';
import type { EngineStatus } from '../usecases/observe/watcher';
import type { FieldProblem } from './answer';
import type { Runtime } from './runtime';
import { newSlug } from './slug';

type Input = z.output<typeof EngineInput>;

/** As a person would type it; without secrets. */
function addressText(a: EngineAddress): string {
  if (a.kind === 'socket') return `unix://${a.path}`;
  if (a.kind === 'rehearsal') return 'rehearsal';
  const host = a.host.includes(':') ? `[${a.host}]` : a.host;
  return a.kind === 'ssh' ? `ssh://${a.user}@${host}:${a.port}` : `tcp://${host}:${a.port}`;
}

function engineAnswer(settings: EngineSettings, status: EngineStatus | undefined, clusters: readonly string[]): EngineAnswer {
  const info = status?.info;
  const last = info?.kind === 'value' ? info.value : info?.kind === 'failed' ? info.last?.value : undefined;
  return {
    id: settings.id,
    name: settings.name,
    address: addressText(settings.address),
    kind: settings.address.kind,
    state: info?.kind === 'value' ? 'up' : info?.kind === 'failed' ? 'down' : 'connecting',
    clusters,
    ...(last && { version: last.version, apiVersion: last.apiVersion }),
    ...(info?.kind === 'failed' && { since: info.since, problem: info.error }),
  };
}

const clustersOn = (store: Pick<Store, 'clusters'>, engineId: string): string[] =>
  store.clusters.all().flatMap((c) => ([c.primary, c.secondary].some((m) => m?.ref.engineId === engineId) ? [c.name] : []));

export const engineAnswers = ({ store, engines }: Pick<Runtime, 'store' | 'engines'>, statuses: readonly EngineStatus[]): EngineAnswer[] =>
  store.engines
    .all()
    .filter((settings) => settings.address.kind !== 'rehearsal' || engines.get(settings.id) !== undefined)
    .map((settings) =>
      engineAnswer(
        settings,
        statuses.find((s) => s.id === settings.id),
        clustersOn(store, settings.id),
      ),
    );

export const engineSnapshot = ({ hub }: Pick<Runtime, 'hub'>): Result<Extract<Snapshot, { topic: 'engines' }>> =>
  ok(hub.read.snapshot('engines') ?? { topic: 'engines', rev: hub.read.rev(), at: 0, data: [] });

const answerOf = (runtime: Runtime, settings: EngineSettings) =>
  engineAnswer(
    settings,
    runtime.live.watcher.engines().find((s) => s.id === settings.id),
    clustersOn(runtime.store, settings.id),
  );
const notKnown = (id: string) => err(problem('NOT_FOUND', `There is no engine "${id}".`));

function taken(runtime: Runtime, input: Input, own?: string): Result<never, FieldProblem> | undefined {
  const address = addressText(input.address as EngineAddress);
  const other = runtime.store.engines
    .all()
    .find((e) => e.id !== own && (e.name.toLowerCase() === input.name.toLowerCase() || addressText(e.address) === address));
  if (!other) return undefined;
  const sameName = other.name.toLowerCase() === input.name.toLowerCase();
  const message = sameName ? `There is an engine named "${other.name}" already.` : `The engine "${other.name}" has this address already.`;
  return err({
    ...problem('CONFLICT', message),
    fields: sameName
      ? { name: 'Taken' }
      : { [input.address.kind === 'socket' ? 'address.path' : 'address.host']: `Taken by ${other.name}` },
  });
}

export function addEngine(runtime: Runtime, input: Input): Result<EngineAnswer, FieldProblem> {
  const conflict = taken(runtime, input);
  if (conflict) return conflict;
  const settings = {
    id: newSlug(input.name, (id) => runtime.store.engines.get(id) !== undefined),
    name: input.name,
    address: input.address,
  } as EngineSettings;
  return use(runtime, settings);
}

/** Secrets that are left empty are kept, as long as the address is of the same kind. */
export function changeEngine(runtime: Runtime, id: string, input: Input): Result<EngineAnswer, FieldProblem> {
  const was = runtime.store.engines.get(id);
  if (!was) return notKnown(id);
  if (was.address.kind === 'rehearsal') return err(problem('CONFLICT', 'The engines of the rehearsal cannot be changed.'));
  return (
    taken(runtime, input, id) ?? use(runtime, { id, name: input.name, address: withKept(was.address, input.address as EngineAddress) })
  );
}

function withKept(was: EngineAddress, now: EngineAddress): EngineAddress {
  if (was.kind === 'tls' && now.kind === 'tls')
    return { ...now, ca: now.ca || was.ca, cert: now.cert || was.cert, key: now.key || was.key };
  if (was.kind === 'ssh' && now.kind === 'ssh' && !now.privateKey && was.privateKey) return { ...now, privateKey: was.privateKey };
  return now;
}

function use(runtime: Runtime, settings: EngineSettings): Result<EngineAnswer> {
  runtime.store.engines.save(settings);
  runtime.engines.open(settings);
  runtime.live.reload();
  return ok(answerOf(runtime, settings));
}

export async function removeEngine(runtime: Runtime, id: string): Promise<Result<void>> {
  const was = runtime.store.engines.get(id);
  if (!was) return notKnown(id);
  const users = clustersOn(runtime.store, id);
  if (users.length > 0)
    return err(
      problem('CONFLICT', `The engine "${was.name}" is used by ${users.join(', ')}.`, {
        remedy: 'Remove these clusters first, or give them another engine.',
      }),
    );
  if (was.address.kind === 'rehearsal') return err(problem('CONFLICT', 'The engines of the rehearsal cannot be removed.'));
  runtime.store.engines.remove(id);
  const closing = runtime.engines.close(id);
  runtime.live.reload();
  await closing;
  return ok(undefined);
}

/** Asks once, with a connection of its own; a refusal is an answer, not an error. */
export async function testEngine(runtime: Runtime, input: Input): Promise<Result<EngineTestAnswer>> {
  const engine = runtime.engines.once({ id: 'test', name: input.name, address: input.address as EngineAddress });
  try {
    const info = await engine.describe();
    if (!info.ok) return ok({ ok: false, problem: info.error });
    const { version, apiVersion } = info.value;
    const list = await engine.list();
    if (!list.ok) return ok({ ok: false, version, apiVersion, problem: list.error });
    return ok({
      ok: true,
      version,
      apiVersion,
      containers: list.value.length,
      controllers: list.value.filter((i) => discover(i) !== undefined).length,
    });
  } finally {
    await engine.close();
  }
}

/** Containers of an engine that look like Controllers. Their environment stays here. */
export async function candidatesOf(runtime: Runtime, id: string): Promise<Result<readonly Candidate[]>> {
  const engine = runtime.engines.get(id);
  const settings = runtime.store.engines.get(id);
  if (!engine || !settings) return notKnown(id);
  return discoverCandidates({ openController, clusters: runtime.store.clusters.all() }, engine, settings.address);
}
