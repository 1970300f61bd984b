/** Set-ups on real Docker Engines, with emulated Controllers in containers: on the same engine and on another one that does not have the image yet. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort } from '../../e2e/docker/controllers';
import { startEngine, type TestEngine } from '../../e2e/docker/dockerd';
import { openDockerEngine } from '../adapters/docker/open';
import { openStore } from '../adapters/store/open';
import { foldSetup, type SetupState } from '../domain/setup/state';
import type { CreateBoth, CreateSecondary, Wanted } from '../domain/setup/wanted';
import type { Engine } from '../ports/engine';
import type { Store } from '../ports/store';
import type { SetupContext } from '../usecases/setup/context';
import { prepareSetup, setupChoicesOf } from '../usecases/setup/prepare';
import { createSetupRunner, type SetupRunner } from '../usecases/setup/runner';
import { createSetupContext } from './setups/context';
import { DATA, docker, until } from './testing/docker-runs';

const IMAGE = 'handover-emulated/js7:controller-2-9-0';
const SECRET = 'not-to-be-told-anywhere';
const socket = inject('dockerSocket');
const net = `setup-${process.pid}`;
const primary = `pay-${process.pid}-primary`;
const PORT = 20_000 + (process.pid % 10_000);
let second: TestEngine;
let dir: string;
let store: Store;
let engines: Engine[];
let ctx: SetupContext;
let runner: SetupRunner;
const at = (id: string) => (id === 'a' ? socket : second.socket);
const cli = (id: string, ...args: string[]): string => docker(at(id), ...args);

beforeAll(async () => {
  execFileSync('node', ['scripts/build-image.mjs', '--host', `unix://${socket}`, '--product', 'controller'], { stdio: 'pipe' });
  second = await startEngine({ name: 'setup' });
  cli('a', 'network', 'create', net);
  cli('b', 'network', 'create', net);
  cli(
    'a',
    ...['create', '--name', primary, '--hostname', primary, '--network', net, '--network-alias', 'js7-live', '--env', 'RUN_JS_ID=pay'],
    ...[
      '--env',
      `APP_PASSWORD=${SECRET}`,
      '--env',
      'RUN_JS_USER_ID=1001:0',
      '--label',
      'com.docker.compose.project=pay',
      '--label',
      'team=ops',
    ],
    ...[
      '--publish',
      `127.0.0.1:${PORT}:4444`,
      '--mount',
      `type=volume,src=${primary}-var,dst=${DATA}`,
      '--restart',
      'unless-stopped',
      IMAGE,
    ],
  );
  cli('a', 'start', primary);
  dir = mkdtempSync(join(tmpdir(), 'handover-setup-docker-'));
  ({ store } = openStore({ dataDir: dir, keyFile: join(dir, 'key') }));
  engines = ['a', 'b'].map((id) => {
    const settings = { id, name: `docker-${id}`, address: { kind: 'socket' as const, path: at(id) } };
    store.engines.save(settings);
    return openDockerEngine(settings);
  });
  const access = { url: `http://127.0.0.1:${PORT}` };
  store.clusters.save({
    id: 'pay',
    name: 'pay',
    controllerId: 'pay',
    createdAt: 0,
    primary: { ref: { engineId: 'a', name: primary }, access },
  });
  ctx = createSetupContext({
    ...{ store, clock: { now: Date.now }, self: `test-${process.pid}`, engine: (id) => engines.find((e) => e.id === id) },
    derive: (purpose) => createHash('sha256').update(purpose).digest('hex'),
    ...{ busy: () => undefined, reload: () => undefined, changed: () => undefined, progress: () => undefined },
  });
  runner = createSetupRunner(ctx);
  await until('the Primary works', async () => (await node(access.url)) === 'state');
}, 120_000);
afterAll(async () => {
  await runner?.close();
  await Promise.all((engines ?? []).map((e) => e.close()));
  store?.close();
  execFileSync(
    'sh',
    ['-c', `docker -H unix://${socket} ps -aq --filter name=${process.pid} | xargs -r docker -H unix://${socket} rm -fv`],
    { stdio: 'pipe' },
  );
  await second?.remove();
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

async function node(url: string, more: { user?: string; password?: string } = {}): Promise<string> {
  const client = ctx.openController({ url, ...more });
  const look = await client.look();
  await client.close();
  return look.ok ? look.value.node.kind : look.error.code;
}
const state = (id: string): SetupState => foldSetup(store.setups.events(id));
const story = (id: string): string =>
  store.setups
    .events(id)
    .map((e) => JSON.stringify({ ...e, plan: undefined }))
    .slice(-8)
    .join('\n');
async function propose<K extends 'create-secondary' | 'create-both'>(kind: K, engineId: string): Promise<Extract<Wanted, { kind: K }>> {
  const found = await setupChoicesOf(ctx, kind === 'create-secondary' ? 'pay' : undefined);
  if (!found.ok) throw new Error(found.error.message);
  const engineOf = (p: CreateSecondary | CreateBoth) => (p.kind === 'create-both' ? p.primary.engineId : p.engineId);
  const one = found.value.proposals.find((p) => p.kind === kind && engineOf(p) === engineId);
  if (!one) throw new Error(`No proposal: ${JSON.stringify(found.value.engines.map((e) => e.problem))}`);
  return one as Extract<Wanted, { kind: K }>;
}
async function make(wanted: Wanted): Promise<string> {
  const setupId = store.setups.nextId();
  const p = await prepareSetup(ctx, wanted, { setupId, newClusterId: 'both' });
  if (!p.plan.ok) throw new Error(p.plan.error.message);
  if (!p.ready) throw new Error(JSON.stringify(p.checks.filter((c) => c.result !== 'pass' && c.result !== 'warn')));
  const started = runner.start(p.plan.value, { hash: p.hash, who: 'm.keller' });
  if (!started.ok) throw new Error(started.error.message);
  await runner.settled(setupId);
  expect(state(setupId).outcome, story(setupId)).toBe('made');
  return setupId;
}
async function undo(id: string): Promise<void> {
  expect(runner.choose(id, 'undo', 'm.keller').ok).toBe(true);
  await runner.settled(id);
}
/** What has a name that somebody gave: helpers that looked into volumes, and nameless volumes of the image, come and go. */
const list = (id: string): string =>
  [
    cli(id, 'ps', '-a', '--filter', `name=${process.pid}`, '--format', '{{.Names}}'),
    ...cli(id, 'volume', 'ls', '-q')
      .split('\n')
      .filter((v) => !/^[0-9a-f]{64}$/.test(v)),
    cli(id, 'network', 'ls', '--format', '{{.Name}}'),
  ]
    .filter(Boolean)
    .join('\n');

describe('create-secondary', () => {
  test('on another engine: the image is copied, secrets and owners come along, keys do not; started by hand it idles, with a journal it refuses', async () => {
    cli(
      'a',
      'exec',
      primary,
      'sh',
      '-c',
      `echo key > ${DATA}/config/private/https-keystore.p12; echo 'x { password = "plain:${SECRET}" }' >> ${DATA}/config/private/private.conf`,
    );
    const before = list('b');
    const wanted = await propose('create-secondary', 'b');
    expect(wanted.networks).toEqual([{ network: net, aliases: [wanted.name] }]);
    const id = await make(wanted);
    expect(JSON.stringify(store.setups.events(id))).not.toContain(SECRET);
    const made = JSON.parse(cli('b', 'inspect', wanted.name))[0];
    expect(made.State.Status).toBe('created');
    expect(made.HostConfig.RestartPolicy.Name).toBe('no');
    expect(made.Image).toBe(JSON.parse(cli('a', 'inspect', primary))[0].Image);
    expect(made.Config.Env).toEqual(expect.arrayContaining(['RUN_JS_ID=pay', `APP_PASSWORD=${SECRET}`, 'RUN_JS_USER_ID=1001:0']));
    expect(made.Config.Labels).toMatchObject({ team: 'ops', 'handover.setup': `test-${process.pid}-${id}` });
    expect(Object.keys(made.Config.Labels).filter((k) => k.startsWith('com.docker.compose'))).toEqual([]);
    const files = (name: string, engine: string) =>
      cli(
        engine,
        'run',
        '--rm',
        '--network',
        'none',
        '--entrypoint',
        'sh',
        '--volumes-from',
        name,
        IMAGE,
        '-c',
        `cd ${DATA} && find config state | sort | xargs stat -c '%n %u:%g %a'`,
      );
    expect(files(wanted.name, 'b')).not.toContain('keystore');
    const kept = files(primary, 'a')
      .split('\n')
      .filter((l) => l.startsWith('config') && !l.includes('keystore'));
    expect(
      files(wanted.name, 'b')
        .split('\n')
        .filter((l) => l.startsWith('config')),
    ).toEqual(kept);
    expect(store.clusters.get('pay')?.secondary).toMatchObject({ ref: { engineId: 'b', name: wanted.name }, access: { url: wanted.url } });

    cli('b', 'start', wanted.name);
    await until('it idles', async () => (await node(wanted.url)) === 'not-appointed');
    cli('b', 'stop', wanted.name);
    execFileSync(
      'sh',
      ['-c', `docker -H unix://${socket} cp ${primary}:${DATA}/state - | docker -H unix://${second.socket} cp - ${wanted.name}:${DATA}`],
      { stdio: 'pipe' },
    );
    cli('b', 'start', wanted.name);
    await until('it refuses', async () => cli('b', 'inspect', '-f', '{{.State.Status}} {{.State.ExitCode}}', wanted.name) === 'exited 1');

    // It holds a journal now: nothing of it is removed, and it is named.
    await undo(id);
    expect(state(id), story(id)).toMatchObject({
      outcome: 'left-by-hand',
      kept: [`container ${wanted.name}`, `volume ${wanted.mounts[0]?.source}`],
    });
    cli('b', 'rm', wanted.name);
    // Helpers that looked into it live on for a moment.
    await until('the volume is free', async () => {
      try {
        return cli('b', 'volume', 'rm', wanted.mounts[0]?.source ?? '');
      } catch {
        return undefined;
      }
    });
    expect(list('b')).toBe(before);
    const cluster = store.clusters.get('pay');
    if (cluster?.secondary) {
      const { secondary: _s, ...rest } = cluster;
      store.clusters.save(rest);
    }
  }, 120_000);

  test('on the same engine, and taken back without a trace', async () => {
    const before = list('a');
    const wanted = await propose('create-secondary', 'a');
    expect(wanted.ports[0]?.outside).not.toBe(PORT);
    const id = await make(wanted);
    expect(list('a')).toContain(wanted.name);
    await undo(id);
    expect(state(id).outcome, story(id)).toBe('undone');
    expect(list('a')).toBe(before);
    expect(store.clusters.get('pay')?.secondary).toBeUndefined();
  }, 120_000);
});

test('use-existing: what lies there is moved aside, the fence is on, and an undo gives all back', async () => {
  const name = `pay-${process.pid}-old`;
  const port = await freePort();
  cli(
    'a',
    'create',
    '--name',
    name,
    '--network',
    net,
    '--publish',
    `127.0.0.1:${port}:4444`,
    '--env',
    'RUN_JS_ID=pay',
    '--env',
    'RUN_JS_USER_ID=1001:0',
    '--mount',
    `type=volume,src=${name}-var,dst=${DATA}`,
    '--restart',
    'always',
    IMAGE,
  );
  cli('a', 'start', name);
  await until('a journal', async () => cli('a', 'exec', name, 'sh', '-c', `ls ${DATA}/state`).includes('.journal'));
  cli('a', 'stop', name);
  const look = (what: string) =>
    cli('a', 'run', '--rm', '--network', 'none', '--entrypoint', 'sh', '--volumes-from', name, IMAGE, '-c', what);
  const before = look(`ls -l ${DATA}/state; cat ${DATA}/config/controller.conf`);
  const id = await make({
    kind: 'use-existing',
    clusterId: 'pay',
    engineId: 'a',
    name,
    access: { url: `http://127.0.0.1:${port}` },
    moveAside: true,
  });
  expect(look(`ls ${DATA}/state`)).not.toContain('controller--');
  expect(look(`ls ${DATA}/state.aside-setup-${id}`)).toContain('controller--');
  expect(look(`cat ${DATA}/config/controller.conf`)).toContain('is-backup = yes');
  expect(cli('a', 'inspect', '-f', '{{.HostConfig.RestartPolicy.Name}}', name)).toBe('no');
  await undo(id);
  expect(state(id).outcome, story(id)).toBe('undone');
  expect(look(`ls -l ${DATA}/state; cat ${DATA}/config/controller.conf`)).toBe(before);
  expect(cli('a', 'inspect', '-f', '{{.HostConfig.RestartPolicy.Name}}', name)).toBe('always');
}, 120_000);

test('create-both: the Primary works with an account of its own, the Secondary is cold; what has worked stays', async () => {
  const wanted = await propose('create-both', 'b');
  const id = await make(wanted);
  const cluster = store.clusters.get('both');
  const { user = '', password = '' } = cluster?.primary.access ?? {};
  expect(await node(wanted.primary.url, { user, password })).toBe('state');
  expect(cli('b', 'inspect', '-f', '{{.State.Status}}', wanted.secondary.name)).toBe('created');
  await undo(id);
  expect(state(id), story(id)).toMatchObject({ outcome: 'left-by-hand' });
  expect(state(id).kept).toEqual(expect.arrayContaining([`container ${wanted.primary.name}`, `network ${wanted.network}`]));
  expect(cli('b', 'ps', '-a', '--format', '{{.Names}}')).not.toContain(wanted.secondary.name);
  expect(cli('b', 'inspect', '-f', '{{.State.Status}}', wanted.primary.name)).toBe('running');
}, 120_000);
