/** Registration on a real Docker Engine, with the emulated JOC Cockpit in a container: names, ports and stopped containers as Docker's own DNS has them. */
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { makePair, type Pair } from '../../../e2e/docker/controllers';
import { type JocContainer, makeJoc } from '../../../e2e/docker/joc';
import { openDockerEngine } from '../../adapters/docker/open';
import { RegisterInput } from '../../contract/joc';
import type { Slot } from '../../domain/cluster/cluster';
import type { Engine } from '../../ports/engine';
import { startLive } from '../live';
import type { Runtime } from '../runtime';
import { createWorld, type World } from '../testing/world';
import { addJoc } from './connections';
import { followCluster, registerCluster, registrationDraft, testRegistrationUrl, unregisterCluster } from './registration';

const socket = inject('dockerSocket');
const ID = `registering${process.pid}`;
const NETWORK = `${ID}-net`;
const signal = new AbortController().signal;
let pair: Pair;
let joc: JocContainer;
let engine: Engine;
let world: World;
let runtime: Runtime;
const value = <T>(r: { ok: true; value: T } | { ok: false; error: { code: string; message: string; detail?: string } }): T => {
  if (!r.ok) throw new Error(`${r.error.code}: ${r.error.message} ${r.error.detail ?? ''}`);
  return r.value;
};
const outside = async (name: string): Promise<number> => {
  const seen = value(await engine.inspect(name));
  return seen === 'absent' ? 0 : (seen.ports[0]?.outside ?? 0);
};
const draft = async () => value(await registrationDraft(runtime, ID));
const tried = async (url: string, slot: Slot | 'live' = 'live', peer?: boolean) =>
  value(await testRegistrationUrl(runtime, ID, { jocId: 'joc', slot, url, peer }));

beforeAll(async () => {
  const host = `unix://${socket}`;
  pair = await makePair({ host }, ID, { network: NETWORK });
  joc = await makeJoc({ host }, ID, { network: NETWORK });
  engine = openDockerEngine({ id: 'docker-a', name: 'docker-a', address: { kind: 'socket', path: socket } });
  world = createWorld({}, { engines: [engine] });
  const { store, jocs } = world.runtime;
  store.engines.save({ id: 'docker-a', name: 'docker-a', address: { kind: 'socket', path: socket } });
  const member = async (name: string) => ({
    ref: { engineId: 'docker-a', name },
    access: { url: `http://127.0.0.1:${await outside(name)}` },
  });
  store.clusters.save({
    id: ID,
    name: ID,
    controllerId: ID,
    primary: await member(pair.primary),
    secondary: await member(pair.secondary),
    createdAt: 0,
  });
  const parts = { ...world.runtime, clock: { now: Date.now } };
  runtime = { ...parts, live: startLive({ ...parts, jocOf: jocs.of }) };
  // Until the Primary works and all containers are seen.
  await vi.waitFor(async () => expect((await runtime.live.watcher.refresh(ID))?.primary.alive).toBe('yes'), {
    timeout: 60_000,
    interval: 300,
  });
  value(addJoc(runtime, { name: 'joc', url: joc.url, user: joc.user, password: joc.password }));
}, 180_000);
afterAll(async () => {
  runtime?.live.close();
  await runtime?.jocs.closeAll();
  world?.close();
  await engine?.close();
  if (!pair) return;
  pair.docker('rm', '-f', '-v', pair.primary, pair.secondary, joc?.name ?? '');
  for (const volume of [`${pair.primary}-var`, `${pair.secondary}-var`, `${joc?.name}-data`]) pair.docker('volume', 'rm', '-f', volume);
  pair.docker('network', 'rm', NETWORK);
}, 60_000);

test('JOC’s container is found; the stable name comes first, and names in the network before published ports', async () => {
  const d = await draft();
  expect(runtime.store.jocs.get('joc')?.container).toEqual({ engineId: 'docker-a', name: joc.name });
  expect(d).toMatchObject({ live: 'primary', autonomous: { possible: true }, cluster: { possible: false } });
  expect(d.ways[0]).toMatchObject({ kind: 'name', possible: true });
  expect(d.alias).toMatchObject({ alias: `${ID}-live`, network: NETWORK, carried: 'nobody', url: `http://${ID}-live:4444` });
  expect(d.urls.primary[0]?.url).toBe(`http://${pair.primary}:4444`);
});

test('URLs from JOC’s place: what works, and why others do not', async () => {
  expect((await tried(`http://${pair.primary}:4444`)).results[0]).toMatchObject({ from: 'joc', result: 'pass' });
  const port = await outside(pair.primary);
  const localhost = await tried(`http://localhost:${port}`);
  expect(localhost.results.map((r) => [r.from, r.result]).slice(0, 2)).toEqual([
    ['joc', 'block'],
    ['handover', 'pass'],
  ]);
  expect(localhost.why[0]?.key).toBe('reg.why.localhost');
  expect(localhost.better).toMatchObject({ url: `http://${pair.primary}:4444`, tested: 'pass' });
  const wrong = await tried(`http://${pair.primary}:${port}`);
  expect(wrong.why[0]?.key).toBe('reg.why.outside-port');
  expect(wrong.better).toMatchObject({ url: `http://${pair.primary}:4444`, tested: 'pass' });
  const stopped = await tried(`http://${pair.secondary}:4444`, 'secondary');
  expect(stopped.results[0]?.result).toBe('block');
  expect(stopped.why[0]?.key).toBe('reg.why.stopped');
}, 120_000);

test('from the other Controller’s network, where a cluster wants it: what is reached, what is not and why, and what cannot be asked', async () => {
  // The Primary runs: from its network both its own addresses and those of others can be asked.
  const fromPrimary = async (url: string) => {
    const found = (await tried(url, 'secondary', true)).results.find(({ from }) => from === 'primary');
    return [found?.result, found?.measured.key];
  };
  expect(await fromPrimary(`http://${pair.primary}:4444`)).toEqual(['pass', 'reg.test.peer.answers']);
  expect(await fromPrimary('http://localhost:4444')).toEqual(['pass', 'reg.test.peer.answers']);
  expect(await fromPrimary(`http://${pair.primary}:4499`)).toEqual(['block', 'reg.test.peer.refused']);
  expect(await fromPrimary(`http://${pair.secondary}:4444`)).toEqual(['block', 'reg.test.peer.name']);
  expect(await fromPrimary(`http://${joc.name}:4446`)).toEqual(['block', 'reg.test.peer.other']);
  // The Secondary is stopped: it has no network.
  const asked = await tried(`http://${pair.primary}:4444`, 'primary', true);
  expect(asked.results.find(({ from }) => from === 'secondary')).toMatchObject({
    result: 'unknown',
    measured: { key: 'reg.test.peer.not' },
  });
  expect((await tried(`http://${pair.primary}:4444`, 'primary')).results.map(({ from }) => from)).toEqual(['joc', 'handover']);
}, 120_000);

test('by name: refused without a word, then given to the running one; its port stays published; JOC follows', async () => {
  const { alias } = await draft();
  if (!alias) throw new Error('no stable name');
  const input = (over: object = {}) =>
    RegisterInput.parse({
      type: 'autonomous',
      jocId: 'joc',
      follow: { kind: 'name', url: alias.url, alias: alias.alias, network: alias.network },
      audit: {},
      ...over,
    });
  expect(await registerCluster(runtime, ID, input(), 'ada', signal)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  expect(value(await registerCluster(runtime, ID, input({ mayInterrupt: true }), 'ada', signal)).outcome).toBe('proved');
  expect((await draft()).alias?.carried).toBe('primary');
  expect(value(await followCluster(runtime, ID, {}, signal)).outcome).toBe('proved');
  value(await unregisterCluster(runtime, ID, { confirm: ID, audit: {} }, signal));
  expect(runtime.store.clusters.get(ID)?.joc).toBeUndefined();
}, 120_000);
