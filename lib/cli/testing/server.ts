/**
 * A Handover for tests of the command line: the real routes on the real runtime and the rehearsal world, in a process of its own, without Next's
 * build. What Next adds (pages, headers) is not needed by a program; the addresses come from the folders of app/api as Next takes them.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../../..');
const emptyFile = join(dirname(createRequire(import.meta.url).resolve('server-only')), 'empty.js');

/** Bundles all routes into one program; returns its file. */
async function bundle(): Promise<string> {
  const routes = readdirSync(join(root, 'app/api'), { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('route.ts'))
    .map((f) => `api/${dirname(f)}`.replaceAll('\\', '/'));
  const folder = join(root, '.tmp');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `cli-server.${process.pid}.mjs`);
  const contents = [
    `import { serve } from './lib/cli/testing/serve';`,
    ...routes.map((r, i) => `import * as r${i} from './app/${r}/route';`),
    `await serve([${routes.map((r, i) => `[${JSON.stringify(`/${r}`)}, r${i}]`).join(', ')}]);`,
  ].join('\n');
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'error',
    alias: { '@': root, 'server-only': emptyFile },
    plugins: [
      {
        name: 'libraries',
        setup: ({ onResolve }) => {
          // Libraries stay outside, as in the server's own build; Node wants the whole name of Next's entry.
          onResolve({ filter: /^next\/server$/ }, () => ({ path: 'next/server.js', external: true }));
          onResolve({ filter: /^[^./]/ }, ({ path }) =>
            path === 'server-only' || path.startsWith('@/') ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
  return outfile;
}

export interface TestServer {
  readonly url: string;
  readonly dataDir: string;
  output(): string;
  start(): Promise<void>;
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  remove(): Promise<void>;
}

export async function createTestServer(): Promise<TestServer> {
  const program = await bundle();
  const dataDir = mkdtempSync(join(tmpdir(), 'handover-cli-'));
  let child: ChildProcess | undefined;
  let output = '';
  let url = '';
  const server: TestServer = {
    get url() {
      return url;
    },
    dataDir,
    output: () => output,
    async start() {
      const env = {
        ...process.env,
        NODE_ENV: 'test',
        HANDOVER_REHEARSAL: 'on',
        HANDOVER_DATA: dataDir,
        HOSTNAME: '127.0.0.1',
        LOG_LEVEL: 'info',
      };
      const one = spawn(process.execPath, [program], {
        cwd: root,
        env: env as unknown as NodeJS.ProcessEnv,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = one;
      // What a killed one has left would be taken for the new one's.
      rmSync(join(dataDir, 'server.json'), { force: true });
      for (const stream of [one.stdout, one.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
      const deadline = Date.now() + 30_000;
      while (!(existsSync(join(dataDir, 'server.json')) && (await answers(dataDir)))) {
        if (one.exitCode !== null || Date.now() > deadline) throw new Error(`It did not start:\n${output}`);
        await delay(50);
      }
      url = addressIn(dataDir);
    },
    async end(signal) {
      const one = child;
      if (!one || one.exitCode !== null || one.signalCode !== null) return;
      const gone = new Promise((done) => one.once('exit', done));
      one.kill(signal);
      await gone;
    },
    async remove() {
      await server.end('SIGTERM');
      const leftovers: string = '../../../scripts/leftovers.mjs';
      ((await import(leftovers)) as { endLeftovers(folder: string): unknown }).endLeftovers(dataDir);
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
      rmSync(program, { force: true });
    },
  };
  return server;
}

const addressIn = (dataDir: string): string =>
  (JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as { address: string }).address;
async function answers(dataDir: string): Promise<boolean> {
  try {
    return (await fetch(`${addressIn(dataDir)}/api/health`)).ok;
  } catch {
    return false;
  }
}
