/** Set-ups from beginning to end on the rehearsal world: what is made, what it does when somebody starts it, and what an undo leaves. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Wanted } from '../domain/setup/wanted';
import { assertMessages } from '../domain/text/messages.test-support';
import { planAnswer } from './setups/answers';
import { until } from './testing/run-world';
import { createSetupWorld, type Maker, type SetupTestWorld } from './testing/setup-world';

const CONFIG = '/var/sos-berlin.com/js7/controller/config';
const STATE = '/var/sos-berlin.com/js7/controller/state';
let w: SetupTestWorld;
let m: Maker;
beforeAll(async () => {
  w = await createSetupWorld();
  m = w.open();
}, 60_000);
afterAll(() => w.close(), 30_000);

async function make(wanted: Wanted): Promise<string> {
  const id = await w.begin(m, wanted);
  await m.runner.settled(id);
  assertMessages(w.events(id));
  return id;
}
async function undo(id: string): Promise<void> {
  expect(m.runner.choose(id, 'undo', 'm.keller').ok).toBe(true);
  await m.runner.settled(id);
  assertMessages(w.events(id));
}
const journals = async (engine: string, name: string, folder = STATE): Promise<readonly string[]> => {
  const listed = await w.engine(engine).files(name).list(folder);
  return listed.ok ? listed.value.map((e) => e.name).filter((n) => n.endsWith('.journal')) : [];
};
async function text(engine: string, name: string, path: string): Promise<string | undefined> {
  const read = await w.engine(engine).files(name).read(path);
  return read.ok ? (await buffer(read.value)).toString('utf8') : undefined;
}
const put = (engine: string, name: string, path: string, content: string) =>
  w
    .engine(engine)
    .files(name)
    .write(path, { content: Buffer.from(content), bytes: Buffer.byteLength(content), mode: 0o600, uid: 0, gid: 0 });
async function nodeAt(url: string): Promise<string> {
  const client = m.ctx.openController({ url });
  const look = await client.look();
  await client.close();
  return look.ok ? look.value.node.kind : look.error.code;
}

describe('create-secondary', () => {
  test('on another engine, with the image copied first; keys stay where they are; started by hand it idles; undo leaves no trace', async () => {
    await put('docker-a', 'js7-demo-primary', `${CONFIG}/private/https-keystore.p12`, 'not to be copied');
    await put('docker-a', 'js7-demo-primary', `${CONFIG}/private/own.pem`, '-----BEGIN PRIVATE KEY-----\nAAAA\n');
    await put('docker-a', 'js7-demo-primary', `${CONFIG}/private/trusted-x509-keys/signer.pem`, '-----BEGIN CERTIFICATE-----\nAAAA\n');
    rmSync(join(w.world.containers('docker-b').folder, 'images'), { recursive: true });
    const before = await w.inventory();
    const wanted = await w.propose('docker-b');
    const p = await w.prepare(wanted);
    const answer = planAnswer(wanted, p, (id) => id);
    assertMessages(answer);
    expect(p.plan.ok && p.plan.value.instances[0]?.copyImageFrom).toBe('docker-a');
    expect(answer.todo[0]?.commands.join('\n')).toContain(
      `docker cp https-keystore.p12 ${wanted.name}:${CONFIG}/private/https-keystore.p12`,
    );
    expect(answer.diffs[0]?.lines).toContainEqual({ sign: '+', text: 'js7.journal.cluster.node.is-backup = yes' });
    expect(answer.compose).toContain('restart: "no"');

    const id = await make(wanted);
    expect(w.state(id).outcome).toBe('made');
    const told = JSON.stringify(w.events(id));
    expect(told).not.toContain('BEGIN');
    const at = (path: string) => text('docker-b', wanted.name, `${CONFIG}/${path}`);
    expect(await at('private/https-keystore.p12')).toBeUndefined();
    expect(await at('private/own.pem')).toBeUndefined();
    expect(await at('private/trusted-x509-keys/signer.pem')).toContain('CERTIFICATE');
    expect(await at('private/private.conf')).toBe(await text('docker-a', 'js7-demo-primary', `${CONFIG}/private/private.conf`));
    expect(await at('controller.conf')).toContain('is-backup = yes');
    const made = await w.engine('docker-b').inspect(wanted.name);
    expect(made).toMatchObject({ value: { state: 'created', restartPolicy: { name: 'no' }, env: { RUN_JS_ID: 'demo' } } });
    expect(await journals('docker-b', wanted.name)).toEqual([]);

    await w.engine('docker-b').start(wanted.name);
    await until(async () => (await nodeAt(wanted.url)) === 'not-appointed');
    // While it runs nothing is removed.
    await undo(id);
    expect(w.state(id).stopped?.reason).toBe('runs');
    await w.engine('docker-b').stop(wanted.name, { timeoutSeconds: 10 });
    expect(await journals('docker-b', wanted.name)).toEqual([]);
    expect(m.runner.choose(id, 'continue', 'm.keller').ok).toBe(true);
    await m.runner.settled(id);
    expect(w.state(id).outcome).toBe('undone');
    expect(await w.inventory()).toBe(before);
    expect(w.store.clusters.get('pay')?.secondary).toBeUndefined();
  }, 60_000);

  test('on the same engine, with names, a port and a volume of its own; what has worked is never removed', async () => {
    const wanted = await w.propose('docker-a');
    expect(wanted.ports[0]?.outside).not.toBe(Number(/(\d+)$/.exec(w.store.clusters.get('pay')?.primary.access.url ?? '')?.[1]));
    const id = await make(wanted);
    expect(w.state(id).outcome).toBe('made');
    // Somebody takes the fence off and starts it: it works, with a journal of its own.
    await put('docker-a', wanted.name, `${CONFIG}/controller.conf`, 'js7.web.server.auth.public = true\n');
    await w.engine('docker-a').start(wanted.name);
    await until(async () => (await journals('docker-a', wanted.name)).length > 0);
    await w.engine('docker-a').stop(wanted.name, { timeoutSeconds: 10 });
    await undo(id);
    expect(w.state(id)).toMatchObject({
      outcome: 'left-by-hand',
      kept: [`container ${wanted.name}`, `volume ${wanted.mounts[0]?.source}`],
    });
    expect((await journals('docker-a', wanted.name)).length).toBeGreaterThan(0);
    expect(w.store.clusters.get('pay')?.secondary?.ref.name).toBe(wanted.name);
    const cluster = w.store.clusters.get('pay');
    if (cluster) {
      const { secondary: _s, ...rest } = cluster;
      w.store.clusters.save(rest);
    }
  }, 60_000);
});

describe('use-existing', () => {
  const wanted = (moveAside: boolean, url: string): Wanted => ({
    kind: 'use-existing',
    clusterId: 'pay',
    engineId: 'docker-b',
    name: 'old-one',
    access: { url },
    moveAside,
  });
  test('what lies there is told, moved aside only when that was said, and given back by an undo', async () => {
    const d = await w.world.defineInstance('docker-b', {
      name: 'old-one',
      controllerId: 'demo',
      fenced: false,
      restartPolicy: { name: 'always' },
    });
    const url = `http://127.0.0.1:${d.ports[0]?.outside}`;
    await w.engine('docker-b').start('old-one');
    await until(async () => (await journals('docker-b', 'old-one')).length > 0);
    await w.engine('docker-b').stop('old-one', { timeoutSeconds: 10 });
    const before = await journals('docker-b', 'old-one');
    const refused = await w.prepare(wanted(false, url));
    expect(refused.ready).toBe(false);
    expect(refused.checks.find((c) => c.id === 'state')).toMatchObject({
      result: 'block',
      measured: { key: 'making.state.other-lineage' },
    });
    assertMessages(planAnswer(wanted(false, url), refused, (id) => id));

    const id = await make(wanted(true, url));
    expect(w.state(id).outcome).toBe('made');
    expect(await journals('docker-b', 'old-one')).toEqual([]);
    const aside = w.state(id).plan.existing?.aside ?? '';
    expect(await journals('docker-b', 'old-one', aside)).toEqual(before);
    expect(await w.engine('docker-b').inspect('old-one')).toMatchObject({ value: { restartPolicy: { name: 'no' } } });
    expect(await text('docker-b', 'old-one', `${CONFIG}/controller.conf`)).toContain('is-backup = yes');
    expect(w.store.clusters.get('pay')?.secondary).toMatchObject({ ref: { name: 'old-one' }, access: { url } });

    await undo(id);
    expect(w.state(id).outcome).toBe('undone');
    expect(await journals('docker-b', 'old-one')).toEqual(before);
    expect(await w.engine('docker-b').inspect('old-one')).toMatchObject({ value: { restartPolicy: { name: 'always' } } });
    expect(await text('docker-b', 'old-one', `${CONFIG}/controller.conf`)).not.toContain('is-backup = yes');
    expect(w.store.clusters.get('pay')?.secondary).toBeUndefined();
  }, 60_000);

  test('started behind our back after it was planned: nothing of it is touched', async () => {
    const url = 'http://127.0.0.1:9';
    const p = await w.prepare(wanted(true, url));
    if (!p.plan.ok) throw new Error(p.plan.error.message);
    const planned = (await journals('docker-b', 'old-one')).join();
    await w.engine('docker-b').start('old-one');
    await until(async () => (await journals('docker-b', 'old-one')).join() !== planned);
    await w.engine('docker-b').stop('old-one', { timeoutSeconds: 10 });
    const before = await journals('docker-b', 'old-one');
    const setupId = w.store.setups.nextId();
    m.runner.start({ ...p.plan.value, setupId }, { hash: p.hash, who: 'm.keller' });
    await m.runner.settled(setupId);
    expect(w.state(setupId).stopped?.reason).toBe('holds-journal');
    await undo(setupId);
    expect(w.state(setupId).phase).toBe('ended');
    expect(await journals('docker-b', 'old-one')).toEqual(before);
  }, 60_000);
});

describe('create-both', () => {
  test('the Primary works with an account of our own, the Secondary is cold; an undo leaves what has worked and names it', async () => {
    const options = await w.prepareBoth('docker-a');
    const p = await w.prepare(options);
    assertMessages(planAnswer(options, p, (id) => id));
    expect(p.checks.filter((c) => c.result === 'block')).toEqual([]);
    const id = await make(options);
    expect(w.state(id), JSON.stringify(w.events(id).slice(-3))).toMatchObject({ outcome: 'made' });
    const cluster = w.store.clusters.get('both');
    expect(cluster).toMatchObject({
      controllerId: 'controller',
      primary: { ref: { name: options.primary.name }, access: { user: 'Handover' } },
    });
    const told = JSON.stringify(w.events(id));
    expect(told).not.toContain(cluster?.primary.access.password);
    const open = await text('docker-a', options.primary.name, `${CONFIG}/controller.conf`);
    expect(open).not.toContain('auth.public');
    const client = m.ctx.openController(cluster?.primary.access ?? { url: '' });
    expect(await client.checkAccess()).toMatchObject({ value: 'account' });
    await client.close();
    expect(await w.engine('docker-a').inspect(options.secondary.name)).toMatchObject({ value: { state: 'created' } });

    await undo(id);
    expect(w.state(id).outcome).toBe('left-by-hand');
    expect(w.state(id).kept).toContain(`container ${options.primary.name}`);
    expect(await w.engine('docker-a').inspect(options.primary.name)).toMatchObject({ value: { state: 'running' } });
    expect(await w.engine('docker-a').inspect(options.secondary.name)).toMatchObject({ value: 'absent' });
  }, 60_000);
});

test('somebody took the Secondary away: it is made anew under its name, and the settings have it again', async () => {
  const demo = w.world.demoCluster();
  const d = w.world.containers('docker-b').find('js7-demo-secondary');
  if (d) await w.world.containers('docker-b').remove(d, { volumes: true });
  w.store.clusters.save({ ...demo, id: 'pay', name: 'pay' });
  const wanted = await w.propose('docker-b');
  expect(wanted.name).toBe('js7-demo-secondary');
  const id = await make(wanted);
  expect(w.state(id), JSON.stringify(w.events(id).slice(-3))).toMatchObject({ outcome: 'made', plan: { replaces: demo.secondary?.ref } });
  expect(w.store.clusters.get('pay')?.secondary).toEqual({ ref: demo.secondary?.ref, access: { url: wanted.url } });
  await undo(id);
  expect(w.state(id).outcome).toBe('undone');
  // It was named before, too.
  expect(w.store.clusters.get('pay')?.secondary?.ref).toEqual(demo.secondary?.ref);
}, 60_000);
