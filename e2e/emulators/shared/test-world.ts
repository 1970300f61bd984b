/** For the emulators' own tests: starts programs by their `run` scripts, in folders of their own, and ends them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from './json';
import { sleep } from './sleep';

const here = path.dirname(fileURLToPath(import.meta.url));

export async function until<T>(what: string, look: () => Promise<T | undefined | false> | T | undefined | false, ms = 15_000): Promise<T> {
  for (const end = Date.now() + ms; ; await sleep(50)) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${ms} ms for: ${what}`);
  }
}

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  return port;
}

export class World {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'emulators-'));
  readonly #programs: Program[] = [];

  async agent(env: Record<string, string> = {}): Promise<Program> {
    const port = await freePort();
    const data = path.join(this.folder, `agent-${port}`);
    return this.#add(
      new Program('agent', [`--data-directory=${data}`, `--http-port=127.0.0.1:${port}`], data, `http://127.0.0.1:${port}`, env),
    );
  }

  async controller({
    conf = 'js7.web.server.auth.public = true\n',
    privateConf = '',
    env = {},
    args = [],
  }: {
    conf?: string;
    privateConf?: string;
    env?: Record<string, string>;
    args?: string[];
  } = {}): Promise<Program> {
    const port = await freePort();
    const home = path.join(this.folder, `controller-${port}`);
    fs.mkdirSync(path.join(home, 'config/private/keys'), { recursive: true });
    fs.writeFileSync(
      path.join(home, 'config/controller.conf'),
      `js7.configuration.trusted-signature-keys.X509 = \${js7.config-directory}"/private/keys"\n${conf}`,
    );
    fs.writeFileSync(path.join(home, 'config/private/private.conf'), privateConf);
    const all = [`--config-directory=${home}/config`, `--data-directory=${home}/data`, `--http-port=127.0.0.1:${port}`, ...args];
    return this.#add(new Program('controller', all, path.join(home, 'data'), `http://127.0.0.1:${port}`, env));
  }

  #add(program: Program): Program {
    this.#programs.push(program);
    return program;
  }

  async end(): Promise<void> {
    for (const program of this.#programs) await program.kill();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface Answer {
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  readonly json: JsonObject;
  readonly error: string | undefined;
}

export class Program {
  output = '';
  #child: ChildProcess | undefined;
  exit: Promise<number | string> = Promise.resolve(0);
  readonly kind: string;
  readonly args: readonly string[];
  readonly data: string;
  readonly url: string;
  readonly env: Record<string, string>;

  constructor(kind: string, args: readonly string[], data: string, url: string, env: Record<string, string>) {
    this.kind = kind;
    this.args = args;
    this.data = data;
    this.url = url;
    this.env = env;
  }

  start(): this {
    this.output = '';
    const child = spawn(path.join(here, '..', this.kind, 'run'), [...this.args], {
      env: { ...process.env, ...this.env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.output += String(chunk);
      });
    this.exit = once(child, 'close').then(([code, signal]) => {
      this.#child = undefined;
      return (code as number | null) ?? String(signal);
    });
    return this;
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  async kill(): Promise<void> {
    if (this.#child?.pid === undefined) return;
    process.kill(-this.#child.pid, 'SIGKILL');
    await this.exit;
  }

  async answers(): Promise<this> {
    await until(
      `${this.url} answers`,
      async () => (await this.get(this.kind === 'agent' ? '/runs' : '/controller/api/journalInfo')).status === 200,
    );
    return this;
  }

  async ready(): Promise<this> {
    await until(`${this.url} is ready`, async () => (await this.command({ TYPE: 'NoOperation' })).status === 200);
    return this;
  }

  get(target: string, headers: Record<string, string> = {}, timeoutMs = 5000): Promise<Answer> {
    return request(this.url + target, { method: 'GET', headers: { accept: 'application/json', ...headers }, timeout: timeoutMs });
  }

  command(body: JsonObject): Promise<Answer> {
    return this.post('/controller/api/command', JSON.stringify(body), 'application/json');
  }

  post(target: string, body: string, type: string): Promise<Answer> {
    return request(this.url + target, { method: 'POST', headers: { accept: 'application/json', 'content-type': type } }, body);
  }

  async stop(): Promise<number | string> {
    await this.command({ TYPE: 'ShutDown' });
    return this.exit;
  }

  /** Snapshot objects of a kind. */
  async snapshot(type: string): Promise<JsonObject[]> {
    const { text } = await this.get('/controller/api/snapshot', { accept: 'application/x-ndjson' });
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as JsonObject)
      .filter((object) => object.TYPE === type);
  }

  async events(): Promise<JsonObject[]> {
    const { text } = await this.get('/controller/api/event?after=0&timeout=0', { accept: 'application/x-ndjson' });
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as JsonObject);
  }

  /** The journal files of another one, in place of its own. */
  takeJournalOf(other: Program): void {
    const [from, to] = [path.join(other.data, 'state'), path.join(this.data, 'state')];
    fs.rmSync(to, { recursive: true, force: true });
    fs.mkdirSync(to, { recursive: true });
    for (const name of fs.readdirSync(from)) if (name.endsWith('.journal')) fs.copyFileSync(path.join(from, name), path.join(to, name));
  }
}

export function request(
  url: string,
  options: http.RequestOptions,
  body?: string,
  client: Pick<typeof http, 'request'> = http,
): Promise<Answer> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void =>
      resolve({ status: undefined, headers: {}, text: '', json: {}, error: error.code ?? error.message });
    const outgoing = client.request(url, { agent: false, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('error', failed);
      response.once('end', () => {
        let json: JsonObject = {};
        try {
          json = JSON.parse(text) as JsonObject;
        } catch {
          // text
        }
        resolve({ status: response.statusCode, headers: response.headers, text, json, error: undefined });
      });
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error('timeout')));
    outgoing.once('error', failed);
    outgoing.end(body);
  });
}
