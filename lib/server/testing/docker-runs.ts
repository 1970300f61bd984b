import 'server-only';
/** A cluster of two emulated Controllers in containers on real engines, and Handover's runbook on it, for tests. */
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDockerEngine } from '../../adapters/docker/open';
import { openStore } from '../../adapters/store/open';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import type { RunEvent } from '../../domain/switchover/events';
import type { Store } from '../../ports/store';
import type { RunContext } from '../../usecases/switchover/context';
import { createRunner, type Runner } from '../../usecases/switchover/runner';
import { createRunContext } from '../run-context';

const IMAGE = 'handover-emulated/js7:controller-2-9-0';
export const DATA = '/var/sos-berlin.com/js7/controller';

export interface Site {
  readonly names: Readonly<Record<Slot, string>>;
  readonly urls: Readonly<Record<Slot, string>>;
  /** Sockets of the engines, which may be the same. */
  readonly sockets: Readonly<Record<Slot, string>>;
}
export const docker = (socket: string, ...args: string[]): string =>
  execFileSync('docker', ['-H', `unix://${socket}`, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

export interface Layout {
  readonly image?: string;
  /** As for `docker create`. Default: one volume of the container's name. */
  readonly mounts?: Readonly<Record<Slot, readonly string[]>>;
  readonly args?: Readonly<Partial<Record<Slot, readonly string[]>>>;
  /** Where `config` and `state` lie in the container. */
  readonly base?: string;
  readonly owner?: string;
}

/** Makes both; the Primary works and starts by itself with its engine, the Secondary was never started: its volume has a configuration with the backup flag, and an empty state directory. */
export async function createSite(word: string, sockets: Site['sockets'], layout: Layout = {}): Promise<Site> {
  const { image = IMAGE, base = DATA } = layout;
  const names = { primary: `${word}-primary`, secondary: `${word}-secondary` };
  const urls = { primary: '', secondary: '' };
  for (const slot of ['primary', 'secondary'] as const) {
    const port = await freePort();
    urls[slot] = `http://127.0.0.1:${port}`;
    const mounts = layout.mounts?.[slot] ?? [`type=volume,src=${names[slot]}-var,dst=${DATA}`];
    const restart = slot === 'primary' ? ['--restart', 'unless-stopped'] : [];
    docker(
      sockets[slot],
      'create',
      '--name',
      names[slot],
      '--hostname',
      names[slot],
      '--env',
      'RUN_JS_ID=runs',
      '--publish',
      `127.0.0.1:${port}:4444`,
      ...mounts.flatMap((m) => ['--mount', m]),
      ...restart,
      ...(layout.args?.[slot] ?? []),
      image,
    );
  }
  const conf = `js7.web.server.auth.public = true\\njs7.configuration.trusted-signature-keys.X509 = \${js7.config-directory}"/private/trusted-x509-keys"\\njs7.journal.cluster.node.is-backup = yes\\n`;
  docker(
    sockets.secondary,
    'run',
    '--rm',
    '--network',
    'none',
    '--entrypoint',
    'sh',
    '--volumes-from',
    names.secondary,
    image,
    '-c',
    `mkdir -p ${base}/config/private/trusted-x509-keys ${base}/state && printf '${conf}' > ${base}/config/controller.conf && chown -R ${layout.owner ?? '1001:0'} ${base}/config ${base}/state`,
  );
  docker(sockets.primary, 'start', names.primary);
  return { names, urls, sockets };
}

export interface Desk {
  readonly store: Store;
  readonly ctx: RunContext;
  readonly runner: Runner;
  readonly cluster: Cluster;
  /** The lineage of an instance that is active and takes commands. */
  live(slot: Slot): Promise<string | undefined>;
  close(): Promise<void>;
}
export interface DeskOptions {
  readonly self?: string;
  /** Called before and after each event is written. */
  readonly onEvent?: (when: 'before' | 'after', e: RunEvent) => void;
}

/** A Handover with its store in `dataDir`. */
export function openDesk(site: Site, dataDir: string, o: DeskOptions = {}): Desk {
  const { store } = openStore({ dataDir, keyFile: join(dataDir, 'key') });
  const same = site.sockets.primary === site.sockets.secondary;
  const ids = { primary: 'engine-a', secondary: same ? 'engine-a' : 'engine-b' };
  const engines = (same ? (['primary'] as const) : (['primary', 'secondary'] as const)).map((slot) =>
    openDockerEngine({ id: ids[slot], name: ids[slot], address: { kind: 'socket', path: site.sockets[slot] } }),
  );
  const member = (slot: Slot) => ({ ref: { engineId: ids[slot], name: site.names[slot] }, access: { url: site.urls[slot] } });
  const cluster: Cluster = {
    id: site.names.primary,
    name: 'runs',
    controllerId: 'runs',
    primary: member('primary'),
    secondary: member('secondary'),
    createdAt: 0,
  };
  store.clusters.save(cluster);
  const ctx = createRunContext({
    store,
    clock: { now: Date.now },
    engine: (id) => engines.find((e) => e.id === id),
    self: o.self ?? 'test',
    changed: () => undefined,
    progress: () => undefined,
  });
  const runs: RunContext['runs'] = {
    list: (...a) => store.runs.list(...a),
    nextId: () => store.runs.nextId(),
    events: (id) => store.runs.events(id),
    append(runId, clusterId, at, event) {
      o.onEvent?.('before', event);
      const r = store.runs.append(runId, clusterId, at, event);
      if (r.ok) o.onEvent?.('after', event);
      return r;
    },
  };
  const watched: RunContext = { ...ctx, runs };
  const runner = createRunner(watched);
  return {
    store,
    ctx: watched,
    runner,
    cluster,
    async live(slot) {
      const seen = await ctx.controller(cluster, slot)?.look();
      return seen?.ok && seen.value.node.kind === 'state' && seen.value.ready === true ? seen.value.journalId : undefined;
    },
    async close() {
      await runner.close();
      await ctx.close();
      await Promise.all(engines.map((e) => e.close()));
      store.close();
    },
  };
}

export async function until<T>(what: string, look: () => Promise<T | undefined | false>, withinMs = 40_000): Promise<T> {
  for (const end = Date.now() + withinMs; ; await delay(50)) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`Not in time: ${what}`);
  }
}
