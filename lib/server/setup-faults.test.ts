/** What goes wrong: said before anything is made, and, where it comes between plan and act, met so that all that was made is named, and can be gone on with or removed. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setFaults } from '../adapters/rehearsal/faults';
import type { CreateSecondary, Wanted } from '../domain/setup/wanted';
import { assertMessages } from '../domain/text/messages.test-support';
import type { Engine } from '../ports/engine';
import type { Making } from '../ports/making';
import { until } from './testing/run-world';
import { createSetupWorld, type Maker, type SetupTestWorld } from './testing/setup-world';

let w: SetupTestWorld;
let wanted: CreateSecondary;
let before: string;
beforeAll(async () => {
  w = await createSetupWorld();
}, 60_000);
beforeEach(async () => {
  wanted = await w.propose('docker-b');
  before = await w.inventory();
});
afterAll(() => w.close(), 30_000);

const own = () => ({ mounts: wanted.mounts.map((m) => ({ ...m })), networks: wanted.networks, ports: wanted.ports.map((p) => ({ ...p })) });
async function against(change: Partial<CreateSecondary>): Promise<readonly (readonly [string, string])[]> {
  const p = await w.prepare({ ...wanted, ...change });
  assertMessages(p.checks);
  expect(p.ready).toBe(false);
  return p.checks.filter((c) => c.result === 'block' || c.result === 'unknown').map((c) => [c.id, c.measured.key] as const);
}

describe('said before anything is made', () => {
  test('container name, port, volume and network', async () => {
    expect(await against({ name: 'js7-demo-secondary' })).toContainEqual(['name', 'making.name.taken']);
    expect(await against({ hostname: 'js7-demo-primary' })).toContainEqual(['hostname', 'making.hostname.taken']);
    const taken = Number(/(\d+)$/.exec(w.store.clusters.get('pay')?.primary.access.url ?? '')?.[1]);
    expect(await against({ ports: [{ inside: 4444, hostIp: '127.0.0.1', outside: taken }] })).toEqual([['port', 'making.port.taken']]);
    const mount = own().mounts[0];
    expect(await against({ mounts: mount ? [{ ...mount, source: 'js7-demo-secondary-data' }] : [] })).toContainEqual([
      'volume',
      'making.volume.used',
    ]);
    expect(await against({ networks: [{ network: 'gone', aliases: [] }] })).toEqual([['network', 'making.network.gone']]);
  });

  test('a secret in the form, nodes without a licence, an engine that is not there', async () => {
    expect(await against({ env: { DB_PASSWORD: 'x' } })).toEqual([['secret', 'making.secret.given']]);
    expect(await against({ nodes: { primary: 'http://a:4444', secondary: 'http://b:4444' } })).toEqual([
      ['licence', 'making.licence.nodes'],
    ]);
    expect((await against({ engineId: 'docker-c' }))[0]).toEqual(['engine', 'making.engine.gone']);
  });

  test('the name that only the live one carries', async () => {
    const cluster = w.store.clusters.get('pay');
    if (!cluster) throw new Error('no cluster');
    const follow = { kind: 'name', url: 'http://js7-live:4444', alias: 'js7-live', network: 'js7' } as const;
    w.store.clusters.save({ ...cluster, joc: { jocId: 'joc', follow, captions: {} } });
    expect((await w.propose('docker-b')).networks.flatMap((n) => n.aliases)).not.toContain('js7-live');
    expect(await against({ networks: [{ network: 'js7', aliases: ['js7-live'] }] })).toEqual([['hostname', 'making.hostname.stable']]);
    w.store.clusters.save(cluster);
  });

  test('the engine is lost: unknown, and that keeps it from starting', async () => {
    setFaults(w.world.containers('docker-b').folder, { socketGoneSince: Date.now() });
    const found = await w.prepare(wanted);
    setFaults(w.world.containers('docker-b').folder, { socketGoneSince: undefined });
    expect(found.ready).toBe(false);
    expect(found.checks.filter((c) => c.id === 'engine').map((c) => c.result)).toEqual(['unknown']);
  });
});

/** Begins, and waits until it stops or ends. */
async function settledOf(m: Maker, what: Wanted): Promise<string> {
  const id = await w.begin(m, what);
  await m.runner.settled(id);
  return id;
}
async function takenBack(m: Maker, id: string): Promise<void> {
  expect(m.runner.choose(id, 'undo', 'm.keller').ok).toBe(true);
  await m.runner.settled(id);
  expect(w.state(id).outcome, JSON.stringify(w.events(id).slice(-4))).toBe('undone');
}
/** The engines, with something done by somebody else right before the first such act. */
function wrap(at: keyof Making, first: (real: Engine) => Promise<unknown>): { engine(real: Engine): Engine } {
  let done = false;
  const forward = <T extends object>(target: T, over: (key: string | symbol) => unknown): T =>
    new Proxy(target, {
      get(t, key) {
        const own = over(key);
        if (own !== undefined) return own;
        const value = Reflect.get(t, key) as unknown;
        return typeof value === 'function' ? value.bind(t) : value;
      },
    });
  const making = (real: Engine): Making =>
    forward(real.making, (key) =>
      key !== at || real.id !== 'docker-b'
        ? undefined
        : async (...args: never[]) => {
            if (!done) {
              done = true;
              await first(real);
            }
            return (real.making[at] as (...a: never[]) => Promise<unknown>).apply(real.making, args);
          },
    );
  return { engine: (real) => forward(real, (key) => (key === 'making' ? making(real) : undefined)) };
}

describe('between plan and act', () => {
  const spec = () => ({
    ...{
      name: wanted.name,
      hostname: 'x',
      imageRef: 'x',
      env: {},
      labels: {},
      networks: [],
      ports: [],
      restartPolicy: { name: 'no' as const },
    },
    mounts: [] as never[],
  });
  test('somebody takes the container name: theirs is not touched', async () => {
    const image = await w.engine('docker-b').making.images();
    const imageDigest = image.ok ? (image.value[0]?.digest ?? '') : '';
    const m = w.open(wrap('makeInstance', (e) => e.making.makeInstance({ ...spec(), imageDigest }, 'theirs')));
    const id = await settledOf(m, wanted);
    expect(w.state(id).steps.container).toMatchObject({ do: 'failed', problem: { code: 'CONFLICT' } });
    await takenBack(m, id);
    expect(await w.engine('docker-b').inspect(wanted.name)).toMatchObject({ value: { labels: { 'handover.setup': 'theirs' } } });
    await w.engine('docker-b').making.removeInstance(wanted.name, 'theirs');
    expect(await w.inventory()).toBe(before);
    await m.close();
  }, 30_000);

  test('somebody takes the volume name', async () => {
    const volume = wanted.mounts[0]?.source ?? '';
    const m = w.open(wrap('makeVolume', (e) => e.making.makeVolume(volume, 'theirs')));
    const id = await settledOf(m, wanted);
    expect(w.state(id).steps.volumes).toMatchObject({ do: 'failed', problem: { code: 'CONFLICT' } });
    await takenBack(m, id);
    await w.engine('docker-b').making.removeVolume(volume, 'theirs');
    expect(await w.inventory()).toBe(before);
    await m.close();
  }, 30_000);

  test('the configuration of the Primary changes: nothing else than what was planned is copied', async () => {
    const content = Buffer.from('# another text\njs7.web.server.auth.public = true\n');
    const path = '/var/sos-berlin.com/js7/controller/config/controller.conf';
    const primary = w.engine('docker-a').files('js7-demo-primary');
    const m = w.open(wrap('makeVolume', () => primary.write(path, { content, bytes: content.length, mode: 0o644, uid: 0, gid: 0 })));
    const id = await settledOf(m, wanted);
    expect(w.state(id).steps.configuration).toMatchObject({ do: 'failed', problem: { code: 'CONFLICT' } });
    await takenBack(m, id);
    expect(await w.inventory()).toBe(before);
    await m.close();
  }, 30_000);

  test('another Handover holds the lock', async () => {
    const m = w.open();
    const taken = await w.engine('docker-b').takeLock('pay', { run: '7', handover: 'elsewhere', cluster: 'pay' });
    const id = await settledOf(m, wanted);
    expect(w.state(id).stopped).toEqual({ reason: 'lock-theirs', step: 'lock' });
    expect(await w.engine('docker-a').inspectLock('pay')).toMatchObject({ value: 'free' });
    if (taken.ok) await w.engine('docker-b').releaseLock('pay', taken.value.token);
    expect(m.runner.choose(id, 'continue', 'm.keller').ok).toBe(true);
    await m.runner.settled(id);
    expect(w.state(id).outcome).toBe('made');
    await takenBack(m, id);
    await m.close();
  }, 30_000);
});

describe('the image', () => {
  const folder = () => w.world.containers('docker-b').folder;
  const noImage = () => rmSync(join(folder(), 'images'), { recursive: true, force: true });

  test('no space is left while it is loaded: said, and gone on with when there is', async () => {
    noImage();
    const m = w.open();
    const p = await w.prepare(wanted);
    expect(p.plan.ok && p.plan.value.steps).toContain('image');
    setFaults(folder(), { disk: { freeBytes: 1_000_000, usedBytes: 0 } });
    const id = w.store.setups.nextId();
    if (p.plan.ok) m.runner.start({ ...p.plan.value, setupId: id }, { hash: p.hash, who: 'm.keller' });
    await m.runner.settled(id);
    expect(w.state(id).steps.image).toMatchObject({ do: 'failed', problem: { code: 'DISK_FULL' } });
    setFaults(folder(), { disk: undefined });
    expect(m.runner.choose(id, 'continue', 'm.keller').ok).toBe(true);
    await m.runner.settled(id);
    expect(w.state(id).outcome).toBe('made');
    await takenBack(m, id);
    await m.close();
  }, 30_000);

  test('cancelled while it is copied: the copy ends at once, and nothing stays', async () => {
    noImage();
    setFaults(folder(), { bytesPerSecond: 1_000_000 });
    const told: number[] = [];
    const m = w.open({ ctx: (real) => ({ ...real, progress: (_id, p) => p && told.push(p.bytes) }) });
    const id = await w.begin(m, wanted);
    await until(() => told.length > 0);
    const since = Date.now();
    expect(m.runner.choose(id, 'undo', 'm.keller').ok).toBe(true);
    await m.runner.settled(id);
    setFaults(folder(), { bytesPerSecond: undefined });
    expect(Date.now() - since).toBeLessThan(10_000);
    expect(w.state(id).outcome).toBe('undone');
    expect(await w.engine('docker-b').making.images()).toMatchObject({ value: [] });
    expect(await w.inventory()).toBe(before);
    await m.close();
  }, 30_000);
});

test('a folder of the host that holds somebody’s configuration: nothing is written into it; one that is empty is filled, and named when it is left', async () => {
  const target = '/var/sos-berlin.com/js7/controller';
  const bound = (source: string) => ({ ...wanted, mounts: [{ kind: 'bind' as const, source, target }] });
  const m = w.open();
  const first = await settledOf(m, bound('/srv/pay'));
  expect(w.state(first).outcome, JSON.stringify(w.events(first).slice(-3))).toBe('made');
  expect(m.runner.choose(first, 'undo', 'm.keller').ok).toBe(true);
  await m.runner.settled(first);
  expect(w.state(first)).toMatchObject({ outcome: 'left-by-hand', kept: ['folder /srv/pay'] });
  expect(await w.inventory()).toBe(before);

  // The Primary's configuration is another one by now: what lies in the folder is not what would be written.
  const content = Buffer.from('js7.web.server.auth.public = true\n# changed\n');
  const path = `${target}/config/controller.conf`;
  await w.engine('docker-a').files('js7-demo-primary').write(path, { content, bytes: content.length, mode: 0o644, uid: 0, gid: 0 });
  const second = await settledOf(m, bound('/srv/pay'));
  expect(w.state(second).steps.configuration).toMatchObject({ do: 'failed', problem: { code: 'CONFLICT' } });
  expect(m.runner.choose(second, 'undo', 'm.keller').ok).toBe(true);
  await m.runner.settled(second);
  expect(w.state(second).phase).toBe('ended');
  await m.close();
}, 30_000);
