/** Runs on a real Docker Engine, with the emulated JOC Cockpit in a container on the network of the pair: it resolves names as Docker's own DNS does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makePair, type Pair } from '../../e2e/docker/controllers';
import { type JocContainer, makeJoc } from '../../e2e/docker/joc';
import { openDockerEngine } from '../adapters/docker/open';
import { openJoc } from '../adapters/joc/client';
import { openStore } from '../adapters/store/open';
import type { Cluster, Slot } from '../domain/cluster/cluster';
import { proxyOf } from '../domain/joc/follows';
import type { JocFollow, JocSees, JocSettings } from '../domain/joc/joc';
import { type Report, reportOf } from '../domain/switchover/report';
import type { Engine } from '../ports/engine';
import type { JocClient } from '../ports/joc';
import type { Store } from '../ports/store';
import { followJoc } from '../usecases/joc/follow';
import type { RunContext } from '../usecases/switchover/context';
import { makePlan } from '../usecases/switchover/make-plan';
import { prepare } from '../usecases/switchover/prepare';
import { createRunner, type Runner } from '../usecases/switchover/runner';
import { createRunContext } from './run-context';

const IMAGE = 'handover-emulated/js7:controller-2-9-0';
const DATA = '/var/sos-berlin.com/js7/controller';
const socket = inject('dockerSocket');
const ID = `runsjoc${process.pid}`;
const NETWORK = `${ID}-net`;
const NAME = `${ID}-controller`;
const BY_NAME: JocFollow = { kind: 'name', url: `http://${NAME}:4444`, alias: NAME, network: NETWORK };
const other = (slot: Slot): Slot => (slot === 'primary' ? 'secondary' : 'primary');

let pair: Pair;
let joc: JocContainer;
let dataDir: string;
let store: Store;
let engine: Engine;
let client: JocClient;
let ctx: RunContext & { close(): Promise<void> };
let runner: Runner;
let journalId: string | undefined;
const names = (): Record<Slot, string> => ({ primary: pair.primary, secondary: pair.secondary });
const cluster = (): Cluster => {
  const saved = store.clusters.get(ID);
  if (!saved) throw new Error('No cluster');
  return saved;
};
const value = <T>(r: { ok: true; value: T } | { ok: false; error: { code: string; message: string; detail?: string } }): T => {
  if (!r.ok) throw new Error(`${r.error.code}: ${r.error.message} ${r.error.detail ?? ''}`);
  return r.value;
};
async function until(what: string, look: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  for (const end = Date.now() + withinMs; !(await look()); await delay(100)) if (Date.now() > end) throw new Error(`Not in time: ${what}`);
}

beforeAll(async () => {
  const host = `unix://${socket}`;
  pair = await makePair({ host }, ID, { network: NETWORK });
  // It was never started: an empty state directory of its own, as the wizard would make it.
  const folders = `cd ${DATA} && mkdir -p config/private/trusted-x509-keys state && chown -R 1001:0 config state`;
  pair.docker(
    'run',
    '--rm',
    '--network',
    'none',
    '--user',
    '0',
    '--entrypoint',
    'sh',
    '--volumes-from',
    pair.secondary,
    IMAGE,
    '-c',
    folders,
  );
  joc = await makeJoc({ host }, ID, { network: NETWORK });
  dataDir = mkdtempSync(join(tmpdir(), 'handover-docker-joc-'));
  store = openStore({ dataDir, keyFile: join(dataDir, 'key') }).store;
  engine = openDockerEngine({ id: 'docker-a', name: 'docker-a', address: { kind: 'socket', path: socket } });
  const settings: JocSettings = {
    ...{ id: 'joc', name: 'joc', url: joc.url, user: joc.user, password: joc.password, createdAt: 0 },
    container: { engineId: 'docker-a', name: joc.name },
  };
  client = openJoc(settings);
  const member = async (slot: Slot) => {
    const seen = value(await engine.inspect(names()[slot]));
    const port = seen === 'absent' ? 0 : (seen.ports[0]?.outside ?? 0);
    return { ref: { engineId: 'docker-a', name: names()[slot] }, access: { url: `http://127.0.0.1:${port}` } };
  };
  store.clusters.save({
    id: ID,
    name: ID,
    controllerId: ID,
    primary: await member('primary'),
    secondary: await member('secondary'),
    createdAt: 0,
  });
  const clock = { now: Date.now };
  const sleep = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal });
  ctx = createRunContext({
    ...{ store, clock, engine: () => engine, changed: () => undefined, progress: () => undefined },
    joc: {
      of: () => ({ client, settings }),
      follow: followJoc({ clock, client: () => client, settings: () => settings, engine: () => engine, sleep }),
      patienceMs: 1_000,
    },
  });
  runner = createRunner(ctx);
  await until('the Primary works', async () => (await live('primary')) !== undefined);
  journalId = await live('primary');
}, 180_000);
afterAll(async () => {
  await runner?.close();
  await ctx?.close();
  await client?.close();
  await engine?.close();
  store?.close();
  if (pair) {
    pair.docker('rm', '-f', '-v', pair.primary, pair.secondary, joc?.name ?? '');
    for (const volume of [`${pair.primary}-var`, `${pair.secondary}-var`, `${joc?.name}-data`]) pair.docker('volume', 'rm', '-f', volume);
    pair.docker('network', 'rm', NETWORK);
  }
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

async function live(slot: Slot): Promise<string | undefined> {
  const seen = await ctx.controller(cluster(), slot)?.look();
  return seen?.ok && seen.value.node.kind === 'state' && seen.value.ready === true ? seen.value.journalId : undefined;
}
const sees = async (): Promise<JocSees> => {
  const seen = value(await client.see(ID));
  if (seen === 'not-registered') throw new Error('not registered');
  return seen;
};
async function proxy(slot: Slot): Promise<string> {
  const look = await ctx.controller(cluster(), slot)?.look();
  const overview = look?.ok ? look.value.overview : undefined;
  const startedAt = typeof overview === 'object' && 'startedAt' in overview ? overview.startedAt : undefined;
  return proxyOf({ proxyAt: (await sees()).proxyAt, startedAt, otherMayWork: (await live(other(slot))) !== undefined });
}
async function register(url: string, follow: JocFollow): Promise<void> {
  await until(`JOC reaches ${url}`, async () => (await client.test({ url, controllerId: '' })).ok);
  value(await client.register({ nodes: [{ url, role: 'STANDALONE', title: 'DEMO' }], audit: { comment: 'test' } }));
  store.clusters.save({ ...cluster(), joc: { jocId: 'joc', follow, captions: {} } });
  await until('JOC follows the Primary', async () => (await proxy('primary')) === 'follows');
}
async function run(from: Slot): Promise<Report> {
  const plan = value(await makePlan(ctx, cluster(), from, store.runs.nextId()));
  const runId = value(runner.start(plan, { who: 'm.keller', reason: 'test' }));
  await runner.settled(runId);
  const report = reportOf(store.runs.events(runId));
  expect(report.result, JSON.stringify({ steps: report.steps, stops: report.stops }, null, 1)).toBe('succeeded');
  const to = other(from);
  expect([await live(from), await live(to)]).toEqual([undefined, journalId]);
  return report;
}
const jocChecks = async (from: Slot) =>
  (await prepare(ctx, cluster(), from, [])).preflight.checks
    .filter((c) => c.id.startsWith('joc'))
    .map((c) => [c.id, c.verdict, c.measured.key]);
const aliases = (slot: Slot): string[] =>
  JSON.parse(pair.docker('inspect', '-f', `{{json (index .NetworkSettings.Networks "${NETWORK}").Aliases}}`, names()[slot])) as string[];

test('by update: there and back, and the proxy follows each time', async () => {
  const url = (slot: Slot) => `http://${names()[slot]}:4444`;
  const second = (slot: Slot) => `http://${slot}.${ID}:4444`;
  for (const slot of ['primary', 'secondary'] as const) value(await engine.making.setAliases(names()[slot], NETWORK, [`${slot}.${ID}`]));
  await register(url('primary'), {
    kind: 'update',
    urls: { primary: [url('primary'), second('primary')], secondary: [url('secondary'), second('secondary')] },
  });
  expect(await jocChecks('primary')).toEqual([
    ['joc', 'pass', 'check.joc.answers'],
    ['joc-active', 'pass', 'check.joc-active.yes'],
    ['joc-permission', 'pass', 'check.joc-permission.yes'],
    ['joc-registration', 'pass', 'check.joc-registration.source'],
    ['joc-target', 'pass', 'check.joc-target.url'],
  ]);
  const there = await run('primary');
  expect(there.joc).toMatchObject({ before: url('primary'), after: url('secondary'), outcome: 'follows' });
  expect(await proxy('secondary')).toBe('follows');
  // Back at the first address the proxy stays where it is (joc-proved N1): the other spelling helps.
  const back = await run('secondary');
  expect(back.joc).toMatchObject({ before: url('secondary'), after: second('primary'), outcome: 'follows' });
  expect(await proxy('primary')).toBe('follows');
  value(await client.unregister(ID, { comment: 'test' }));
}, 240_000);

test('by name: Docker’s own DNS leads to the one that works, nothing is changed in JOC, other names and addresses stay', async () => {
  value(await engine.making.setAliases(names().primary, NETWORK, [...aliases('primary'), NAME]));
  await until('the Primary works', async () => (await live('primary')) !== undefined);
  await register(`http://${NAME}:4444`, BY_NAME);
  const ports = () =>
    (['primary', 'secondary'] as const).map((s) => pair.docker('inspect', '-f', '{{json .HostConfig.PortBindings}}', names()[s]));
  const before = ports();
  expect(await jocChecks('primary')).toContainEqual(['joc-target', 'pass', 'check.joc-target.name']);
  const there = await run('primary');
  expect(there.joc).toMatchObject({ follow: 'name', alias: NAME, outcome: 'follows' });
  expect([aliases('primary').includes(NAME), aliases('secondary').includes(NAME)]).toEqual([false, true]);
  expect(aliases('secondary')).toContain(`secondary.${ID}`);
  expect(ports()).toEqual(before);
  expect((await sees()).nodes[0]?.url).toBe(`http://${NAME}:4444`);
  expect(await proxy('secondary')).toBe('follows');

  // JOC Cockpit is away on the way back: the name moves all the same, and it follows by itself when it is there again.
  pair.docker('stop', '-t', '2', joc.name);
  const back = await run('secondary');
  expect([back.left, back.joc?.outcome]).toEqual([['tell-joc'], 'left']);
  expect([aliases('primary').includes(NAME), aliases('secondary').includes(NAME)]).toEqual([true, false]);
  pair.docker('start', joc.name);
  await until('JOC follows the Primary', async () => (await client.look()).ok && (await proxy('primary')) === 'follows');
}, 240_000);
