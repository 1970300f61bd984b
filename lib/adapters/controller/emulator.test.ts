import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ControllerAccess } from '../../domain/cluster/cluster';
import { fileEventIdOf, judgeJournal } from '../../domain/journal/ending';
import { recogniseRefusal } from '../../domain/journal/refusal';
import type { ControllerClient, ControllerEvent } from '../../ports/controller';
import { openController } from './client';
import { makeKeys } from './controller.double';

/** Against the emulated Controller as a program of its own: real processes, real journal files, real TLS. */
const RUN = join(process.cwd(), 'e2e/emulators/controller/run');
const LIMIT = { timeout: 20_000, interval: 50 };
let world: string;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(() => {
  world = mkdtempSync(join(tmpdir(), 'handover-emulator-'));
  // The first start may have to build the program; without arguments it ends at once.
  spawnSync(RUN, [], { stdio: 'ignore', timeout: 60_000 });
}, 90_000);
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => rmSync(world, { recursive: true, force: true }));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((r) => server.listen(0, '127.0.0.1', r));
  const { port } = server.address() as AddressInfo;
  await new Promise((r) => server.close(r));
  return port;
}
interface Started {
  readonly port: number;
  readonly stderr: () => string;
  readonly exit: Promise<number | null>;
  readonly process: ChildProcess;
}
async function start(name: string, conf: string, secret = '', https = false, fixed?: number): Promise<Started> {
  const [config, data] = [join(world, name, 'config'), join(world, name, 'data')];
  mkdirSync(join(config, 'private/trusted-pgp-keys'), { recursive: true });
  mkdirSync(data, { recursive: true });
  writeFileSync(join(config, 'controller.conf'), conf);
  writeFileSync(
    join(config, 'private/private.conf'),
    `js7.configuration.trusted-signature-keys { PGP = \${js7.config-directory}"/private/trusted-pgp-keys" }\n${secret}`,
  );
  const port = fixed ?? (await freePort());
  const child = spawn(
    RUN,
    [`--config-directory=${config}`, `--data-directory=${data}`, `--${https ? 'https' : 'http'}-port=127.0.0.1:${port}`, '--id=demo'],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LICENSED: '1' } },
  );
  let stderr = '';
  child.stderr.on('data', (d) => {
    stderr += d;
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  ends.push(async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await exit;
  });
  return { port, stderr: () => stderr, exit, process: child };
}
function client(access: ControllerAccess): ControllerClient {
  const c = openController(access);
  ends.push(() => c.close());
  return c;
}
const looking = (c: ControllerClient, expected: object) =>
  vi.waitFor(async () => {
    const r = await c.look();
    expect(r).toMatchObject({ ok: true, value: expected });
    return r.ok ? r.value : undefined;
  }, LIMIT);
function journalOf(name: string) {
  const dir = join(world, name, 'data/state');
  const files = readdirSync(dir)
    .filter((f) => fileEventIdOf(f) !== undefined)
    .sort((a, b) => (fileEventIdOf(a) ?? 0) - (fileEventIdOf(b) ?? 0));
  const piece = (f: string | undefined) => {
    const text = f === undefined ? '' : readFileSync(join(dir, f), 'utf8');
    return { name: f ?? '', bytes: Buffer.byteLength(text), head: text, tail: text, whole: true };
  };
  return judgeJournal({ newest: piece(files.at(-1)), before: piece(files.at(-2)) });
}

describe('a standalone Controller', () => {
  it('is seen active with its lineage, tells its end, and leaves a proper journal', async () => {
    const s = await start('standalone', 'js7.web.server.auth.public = true');
    const c = client({ url: `http://127.0.0.1:${s.port}` });
    const seen = await looking(c, {
      ready: true,
      node: { kind: 'state', state: { isBackup: false, clusterState: { type: 'Empty' } } },
      overview: { controllerId: 'demo' },
    });
    expect(await c.checkAccess()).toEqual({ ok: true, value: 'public' });
    const events: ControllerEvent[] = [];
    let pulses = 0;
    const end = c.follow({ onEvent: (e) => events.push(e), onPulse: () => pulses++, signal: new AbortController().signal });
    await vi.waitFor(() => expect(pulses).toBeGreaterThan(0), LIMIT);
    expect((await c.shutDown()).ok).toBe(true);
    await end;
    expect(events.map((e) => e.type)).toContain('ControllerShutDown');
    expect(await s.exit).toBe(0);
    expect(await c.look()).toMatchObject({ ok: false, error: { code: 'CONTROLLER_UNREACHABLE' } });
    expect(journalOf('standalone')).toMatchObject({
      ok: true,
      value: { ending: 'proper', journalId: seen?.journalId, controllerId: 'demo' },
    });
  }, 60_000);

  it('that was killed leaves an open journal; with the flag on it refuses and says why', async () => {
    const s = await start('killed', 'js7.web.server.auth.public = true');
    await looking(client({ url: `http://127.0.0.1:${s.port}` }), { ready: true });
    const pid = /^\d+/.exec(readFileSync(join(world, 'killed/data/state/lock'), 'utf8'))?.[0];
    process.kill(Number(pid), 'SIGKILL');
    await s.exit;
    expect(journalOf('killed')).toMatchObject({ ok: true, value: { ending: 'open' } });
    const again = await start('killed', 'js7.web.server.auth.public = true\njs7.journal.cluster.node.is-backup = yes');
    expect(await again.exit).toBe(1);
    expect(recogniseRefusal(again.stderr().split('\n'))?.kind).toBe('backup-flag');
  }, 60_000);

  it('with an empty journal and the flag on waits for its appointment', async () => {
    const s = await start('backup', 'js7.web.server.auth.public = true\njs7.journal.cluster.node.is-backup = yes');
    await looking(client({ url: `http://127.0.0.1:${s.port}` }), { node: { kind: 'not-appointed' }, ready: false, journal: { files: [] } });
  }, 30_000);
});

describe('accounts', () => {
  it('a right one works, a wrong one is tried once, none sees what is open', async () => {
    const s = await start('auth', '', 'js7.auth.users { u = "plain:right" }');
    const url = `http://127.0.0.1:${s.port}`;
    const facts = await looking(client({ url, user: 'u', password: 'right' }), { ready: true, node: { kind: 'state' } });
    expect(facts?.journalId).toMatch(/^[\w-]{22}$/);
    await looking(client({ url }), { ready: 'unknown', node: { kind: 'login-needed' } });
    const wrong = client({ url, user: 'u', password: 'wrong' });
    await looking(wrong, { node: { kind: 'failed', error: { code: 'CONTROLLER_LOGIN_REFUSED' } } });
    const begun = performance.now();
    for (let i = 0; i < 5; i++) await wrong.look();
    // Each try costs 1 s there.
    expect(performance.now() - begun).toBeLessThan(900);
  }, 30_000);
});

describe('a licensed pair', () => {
  const AUTH = 'js7.auth.users { demo { password = "plain:cluster" } }\njs7.auth.cluster.password = "cluster"\n';
  const kill = (name: string) =>
    process.kill(Number(/^\d+/.exec(readFileSync(join(world, name, 'data/state/lock'), 'utf8'))?.[0]), 'SIGKILL');
  it('is seen coupled from both sides; an active one that waits for its peer is seen waiting, not dead', async () => {
    const [p, q] = [await freePort(), await freePort()];
    const urls = [`http://127.0.0.1:${p}`, `http://127.0.0.1:${q}`];
    const nodes = `js7.web.server.auth.public = true\njs7.journal.cluster.nodes { Primary: "${urls[0]}", Backup: "${urls[1]}" }`;
    const first = await start('active', nodes, AUTH, false, p);
    const second = await start('passive', 'js7.web.server.auth.public = true\njs7.journal.cluster.node.is-backup = yes', AUTH, false, q);
    const watch = spawn(join(process.cwd(), 'e2e/emulators/cluster-watch/run'), [...urls.map((u) => `--node=${u}`), '--id=WATCH'], {
      stdio: 'ignore',
    });
    ends.push(async () => void watch.kill('SIGKILL'));
    const [a, b] = [client({ url: urls[0] ?? '' }), client({ url: urls[1] ?? '' })];
    const coupled = { type: 'Coupled', activeId: 'Primary', clusterWatchId: 'WATCH' };
    await looking(a, { ready: true, node: { kind: 'state', state: { nodeId: 'Primary', clusterState: coupled } } });
    await looking(b, { ready: false, node: { kind: 'state', state: { nodeId: 'Backup', isBackup: true, clusterState: coupled } } });
    const [seenA, seenB] = [await looking(a, {}), await looking(b, {})];
    expect(seenA?.journalId).toBe(seenB?.journalId);

    kill('passive');
    kill('active');
    await Promise.all([first.exit, second.exit]);
    await start('active', nodes, AUTH, false, p);
    await vi.waitFor(
      async () =>
        expect(await a.look()).toMatchObject({ ok: true, value: { overview: 'hanging', node: { kind: 'waiting' }, ready: 'unknown' } }),
      LIMIT,
    );
    // Liveness does not wait with the rest.
    expect(await a.look({ full: false })).toMatchObject({ ok: true, value: { node: { kind: 'waiting' } } });
    // It is not answered, and ends all the same.
    await a.shutDown();
  }, 90_000);
});

describe('HTTPS with client certificates', () => {
  it('lets in whom it knows and refuses the rest in words', async () => {
    const [server, known, stranger] = [makeKeys('IP:127.0.0.1'), makeKeys('DNS:handover'), makeKeys('DNS:stranger')];
    const folder = join(world, 'https/config/private');
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries({ 'k.pem': server.key, 'c.pem': server.cert, 'known.pem': known.cert }))
      writeFileSync(join(folder, name), text);
    execFileSync('openssl', [
      'pkcs12',
      '-export',
      '-inkey',
      join(folder, 'k.pem'),
      '-in',
      join(folder, 'c.pem'),
      '-out',
      join(folder, 'https-keystore.p12'),
      '-passout',
      'pass:jobscheduler',
      '-name',
      'server',
    ]);
    const s = await start(
      'https',
      '',
      `js7.web.https.keystore { store-password = "jobscheduler", key-password = "jobscheduler" }
js7.web.https.truststores = [ { file = \${js7.config-directory}"/private/known.pem", store-password = "" } ]
js7.auth.users { handover { distinguished-names = [ "CN=test" ] } }\n`,
      true,
    );
    const url = `https://127.0.0.1:${s.port}`;
    const c = client({ url, ca: server.cert, clientCert: known.cert, clientKey: known.key });
    await looking(c, { tls: 'mutual', ready: true, node: { kind: 'state' } });
    expect(await c.checkAccess()).toEqual({ ok: true, value: 'certificate' });
    expect(await client({ url, ca: server.cert }).look()).toMatchObject({ ok: false, error: { code: 'CONTROLLER_CLIENT_CERTIFICATE' } });
    expect(await client({ url, ca: server.cert, clientCert: stranger.cert, clientKey: stranger.key }).look()).toMatchObject({
      ok: false,
      error: { code: 'CONTROLLER_CLIENT_CERTIFICATE' },
    });
    expect(await client({ url }).look()).toMatchObject({ ok: false, error: { code: 'CONTROLLER_CERTIFICATE' } });
    expect(await client({ url: `http://127.0.0.1:${s.port}` }).look()).toMatchObject({
      ok: false,
      error: { code: 'CONTROLLER_HTTP_ON_HTTPS' },
    });
  }, 60_000);
});
