import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { controllerOf, JOC_ACCOUNTS, JocWorld, type TestJoc } from '../../../e2e/emulators/joc/test-joc';
import type { Program } from '../../../e2e/emulators/shared/test-world';
import { openJoc } from '../../adapters/joc/client';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import type { ClusterJoc, JocFollow } from '../../domain/joc/joc';
import type { JocClient } from '../../ports/joc';
import { followJoc } from './follow';
import type { JocPorts } from './ports';

/** Two emulated Controllers that hand a journal over, and an emulated JOC Cockpit with the recorded defect "there and back". */
let world: JocWorld;
let joc: TestJoc;
let client: JocClient;
let a: Program;
let b: Program;
const learned: ClusterJoc[] = [];
beforeEach(async () => {
  world = new JocWorld();
  learned.length = 0;
  joc = await world.joc();
  a = await controllerOf(world, 'billing');
  b = await world.controller({ privateConf: JOC_ACCOUNTS, args: ['--id=billing'] });
  client = openJoc({ id: 'joc', name: 'JOC', url: joc.program.url, user: 'root', password: 'root', createdAt: 0 });
}, 30_000);
afterEach(async () => {
  await client.close();
  await world.end();
});

const cluster = {
  id: 'billing',
  name: 'Billing',
  controllerId: 'billing',
  primary: { ref: { engineId: 'e', name: 'a' }, access: { url: 'http://a' } },
  secondary: { ref: { engineId: 'e', name: 'b' }, access: { url: 'http://b' } },
  createdAt: 0,
} satisfies Cluster;
const ports = (): JocPorts => ({
  clock: { now: Date.now },
  client: (id) => (id === 'joc' ? client : undefined),
  settings: () => undefined,
  engine: () => undefined,
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
  remember: (_id, j) => learned.push(j),
});
const localhost = (url: string) => url.replace('127.0.0.1', 'localhost');
let follow: JocFollow;
const startOf = async (p: Program) => Number((await p.get('/controller/api')).json.startedAt);
const following = async (live: Slot, signal = new AbortController().signal) =>
  followJoc(ports())({
    cluster,
    live,
    joc: learned.at(-1) ?? { jocId: 'joc', follow, captions: { primary: 'BILLING A' } },
    controllerStartedAt: await startOf(live === 'primary' ? a : b),
    audit: { comment: 'switch-over' },
    signal,
  });
const registerA = async () => {
  const r = await client.register({ nodes: [{ url: a.url, role: 'STANDALONE', title: 'BILLING' }], audit: {} });
  expect(r.ok).toBe(true);
  await vi.waitFor(async () => expect(await proxyFollows(a)).toBe(true), { timeout: 15_000, interval: 100 });
};
const proxyFollows = async (p: Program) => {
  const seen = await client.see('billing');
  return seen.ok && seen.value !== 'not-registered' && (seen.value.proxyAt ?? 0) >= (await startOf(p));
};
async function move(from: Program, to: Program) {
  await from.stop();
  to.takeJournalOf(from);
  await to.start().ready();
}
const fault = (faults: object) => writeFileSync(join(joc.program.data, 'faults.json'), JSON.stringify(faults));
const keys = (r: Awaited<ReturnType<typeof following>>) => (r.ok ? r.value.evidence.map((m) => m.key) : r.error);
const registers = async () =>
  ((await (await joc.login()).call('audit_log', {})).json.auditLog as { request: string }[]).filter((e) => e.request.includes('register'))
    .length;

describe('update', () => {
  beforeEach(async () => {
    follow = { kind: 'update', urls: { primary: [a.url, localhost(a.url)], secondary: [b.url] } };
    await registerA();
  }, 30_000);

  test('there and back three times: the proxy follows each time, by another spelling where JOC’s defect strikes', async () => {
    for (let round = 1; round <= 3; round++) {
      await move(a, b);
      const there = await following('secondary');
      expect(keys(there), `there ${round}`).toContain('reg.follow.proved');
      expect(await proxyFollows(b)).toBe(true);
      await move(b, a);
      const back = await following('primary');
      expect(keys(back), `back ${round}`).toContain('reg.follow.proved');
      // The first time the address with which JOC began is a trap; what helped goes first from then on.
      expect(keys(back)).toEqual(
        round === 1
          ? ['reg.follow.updated', 'reg.follow.stuck', 'reg.follow.updated', 'reg.follow.proved']
          : ['reg.follow.updated', 'reg.follow.proved'],
      );
      expect(await proxyFollows(a)).toBe(true);
    }
    expect(learned).toHaveLength(1);
    expect(learned[0]?.follow).toEqual({ kind: 'update', urls: { primary: [localhost(a.url), a.url], secondary: [b.url] } });
  }, 120_000);

  test('looks first: nothing is sent where JOC follows already', async () => {
    const before = await registers();
    expect(keys(await following('primary'))).toEqual(['reg.follow.already', 'reg.follow.proved']);
    expect(await registers()).toBe(before);
  }, 30_000);

  test('the answer is lost after success: observed, not sent again', async () => {
    await move(a, b);
    const before = await registers();
    fault({ 'controller/register': { lost: true, times: 1 } });
    const r = await following('secondary');
    expect(keys(r)).toEqual(['reg.follow.updated', 'reg.follow.observed', 'reg.follow.proved']);
    expect(r.ok && r.value.urlNow).toBe(b.url);
    expect(await registers()).toBe(before + 1);
  }, 30_000);

  test('JOC does not reach the new one: told, and nothing is stored', async () => {
    await move(a, b);
    follow = { kind: 'update', urls: { secondary: ['http://127.0.0.1:9', `${b.url}/controller`] } };
    const r = await following('secondary');
    expect(r).toMatchObject({ ok: false, error: { code: 'JOC_CONNECTION' } });
    const seen = await client.see('billing');
    expect(seen.ok && seen.value !== 'not-registered' && seen.value.nodes[0]?.url).toBe(a.url);
  }, 30_000);

  test('no other spelling is left: the proxy that stays behind is told, not taken for done', async () => {
    follow = { kind: 'update', urls: { primary: [a.url], secondary: [b.url] } };
    await move(a, b);
    expect((await following('secondary')).ok).toBe(true);
    await move(b, a);
    const back = await following('primary');
    expect(back).toMatchObject({ ok: false, error: { code: 'JOC_CONNECTION', remedy: expect.stringContaining('another spelling') } });
  }, 60_000);

  test('JOC is down, standby, or forgot the Controller: told as that; tried again it works', async () => {
    await move(a, b);
    await joc.program.kill();
    expect(await following('secondary')).toMatchObject({ ok: false, error: { code: 'JOC_UNREACHABLE' } });
    await joc.start();
    expect(keys(await following('secondary'))).toContain('reg.follow.proved');
    await client.unregister('billing', {});
    expect(await following('secondary')).toMatchObject({ ok: false, error: { code: 'JOC_UNKNOWN_CONTROLLER' } });
  }, 60_000);

  test('ends soon when the run is stopped', async () => {
    await move(a, b);
    const stop = new AbortController();
    stop.abort();
    const begun = Date.now();
    expect((await following('secondary', stop.signal)).ok).toBe(false);
    expect(Date.now() - begun).toBeLessThan(3000);
  }, 30_000);
});

test('one address that never changes (a name in front): nothing is changed, the proxy is proved', async () => {
  // The same port for both stands for the name.
  follow = { kind: 'front', url: a.url };
  await registerA();
  await a.stop();
  await a.start().ready();
  const before = await registers();
  expect(keys(await following('primary'))).toEqual(['reg.follow.already', 'reg.follow.proved']);
  expect(await registers()).toBe(before);
}, 40_000);

test('the cluster’s JOC is not connected any more', async () => {
  follow = { kind: 'front', url: a.url };
  const r = await followJoc({ ...ports(), client: () => undefined })({
    cluster,
    live: 'primary',
    joc: { jocId: 'gone', follow, captions: {} },
    controllerStartedAt: 1,
    audit: {},
    signal: new AbortController().signal,
  });
  expect(r).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
});
