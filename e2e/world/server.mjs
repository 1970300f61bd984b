// A Handover of its own for browser tests, benches and screenshots: the production build on a free port with a data folder of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endLeftovers } from '../../scripts/leftovers.mjs';

const root = resolve(import.meta.dirname, '../..');
export const ADMIN = { name: 'admin', password: 'a long enough password' };

/** See server.d.mts. */
export async function startServer({ env = {}, dataFolder = mkdtempSync(join(tmpdir(), 'handover-world-')) } = {}) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child;
  let output = '';

  async function start() {
    const began = performance.now();
    child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        LOG_LEVEL: 'warn',
        HANDOVER_REHEARSAL: 'on',
        ...env,
        PORT: String(port),
        HANDOVER_HOST: '127.0.0.1',
        HANDOVER_DATA: dataFolder,
      },
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    const deadline = Date.now() + 60_000;
    while (!(await healthy(url))) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`Handover did not start:\n${output}`);
      await delay(20);
    }
    return performance.now() - began;
  }
  async function end(signal) {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await gone;
    clearTimeout(timer);
  }

  const server = {
    url,
    dataFolder,
    startMs: 0,
    get pid() {
      return child.pid;
    },
    output: () => output,
    code: () => /one-time code\s+([A-Z0-9-]+)/.exec(output)?.[1],
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async start() {
      server.startMs = await start();
    },
    async createAdmin() {
      const code = await until('a one-time code', () => server.code());
      const answer = await fetch(`${url}/api/first-run`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, ...ADMIN }),
      });
      if (!answer.ok) throw new Error(`The first account could not be made: ${answer.status} ${await answer.text()}`);
      return cookieOf(answer);
    },
    async settled(cookie) {
      await until('the rehearsal world: one active Controller and a cold spare', async () => {
        const answer = await fetch(`${url}/api/clusters`, { headers: { cookie: `${cookie.name}=${cookie.value}` } });
        const [first] = (await answer.json()).data;
        return (
          first?.primary.role === 'active' &&
          ['cold', 'fenced'].includes(first.secondary?.role) &&
          !['never', 'lost'].includes(first.secondary.disk.freshness.state)
        );
      });
    },
    async remove() {
      await end('SIGTERM');
      const left = endLeftovers(dataFolder);
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
      return left;
    },
  };
  try {
    await server.start();
  } catch (problem) {
    await server.remove();
    throw problem;
  }
  return server;
}

/** Polls until `ask` returns something; throws after `ms`. */
export async function until(what, ask, ms = 30_000) {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${ms} ms for ${what}`);
    await delay(50);
  }
}

export function cookieOf(answer) {
  const pair = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const at = pair.indexOf('=');
  if (at < 1) throw new Error('No session cookie came');
  return { name: pair.slice(0, at), value: pair.slice(at + 1) };
}

async function healthy(url) {
  try {
    return (await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => probe.once('listening', done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}
