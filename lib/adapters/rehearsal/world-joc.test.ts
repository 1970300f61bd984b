import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plan, type RehearsalFault } from '../../domain/rehearsal/faults';
import type { Engine } from '../../ports/engine';
import { until, value } from '../suite/world';
import { type OpenRehearsalWorld, openRehearsalWorld } from './world';

const emulatorsDir = join(process.cwd(), 'e2e/emulators');
const NETWORK = 'js7';
let dataDir: string;
let world: OpenRehearsalWorld;
let a: Engine;
let b: Engine;

async function open(): Promise<void> {
  world = await openRehearsalWorld({ dataDir, emulatorsDir, startMs: 0, stopMs: 0, orders: 0, ordersPerMinute: 0 });
  [a, b] = world.engines as [Engine, Engine];
}
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'handover-world-joc-'));
  await open();
});
afterEach(async () => {
  await world.close({ stopAll: true });
  rmSync(dataDir, { recursive: true, force: true });
}, 30_000);

async function joc(route: string, body: object, token = ''): Promise<{ status: number; token: string; json: Record<string, unknown> }> {
  const [{ url = '' } = {}] = world.jocSettings();
  const basic = `Basic ${Buffer.from('root:root').toString('base64')}`;
  const headers = { 'content-type': 'application/json', ...(token ? { 'x-access-token': token } : { authorization: basic }) };
  const answer = await fetch(`${url}/joc/api/${route}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return {
    status: answer.status,
    token: answer.headers.get('x-access-token') ?? '',
    json: (await answer.json()) as Record<string, unknown>,
  };
}
const login = () =>
  until('JOC lets root in', async () => {
    const r = await joc('authentication/login', {}).catch(() => undefined);
    return r?.status === 200 && r.token;
  });
/** What JOC finds at the address: the Controller's id, or JOC's words. */
async function finds(token: string, url: string): Promise<string> {
  const r = await joc('controller/test', { controllerId: '', url }, token);
  const found = r.json.controller as { controllerId?: string } | undefined;
  const failed = r.json.error as { code?: string; message?: string } | undefined;
  return found?.controllerId ?? `${failed?.code}`;
}
async function fault(name: RehearsalFault, on: boolean): Promise<void> {
  const acts = plan(name, on, world.look());
  if (!acts.ok) throw new Error(`${name}: ${acts.error.detail}`);
  value(await world.act(acts.value));
}
const state = async (engine: Engine, name: string) => {
  const seen = value(await engine.inspect(name));
  return seen === 'absent' ? seen : seen.state;
};

describe('JOC Cockpit in the rehearsal world', { timeout: 60_000 }, () => {
  it('knows containers by their names and aliases as in a Docker network, and only those that run', async () => {
    expect(world.jocSettings()).toMatchObject([{ user: 'root', container: { engineId: 'docker-a', name: 'js7-joc' } }]);
    const token = await login();
    const controllerIds = (await joc('controllers', {}, token)).json.controllers;
    expect(controllerIds).toEqual([]);
    await until('JOC finds the Primary', async () => (await finds(token, 'http://js7-demo-primary:4444')) === 'demo');
    expect(await finds(token, 'http://js7-demo-primary:4445')).toBe('JOC-405');
    for (const unknown of ['http://js7-demo-secondary:4444', 'http://js7-demo:4444', 'http://js7-controller:4444'])
      expect([unknown, await finds(token, unknown)]).toEqual([unknown, 'JOC-405']);

    value(await a.making.setAliases('js7-demo-primary', NETWORK, ['js7-controller', 'js7-demo-primary']));
    await until('the alias leads to the Primary', async () => (await finds(token, 'http://js7-controller:4444')) === 'demo');
    value(await a.stop('js7-demo-primary', { timeoutSeconds: 10 }));
    const names = async () => {
      const d = world.containers('docker-a').find('js7-joc');
      return Object.keys(
        JSON.parse(readFileSync(join(world.containers('docker-a').folderOf(d?.id ?? ''), 'names.json'), 'utf8')) as object,
      );
    };
    await until('its names are gone', async () => !(await names()).some((n) => /controller|primary/.test(n)));

    // The network is one for both engines: the alias moves to the other, which is another container on another engine.
    value(await a.making.setAliases('js7-demo-primary', NETWORK, ['js7-demo-primary']));
    value(await b.making.setAliases('js7-demo-secondary', NETWORK, ['js7-controller', 'js7-demo-secondary']));
    value(await b.start('js7-demo-secondary'));
    await until('the alias is there', async () => (await names()).includes('js7-controller:4444'));
    expect(await names()).toContain('js7-demo-secondary:4444');
  });

  it('both engines have the images and share the network', async () => {
    const refs = async (e: Engine) => value(await e.making.images()).flatMap((i) => i.refs);
    expect(await refs(a)).toEqual(await refs(b));
    expect(await refs(a)).toContain('handover-emulated/js7:controller-2-9-0');
    const [one, two] = [value(await a.making.networks()), value(await b.making.networks())];
    expect(one).toMatchObject([{ name: NETWORK, driver: 'overlay' }]);
    expect(two).toEqual(one);
  });

  it('the Secondary is taken away and made anew by hand, as the wizard would', async () => {
    const before = value(await b.inspect('js7-demo-secondary'));
    if (before === 'absent') throw new Error('absent');
    await fault('take-secondary-away', true);
    expect(value(await b.inspect('js7-demo-secondary'))).toBe('absent');
    expect(value(await b.making.volumes())).toEqual([]);
    expect(world.look().members.secondary).toMatchObject({ absent: true, running: false });

    value(await b.making.makeVolume('new-data', 's1'));
    const made = value(
      await b.making.makeInstance(
        {
          name: before.name,
          hostname: before.hostname,
          imageDigest: before.image.digest,
          imageRef: before.image.ref,
          env: before.env,
          labels: {},
          mounts: [{ kind: 'volume', source: 'new-data', target: before.mounts[0]?.target ?? '' }],
          networks: before.networks,
          ports: before.ports,
          restartPolicy: { name: 'no' },
        },
        's1',
      ),
    );
    expect(made).toMatchObject({ state: 'created', image: before.image, labels: { 'org.handover.emulation': 'controller' } });
    expect(world.look().members.secondary).not.toHaveProperty('absent');
    value(await b.start(before.name));
    await until('it listens', () =>
      fetch(`http://127.0.0.1:${before.ports[0]?.outside}/`).then(
        () => true,
        () => false,
      ),
    );
    expect(value(await b.files(before.name).list(before.mounts[0]?.target ?? '')).map((f) => f.name)).toContain('config');
    value(await b.stop(before.name, { timeoutSeconds: 10 }));
    value(await b.making.removeInstance(before.name, 's1'));
    await fault('take-secondary-away', false);
    expect(world.look()).toMatchObject({ members: { secondary: { running: false, flagged: true } }, marks: {} });
    expect(await state(b, 'js7-demo-secondary')).toBe('created');
  });

  it('JOC is stopped and started, and a reset brings all back', async () => {
    await login();
    await fault('stop-joc', true);
    expect(await state(a, 'js7-joc')).toBe('exited');
    await fault('take-secondary-away', true);
    const before = world.jocSettings().map((j) => j.url);
    value(await world.reset());
    expect(await state(a, 'js7-joc')).toBe('running');
    expect(await state(b, 'js7-demo-secondary')).toBe('created');
    expect(world.jocSettings().map((j) => j.url)).toEqual(before);
    expect(value(await b.making.networks()).length).toBe(1);
    await login();
  });

  it('a world that was made before there was JOC Cockpit gets one, and goes on', async () => {
    const primary = value(await a.inspect('js7-demo-primary'));
    await world.close({ stopAll: true });
    const file = join(dataDir, 'rehearsal/world.json');
    const saved = JSON.parse(readFileSync(file, 'utf8')) as { ports: Record<string, number> };
    const { joc: _, ...ports } = saved.ports;
    writeFileSync(file, JSON.stringify({ ...saved, ports }));
    const containers = world.containers('docker-a');
    const made = containers.find('js7-joc');
    if (made) await containers.remove(made, { volumes: true });
    for (const id of ['docker-a', 'docker-b'])
      for (const sub of ['networks', 'images']) rmSync(join(dataDir, 'rehearsal/engines', id, sub), { recursive: true });
    await open();
    expect(await state(a, 'js7-joc')).toBe('running');
    const now = value(await a.inspect('js7-demo-primary'));
    expect(now !== 'absent' && primary !== 'absent' && now.id === primary.id && now.state).toBe('running');
    await login();
  });
});
