/**
 * Real Docker Engines for tests, each a dockerd of its own with all its folders, its bridge and its address ranges apart (root on Linux).
 * A reaper process ends each and removes what it left, also when the test run is killed with -9.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { claimBridge } from './bridge';

export interface TestEngine {
  /** Absolute path of its Unix socket. */
  readonly socket: string;
  /** `unix://…`, as DOCKER_HOST wants it. */
  readonly host: string;
  /** Folder of everything it owns; gone after `remove`. */
  readonly folder: string;
  /** dockerd's process id now; undefined while it is stopped. */
  pid(): number | undefined;
  /** SIGTERM, and waits for its end. Containers stop with it, images and containers stay on disk for the next `start`. */
  stop(): Promise<void>;
  /** SIGKILL: the engine is gone at once, its containers' processes may stay. */
  kill(): Promise<void>;
  /** Starts it again on the same folders and waits until `/_ping` answers. */
  start(): Promise<void>;
  /** SIGSTOP / SIGCONT: an engine that accepts connections and never answers. */
  freeze(): void;
  thaw(): void;
  /** dockerd's log so far. */
  log(): string;
  /** Ends it for good; nothing of it is left afterwards. Idempotent. */
  remove(): Promise<void>;
}

/** Starts an engine and waits until it answers (about 3 s). `args`: further dockerd options, e.g. for a TLS port. Throws with dockerd's log when it does not come up. */
export async function startEngine(options: { readonly name?: string; readonly args?: readonly string[] } = {}): Promise<TestEngine> {
  const folder = mkdtempSync(join(tmpdir(), `hov-${options.name ?? 'engine'}-`));
  const socket = join(folder, 'docker.sock');
  const pidFile = join(folder, 'dockerd.pid');
  const bridge = claimBridge();
  writeFileSync(join(folder, 'engine.json'), JSON.stringify({ socket, pidFile, bridge: bridge.name, pool: bridge.pool }));
  for (const sub of ['data', 'exec']) mkdirSync(join(folder, sub));
  const reaper = spawn(process.execPath, [join(import.meta.dirname, 'reaper.mjs'), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  reaper.unref();
  (reaper.stdin as unknown as { unref(): void }).unref();

  const args = [
    ...[
      '--config-file',
      join(folder, 'daemon.json'),
      '--data-root',
      join(folder, 'data'),
      '--exec-root',
      join(folder, 'exec'),
      '--pidfile',
      pidFile,
    ],
    ...[
      '-H',
      `unix://${socket}`,
      '--bridge',
      bridge.name,
      '--default-address-pool',
      `base=${bridge.pool},size=24`,
      '--shutdown-timeout',
      '5',
    ],
    ...(options.args ?? []),
  ];
  writeFileSync(join(folder, 'daemon.json'), '{}');
  let daemon: ChildProcess | undefined;
  const log = () => readFileSync(join(folder, 'dockerd.log'), 'utf8');
  const running = () => daemon !== undefined && daemon.exitCode === null && daemon.signalCode === null;

  async function start(): Promise<void> {
    if (running()) return;
    const next = await turn();
    try {
      await comeUp();
    } finally {
      next();
    }
  }
  async function comeUp(): Promise<void> {
    rmSync(pidFile, { force: true });
    await processGone(join(folder, 'exec/containerd/containerd.pid'));
    const out = openSync(join(folder, 'dockerd.log'), 'a');
    daemon = spawn('dockerd', args, { stdio: ['ignore', out, out], detached: true });
    daemon.on('error', () => {});
    daemon.unref();
    closeSync(out);
    const deadline = Date.now() + 60_000;
    while (!(await pings(socket))) {
      if (!running() || Date.now() > deadline)
        throw new Error(`dockerd did not come up; its log ends with:\n${log().split('\n').slice(-25).join('\n')}`);
      await delay(50);
    }
  }
  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!daemon || !running()) return;
    const gone = new Promise((resolve) => daemon?.once('exit', resolve));
    daemon.kill('SIGCONT');
    daemon.kill(signal);
    await gone;
  }
  async function remove(): Promise<void> {
    if (reaper.exitCode !== null) return;
    if (running()) daemon?.kill('SIGCONT');
    const gone = new Promise((resolve) => reaper.once('exit', resolve));
    reaper.ref();
    reaper.stdin?.end();
    await gone;
  }

  try {
    await start();
  } catch (problem) {
    await remove();
    throw problem;
  }
  return {
    socket,
    host: `unix://${socket}`,
    folder,
    pid: () => (running() ? daemon?.pid : undefined),
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    freeze: () => void daemon?.kill('SIGSTOP'),
    thaw: () => void daemon?.kill('SIGCONT'),
    log,
    remove,
  };
}

/** An abstract socket: whoever listens on it has the turn, and a process that dies gives it back. */
const TURN = '\0handover-test-dockerd-starts';
/** All engines of a machine write the same iptables chains: one that starts takes away what another one is just filling. So they start one after the other. */
async function turn(): Promise<() => void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const holder = createServer();
    const got = await new Promise<boolean>((resolve) => {
      holder.once('error', () => resolve(false)).listen(TURN, () => resolve(true));
    });
    if (got) return () => void holder.close();
    if (Date.now() > deadline) throw new Error('Another dockerd has been starting for two minutes.');
    await delay(50);
  }
}

/**
 * Waits until the process of a pid file is no more. The containerd of a killed dockerd dies a moment after it; a new dockerd that finds it still
 * there relies on it, starts none of its own, and gives up after 15 s.
 */
async function processGone(file: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (existsSync(file) && existsSync(`/proc/${readFileSync(file, 'utf8').trim()}`) && Date.now() < deadline) await delay(20);
}

/** Whether an engine answers `GET /_ping` at the socket. */
export function pings(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    request({ socketPath: socket, path: '/_ping', timeout: 2000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    })
      .on('timeout', function (this: { destroy(): void }) {
        this.destroy();
      })
      .on('error', () => resolve(false))
      .end();
  });
}
