/**
 * Something to look at in rehearsals, by environment: EMULATED_AGENT=URL deploys Agent and workflow, EMULATED_SEED_ORDERS=n puts orders into a new
 * journal that wait for a far day, EMULATED_ORDERS_PER_MINUTE=n lets orders trickle. Without an Agent their workflow has no jobs.
 */
import type { JsonObject } from '../../shared/json';
import { addOrders } from '../commands/orders';
import { updateItems } from '../commands/update-items';
import type { Controller } from '../controller';

const FAR_MS = 365 * 24 * 3_600_000;

/** Returns how to stop the trickle. */
export async function startDemo(controller: Controller, isNew: boolean): Promise<(() => void) | undefined> {
  const { EMULATED_AGENT: uri, EMULATED_SEED_ORDERS: seed, EMULATED_ORDERS_PER_MINUTE: perMinute } = process.env;
  if (!uri && !seed && !perMinute) return undefined;
  const { state } = controller.node.journal;
  if (!state.items.workflow('demo')) await updateItems(controller, demoItems(uri));
  if (isNew && Number(seed) > 0) {
    const orders = Array.from({ length: Number(seed) }, (_, i) => ({
      id: `seed-${i + 1}`,
      workflowPath: 'demo',
      planId: [],
      scheduledFor: Date.now() + FAR_MS,
    }));
    await addOrders(controller, orders);
  }
  if (!(Number(perMinute) > 0)) return undefined;
  const timer = setInterval(() => void trickle(controller).catch(() => {}), 60_000 / Number(perMinute));
  return () => clearInterval(timer);
}

function demoItems(uri: string | undefined): JsonObject[] {
  const script = (text: string): JsonObject => ({
    agentPath: 'agent-1',
    executable: { TYPE: 'ShellScriptExecutable', script: `#!/bin/sh\n${text}\n` },
    processLimit: 50,
  });
  const workflow = {
    TYPE: 'Workflow',
    path: 'demo',
    versionId: 'demo-1',
    instructions: uri
      ? [
          { TYPE: 'Execute.Named', jobName: 'prepare' },
          { TYPE: 'Execute.Named', jobName: 'work' },
        ]
      : [],
    ...(uri && { jobs: { prepare: script('echo prepare'), work: script('sleep 2') } }),
  };
  return [
    ...(uri
      ? [
          { TYPE: 'AddOrChangeSimple', item: { TYPE: 'AgentRef', path: 'agent-1', directors: ['subagent-1'] } },
          { TYPE: 'AddOrChangeSimple', item: { TYPE: 'SubagentItem', id: 'subagent-1', agentPath: 'agent-1', uri } },
        ]
      : []),
    { TYPE: 'AddVersion', versionId: 'demo-1' },
    {
      TYPE: 'AddOrChangeSigned',
      signedString: { string: JSON.stringify(workflow), signature: { TYPE: 'Silly', signatureString: 'EMULATED' } },
    },
  ];
}

async function trickle(controller: Controller): Promise<void> {
  const { journal, role } = controller.node;
  if (role.phase !== 'active' || role.readiness !== 'ready' || role.closing) return;
  const id = `demo-${Date.now().toString(36)}`;
  await addOrders(controller, [{ id, workflowPath: 'demo', planId: [], deleteWhenTerminated: true }]);
  // Without jobs there is nothing an Agent would do.
  if (!journal.state.orders.get(id)?.attachedState)
    await journal.persist(
      ['OrderStarted', 'OrderFinished', 'OrderDeleted'].map((TYPE) => ({ Key: id, TYPE })),
      { transaction: true },
    );
}
