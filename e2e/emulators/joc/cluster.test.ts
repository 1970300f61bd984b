/** A licensed pair, registered with a licensed JOC: watched, appointed, coupled, switched over, shut down. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../shared/json';
import { type Program, until } from '../shared/test-world';
import { codeOf, JOC_ACCOUNTS, JocWorld, type TestJoc } from './test-joc';

const world = new JocWorld();
const PAIR = {
  conf: 'js7.web.server.auth.public = true\n',
  privateConf: `${JOC_ACCOUNTS}js7.auth.users.Controller.password = "plain:cluster"\njs7.auth.cluster.password = "cluster"\n`,
  env: { LICENSED: '1' },
};
let joc: TestJoc;
let primary: Program;
let backup: Program;
const id = 'Controller';

interface Picture {
  readonly cluster: string;
  readonly nodes: readonly string[];
}

async function picture(): Promise<Picture> {
  const { json } = await joc.call('controller/components', { controllerId: id });
  const text = (value: unknown): string => String((value as JsonObject | undefined)?._text ?? '-');
  const nodes = (json.controllers as readonly JsonObject[]).map((c) =>
    [c.componentState, c.clusterNodeState, c.connectionState].map(text).join(' '),
  );
  const state = json.clusterState as JsonObject;
  return { cluster: `${String(state._text)} ${String(state.severity)}`, nodes };
}

const nodes = (): JsonObject[] => [
  { url: primary.url, role: 'PRIMARY', title: 'PRIMARY CONTROLLER' },
  { url: backup.url, role: 'BACKUP', title: 'SECONDARY CONTROLLER' },
];

beforeAll(async () => {
  joc = await (await world.joc({ LICENSED: '1' })).login();
  primary = (await world.controller(PAIR)).start();
  backup = (await world.controller({ ...PAIR, conf: `${PAIR.conf}js7.journal.cluster.node.is-backup = yes\n` })).start();
  await Promise.all([primary.ready(), backup.answers()]);
}, 30_000);
afterAll(() => world.end());

describe('a licensed pair', () => {
  test('what JOC refuses of two nodes', async () => {
    const [a, b] = nodes() as [JsonObject, JsonObject];
    expect(codeOf(await joc.register([a, { ...b, url: a.url as string }]))).toEqual([420, 'JOC-400']);
    expect(codeOf(await joc.register([a, { ...b, role: 'PRIMARY' }]))).toEqual([420, 'JOC-400']);
    expect(codeOf(await joc.register([a, { ...b, role: 'STANDALONE' }]))).toEqual([420, 'JOC-400']);
  });

  test('registered first of all: JOC appoints the nodes, watches, and they couple', async () => {
    const { status, json } = await joc.register(nodes());
    expect([status, Array.isArray(json.roles)]).toEqual([200, true]);
    const coupled = await until('coupled', async () => {
      const p = await picture();
      return p.cluster === 'ClusterCoupled 0' && p;
    });
    expect(coupled.nodes).toEqual(['operational active established', 'operational inactive established']);
    const { json: list } = await joc.call('controllers', { controllerId: id });
    const [one, two] = list.controllers as readonly JsonObject[];
    expect([one?.isCoupled, two?.isCoupled, one?.clusterUrl, one?.forceFailoverConfirmation]).toEqual([true, true, primary.url, false]);
    const { json: active } = await joc.call('controller', { controllerId: id });
    expect((active.controller as JsonObject).url).toBe(primary.url);
  }, 30_000);

  test('a command needs to name the node', async () => {
    expect(codeOf(await joc.call('controller/terminate', { controllerId: id }))).toEqual([420, 'JOC-406']);
  });

  test('switched over by JOC: the other one is active, the events tell it, the proxy follows', async () => {
    const first = await joc.call('events', { controllerId: id, eventId: 1 });
    const hearing = joc.call('events', { controllerId: id, eventId: first.json.eventId as number }, {}, 30_000);
    expect((await joc.call('controller/cluster/switchover', { controllerId: id })).json.ok).toBe(true);
    expect(codeOf(await joc.call('controller/cluster/switchover', { controllerId: 'nobody' }))).toEqual([420, 'JOC-400']);
    const heard = (await hearing).json.eventSnapshots as readonly JsonObject[];
    expect(heard.map((e) => e.eventType)).toContain('ControllerStateChanged');
    const after = await until(
      'coupled again',
      async () => {
        const p = await picture();
        return p.cluster === 'ClusterCoupled 0' && p.nodes[1]?.includes(' active ') && p;
      },
      30_000,
    );
    expect(after.nodes).toEqual(['operational inactive established', 'operational active established']);
  }, 60_000);

  test('the active node terminated without switch-over: nobody is active', async () => {
    expect((await joc.call('controller/terminate', { controllerId: id, url: backup.url, withSwitchover: false })).json.ok).toBe(true);
    await backup.exit;
    const down = await until('shut down', async () => {
      const p = await picture();
      return p.cluster === 'ClusterActiveShutDown 2' && p;
    });
    expect(down.nodes).toEqual(['operational inactive established', 'unknown unknown unreachable']);
    expect(codeOf(await joc.call('controller/cluster/switchover', { controllerId: id }))).toEqual([420, 'JOC-400']);
    expect(codeOf(await joc.call('controller/cluster/confirm_node_loss', { controllerId: id }))).toEqual([420, 'JOC-400']);
  }, 30_000);
});

describe('a fail-over that a person must confirm', () => {
  test('is shown, told, confirmed by an account, and then happens', async () => {
    const quick = 'js7.journal.cluster { heartbeat = 500ms, heartbeat-timeout = 1s, consent-timeout = 1s }\n';
    const conf = `${PAIR.conf}${quick}`;
    joc = await (await world.joc({ LICENSED: '1' })).login();
    primary = (await world.controller({ ...PAIR, conf })).start();
    backup = (await world.controller({ ...PAIR, conf: `${conf}js7.journal.cluster.node.is-backup = yes\n` })).start();
    await Promise.all([primary.ready(), backup.answers()]);
    await joc.register(nodes(), { forceFailoverConfirmation: true });
    await until('coupled', async () => (await picture()).cluster === 'ClusterCoupled 0');
    const before = await joc.call('events', { controllerId: id, eventId: 1 });
    await primary.kill();
    await until('to be confirmed', async () => (await picture()).cluster === 'ClusterFailoverToBeConfirmed 2', 30_000);
    const { json } = await joc.call('controller/components', { controllerId: id });
    expect(json.clusterState).toEqual({ severity: 2, _text: 'ClusterFailoverToBeConfirmed', lossNode: 'Primary' });
    const told = await joc.call('events', { controllerId: id, eventId: before.json.eventId as number });
    expect((told.json.eventSnapshots as readonly JsonObject[]).map((e) => e.eventType)).toContain('FailoverProblemEvent');
    expect((await joc.call('controller/cluster/confirm_node_loss', { controllerId: id })).json.ok).toBe(true);
    const after = await until(
      'failed over',
      async () => {
        const p = await picture();
        return p.cluster === 'ClusterFailedOver 1' && p;
      },
      30_000,
    );
    expect(after.nodes).toEqual(['unknown unknown unreachable', 'operational active established']);
  }, 90_000);
});
