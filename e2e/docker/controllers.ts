/** A pair of emulated Controllers in containers of a real engine, as an admin would make it by hand: a Primary that works and a fenced, cold Secondary. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestEngine } from './dockerd';

const IMAGE = 'handover-emulated/js7:controller-2-9-0';
const VAR = '/var/sos-berlin.com/js7/controller';

export interface Pair {
  readonly primary: string;
  readonly secondary: string;
  /** Runs `docker …` on the pair's engine, behind Handover's back; the text that it printed. */
  docker(...args: string[]): string;
  /** Switches is-backup in the configuration of a container that is stopped, as with an editor. */
  setFlag(name: string, flag: 'on' | 'off'): void;
  /** `docker cp` of the state directory, from one container to the other. */
  copyJournal(from: string, to: string): void;
}

export interface PairOptions {
  /** A network of their own, made where it is missing, in which JOC Cockpit finds them (joc.ts). */
  readonly network?: string;
  /** Both have a licence, know each other's password, and run: the Secondary waits to be appointed. */
  readonly licensed?: boolean;
}

export async function makePair(engine: Pick<TestEngine, 'host'>, id: string, o: PairOptions = {}): Promise<Pair> {
  const docker = (...args: string[]) =>
    execFileSync('docker', ['-H', engine.host, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const build = resolve(import.meta.dirname, '../../scripts/build-image.mjs');
  execFileSync(process.execPath, [build, '--host', engine.host, '--product', 'controller'], { stdio: 'pipe' });
  const [primary, secondary] = [`js7-${id}-primary`, `js7-${id}-secondary`];
  if (o.network !== undefined) makeNetwork(engine, o.network);
  for (const name of [primary, secondary])
    docker(
      'create',
      ...['--name', name, '--hostname', name],
      ...['--env', `RUN_JS_ID=${id}`, '--env', `LICENSED=${o.licensed ? 1 : 0}`],
      ...(o.network === undefined ? [] : ['--network', o.network]),
      ...['--publish', `127.0.0.1:${await freePort()}:4444`],
      ...['--mount', `type=volume,src=${name}-var,dst=${VAR}`],
      IMAGE,
    );

  /** Puts files into a container, running or not. */
  const put = (name: string, files: Record<string, string>) => {
    const folder = mkdtempSync(join(tmpdir(), 'handover-put-'));
    try {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(folder, path, '..'), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      docker('cp', `${folder}/.`, `${name}:${VAR}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const users = `${JOC_ACCOUNTS}${o.licensed ? `js7.auth.users.${id}.password = "plain:cluster"\njs7.auth.cluster.password = "cluster"\n` : ''}`;
  for (const name of [primary, secondary]) put(name, { 'config/private/private.conf': users });
  const setFlag = (name: string, flag: 'on' | 'off') => put(name, { 'config/controller.conf': configuration(flag) });
  setFlag(secondary, 'on');
  if (o.licensed) setFlag(primary, 'off');
  docker('start', primary, ...(o.licensed ? [secondary] : []));
  return {
    primary,
    secondary,
    docker,
    setFlag,
    copyJournal(from, to) {
      const folder = mkdtempSync(join(tmpdir(), 'handover-copy-'));
      try {
        docker('cp', `${from}:${VAR}/state/.`, folder);
        docker('cp', `${folder}/.`, `${to}:${VAR}/state`);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** As in the private.conf of SOS's images: JOC and its History service log in even where all is open. */
const JOC_ACCOUNTS = `js7.auth.users {
  JOC { password = "plain:JS7-JOC", permissions = [ UpdateItem ] }
  History { password = "plain:JS7-History" }
}
`;

/** Again without harm. */
export function makeNetwork(engine: Pick<TestEngine, 'host'>, name: string): void {
  const docker = (...args: string[]) => execFileSync('docker', ['-H', engine.host, ...args], { encoding: 'utf8', stdio: 'pipe' });
  if (!docker('network', 'ls', '--format', '{{.Name}}').split('\n').includes(name)) docker('network', 'create', name);
}

const configuration = (flag: 'on' | 'off') => `js7.web.server.auth.public = true
js7.configuration.trusted-signature-keys.X509 = \${js7.config-directory}"/private/trusted-x509-keys"
${flag === 'on' ? 'js7.journal.cluster.node.is-backup = yes\n' : ''}`;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}
