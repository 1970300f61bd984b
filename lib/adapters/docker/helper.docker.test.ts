import net from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import Docker from 'dockerode';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { importBusybox } from '../../../e2e/docker/busybox-image';
import type { EngineWorld } from '../engine.suite';
import { codeOf, DATA, fresh, put, text, until, value } from '../suite/world';
import { waiting } from './helper';
import { HELPER_LABEL, WRITER_LABEL } from './labels';
import { openDockerEngine } from './open';
import { listening, tcp } from './testing/servers';
import { dockerWorld } from './testing/world';

const docker = new Docker({ socketPath: inject('dockerSocket') });
let world: EngineWorld;
beforeAll(async () => {
  world = await dockerWorld(inject('dockerSocket'));
});
afterAll(() => world.close());

const engine = (limits = {}) =>
  openDockerEngine({ id: 'e', name: 'e', address: { kind: 'socket', path: inject('dockerSocket') } }, { limits });
const helpersOf = async (name: string) => docker.listContainers({ all: true, filters: { label: [`${HELPER_LABEL}=${name}`] } });
const volumes = async () => ((await docker.listVolumes()).Volumes ?? []).map((v) => v.Name).sort();

test('one helper answers many questions, is removed when idle, and at once when the engine is closed', async () => {
  const name = fresh('kept');
  await world.create({ name, volumes: [{ target: DATA }] });
  const e = engine({ helperIdle: 300 });
  for (let i = 0; i < 3; i++) {
    value(await e.files(name).list(DATA));
    expect(await helpersOf(name)).toHaveLength(1);
  }
  await until('the idle helper is gone', async () => (await helpersOf(name)).length === 0);
  value(await e.files(name).stat(DATA));
  const [helper] = await helpersOf(name);
  expect(await docker.getContainer(helper?.Id as string).inspect()).toMatchObject({
    HostConfig: { NetworkMode: 'none', AutoRemove: true, Privileged: false, CapDrop: ['ALL'] },
    Config: { User: '0:0' },
    Mounts: [{ Destination: DATA, RW: false }],
  });
  await e.close();
  await until('it is gone', async () => (await helpersOf(name)).length === 0);
});

test('a helper in the network of an instance has no volumes and no powers, and is gone afterwards', async () => {
  const name = fresh('connected');
  await world.create({ name, volumes: [{ target: DATA }] });
  const e = engine();
  value(await e.start(name));
  const asked = e.runHelper(name, { command: ['sleep', '2'], timeoutSeconds: 20, network: 'own' });
  await until('it runs', async () => (await helpersOf(name))[0]?.State === 'running');
  const [helper] = await helpersOf(name);
  const { Id } = await docker.getContainer(name).inspect();
  const { HostConfig, Mounts, Config } = await docker.getContainer(helper?.Id as string).inspect();
  expect(HostConfig).toMatchObject({ NetworkMode: `container:${Id}`, AutoRemove: true, Privileged: false, CapDrop: ['ALL'] });
  expect(HostConfig.CapAdd ?? []).toEqual([]);
  expect(Mounts).toEqual([]);
  expect(Config.Labels[WRITER_LABEL]).toBeUndefined();
  expect(value(await asked).exitCode).toBe(0);
  await until('it is gone', async () => (await helpersOf(name)).length === 0);
  await e.close();
});

test('reading the beginning of a file needs no helper', async () => {
  const name = fresh('none-needed');
  await world.create({ name, volumes: [{ target: DATA }] });
  await put(world.engine.files(name), `${DATA}/conf`, 'js7 { }');
  const e = engine();
  await until('the helper of the writing is gone', async () => (await helpersOf(name)).length === 0);
  expect(await text(e.files(name), `${DATA}/conf`)).toBe('js7 { }');
  expect(await helpersOf(name)).toHaveLength(0);
  await e.close();
});

test('a helper that was removed behind our back is replaced', async () => {
  const name = fresh('replaced');
  await world.create({ name, volumes: [{ target: DATA }] });
  const e = engine({ helperIdle: 10_000 });
  value(await e.files(name).list(DATA));
  for (const h of await helpersOf(name)) await docker.getContainer(h.Id).remove({ force: true });
  expect(codeOf(await e.files(name).list(DATA))).toBe('ok');
  await e.close();
});

const owner = { mode: 0o644, uid: 0, gid: 0 };
const lengthOf = async (e: ReturnType<typeof engine>, name: string) =>
  value(await e.files(name).list(DATA)).find((f) => f.name === 'a')?.bytes ?? 0;

test('what a Handover that is no more left writing is ended before anything is appended', async () => {
  const name = fresh('left-writing');
  await world.create({ name, volumes: [{ target: DATA }] });
  const { Image, HostConfig } = await docker.getContainer(name).inspect();
  const left = await docker.createContainer({
    Image,
    Cmd: ['sh', '-c', `while true; do echo much >>${DATA}/a; done`],
    Labels: { [HELPER_LABEL]: name, [WRITER_LABEL]: 'another' },
    HostConfig: {
      ...(HostConfig.Binds && { Binds: HostConfig.Binds }),
      ...(HostConfig.Mounts && { Mounts: HostConfig.Mounts }),
      NetworkMode: 'none',
    },
  });
  await left.start();
  const e = engine();
  await until('it writes', async () => (await lengthOf(e, name)) > 0);
  value(await e.moving(name).warm());
  expect((await helpersOf(name)).map((h) => h.Labels[WRITER_LABEL])).not.toContain('another');
  const offset = await lengthOf(e, name);
  value(await e.moving(name).append(`${DATA}/a`, { ...owner, content: Readable.from(['end']), bytes: 3, offset }));
  expect((await text(e.files(name), `${DATA}/a`)).slice(offset)).toBe('end');
  await e.close();
});

test.each([300_000, 9_000_000])(
  'an append of %i bytes whose connection breaks: nothing grows once the next one may begin',
  async (bytes) => {
    const name = fresh('cut');
    await world.create({ name, volumes: [{ target: DATA }] });
    const open = new Set<net.Socket>();
    const server = net.createServer({ allowHalfOpen: true }, (client) => {
      const onward = net.connect({ path: inject('dockerSocket'), allowHalfOpen: true });
      for (const s of [client, onward]) {
        open.add(s.on('error', () => undefined));
        s.on('close', () => [client, onward].forEach((one) => void one.destroy()));
      }
      client.pipe(onward).pipe(client);
    });
    const way = await listening(server);
    const e = openDockerEngine({ id: 'e', name: 'e', address: tcp(way.port) });
    const all = Buffer.alloc(bytes, 'journal ');
    // The second half would come later.
    const content = new PassThrough({ highWaterMark: bytes });
    content.write(all.subarray(0, bytes / 2));
    const broken = e.moving(name).append(`${DATA}/a`, { ...owner, content, bytes, offset: 0 });
    await until('a part is there', async () => value(await world.engine.files(name).list(DATA)).some((f) => f.bytes > 0));
    for (const s of open) s.destroy();
    expect(codeOf(await broken)).not.toBe('ok');
    value(await e.moving(name).warm());
    const offset = await lengthOf(e, name);
    expect(offset).toBeLessThan(bytes);
    const rest = Readable.from([all.subarray(offset)], { objectMode: false });
    value(await e.moving(name).append(`${DATA}/a`, { ...owner, content: rest, bytes: bytes - offset, offset }));
    expect(await text(e.files(name), `${DATA}/a`)).toBe(all.toString());
    await e.close();
    await way.close();
  },
);

test('its main process ends by itself, and not while a command runs beside it', async () => {
  await importBusybox(inject('dockerSocket'), 'handover-test/suite:1');
  const start = async () => {
    const made = await docker.createContainer({
      Image: 'handover-test/suite:1',
      Cmd: ['sh', '-c', waiting(3, 0.2)],
      HostConfig: { NetworkMode: 'none' },
    });
    await made.start();
    return made;
  };
  const [idle, busy] = [await start(), await start()];
  const exec = await busy.exec({ Cmd: ['sleep', '3'], AttachStdout: true });
  await exec.start({ Detach: true });
  await until('the idle one has ended', async () => (await idle.inspect()).State.Status === 'exited', 5_000);
  expect((await busy.inspect()).State.Running).toBe(true);
  await until('the busy one ends afterwards', async () => (await busy.inspect()).State.Status === 'exited', 10_000);
  await Promise.all([idle.remove(), busy.remove()]);
});

test('I2: an anonymous volume outlives its helper, also when the instance is removed meanwhile', async () => {
  const made = await docker.createContainer({
    name: fresh('anonymous'),
    Image: 'handover-test/suite:1',
    Cmd: ['sleep', '1'],
    Volumes: { [DATA]: {} },
  });
  const { Name, Mounts } = await made.inspect();
  const volume = Mounts[0]?.Name as string;
  const e = engine({ helperIdle: 60_000 });
  await put(e.files(Name.slice(1)), `${DATA}/journal`, 'the only one');
  await made.remove();
  expect(await helpersOf(Name.slice(1))).toHaveLength(1);
  await e.close();
  await until('the helper is gone', async () => (await helpersOf(Name.slice(1))).length === 0);
  expect(await volumes()).toContain(volume);
  await docker.getVolume(volume).remove();
});

test('a volume that the image declares is not left behind by helpers', async () => {
  await importBusybox(inject('dockerSocket'), 'handover-test/declares:1', ['VOLUME /declared']);
  const made = await docker.createContainer({ name: fresh('declares'), Image: 'handover-test/declares:1', Cmd: ['sleep', '1'] });
  const { Name } = await made.inspect();
  const before = await volumes();
  const e = engine();
  value(await e.runHelper(Name.slice(1), { command: ['true'], timeoutSeconds: 20 }));
  await e.close();
  expect(await volumes()).toEqual(before);
  await made.remove({ v: true });
});

test('an image without a shell: HELPER_FAILED, and nothing is left', async () => {
  const made = await docker.createContainer({
    name: fresh('shell-less'),
    Image: 'handover-test/suite:1',
    Cmd: ['x'],
    Volumes: { '/bin': {} },
  });
  const { Name, Mounts } = await made.inspect();
  const name = Name.slice(1);
  // The volume was filled from the image; without `sh` in it a helper has none either.
  const wipe = await docker.createContainer({
    Image: 'handover-test/suite:1',
    Cmd: ['rm', '-f', '/v/sh'],
    HostConfig: { Binds: [`${Mounts[0]?.Name}:/v`] },
  });
  await wipe.start();
  await wipe.wait();
  await wipe.remove();
  const e = engine();
  expect(codeOf(await e.runHelper(name, { command: ['true'], timeoutSeconds: 20 }))).toBe('HELPER_FAILED');
  expect(codeOf(await e.files(name).list('/bin'))).toBe('HELPER_FAILED');
  await e.close();
  await until('nothing is left', async () => (await helpersOf(name)).length === 0);
  await made.remove({ v: true });
});
