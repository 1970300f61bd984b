import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import type { EngineAddress } from '../../domain/engine/engine';
import type { Problem } from '../../domain/errors';
import type { Engine } from '../../ports/engine';
import { openDockerEngine } from './open';
import { authority } from './testing/certificates';
import { almostDocker, httpServer, type Listening, listening, tcp } from './testing/servers';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});
const folder = mkdtempSync(join(tmpdir(), 'handover-sockets-'));
afterAll(() => rmSync(folder, { recursive: true }));

function engine(address: EngineAddress, limits = {}): Engine {
  const e = openDockerEngine({ id: 'e', name: 'Test engine', address }, { limits: { look: 400, list: 400, change: 400, ...limits } });
  cleanups.push(() => e.close());
  return e;
}
function up(server: Promise<Listening>): Promise<Listening> {
  void server.then((s) => cleanups.push(() => s.close()));
  return server;
}
/** Every question must fail in the same way, quickly, and say what, where and what to do. */
async function failure(e: Engine): Promise<Problem> {
  const from = performance.now();
  const answers = await Promise.all([e.describe(), e.list(), e.inspect('c'), e.start('c'), e.files('c').list('/x'), e.takeLock('k', {})]);
  expect(performance.now() - from).toBeLessThan(3_000);
  const problems = answers.map((a) => (a.ok ? undefined : a.error));
  expect(new Set(problems.map((p) => p?.code)).size, JSON.stringify(problems)).toBe(1);
  const [first] = problems;
  if (!first) throw new Error('It did not fail.');
  expect(first.message).toContain('Test engine');
  expect(first.remedy).toBeTruthy();
  return first;
}

test('a socket that is not there', async () => {
  expect(await failure(engine({ kind: 'socket', path: join(folder, 'none.sock') }))).toMatchObject({
    code: 'ENGINE_UNREACHABLE',
    message: expect.stringContaining(`unix://${join(folder, 'none.sock')}`),
    remedy: expect.stringContaining('path'),
  });
});

test('a file where the socket should be, and a socket nobody listens on', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect(await failure(engine({ kind: 'socket', path: join(folder, 'file') }))).toMatchObject({ code: 'ENGINE_UNREACHABLE' });
});

test('a socket that the account may not open names the group', async () => {
  const path = join(folder, 'closed.sock');
  const server = await listening(net.createServer(), { path });
  cleanups.push(() => server.close());
  chmodSync(path, 0o000);
  chmodSync(folder, 0o755);
  // Root may open everything: for this moment be somebody else.
  const root = process.getuid?.() === 0;
  if (root) process.seteuid?.(65_534);
  try {
    expect(await failure(engine({ kind: 'socket', path }))).toMatchObject({
      code: 'ENGINE_FORBIDDEN',
      remedy: expect.stringContaining('"docker"'),
    });
  } finally {
    if (root) process.seteuid?.(0);
  }
});

test('a closed port, and a host name nobody knows', async () => {
  const gone = await listening(net.createServer());
  await gone.close();
  expect(await failure(engine(tcp(gone.port)))).toMatchObject({
    code: 'ENGINE_UNREACHABLE',
    message: expect.stringContaining(`127.0.0.1:${gone.port}`),
  });
  expect(await failure(engine({ kind: 'tcp', host: 'no-such-host.invalid', port: 2375 }, { look: 5_000 }))).toMatchObject({
    code: 'ENGINE_UNREACHABLE',
    message: expect.stringContaining('host name'),
  });
});

test('a server that accepts and never answers runs into the limit', async () => {
  const silent = await up(listening(net.createServer(() => {})));
  expect(await failure(engine(tcp(silent.port)))).toMatchObject({ code: 'ENGINE_TIMEOUT', message: expect.stringContaining('0.4 s') });
});

test('a server that closes at once', async () => {
  const rude = await up(listening(net.createServer((s) => s.destroy())));
  expect(await failure(engine(tcp(rude.port)))).toMatchObject({ code: 'ENGINE_UNREACHABLE' });
});

test('a web server, and one that speaks no HTTP', async () => {
  const web = await up(httpServer((_, res) => res.setHeader('content-type', 'text/html').end('<!doctype html><title>Welcome</title>')));
  expect(await failure(engine(tcp(web.port)))).toMatchObject({
    code: 'ENGINE_NOT_DOCKER',
    message: expect.stringContaining('web page'),
    detail: expect.stringContaining('Welcome'),
  });
  const other = await up(listening(net.createServer((s) => s.end('220 mail.example ESMTP\r\n'))));
  expect(await failure(engine(tcp(other.port)))).toMatchObject({ code: 'ENGINE_NOT_DOCKER' });
});

test('a web server that sends everyone elsewhere: nothing is followed, nothing crashes', async () => {
  for (const location of ['http://no-such-host.invalid/', 'ftp://127.0.0.1/', '/login', 'https://127.0.0.1:1/']) {
    const web = await up(httpServer((_, res) => res.writeHead(302, { location }).end()));
    expect(await failure(engine(tcp(web.port)))).toMatchObject({ code: 'ENGINE_NOT_DOCKER' });
  }
});

test('a server that answers without end is not read without end', async () => {
  let sent = 0;
  const endless = await up(
    httpServer((_, res) => {
      const more = () => {
        while (!res.destroyed && res.write('x'.repeat(65_536))) sent += 65_536;
      };
      res.on('drain', more);
      more();
    }),
  );
  const one = engine(tcp(endless.port));
  expect(await one.describe()).toMatchObject({ ok: false, error: { code: 'ENGINE_NOT_DOCKER' } });
  expect(sent).toBeLessThan(20_000_000);
});

test('an engine that dies in the middle of an answer, and one that answers nonsense', async () => {
  const half = await up(
    almostDocker((_, res) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': 10_000 }).write('[{"Id":');
      setTimeout(() => res.destroy(), 20);
    }),
  );
  const cut = await engine(tcp(half.port)).list();
  expect(cut).toMatchObject({ ok: false });
  expect(cut.ok ? '' : cut.error.code).toMatch(/^ENGINE_(UNREACHABLE|TIMEOUT)$/);
  const odd = await up(almostDocker((_, res) => void res.setHeader('content-type', 'application/json').end('{"Id":7}')));
  expect(await engine(tcp(odd.port)).inspect('c')).toMatchObject({
    ok: false,
    error: { code: 'ENGINE_ERROR', detail: expect.stringContaining('Id') },
  });
});

test('a socket proxy that allows /version and refuses the rest names the list of endpoints', async () => {
  const proxy = await up(
    almostDocker(
      (_, res) => void res.writeHead(403, { 'content-type': 'text/html' }).end('<html><body><h1>403 Forbidden</h1></body></html>'),
    ),
  );
  expect(await engine(tcp(proxy.port)).list()).toMatchObject({
    ok: false,
    error: { code: 'ENGINE_FORBIDDEN', remedy: expect.stringContaining('engine-endpoints.md') },
  });
});

test('errors of the engine are told in its own words', async () => {
  const broken = await up(
    almostDocker((_, res) => void res.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"layer does not exist"}')),
  );
  expect(await engine(tcp(broken.port)).list()).toMatchObject({
    ok: false,
    error: { code: 'ENGINE_ERROR', detail: 'layer does not exist' },
  });
});

test('one container that the engine cannot describe is unknown, and hides no other', async () => {
  const entry = (Id: string) => ({
    Id,
    Names: [`/${Id}`],
    Created: 1_795_520_201,
    Image: 'js7:1',
    ImageID: `sha256:${'0'.repeat(64)}`,
    Labels: { a: 'b' },
    Mounts: [],
  });
  const inspected = {
    Id: 'good',
    Name: '/good',
    Created: '2026-01-01T00:00:00Z',
    Image: 'sha256:1',
    State: { Status: 'running' },
    Config: {},
    HostConfig: {},
  };
  const fake = await up(
    almostDocker((req, res) => {
      if (req.url?.includes('/containers/json')) res.end(JSON.stringify([entry('broken'), entry('gone'), entry('good')]));
      else if (req.url?.includes('/good/')) res.end(JSON.stringify(inspected));
      else res.writeHead(req.url?.includes('/gone/') ? 404 : 500).end('{"message":"driver failed"}');
    }),
  );
  const listed = await engine(tcp(fake.port)).list();
  expect(listed).toMatchObject({
    ok: true,
    value: [
      { name: 'broken', state: 'unknown', labels: { a: 'b' }, createdAt: 1_795_520_201_000 },
      { name: 'good', state: 'running' },
    ],
  });
});

test('another Docker in the environment is not used', async () => {
  vi.stubEnv('DOCKER_HOST', 'tcp://127.0.0.1:1');
  vi.stubEnv('DOCKER_CERT_PATH', '/no/such/folder');
  vi.stubEnv('DOCKER_TLS_VERIFY', '1');
  const fake = await up(almostDocker((_, res) => void res.end('[]')));
  const path = join(folder, 'forwarded.sock');
  const forward = net.createServer((s) => void s.pipe(net.connect(fake.port, '127.0.0.1')).pipe(s)).listen(path);
  cleanups.push(() => forward.close());
  try {
    expect(await engine(tcp(fake.port)).list()).toEqual({ ok: true, value: [] });
    expect(await engine({ kind: 'socket', path }).list()).toEqual({ ok: true, value: [] });
    expect(process.env.DOCKER_HOST).toBe('tcp://127.0.0.1:1');
  } finally {
    vi.unstubAllEnvs();
  }
});

test('TLS: wrong CA, no client certificate, unreadable key, no TLS at all', async () => {
  const [ours, theirs] = [authority(), authority()];
  const server = ours.sign('server');
  const client = ours.sign('client');
  const options = { ...server, ca: ours.ca, requestCert: true, rejectUnauthorized: true };
  const secure = await up(listening(tls.createServer(options, (s) => s.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'))));
  const plain = await up(almostDocker((_, res) => void res.end('[]')));
  const at = (over: object, port = secure.port) => engine({ kind: 'tls', host: '127.0.0.1', port, ca: ours.ca, ...client, ...over });
  expect(await failure(at({ ca: theirs.ca }))).toMatchObject({ code: 'ENGINE_TLS', remedy: expect.stringContaining('CA') });
  const foreign = await at(theirs.sign('stranger')).list();
  expect(foreign).toMatchObject({ ok: false, error: { code: 'ENGINE_TLS' } });
  expect(await failure(at({ key: 'not a key' }))).toMatchObject({ code: 'ENGINE_TLS', message: expect.stringContaining('cannot be read') });
  expect(await failure(at({}, plain.port))).toMatchObject({ code: 'ENGINE_TLS' });
  // The right ones get through to the server, which is no engine.
  expect(await failure(at({}))).toMatchObject({ code: 'ENGINE_NOT_DOCKER' });
});

test('no secret is in a problem', async () => {
  const secret = authority().sign('x');
  const problem = await failure(engine({ kind: 'tls', host: '127.0.0.1', port: 1, ca: secret.cert, cert: secret.cert, key: secret.key }));
  expect(JSON.stringify(problem)).not.toContain('PRIVATE');
});
