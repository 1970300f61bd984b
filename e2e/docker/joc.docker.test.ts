/** The docker test world with JOC Cockpit: a standalone pair found by name, and a licensed pair that couples. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makePair, type Pair } from './controllers';
import { startEngine, type TestEngine } from './dockerd';
import { type JocContainer, makeJoc } from './joc';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine({ name: 'joc' });
}, 90_000);
afterAll(() => engine.remove(), 60_000);

const finds = async (joc: JocContainer, url: string) => {
  const { json } = await joc.call('controller/test', { controllerId: '', url });
  return (json.controller as { controllerId?: string } | undefined)?.controllerId ?? (json.error as { code?: string } | undefined)?.code;
};
const eventually = (look: () => Promise<unknown>, wanted: unknown) =>
  vi.waitFor(async () => expect(await look()).toEqual(wanted), { timeout: 60_000, interval: 200 });

test('JOC Cockpit finds the running Controller by name and alias, and the stopped one not', async () => {
  const [pair, joc]: [Pair, JocContainer] = [
    await makePair(engine, 'shop', { network: 'shop' }),
    await makeJoc(engine, 'shop', { network: 'shop' }),
  ];
  await eventually(() => finds(joc, `http://${pair.primary}:4444`), 'shop');
  expect(await finds(joc, `http://${pair.secondary}:4444`)).toBe('JOC-405');
  pair.docker('network', 'disconnect', 'shop', pair.primary);
  pair.docker('network', 'connect', '--alias', 'js7-controller', 'shop', pair.primary);
  await eventually(() => finds(joc, 'http://js7-controller:4444'), 'shop');
}, 120_000);

test('a licensed pair, registered as a cluster, couples', async () => {
  const pair = await makePair(engine, 'bank', { network: 'bank', licensed: true });
  const joc = await makeJoc(engine, 'bank', { network: 'bank', licensed: true });
  await eventually(() => finds(joc, `http://${pair.primary}:4444`), 'bank');
  await eventually(() => finds(joc, `http://${pair.secondary}:4444`), 'bank');
  const controllers = [
    { url: `http://${pair.primary}:4444`, role: 'PRIMARY', title: 'PRIMARY CONTROLLER' },
    { url: `http://${pair.secondary}:4444`, role: 'BACKUP', title: 'SECONDARY CONTROLLER' },
  ];
  expect((await joc.call('controller/register', { controllerId: '', controllers })).status).toBe(200);
  const state = async () => {
    const { json } = await joc.call('controller/components', { controllerId: 'bank' });
    return (json.clusterState as { _text?: string } | undefined)?._text;
  };
  await eventually(state, 'ClusterCoupled');
}, 180_000);
