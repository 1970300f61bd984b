import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plan, type RehearsalFault } from '../../domain/rehearsal/faults';
import { until } from './durable';
import { CONTROLLER_DATA, dataOf } from './emulated';
import { type OpenRehearsalWorld, openRehearsalWorld } from './world';

const emulatorsDir = join(process.cwd(), 'e2e/emulators');
let dataDir: string;
let world: OpenRehearsalWorld;
const openWith = (o: { orders: number; ordersPerMinute: number; agentAttached: boolean }) =>
  openRehearsalWorld({ dataDir, emulatorsDir, startMs: 0, stopMs: 0, ...o });
const open = () => openRehearsalWorld({ dataDir, emulatorsDir, startMs: 0, stopMs: 0, orders: 0, ordersPerMinute: 0 });

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'handover-world-'));
});
afterEach(async () => {
  await world.close({ stopAll: true });
  expect(await until(() => processes().length === 0, 5000), processes().join('\n')).toBe(true);
  rmSync(dataDir, { recursive: true, force: true });
}, 30_000);

/** Command lines of all living processes that name this test's folder. */
function processes(): string[] {
  return readdirSync('/proc')
    .filter((n) => /^\d+$/.test(n))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(dataDir) && Number(pid) !== process.pid && !/ Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
          ? [`${pid} ${line.slice(-200)}`]
          : [];
      } catch {
        return [];
      }
    });
}
const url = (slot: 'primary' | 'secondary') =>
  (slot === 'primary' ? world.demoCluster().primary : world.demoCluster().secondary)?.access.url ?? '';
async function journal(slot: 'primary' | 'secondary'): Promise<{ lastEventId: number } | undefined> {
  try {
    const answer = await fetch(`${url(slot)}/controller/api/journalInfo`, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(1000),
    });
    return answer.ok ? ((await answer.json()) as { lastEventId: number }) : undefined;
  } catch {
    return undefined;
  }
}
async function eventually(holds: () => Promise<boolean>, what: string, withinMs = 15_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await new Promise((wake) => setTimeout(wake, 30));
  }
}
const active = (slot: 'primary' | 'secondary') => async () => ((await journal(slot))?.lastEventId ?? 0) > 0;
const silent = (slot: 'primary' | 'secondary') => async () => (await journal(slot)) === undefined;
async function fault(name: RehearsalFault, on: boolean): Promise<void> {
  const acts = plan(name, on, world.look());
  if (!acts.ok) throw new Error(`${name}: ${acts.error.detail}`);
  const done = await world.act(acts.value);
  if (!done.ok) throw new Error(done.error.message);
}
async function instance(slot: 'primary' | 'secondary') {
  const seen = await world.engines[slot === 'primary' ? 0 : 1]?.inspect(`js7-demo-${slot}`);
  if (!seen?.ok || seen.value === 'absent') throw new Error('not there');
  return seen.value;
}

describe('the demo pair', { timeout: 60_000 }, () => {
  it('is seeded once: the Primary works, the Secondary is a fenced cold spare with an empty state directory', async () => {
    world = await open();
    await eventually(active('primary'), 'the Primary is active');
    expect(await instance('primary')).toMatchObject({
      state: 'running',
      restartPolicy: { name: 'no' },
      image: { ref: 'handover-emulated/js7:controller-2-9-0' },
      mounts: [{ target: CONTROLLER_DATA }],
    });
    expect(await instance('secondary')).toMatchObject({ state: 'created', env: { RUN_JS_ID: 'demo' } });
    expect(world.look()).toEqual({
      members: {
        primary: { name: 'js7-demo-primary', running: true, flagged: false },
        secondary: { name: 'js7-demo-secondary', running: false, flagged: true },
      },
      joc: { name: 'js7-joc', running: true },
      marks: {},
    });
    const files = world.engines[1]?.files('js7-demo-secondary');
    expect(await files?.list(`${CONTROLLER_DATA}/state`)).toEqual({ ok: true, value: [] });
    expect(
      readFileSync(
        join(dataOf(world.containers('docker-b'), world.containers('docker-b').all()[0] ?? fail()), 'config/controller.conf'),
        'utf8',
      ),
    ).toMatch(/>>> Handover[\s\S]*is-backup = yes[\s\S]*<<< Handover/);
    const cluster = world.demoCluster();
    await world.close({ stopAll: true });
    expect(processes()).toEqual([]);
    const lineage = () =>
      readFileSync(
        join(
          dataDir,
          'rehearsal/engines/docker-a/volumes/js7-demo-primary-data/state',
          readdirSync(join(dataDir, 'rehearsal/engines/docker-a/volumes/js7-demo-primary-data/state'))
            .filter((n) => n.endsWith('.journal'))
            .sort()
            .at(-1) ?? '',
        ),
        'utf8',
      ).match(/"journalId":"([^"]+)"/)?.[1];
    const before = lineage();
    world = await open();
    await eventually(active('primary'), 'it works again after the world was closed and opened');
    expect(world.demoCluster()).toEqual(cluster);
    expect(before).toBeTruthy();
    expect(lineage()).toBe(before);
  });

  it('kill: as docker kill, revived with the same journal', async () => {
    world = await open();
    await eventually(active('primary'), 'active');
    await fault('kill-active', true);
    expect(await instance('primary')).toMatchObject({ state: 'exited', exitCode: 137 });
    expect(await silent('primary')()).toBe(true);
    await fault('kill-active', false);
    await eventually(active('primary'), 'active again');
    expect(world.look().marks).toEqual({});
  });

  it('the fence holds: the spare started behind our back idles', async () => {
    world = await open();
    await eventually(active('primary'), 'active');
    await fault('start-old', true);
    await eventually(async () => (await journal('secondary')) !== undefined, 'the spare answers');
    expect((await journal('secondary'))?.lastEventId).toBe(0);
    expect(world.look().members.secondary).toMatchObject({ running: true, flagged: true });
    await fault('start-old', false);
    expect(await instance('secondary')).toMatchObject({ state: 'exited' });
  });

  it('with a journal and the flag on it refuses, with the reason in its log', async () => {
    world = await open();
    await eventually(active('primary'), 'active');
    await world.act([{ do: 'unfence', slot: 'secondary', journalOf: 'primary' }]);
    const { configuration } = await import('./emulated');
    const b = world.containers('docker-b');
    configuration(b, b.all()[0] ?? fail()).setFlag('on');
    await fault('start-old', true);
    await eventually(async () => (await instance('secondary')).state === 'exited', 'it has ended');
    expect(await instance('secondary')).toMatchObject({ exitCode: 1 });
    const said: string[] = [];
    await world.engines[1]?.logs('js7-demo-secondary', {
      tail: 50,
      follow: false,
      signal: AbortSignal.timeout(5000),
      onLine: (l) => said.push(l.text),
    });
    expect(said.join('\n')).toContain('PrimaryClusterNodeMayNotBecomeBackup');
  });

  it('split brain: fence off and the old one started, two work on one lineage; all of it can be undone', async () => {
    world = await open();
    await eventually(active('primary'), 'active');
    await fault('take-fence-off', true);
    await fault('start-old', true);
    await eventually(active('secondary'), 'the second one is active, too');
    expect(await active('primary')()).toBe(true);
    expect(plan('kill-active', true, world.look()).ok).toBe(false);
    await fault('take-fence-off', false);
    expect(await instance('secondary')).toMatchObject({ state: 'exited' });
    expect(world.look().members.secondary).toMatchObject({ running: false, flagged: true });
    const files = world.engines[1]?.files('js7-demo-secondary');
    expect(await files?.list(`${CONTROLLER_DATA}/state`)).toEqual({ ok: true, value: [] });
    expect(await active('primary')()).toBe(true);
  });

  it('with the Agent attached a split brain ends as recorded: one dies of the events of the other, with exit code 0', async () => {
    world = await openWith({ orders: 64, ordersPerMinute: 60, agentAttached: true });
    const orders = async () =>
      (
        (await (await fetch(`${url('primary')}/controller/api`, { headers: { accept: 'application/json' } })).json()) as {
          orderCount: number;
        }
      ).orderCount;
    await eventually(active('primary'), 'active');
    await eventually(async () => (await orders()) >= 64, '64 orders');
    // Before the Agent belongs to this lineage, the copy would not couple with it.
    const runs = join(dataDir, 'rehearsal/engines/docker-a/volumes/js7-demo-agent-data/runs.ndjson');
    await eventually(async () => existsSync(runs) && readFileSync(runs, 'utf8') !== '', 'the Agent has run a job');
    await fault('take-fence-off', true);
    await fault('start-old', true);
    const ends = async () =>
      [await instance('primary'), await instance('secondary')].filter((i) => i.state === 'exited').map((i) => i.exitCode);
    await eventually(async () => (await ends()).length > 0, 'one has died', 30_000);
    expect(new Set(await ends())).toEqual(new Set([0]));
  });

  it('a lost socket hides the engine, not what runs there; events of the meantime are lost', async () => {
    world = await open();
    await eventually(active('primary'), 'active');
    const engine = world.engines[1] ?? fail();
    const seen: string[] = [];
    const abort = new AbortController();
    const done = engine.watch({ onEvent: (e) => seen.push(e.kind), onConnection: (up) => seen.push(up ? 'up' : 'down') }, abort.signal);
    await fault('lose-engine', true);
    expect(await engine.inspect('js7-demo-secondary')).toMatchObject({ ok: false, error: { code: 'ENGINE_UNREACHABLE' } });
    expect(await engine.files('js7-demo-secondary').list(CONTROLLER_DATA)).toMatchObject({
      ok: false,
      error: { code: 'ENGINE_UNREACHABLE' },
    });
    expect((await world.engines[0]?.inspect('js7-demo-primary'))?.ok).toBe(true);
    await eventually(async () => seen.at(-1) === 'down', 'the watch knows');
    await fault('start-old', true);
    await eventually(async () => (await journal('secondary')) !== undefined, 'it runs unseen');
    await fault('lose-engine', false);
    await eventually(async () => seen.at(-1) === 'up', 'the watch is back');
    await fault('start-old', false);
    await eventually(async () => seen.includes('stopped'), 'later events come');
    expect(seen.slice(0, 3)).toEqual(['up', 'down', 'up']);
    expect(seen).not.toContain('started');
    abort.abort();
    await done;
  });

  it('a full disk refuses what does not fit and tells the space; a slow copy takes its time', async () => {
    world = await open();
    await fault('fill-disk', true);
    const files = world.engines[1]?.files('js7-demo-secondary') ?? fail();
    const space = await files.space(CONTROLLER_DATA);
    expect(space.ok && space.value.freeBytes).toBe(40_000_000);
    const write = (bytes: number) =>
      files.write(`${CONTROLLER_DATA}/work/x`, { content: Buffer.alloc(bytes), bytes, mode: 0o644, uid: 0, gid: 0 });
    expect(await write(40_000_001)).toMatchObject({ ok: false, error: { code: 'DISK_FULL' } });
    expect(await files.list(`${CONTROLLER_DATA}/work`)).toEqual({ ok: true, value: [] });
    expect((await write(1_000_000)).ok).toBe(true);
    const left = await files.space(CONTROLLER_DATA);
    expect(left.ok && left.value.freeBytes).toBe(39_000_000);
    await fault('fill-disk', false);
    expect((await files.space(CONTROLLER_DATA)).ok).toBe(true);
    await fault('slow-copy', true);
    const from = performance.now();
    expect((await write(400_000)).ok).toBe(true);
    expect(performance.now() - from).toBeGreaterThan(350);
    await fault('slow-copy', false);
  });

  it('a slow engine answers late', async () => {
    world = await open();
    world.slowEngine('docker-a', 300);
    const from = performance.now();
    expect((await world.engines[0]?.list())?.ok).toBe(true);
    expect(performance.now() - from).toBeGreaterThan(290);
  });

  it('a restart of the engine ends all and revives whom the policy says', async () => {
    world = await open();
    await eventually(active('primary'), 'active');
    await world.defineInstance('docker-a', {
      name: 'other',
      controllerId: 'other',
      fenced: false,
      restartPolicy: { name: 'unless-stopped' },
    });
    await world.engines[0]?.start('other');
    await world.restartEngine('docker-a');
    const states = await world.engines[0]?.list();
    expect(states?.ok && states.value.filter((i) => !/agent|joc/.test(i.name)).map((i) => [i.name, i.state])).toEqual([
      ['js7-demo-primary', 'exited'],
      ['other', 'running'],
    ]);
  });

  it('reset: all faults off, the same settings, a new lineage', async () => {
    world = await open();
    await eventually(active('primary'), 'active');
    const { createdAt: _, ...before } = world.demoCluster();
    await fault('take-fence-off', true);
    await fault('fill-disk', true);
    await fault('lose-engine', true);
    expect(await world.reset()).toEqual({ ok: true, value: undefined });
    await eventually(active('primary'), 'active again');
    expect(world.look()).toMatchObject({
      members: { primary: { running: true, flagged: false }, secondary: { running: false, flagged: true } },
      marks: {},
    });
    expect((await world.engines[1]?.list())?.ok).toBe(true);
    expect(world.demoCluster()).toMatchObject(before);
  });
});

describe('Handover is killed', { timeout: 60_000 }, () => {
  let host: string;
  let bundle: string;
  beforeAll(async () => {
    host = mkdtempSync(join(tmpdir(), 'handover-host-'));
    bundle = join(host, 'host.mjs');
    await build({
      stdin: {
        contents: `import { openRehearsalWorld } from './world'; const [dataDir, emulatorsDir] = process.argv.slice(2); await openRehearsalWorld({ dataDir, emulatorsDir, startMs: 0, stopMs: 0, orders: 0, ordersPerMinute: 0 }); console.log('open'); setInterval(() => {}, 1000);`,
        resolveDir: import.meta.dirname,
        loader: 'ts',
      },
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      alias: { 'server-only': join(process.cwd(), 'node_modules/server-only/empty.js') },
      logLevel: 'error',
    });
  });
  afterAll(() => rmSync(host, { recursive: true, force: true }));

  it('kill -9: the Controllers live on, are adopted, and an end that nobody watched is known with its code', async () => {
    const child = spawn(process.execPath, [bundle, dataDir, emulatorsDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((up) => child.stdout.once('data', () => up()));
    child.kill('SIGKILL');
    await new Promise((ended) => child.once('exit', ended));
    world = await open();
    const adopted = await instance('primary');
    expect(adopted.state).toBe('running');
    await eventually(active('primary'), 'active');
    expect(await instance('primary')).toMatchObject({ id: adopted.id, state: 'running', startedAt: adopted.startedAt });

    // Again, and this time it ends while nobody is there.
    await world.close({ stopAll: false });
    const lock = join(dataOf(world.containers('docker-a'), world.containers('docker-a').find('js7-demo-primary') ?? fail()), 'state/lock');
    process.kill(Number(readFileSync(lock, 'utf8')), 'SIGKILL');
    expect(await until(() => processes().filter((p) => p.includes('--id=demo')).length === 0, 5000)).toBe(true);
    world = await open();
    expect(await instance('primary')).toMatchObject({ state: 'exited', exitCode: 137 });
    expect((await instance('primary')).finishedAt).toBeGreaterThan(adopted.startedAt ?? 0);
    expect((await world.engines[0]?.start('js7-demo-primary'))?.ok).toBe(true);
    await eventually(active('primary'), 'active again');
    expect(existsSync(join(dataDir, 'rehearsal/engines/docker-a/down'))).toBe(false);
  });
});

function fail(): never {
  throw new Error('not there');
}
