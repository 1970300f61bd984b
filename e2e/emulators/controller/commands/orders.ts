/** Orders come and go (recordings 11/003, 005). What happens to them between is the Agent's matter. */
import { type JsonObject, objectAt, stringAt } from '../../shared/json';
import type { Controller } from '../controller';
import type { NewEvent } from '../state/events';
import { Problem, unknownKey } from '../web/problem';
import { malformed } from '../web/request-body';

/** An order known already is ignored. The whole is one transaction, as recorded in the ids. */
export async function addOrders(controller: Controller, orders: readonly JsonObject[]): Promise<{ eventId: number; duplicates: number }> {
  const { journal } = controller.node;
  const { state } = journal;
  const added: NewEvent[] = [];
  const attachable: NewEvent[] = [];
  let duplicates = 0;
  for (const [i, order] of orders.entries()) {
    // Without planId the real one does not understand the request (controller-api-proved, surprise 11).
    if (!Array.isArray(order.planId)) throw malformed(`JSON DecodingFailure at .orders[${i}].planId: Missing required field`);
    const id = stringAt(order, 'id') ?? '';
    const path = stringAt(order, 'workflowPath') ?? '';
    if (state.orders.has(id) || added.some((e) => e.Key === id)) {
      duplicates++;
      continue;
    }
    const workflow = state.items.workflow(path);
    if (!workflow) throw unknownKey('WorkflowPath', `Workflow:${path}`);
    const workflowId = { path, versionId: String(workflow.versionId) };
    const { scheduledFor, arguments: args, deleteWhenTerminated } = order;
    added.push({
      Key: id,
      TYPE: 'OrderAdded',
      workflowId,
      ...(args !== undefined && { arguments: args }),
      ...(scheduledFor !== undefined && { scheduledFor }),
      planId: [],
      ...(deleteWhenTerminated === true && { deleteWhenTerminated }),
    });
    const agentPath = agentOf(workflow);
    if (agentPath !== undefined) attachable.push({ Key: id, TYPE: 'OrderAttachable', agentPath });
  }
  if (added.length > 0) await journal.persist([...added, ...attachable], { transaction: true });
  controller.agents.ordersChanged();
  return { eventId: journal.lastEventId, duplicates };
}

/** The Agent of the first job: workflows over several Agents are not emulated. Undefined: the order waits where it is. */
function agentOf(workflow: JsonObject): string | undefined {
  for (const job of Object.values(objectAt(workflow, 'jobs') ?? {})) {
    const path = stringAt(job as JsonObject, 'agentPath');
    if (path !== undefined) return path;
  }
  return undefined;
}

export async function cancelOrders(controller: Controller, ids: readonly string[]): Promise<void> {
  const { journal } = controller.node;
  const events: NewEvent[] = [];
  for (const id of ids) {
    const order = journal.state.orders.get(id);
    if (!order) throw unknownKey('OrderId', `Order:${id}`);
    if (order.attachedState) throw Problem.text(`CancelOrders of an attached order is not emulated: Order:${id}`);
    events.push({ Key: id, TYPE: 'OrderCancelled' });
    if (order.deleteWhenTerminated === true) events.push({ Key: id, TYPE: 'OrderDeleted' });
  }
  if (events.length > 0) await journal.persist(events, { transaction: true });
}

export async function deleteOrders(controller: Controller, ids: readonly string[]): Promise<void> {
  const { journal } = controller.node;
  const events = ids
    .filter((id) => ['Finished', 'Cancelled'].includes(journal.state.orders.get(id)?.state.TYPE ?? ''))
    .map((id) => ({ Key: id, TYPE: 'OrderDeleted' }));
  if (events.length > 0) await journal.persist(events, { transaction: true });
}
