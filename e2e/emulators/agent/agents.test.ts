/** Controllers, their copies and an Agent, against recordings 11, 11b and 11c. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JsonObject } from '../shared/json';
import { sleep } from '../shared/sleep';
import { type Program, until, World } from '../shared/test-world';

// Programs are started and stopped many times.
vi.setConfig({ testTimeout: 60_000 });

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.end());

const AGENT_REF = { TYPE: 'AddOrChangeSimple', item: { TYPE: 'AgentRef', path: 'agent-1', directors: ['subagent-1a'] } };
const subagent = (uri: string): JsonObject => ({
  TYPE: 'AddOrChangeSimple',
  item: { TYPE: 'SubagentItem', id: 'subagent-1a', agentPath: 'agent-1', uri },
});
const job = (script: string): JsonObject => ({
  agentPath: 'agent-1',
  executable: { TYPE: 'ShellScriptExecutable', script },
  processLimit: 50,
});
const workflow = (jobs: Record<string, string>): JsonObject => ({
  TYPE: 'Workflow',
  path: 'wf',
  versionId: '1',
  instructions: Object.keys(jobs).map((jobName) => ({ TYPE: 'Execute.Named', jobName })),
  jobs: Object.fromEntries(Object.entries(jobs).map(([name, script]) => [name, job(script)])),
});
const ndjson = (...objects: JsonObject[]): string => objects.map((o) => `${JSON.stringify(o)}\n`).join('');

async function deploy(controller: Program, agentUrl: string, jobs: Record<string, string>): Promise<void> {
  const items = await controller.post('/controller/api/item', ndjson(AGENT_REF, subagent(agentUrl)), 'application/x-ndjson');
  expect([items.status, items.json]).toEqual([200, {}]);
  const signed = {
    TYPE: 'AddOrChangeSigned',
    signedString: { string: JSON.stringify(workflow(jobs)), signature: { TYPE: 'Silly', signatureString: 'MY-SILLY-SIGNATURE' } },
  };
  expect(
    (await controller.post('/controller/api/item', ndjson({ TYPE: 'AddVersion', versionId: '1' }, signed), 'application/x-ndjson')).status,
  ).toBe(200);
}

const add = (controller: Program, ...ids: string[]) =>
  controller.command({ TYPE: 'AddOrders', orders: ids.map((id) => ({ id, workflowPath: 'wf', planId: [] })) });
const runsOf = async (agent: Program): Promise<string[]> =>
  ((await agent.get('/runs')).json as unknown as { orderId: string; job: string }[]).map((r) => `${r.orderId}:${r.job}`);
const coupling = async (controller: Program): Promise<JsonObject> =>
  ((await controller.snapshot('AgentRefState'))[0]?.couplingState ?? {}) as JsonObject;
const order = async (controller: Program, id: string): Promise<JsonObject | undefined> =>
  (await controller.snapshot('Order')).find((o) => o.id === id);
const isFinished = async (controller: Program, id: string): Promise<boolean> =>
  (((await order(controller, id))?.state as JsonObject | undefined)?.TYPE ?? '') === 'Finished';

describe('emulated Agent', () => {
  it('runs an order with the recorded events, once', async () => {
    const agent = await (await world.agent()).start().answers();
    const controller = await (await world.controller()).start().ready();
    await deploy(controller, agent.url, { job: 'echo', sleep: 'sleep 0.3' });
    const added = await add(controller, 'A1');
    expect(Object.keys(added.json)).toEqual(['TYPE', 'eventId']);
    await until('A1 is finished', () => isFinished(controller, 'A1'));
    const names = (await controller.events()).filter((e) => e.Key === 'A1').map((e) => e.TYPE);
    expect(names).toEqual([
      'OrderAdded',
      'OrderAttachable',
      'OrderAttached',
      'OrderStarted',
      'OrderProcessingStarted',
      'OrderProcessed',
      'OrderMoved',
      'OrderProcessingStarted',
      'OrderProcessed',
      'OrderMoved',
      'OrderDetachable',
      'OrderDetached',
      'OrderFinished',
    ]);
    expect(await runsOf(agent)).toEqual(['A1:job', 'A1:sleep']);
    expect(await order(controller, 'A1')).toEqual({
      TYPE: 'Order',
      id: 'A1',
      workflowPosition: { workflowId: { path: 'wf', versionId: '1' }, position: [2] },
      state: { TYPE: 'Finished' },
      historicOutcomes: [0, 1].map((p) => ({ position: [p], outcome: { TYPE: 'Succeeded', namedValues: { returnCode: 0 } } })),
    });
    expect((await coupling(controller)).TYPE).toBe('Coupled');
  });

  it('refuses AddOrders without planId', async () => {
    const controller = await (await world.controller()).start().ready();
    expect((await controller.command({ TYPE: 'AddOrders', orders: [{ id: 'X', workflowPath: 'wf' }] })).status).toBe(400);
  });

  it('couples again after a proper move: running jobs go on, nothing is repeated', async () => {
    const agent = await (await world.agent()).start().answers();
    const primary = await (await world.controller()).start().ready();
    await deploy(primary, agent.url, { job: 'echo', sleep: 'sleep 2', last: 'echo' });
    await add(primary, 'A1', 'A2');
    await until('the sleeping job runs', async () => (await runsOf(agent)).includes('A2:sleep'));
    expect(await primary.stop()).toBe(0);
    const secondary = await world.controller();
    secondary.takeJournalOf(primary);
    await secondary.start().ready();
    await until('A1, A2 are finished', async () => (await isFinished(secondary, 'A1')) && (await isFinished(secondary, 'A2')));
    expect((await runsOf(agent)).toSorted()).toEqual(['A1:job', 'A1:last', 'A1:sleep', 'A2:job', 'A2:last', 'A2:sleep']);
    // It was coupled and is again: not worth an event.
    const names = (await secondary.events()).map((e) => e.TYPE);
    expect(names.slice(names.lastIndexOf('ControllerReady'))).not.toContain('AgentCoupled');
  });

  it('split brain: unattached orders run twice, both Controllers end with 0, again and again; ResetAgent mends it', async () => {
    const agent = await (await world.agent()).start().answers();
    const right = await (await world.controller()).start().ready();
    await deploy(right, agent.url, { job: 'echo' });
    await add(right, 'A1');
    await until('A1 is finished', () => isFinished(right, 'A1'));
    await agent.kill();
    await add(right, 'E1', 'E2');
    await right.stop();
    const wrong = await world.controller();
    wrong.takeJournalOf(right);
    await agent.start().answers();
    await right.start().ready();
    await until('E1, E2 are finished', async () => (await isFinished(right, 'E1')) && (await isFinished(right, 'E2')));
    wrong.start();
    expect(await Promise.all([right.exit, wrong.exit])).toEqual([0, 0]);
    expect(right.output).toMatch(
      /Event could not be stored: InapplicableOrderEvent: Inapplicable OrderAttached\(Agent:agent-1\) event for Order\(Order:E1, Finished, wf~1:1\)/,
    );
    expect((await runsOf(agent)).toSorted()).toEqual(['A1:job', 'E1:job', 'E1:job', 'E2:job', 'E2:job']);
    right.start();
    expect(await right.exit).toBe(0);
    await agent.kill();
    await right.start().ready();
    await sleep(1500);
    expect(right.running).toBe(true);
    expect((await right.command({ TYPE: 'ResetAgent', agentPath: 'agent-1', force: true })).json).toEqual({ TYPE: 'Accepted' });
    expect((await right.snapshot('AgentRefState'))[0]?.couplingState).toEqual({ TYPE: 'Reset', reason: { TYPE: 'ResetCommand' } });
    await agent.start().answers();
    await until('coupled', async () => (await coupling(right)).TYPE === 'Coupled');
    await add(right, 'H1');
    await until('H1 is finished', () => isFinished(right, 'H1'));
    expect(right.running).toBe(true);
  });

  it('an order that only the other one knows kills the late copy', async () => {
    const agent = await (await world.agent()).start().answers();
    const right = await (await world.controller()).start().ready();
    await deploy(right, agent.url, { job: 'echo' });
    await add(right, 'A1');
    await until('A1 is finished', () => isFinished(right, 'A1'));
    await right.stop();
    const late = await world.controller();
    late.takeJournalOf(right);
    await right.start().ready();
    await add(right, 'B1');
    await until('B1 is finished', () => isFinished(right, 'B1'));
    late.start();
    expect(await late.exit).toBe(0);
    expect(late.output).toContain('Event could not be stored: UnknownKey: No such OrderId: Order:B1');
    expect(right.running).toBe(true);
  });

  it('belongs to the Controller that dedicated it', async () => {
    const agent = await (await world.agent()).start().answers();
    const first = await (await world.controller()).start().ready();
    await deploy(first, agent.url, { job: 'echo' });
    await until('coupled', async () => (await coupling(first)).TYPE === 'Coupled');
    const other = await (await world.controller()).start().ready();
    await deploy(other, agent.url, { job: 'echo' });
    const problem = await until('refused', async () => (await other.snapshot('AgentRefState'))[0]?.problem as JsonObject | undefined);
    expect(problem).toEqual({
      code: 'AgentAlreadyDedicated',
      message: 'Controller requested a new agent, but this agent has already been dedicated and used. This is the wrong agent.',
    });
  });
});
