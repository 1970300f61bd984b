/** Two emulated Controllers in containers on a real engine, and their volumes as they were at the beginning, for one measurement after the other. */
import { execFile, execFileSync } from 'node:child_process';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

export const IMAGE = 'handover-emulated/js7:controller-2-9-0';
export const DATA = '/var/sos-berlin.com/js7/controller';
const run = promisify(execFile);

export interface Pair {
  readonly from: string;
  readonly to: string;
  readonly urls: Readonly<Record<'from' | 'to', string>>;
}
export interface World extends Pair {
  /** The first with a journal of the wanted size and working, the second with an empty state directory. `flag`: the second carries the backup flag. */
  reset(flag: boolean): Promise<void>;
  remove(): void;
}
const text = (socket: string, ...args: string[]): string =>
  execFileSync('docker', ['-H', `unix://${socket}`, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** `sockets`: of the engine of the first and of the second, which may be the same. */
export async function createWorld(sockets: readonly [string, string], size: string): Promise<World> {
  const tag = `bench-${size.toLowerCase()}-${process.pid}`;
  const [from, to] = [`${tag}-a`, `${tag}-b`];
  const ports = [await freePort(), await freePort()] as const;
  const urls = { from: `http://127.0.0.1:${ports[0]}`, to: `http://127.0.0.1:${ports[1]}` };
  const docker = (which: 0 | 1, ...args: string[]): string => text(sockets[which], ...args);
  const create = (which: 0 | 1): void => {
    const name = which === 0 ? from : to;
    docker(
      which,
      'create',
      '--name',
      name,
      '--hostname',
      name,
      '--env',
      'RUN_JS_ID=bench',
      '--publish',
      `127.0.0.1:${ports[which]}:4444`,
      '--restart',
      which === 0 ? 'unless-stopped' : 'no',
      '--mount',
      `type=volume,src=${name},dst=${DATA}`,
      IMAGE,
    );
  };
  const inVolumes = (which: 0 | 1, script: string): string =>
    docker(
      which,
      'run',
      '--rm',
      '--network',
      'none',
      '--entrypoint',
      'sh',
      '-v',
      `${which === 0 ? from : to}:/own`,
      '-v',
      `${tag}-master:/master`,
      IMAGE,
      '-c',
      script,
    );

  create(0);
  create(1);
  docker(0, 'start', from);
  await ready(urls.from);
  docker(0, 'stop', '-t', '60', from);
  const make = 'EMULATORS_PREBUILT=1 node /opt/handover-emulation/make-journal.mjs --data-directory=/own';
  // As events: the state stays small, as it does in a Controller that has worked for long. Its old file is kept, as for a JOC that is behind.
  inVolumes(
    0,
    `${make} --size=${size} --kind=events && chown -R 1001:0 /own && echo 'js7.journal.remove-obsolete-files = no' >> /own/config/controller.conf && rm -rf /master/* && cp -a /own/. /master/`,
  );
  return {
    from,
    to,
    urls,
    async reset(flag) {
      docker(0, 'rm', '-f', from);
      docker(1, 'rm', '-f', to);
      docker(0, 'volume', 'rm', from);
      docker(1, 'volume', 'rm', to);
      create(0);
      create(1);
      inVolumes(0, 'cp -a /master/. /own/ && sync');
      const conf = `js7.web.server.auth.public = true\\njs7.journal.remove-obsolete-files = no\\njs7.configuration.trusted-signature-keys.X509 = \${js7.config-directory}"/private/trusted-x509-keys"\\n${flag ? 'js7.journal.cluster.node.is-backup = yes\\n' : ''}`;
      inVolumes(
        1,
        `mkdir -p /own/config/private/trusted-x509-keys /own/state && printf '${conf}' > /own/config/controller.conf && chown -R 1001:0 /own && sync`,
      );
      docker(0, 'start', from);
      await ready(urls.from, 180_000);
    },
    remove() {
      docker(0, 'rm', '-f', from);
      docker(1, 'rm', '-f', to);
      for (const v of [from, `${tag}-master`]) docker(0, 'volume', 'rm', v);
      docker(1, 'volume', 'rm', to);
      if (sockets[0] !== sockets[1]) docker(1, 'volume', 'rm', '-f', `${tag}-master`);
    },
  };
}

/** What a person would type, on one engine or two. */
export async function byHand(sockets: readonly [string, string], { from, to }: Pair): Promise<void> {
  const [a, b] = sockets.map((s) => `docker -H unix://${s}`);
  await run('sh', ['-c', `${a} stop -t 300 ${from} && ${a} cp ${from}:${DATA}/state - | ${b} cp - ${to}:${DATA} && ${b} start ${to}`]);
}

/** What no way can be faster than: the old one stopped, the new one started, nothing moved. */
export async function nothingMoved([a, b]: readonly [string, string], { from, to }: Pair): Promise<void> {
  await run('sh', ['-c', `docker -H unix://${a} stop -t 300 ${from} && docker -H unix://${b} start ${to}`]);
}

export async function isReady(url: string): Promise<boolean> {
  const r = await fetch(`${url}/controller/api/command`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"TYPE":"NoOperation"}',
    signal: AbortSignal.timeout(2000),
  }).catch(() => undefined);
  await r?.arrayBuffer().catch(() => undefined);
  return r?.status === 200;
}
export async function ready(url: string, withinMs = 60_000): Promise<void> {
  for (const end = Date.now() + withinMs; !(await isReady(url)); await delay(50))
    if (Date.now() > end) throw new Error(`${url} is not ready`);
}

/** From the last answer of the old to the first time that the new takes a command, ms; seen from outside, the same for both ways. */
export async function downtime(socket: string, { to, urls }: Pair, work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let first: number | undefined;
  let over = false;
  // Every 10 ms a question of its own. The new one is asked once it runs: whoever asks while its network is only just being made makes the whole machine wait
  // a second for it (ARP is repeated once a second).
  const watch = async (url: string, seen: () => void): Promise<void> => {
    let asking = 0;
    while (url === urls.to && !over && !(await runs(socket, to))) await delay(10);
    while (!over && first === undefined) {
      if (asking < 50) {
        asking++;
        void isReady(url).then((yes) => {
          asking--;
          if (yes) seen();
        });
      }
      await delay(10);
    }
  };
  const watching = Promise.all([
    watch(urls.from, () => {
      if (first === undefined) last = performance.now();
    }),
    watch(urls.to, () => {
      first ??= performance.now();
    }),
  ]);
  try {
    await work();
    for (const end = performance.now() + 60_000; first === undefined; await delay(20))
      if (performance.now() > end) throw new Error('The new one did not become ready');
  } finally {
    over = true;
    await watching;
  }
  return first - last;
}

function runs(socket: string, name: string): Promise<boolean> {
  return new Promise((resolve) => {
    get({ socketPath: socket, path: `/containers/${name}/json` }, (answer) => {
      let body = '';
      answer.on('data', (d: Buffer) => {
        body += d.toString();
      });
      answer.on('end', () => resolve(body.includes('"Running":true')));
      answer.on('error', () => resolve(false));
    }).on('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}
