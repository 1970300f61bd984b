import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, expect, inject, test, vi } from 'vitest';
import { importBusybox } from './busybox-image';
import { pings, startEngine, type TestEngine } from './dockerd';

const engines: TestEngine[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((e) => e.remove()));
});

test('the shared engine answers and takes an image without a registry', async () => {
  const socket = inject('dockerSocket');
  expect(await pings(socket)).toBe(true);
  expect(await importBusybox(socket)).toMatch(/^sha256:/);
});

test('a second engine beside it stops, comes back with its images, and leaves nothing when removed', async () => {
  const engine = await startEngine({ name: 'second' });
  engines.push(engine);
  await importBusybox(engine.socket, 'handover-test/kept:1');
  await engine.stop();
  expect(engine.pid()).toBeUndefined();
  expect(await pings(engine.socket)).toBe(false);
  await engine.start();
  const images = JSON.parse(await ask(engine.socket, 'GET', '/images/json')) as { RepoTags: string[] | null }[];
  expect(images.flatMap((i) => i.RepoTags ?? [])).toContain('handover-test/kept:1');
  const bridge = bridgeOf(engine.folder);
  await engine.remove();
  expect(existsSync(engine.folder)).toBe(false);
  expect(readdirSync('/sys/class/net')).not.toContain(bridge);
});

test.each(['running', 'killed'] as const)(
  'an owner killed with -9 while its engine is %s leaves no engine, container or bridge behind',
  async (state) => {
    const owner = await ownerInAnotherProcess();
    expect(await pings(owner.socket)).toBe(true);
    await importBusybox(owner.socket);
    const net = JSON.parse(await ask(owner.socket, 'POST', '/networks/create', { Name: 'left', CheckDuplicate: true })) as { Id: string };
    const left = JSON.parse(
      await ask(owner.socket, 'POST', '/containers/create', {
        Image: 'handover-test/busybox:1',
        Cmd: ['sleep', '600'],
        HostConfig: { NetworkMode: 'left' },
      }),
    ) as { Id: string };
    await ask(owner.socket, 'POST', `/containers/${left.Id}/start`);
    const pid = (JSON.parse(await ask(owner.socket, 'GET', `/containers/${left.Id}/json`)) as { State: { Pid: number } }).State.Pid;
    expect(processAlive(pid)).toBe(true);
    const bridge = bridgeOf(owner.folder);

    if (state === 'killed') process.kill(Number(readFileSync(join(owner.folder, 'dockerd.pid'), 'utf8')), 'SIGKILL');
    process.kill(owner.pid, 'SIGKILL');

    await vi.waitUntil(() => !existsSync(owner.folder), { timeout: 30_000, interval: 100 });
    expect(processAlive(pid)).toBe(false);
    expect(await pings(owner.socket)).toBe(false);
    expect(readdirSync('/sys/class/net')).not.toContain(bridge);
    expect(readdirSync('/sys/class/net')).not.toContain(`br-${net.Id.slice(0, 12)}`);
  },
);

/** Starts an engine in a process of its own that then waits for ever. */
async function ownerInAnotherProcess(): Promise<{ pid: number; socket: string; folder: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'hov-owner-'));
  const outfile = join(dir, 'owner.mjs');
  await build({
    stdin: {
      contents: `import { startEngine } from './dockerd'; const e = await startEngine({ name: 'orphan' }); console.log(JSON.stringify({ socket: e.socket, folder: e.folder })); setInterval(() => {}, 1000);`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    define: { 'import.meta.dirname': JSON.stringify(import.meta.dirname) },
    logLevel: 'error',
  });
  const child = spawn(process.execPath, [outfile], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (d: Buffer) => resolve(d.toString()));
    child.once('exit', (code) => reject(new Error(`the owner ended with ${code}`)));
  });
  rmSync(dir, { recursive: true });
  return { pid: child.pid as number, ...(JSON.parse(line) as { socket: string; folder: string }) };
}

function bridgeOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'engine.json'), 'utf8')) as { bridge: string }).bridge;
}

function processAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

function ask(socket: string, method: string, path: string, body?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: socket, path, method, headers: { 'content-type': 'application/json' } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (d: string) => {
        text += d;
      });
      answer.on('end', () => ((answer.statusCode ?? 500) < 400 ? resolve(text) : reject(new Error(`${answer.statusCode} ${text}`))));
    });
    asked.on('error', reject);
    asked.end(body ? JSON.stringify(body) : undefined);
  });
}
