/** The runbook on a real Docker Engine with emulated Controllers in containers: there and back. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openDockerEngine } from '../adapters/docker/open';
import { openStore } from '../adapters/store/open';
import type { Cluster, Slot } from '../domain/cluster/cluster';
import { reportOf } from '../domain/switchover/report';
import type { Engine } from '../ports/engine';
import type { Store } from '../ports/store';
import type { RunContext } from '../usecases/switchover/context';
import { makePlan } from '../usecases/switchover/make-plan';
import { prepare } from '../usecases/switchover/prepare';
import { createRunner, type Runner } from '../usecases/switchover/runner';
import { createRunContext } from './run-context';

const IMAGE = 'handover-emulated/js7:controller-2-9-0';
const DATA = '/var/sos-berlin.com/js7/controller';
const socket = inject('dockerSocket');
const docker = (...args: string[]): string => execFileSync('docker', ['-H', `unix://${socket}`, ...args], { encoding: 'utf8' }).trim();
const names: Record<Slot, string> = { primary: `runs-primary-${process.pid}`, secondary: `runs-secondary-${process.pid}` };
const urls: Record<Slot, string> = { primary: '', secondary: '' };

let dataDir: string;
let store: Store;
let engine: Engine;
let ctx: RunContext & { close(): Promise<void> };
let runner: Runner;
let cluster: Cluster;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

beforeAll(async () => {
  execFileSync('node', ['scripts/build-image.mjs', '--host', `unix://${socket}`, '--product', 'controller'], { stdio: 'pipe' });
  for (const slot of ['primary', 'secondary'] as const) {
    const port = await freePort();
    urls[slot] = `http://127.0.0.1:${port}`;
    docker(
      'create',
      '--name',
      names[slot],
      '--hostname',
      names[slot],
      '--env',
      'RUN_JS_ID=runs',
      '--publish',
      `127.0.0.1:${port}:4444`,
      '--mount',
      `type=volume,src=${names[slot]}-var,dst=${DATA}`,
      ...(slot === 'primary' ? ['--restart', 'unless-stopped'] : []),
      IMAGE,
    );
  }
  docker('start', names.primary);
  // The Secondary's volume: a configuration with the flag on, and an empty state directory.
  docker(
    'run',
    '--rm',
    '--entrypoint',
    'sh',
    '--volumes-from',
    names.secondary,
    IMAGE,
    '-c',
    `mkdir -p ${DATA}/config/private/trusted-x509-keys ${DATA}/state && printf 'js7.web.server.auth.public = true\\njs7.configuration.trusted-signature-keys.X509 = \${js7.config-directory}"/private/trusted-x509-keys"\\njs7.journal.cluster.node.is-backup = yes\\n' > ${DATA}/config/controller.conf`,
  );
  dataDir = mkdtempSync(join(tmpdir(), 'handover-docker-run-'));
  store = openStore({ dataDir, keyFile: join(dataDir, 'key') }).store;
  engine = openDockerEngine({ id: 'docker-a', name: 'docker-a', address: { kind: 'socket', path: socket } });
  const member = (slot: Slot) => ({ ref: { engineId: 'docker-a', name: names[slot] }, access: { url: urls[slot] } });
  cluster = { id: 'runs', name: 'runs', controllerId: 'runs', primary: member('primary'), secondary: member('secondary'), createdAt: 0 };
  store.clusters.save(cluster);
  ctx = createRunContext({ store, clock: { now: Date.now }, engine: () => engine, changed: () => undefined, progress: () => undefined });
  runner = createRunner(ctx);
  for (const end = Date.now() + 30_000; (await live('primary')) === undefined; )
    if (Date.now() > end) throw new Error('The Primary does not work');
}, 120_000);
afterAll(async () => {
  await runner?.close();
  await ctx?.close();
  await engine?.close();
  store?.close();
  for (const slot of ['primary', 'secondary'] as const) {
    docker('rm', '-f', names[slot]);
    docker('volume', 'rm', `${names[slot]}-var`);
  }
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

async function live(slot: Slot): Promise<string | undefined> {
  const seen = await ctx.controller(cluster, slot)?.look();
  return seen?.ok && seen.value.node.kind === 'state' && seen.value.ready === true ? seen.value.journalId : undefined;
}
async function run(from: Slot): Promise<ReturnType<typeof reportOf>> {
  const plan = await makePlan(ctx, cluster, from, store.runs.nextId());
  if (!plan.ok) throw new Error(plan.error.message);
  const started = runner.start(plan.value, { who: 'm.keller', reason: 'test' });
  if (!started.ok) throw new Error(started.error.message);
  await runner.settled(started.value);
  const report = reportOf(store.runs.events(started.value));
  const bad = report.steps.filter((s) => s.outcome !== 'succeeded');
  expect([bad, report.stops], JSON.stringify({ bad, stops: report.stops }, null, 1)).toEqual([[], []]);
  return report;
}

describe('a switch-over on a real engine', () => {
  it('is prepared, goes there and back, and exactly one lives after each', async () => {
    const before = await live('primary');
    const ready = await prepare(ctx, cluster, 'primary', []);
    expect(ready.preflight.checks.filter((c) => c.verdict === 'block' || c.verdict === 'unknown')).toEqual([]);
    const there = await run('primary');
    expect(there.result).toBe('succeeded');
    expect([await live('primary'), await live('secondary')]).toEqual([undefined, before]);
    expect(docker('inspect', '-f', '{{.HostConfig.RestartPolicy.Name}} {{.State.Status}}', names.primary)).toBe('no exited');
    expect(docker('inspect', '-f', '{{.HostConfig.RestartPolicy.Name}}', names.secondary)).toBe('unless-stopped');
    // Whoever starts the retired one: it idles, for its state directory is empty and its flag is on.
    docker('start', names.primary);
    expect(await live('primary')).toBeUndefined();
    docker('stop', names.primary);
    const back = await run('secondary');
    expect(back.result).toBe('succeeded');
    expect([await live('primary'), await live('secondary')]).toEqual([before, undefined]);
  }, 120_000);
});
