import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type OpenRehearsalWorld, openRehearsalWorld } from '../../adapters/rehearsal/world';
import { RegisterInput } from '../../contract/joc';
import { RegisterDraftSchema, UrlTestSchema } from '../../contract/schema/joc';
import { startLive } from '../live';
import type { Runtime } from '../runtime';
import { createWorld, type World } from '../testing/world';
import { followCluster, registerCluster, registrationDraft, testRegistrationUrl, unregisterCluster } from './registration';

/** Registration in the rehearsal world, as a newcomer does it: its JOC Cockpit resolves names as in a Docker network over both engines. One story, told in order. */
let dataDir: string;
let rehearsal: OpenRehearsalWorld;
let world: World;
let runtime: Runtime;
const signal = new AbortController().signal;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'handover-registering-'));
  rehearsal = await openRehearsalWorld({ dataDir, startMs: 0, stopMs: 0, orders: 3, ordersPerMinute: 0 });
  world = createWorld({}, { engines: rehearsal.engines });
  const { store, jocs } = world.runtime;
  for (const e of rehearsal.engineSettings()) store.engines.save(e);
  for (const j of rehearsal.jocSettings()) store.jocs.save(j);
  store.clusters.save(rehearsal.demoCluster());
  jocs.reload();
  const parts = { ...world.runtime, clock: { now: Date.now } };
  runtime = { ...parts, live: startLive({ ...parts, jocOf: jocs.of }) };
  // The world has just been started: JOC and the Controller need a moment.
  const byName = async () => (await tried((await draft()).urls.primary[0]?.url ?? '')).results[0]?.result;
  await vi.waitFor(async () => expect(await byName()).toBe('pass'), { timeout: 30_000, interval: 200 });
}, 60_000);
afterAll(async () => {
  runtime?.live.close();
  await runtime?.jocs.closeAll();
  world?.close();
  await rehearsal?.close({ stopAll: true });
  rmSync(dataDir, { recursive: true, force: true });
}, 30_000);

const draft = async () =>
  RegisterDraftSchema.parse(JSON.parse(JSON.stringify(await registrationDraft(runtime, 'demo').then((r) => r.ok && r.value))));
const tried = async (url: string) =>
  UrlTestSchema.parse(
    JSON.parse(
      JSON.stringify(await testRegistrationUrl(runtime, 'demo', { jocId: 'demo-joc', slot: 'live', url }).then((r) => r.ok && r.value)),
    ),
  );

test('the form proposes the stable name first, and URLs that JOC reaches', async () => {
  const d = await draft();
  expect(d).toMatchObject({ jocId: 'demo-joc', live: 'primary', autonomous: { possible: true }, cluster: { possible: false } });
  expect(d.ways[0]).toMatchObject({ kind: 'name', possible: true });
  expect(d.alias).toMatchObject({ carried: 'nobody', url: `http://${d.alias?.alias}:4444` });
  const [first] = d.urls.primary;
  const t = await tried(first?.url ?? '');
  expect(t.results[0]).toMatchObject({ from: 'joc', result: 'pass' });
  expect(t.accounts.map((a) => a.result)).toEqual(['pass', 'pass']);
}, 30_000);

test('the published port inside the network: why, and one that works', async () => {
  const outside = new URL(runtime.store.clusters.get('demo')?.primary.access.url ?? '').port;
  const inside = (await draft()).urls.primary[0]?.url ?? '';
  const t = await tried(inside.replace(/:\d+$/, `:${outside}`));
  expect(t.results[0]).toMatchObject({ from: 'joc', result: 'block' });
  expect(t.why[0]?.key).toBe('reg.why.outside-port');
  expect(t.better).toMatchObject({ url: inside, tested: 'pass' });
}, 30_000);

test('each address has a second spelling that JOC reaches too: the way out of its defect', async () => {
  const { urls } = await draft();
  for (const slot of ['primary', 'secondary'] as const) expect(urls[slot].length).toBeGreaterThan(1);
  const [first, second] = urls.primary;
  expect(second?.url).not.toBe(first?.url);
  const t = await tried(second?.url ?? '');
  expect(t.results[0]).toMatchObject({ from: 'joc', result: 'pass' });
}, 30_000);

test('a stopped container’s name is unknown to JOC', async () => {
  const d = await draft();
  const url = d.urls.secondary[0]?.url ?? '';
  const t = UrlTestSchema.parse(
    JSON.parse(
      JSON.stringify(
        await testRegistrationUrl(runtime, 'demo', { jocId: 'demo-joc', slot: 'secondary', url }).then((r) => r.ok && r.value),
      ),
    ),
  );
  expect(t.results[0]?.result).toBe('block');
  expect(t.why.map((w) => w.key)).toContain('reg.why.stopped');
}, 30_000);

test('registered by the name: the live one gets it, JOC follows; looked at again nothing is changed; unregistered', async () => {
  const { alias } = await draft();
  if (!alias) throw new Error('no stable name');
  const input = (over: object) =>
    RegisterInput.parse({
      type: 'autonomous',
      jocId: 'demo-joc',
      follow: { kind: 'name', url: alias.url, alias: alias.alias, network: alias.network },
      audit: { comment: 'set up' },
      ...over,
    });
  expect(await registerCluster(runtime, 'demo', input({}), 'ada', signal)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  expect(await registerCluster(runtime, 'demo', input({ mayInterrupt: true }), 'ada', signal)).toMatchObject({
    ok: true,
    value: { outcome: 'proved' },
  });
  const d = await draft();
  expect(d.alias?.carried).toBe('primary');
  expect(d.registered?.follow).toEqual({ kind: 'name', url: alias.url, alias: alias.alias, network: alias.network });
  expect(d.view).toMatchObject({ registered: 'yes' });
  expect(await followCluster(runtime, 'demo', {}, signal)).toMatchObject({ ok: true, value: { outcome: 'proved' } });
  expect(await unregisterCluster(runtime, 'demo', { confirm: d.controllerId, audit: {} }, signal)).toEqual({ ok: true, value: undefined });
}, 90_000);
