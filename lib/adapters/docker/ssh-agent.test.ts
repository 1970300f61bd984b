import { afterEach, expect, test } from 'vitest';
import type { EngineAddress } from '../../domain/engine/engine';
import { openDockerEngine } from './open';
import { almostDocker } from './testing/servers';
import { type Refusal, sshHost } from './testing/ssh-server';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});
function engine(address: EngineAddress) {
  const e = openDockerEngine({ id: 'e', name: 'Over ssh', address }, { limits: { look: 2_000, list: 2_000 } });
  cleanups.push(() => e.close());
  return e;
}
async function host(refuse?: Refusal) {
  const docker = await almostDocker((req, res) => {
    if (req.url?.includes('/containers/json')) res.end('[]');
    else res.writeHead(404).end('{"message":"no"}');
  });
  const ssh = await sshHost({ host: '127.0.0.1', port: docker.port }, refuse);
  cleanups.push(
    () => docker.close(),
    () => ssh.close(),
  );
  return ssh;
}

test('many calls share few logins, as Docker does it: dial-stdio', async () => {
  const ssh = await host();
  const e = engine(ssh.address);
  const answers = await Promise.all(Array.from({ length: 12 }, () => e.list()));
  expect(answers).toEqual(Array(12).fill({ ok: true, value: [] }));
  for (let i = 0; i < 5; i++) expect(await e.list()).toEqual({ ok: true, value: [] });
  expect(new Set(ssh.seen.commands)).toEqual(new Set(['docker system dial-stdio']));
  expect(ssh.seen.commands.length).toBeLessThanOrEqual(13);
  expect(ssh.seen.logins).toBeLessThanOrEqual(2);
});

test('after the connection was cut the next call makes a new one', async () => {
  const ssh = await host();
  const e = engine(ssh.address);
  expect(await e.list()).toMatchObject({ ok: true });
  ssh.cut();
  await expect.poll(() => e.list(), { timeout: 5_000 }).toMatchObject({ ok: true });
  expect(ssh.seen.logins).toBe(2);
});

test('a refused login, a key that is none, a port without ssh', async () => {
  const ssh = await host();
  expect(await engine({ ...ssh.address, user: 'stranger' }).list()).toMatchObject({
    ok: false,
    error: { code: 'ENGINE_FORBIDDEN', message: expect.stringContaining('login') },
  });
  expect(await engine({ ...ssh.address, privateKey: 'nonsense' }).list()).toMatchObject({ ok: false, error: { code: 'ENGINE_FORBIDDEN' } });
  const plain = await almostDocker((_, res) => void res.end());
  cleanups.push(() => plain.close());
  expect(await engine({ ...ssh.address, port: plain.port }).list()).toMatchObject({ ok: false });
});

test('a host that shows another key than the known one gets no login', async () => {
  const ssh = await host();
  const other = await host();
  expect(await engine({ ...ssh.address, hostKeySha256: ssh.fingerprint }).list()).toMatchObject({ ok: true });
  const logins = ssh.seen.logins;
  expect(await engine({ ...ssh.address, hostKeySha256: other.fingerprint }).list()).toMatchObject({
    ok: false,
    error: { code: 'ENGINE_FORBIDDEN', message: expect.stringContaining('another ssh key') },
  });
  expect(ssh.seen.logins).toBe(logins);
});

test('where the command fails there, its own words are told', async () => {
  const ssh = await host({ code: 1, words: 'permission denied while trying to connect to the docker API' });
  expect(await engine(ssh.address).list()).toMatchObject({
    ok: false,
    error: { code: 'ENGINE_FORBIDDEN', detail: expect.stringContaining('permission denied') },
  });
  const bare = await host({ code: 127, words: 'sh: docker: not found' });
  expect(await engine(bare.address).list()).toMatchObject({
    ok: false,
    error: { code: 'ENGINE_FORBIDDEN', detail: 'sh: docker: not found' },
  });
});

test.each(['at once', 'a moment later', 'output ends first'] as const)('its words are told however it ends: %s', async (how) => {
  const ssh = await host({ code: 127, words: 'sh: docker: not found', how });
  for (let i = 0; i < 10; i++)
    expect(await engine(ssh.address).list()).toMatchObject({
      ok: false,
      error: { code: 'ENGINE_FORBIDDEN', detail: 'sh: docker: not found' },
    });
});
