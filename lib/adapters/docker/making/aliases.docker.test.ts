import Docker from 'dockerode';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type EngineWorld, fresh, startReady, value } from '../../suite/world';
import { dockerWorld } from '../testing/world';

const SETUP = 'setup-aliases';
let world: EngineWorld;
let docker: Docker;
const networks: string[] = [];
let subnet = 0;
beforeAll(async () => {
  docker = new Docker({ socketPath: inject('dockerSocket') });
  world = await dockerWorld(inject('dockerSocket'));
});
afterAll(async () => {
  await world.close();
  for (const name of networks)
    await docker
      .getNetwork(name)
      .remove()
      .catch(() => {});
});

/** A container with a fixed address and a link-local one in a network of its own, made by hand. */
async function fixed(word: string) {
  const name = fresh(word);
  const range = `10.99.${++subnet}`;
  await docker.createNetwork({ Name: name, IPAM: { Driver: 'default', Config: [{ Subnet: `${range}.0/24` }] } });
  networks.push(name);
  const image = await world.image();
  await docker.createContainer({
    name,
    Hostname: 'a-host',
    Image: image.digest,
    HostConfig: { NetworkMode: name },
    NetworkingConfig: { EndpointsConfig: { [name]: { Aliases: ['old'], IPAMConfig: { IPv4Address: `${range}.77` } } } },
  });
  return { name, ip: `${range}.77`, remove: () => docker.getContainer(name).remove({ force: true }) };
}
const set = (name: string, aliases: readonly string[]) => world.engine.making.setAliases(name, name, aliases);
async function attachment(name: string) {
  const seen = value(await world.engine.inspect(name));
  const found = seen === 'absent' ? undefined : seen.networks.find((n) => n.network === name);
  return found && { aliases: found.aliases.filter((a) => a !== 'a-host').sort(), fixedIp: found.fixedIp };
}
const notes = async () => (await docker.listContainers({ all: true, filters: { label: ['org.handover.attachment'] } })).length;

test('a fixed address stays, and is the address when it runs', async () => {
  const { name, ip, remove } = await fixed('fixed');
  value(await set(name, ['js7-live', 'old']));
  expect(await attachment(name)).toEqual({ aliases: ['js7-live', 'old'], fixedIp: ip });
  await startReady(world.engine, name);
  const running = value(await world.engine.inspect(name));
  expect(running === 'absent' ? '' : running.networks[0]?.ip).toBe(ip);
  value(await set(name, ['js7-live']));
  expect(await attachment(name)).toEqual({ aliases: ['js7-live'], fixedIp: ip });
  expect(await notes()).toBe(0);
  await remove();
});

test.each(['detached', 'started in between'])(
  'cut off between detaching and attaching (%s): the next call still knows the address',
  async (then) => {
    const { name, ip, remove } = await fixed('cut');
    // The engine refuses every attaching: what is left is what a crash leaves.
    const { startEndpointProxy } = await import('../../../../e2e/docker/endpoint-proxy');
    const { openDockerEngine } = await import('../open');
    const path = `/tmp/handover-${name}.sock`;
    const allowed = [
      ['GET', '/version'],
      ['GET', '/containers/{id}/json'],
      ['GET', '/networks'],
      ['POST', '/containers/create'],
      ['POST', '/networks/{id}/disconnect'],
    ].map(([method = '', path = '']) => ({ method, path }));
    const proxy = await startEndpointProxy(inject('dockerSocket'), path, allowed);
    const cut = openDockerEngine({ id: 'docker-a', name: 'Cut', address: { kind: 'socket', path } });
    const outcome = await cut.making.setAliases(name, name, ['js7-live']);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'ENGINE_FORBIDDEN' } });
    await cut.close();
    await proxy.close();
    expect(await attachment(name)).toBeUndefined();
    expect(await notes()).toBe(1);
    if (then === 'started in between') {
      value(await world.engine.start(name));
      value(await world.engine.stop(name, { timeoutSeconds: 5 }));
      expect((await attachment(name))?.fixedIp).toBeUndefined();
    }

    value(await set(name, ['js7-live']));
    expect(await attachment(name)).toEqual({ aliases: ['js7-live'], fixedIp: ip });
    expect(await notes()).toBe(0);
    expect(
      value(await world.engine.list())
        .map((i) => i.name)
        .filter((n) => n.startsWith('handover-')),
    ).toEqual([]);
    await remove();
  },
);

test('where nothing can be lost, no note is made; the same again changes nothing', async () => {
  const image = await world.image();
  const name = fresh('plain');
  const make = world.engine.making;
  value(await make.makeNetwork(name, SETUP));
  const spec = { name, hostname: name, imageDigest: image.digest, imageRef: image.ref, env: {}, labels: {}, mounts: [], ports: [] };
  value(await make.makeInstance({ ...spec, networks: [{ network: name, aliases: ['a'] }], restartPolicy: { name: 'no' } }, SETUP));
  const attachedAt = async () => JSON.stringify((await docker.getContainer(name).inspect()).NetworkSettings.Networks);
  const before = await attachedAt();
  value(await set(name, ['a']));
  expect(await attachedAt()).toBe(before);
  value(await make.removeInstance(name, SETUP));
  value(await make.removeNetwork(name, SETUP));
});

test('the network of the machine knows no aliases', async () => {
  const name = fresh('bridge');
  await world.create({ name, ports: [{ inside: 80, hostIp: '127.0.0.1', outside: 15_945 }] });
  expect(await world.engine.making.setAliases(name, 'bridge', ['a'])).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } });
  await world.remove(name);
});
