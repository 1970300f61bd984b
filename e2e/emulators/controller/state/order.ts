/** One order as a snapshot object, and what its events make of it (recording 11). Pure; throws when an event does not fit. */
import { type Json, type JsonObject, listAt, stringAt } from '../../shared/json';
import type { Stamped } from './events';

export class InapplicableOrderEvent extends Error {}

export interface Order extends JsonObject {
  readonly TYPE: 'Order';
  readonly id: string;
  readonly workflowPosition: { readonly workflowId: JsonObject; readonly position: readonly Json[] };
  readonly state: JsonObject & { readonly TYPE: string };
  readonly attachedState?: JsonObject & { readonly TYPE: string };
}

export function orderAdded(event: Stamped): Order {
  const { scheduledFor, deleteWhenTerminated, arguments: args } = event;
  return {
    TYPE: 'Order',
    id: event.Key ?? '',
    workflowPosition: { workflowId: event.workflowId as JsonObject, position: [0] },
    state: { TYPE: 'Fresh' },
    ...(args !== undefined && { arguments: args }),
    ...(scheduledFor !== undefined && { scheduledFor }),
    ...(deleteWhenTerminated === true && { deleteWhenTerminated: true }),
  };
}

/** The order after the event, or undefined when the event deletes it. */
export function applyOrderEvent(order: Order, event: Stamped): Order | undefined {
  const attached = order.attachedState?.TYPE;
  const agentPath = stringAt(event, 'agentPath') ?? stringAt(order.attachedState, 'agentPath');
  const inapplicable = (): never => {
    const what = event.TYPE === 'OrderAttached' ? `OrderAttached(Agent:${agentPath})` : event.TYPE;
    throw new InapplicableOrderEvent(`Inapplicable ${what} event for ${showOrder(order)}`);
  };
  switch (event.TYPE) {
    case 'OrderAttachable':
      return attached ? inapplicable() : { ...order, attachedState: { TYPE: 'Attaching', agentPath } };
    case 'OrderAttached':
      return attached === 'Attaching' ? { ...order, attachedState: { TYPE: 'Attached', agentPath } } : inapplicable();
    case 'OrderDetachable':
      return attached === 'Attached' ? { ...order, attachedState: { TYPE: 'Detaching', agentPath } } : inapplicable();
    case 'OrderDetached': {
      if (attached !== 'Detaching') inapplicable();
      const { attachedState: _, ...rest } = order;
      return rest as Order;
    }
    case 'OrderStarted':
      return order.state.TYPE === 'Fresh' ? { ...order, state: { TYPE: 'Ready' } } : inapplicable();
    case 'OrderProcessingStarted':
      return order.state.TYPE === 'Ready' ? { ...order, state: { TYPE: 'Processing', subagentId: event.subagentId } } : inapplicable();
    case 'OrderProcessed':
      if (order.state.TYPE !== 'Processing') inapplicable();
      return {
        ...order,
        state: { TYPE: 'Processed' },
        historicOutcomes: [...listAt(order, 'historicOutcomes'), { position: order.workflowPosition.position, outcome: event.outcome }],
      };
    case 'OrderMoved':
      return { ...order, workflowPosition: { ...order.workflowPosition, position: event.to as readonly Json[] }, state: { TYPE: 'Ready' } };
    case 'OrderFinished':
      return attached ? inapplicable() : { ...order, state: { TYPE: 'Finished' } };
    case 'OrderCancelled':
      return attached ? inapplicable() : { ...order, state: { TYPE: 'Cancelled' } };
    case 'OrderDeleted':
      return undefined;
    default:
      return order;
  }
}

function showOrder(order: Order): string {
  const { workflowId, position } = order.workflowPosition;
  return `Order(Order:${order.id}, ${order.state.TYPE}, ${String(workflowId.path)}~${String(workflowId.versionId)}:${position.join('/')})`;
}
