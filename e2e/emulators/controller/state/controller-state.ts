/** The Controller's state: folded from snapshot objects and events, and told again as snapshot objects (controller-api 2.7). */
import type { EventId } from '../../shared/event-id';
import { type JsonObject, numberAt, objectAt, stringAt } from '../../shared/json';
import {
  type AgentRefState,
  agentSnapshot,
  applyAgentEvent,
  applySubagentEvent,
  newAgent,
  newSubagent,
  type SubagentItemState,
  subagentSnapshot,
} from './agent-state';
import { Carried } from './carried';
import { applyClusterEvent, type ClusterState, EMPTY, isClusterEvent, readClusterState, readSetting } from './cluster-state';
import type { Stamped } from './events';
import { Items } from './items';
import { applyOrderEvent, InapplicableOrderEvent, type Order, orderAdded } from './order';

export interface MetaState {
  readonly controllerId: string;
  readonly initiallyStartedAt: number;
  readonly timezone: string;
}

/** An event that cannot be applied: the Controller reading it ends itself (recordings 11, 11b). */
export class InapplicableEvent extends Error {}

export class ControllerState {
  clusterState: ClusterState = EMPTY;
  meta: MetaState | undefined;
  readonly released = new Map<string, EventId>();
  readonly agents = new Map<string, AgentRefState>();
  readonly subagents = new Map<string, SubagentItemState>();
  readonly orders = new Map<string, Order>();
  readonly items = new Items();
  readonly carried = new Carried();
  /** Snapshot object `Plan` appears once an order has been added (recording 11). */
  #plan = false;

  get orderCount(): number {
    return this.orders.size + this.carried.orderCount;
  }

  /** False when the object is none of those known here: then it is carried. */
  applySnapshot(object: JsonObject): boolean {
    switch (object.TYPE) {
      case 'JournalState':
        for (const [user, id] of Object.entries(objectAt(object, 'userIdToReleasedEventId') ?? {})) this.released.set(user, Number(id));
        return true;
      case 'ClusterStateSnapshot': {
        const state = readClusterState(objectAt(object, 'clusterState'));
        this.clusterState = state.setting ? { ...state, setting: readSetting(state.setting as unknown as JsonObject) } : state;
        return true;
      }
      case 'ControllerMetaState':
        this.meta = {
          controllerId: stringAt(object, 'controllerId') ?? '',
          initiallyStartedAt: numberAt(object, 'initiallyStartedAt') ?? 0,
          timezone: stringAt(object, 'timezone') ?? 'UTC',
        };
        return true;
      case 'AgentRefState':
        this.agents.set(String(objectAt(object, 'agentRef')?.path), object as unknown as AgentRefState);
        return true;
      case 'SubagentItemState':
        this.subagents.set(String(objectAt(object, 'subagentItem')?.id), object as unknown as SubagentItemState);
        return true;
      case 'LockState':
        this.items.locks.set(String(objectAt(object, 'lock')?.path), object);
        return true;
      case 'Plan':
        this.#plan = true;
        return true;
      case 'VersionAdded':
      case 'VersionedItemAdded':
        this.items.versioned.push(object);
        return true;
      case 'UnsignedSimpleItemAdded':
        this.items.addUnsigned(objectAt(object, 'item') ?? {});
        return true;
      case 'ItemAttachable':
      case 'ItemAttached':
        this.items.attach(object);
        return true;
      case 'Order':
        this.orders.set(String(object.id), object as Order);
        return true;
      default:
        return false;
    }
  }

  apply(event: Stamped): void {
    const { TYPE: type, Key: key } = event;
    if (isClusterEvent(type)) this.clusterState = applyClusterEvent(this.clusterState, event);
    else if (type.startsWith('Order') && key !== undefined) this.#applyOrder(key, event);
    else if (type.startsWith('Agent') && key !== undefined) this.#applyAgent(key, event);
    else if (type.startsWith('Subagent') && key !== undefined) {
      const subagent = this.subagents.get(key);
      if (subagent) this.subagents.set(key, applySubagentEvent(subagent, event));
    } else this.#applyOther(type, event);
  }

  #applyOrder(key: string, event: Stamped): void {
    if (event.TYPE === 'OrderAdded') {
      this.#plan = true;
      this.orders.set(key, orderAdded(event));
      return;
    }
    if (event.TYPE === 'OrderStdoutWritten' || event.TYPE === 'OrderStderrWritten') return;
    const order = this.orders.get(key);
    if (!order) throw new InapplicableEvent(`UnknownKey: No such OrderId: Order:${key}`);
    try {
      const next = applyOrderEvent(order, event);
      if (next) this.orders.set(key, next);
      else this.orders.delete(key);
    } catch (error) {
      if (error instanceof InapplicableOrderEvent) throw new InapplicableEvent(`InapplicableOrderEvent: ${error.message}`);
      throw error;
    }
  }

  #applyAgent(key: string, event: Stamped): void {
    const agent = this.agents.get(key);
    if (agent) this.agents.set(key, applyAgentEvent(agent, event));
    if (event.TYPE === 'AgentReset') this.items.forgetAttachments(key);
  }

  #applyOther(type: string, event: Stamped): void {
    switch (type) {
      case 'ControllerInitialized':
        this.meta = { controllerId: String(event.controllerId), initiallyStartedAt: Number(event.initiallyStartedAt), timezone: 'UTC' };
        break;
      case 'ControllerReady':
        if (this.meta) this.meta = { ...this.meta, timezone: String(event.timezone) };
        break;
      case 'JournalEventsReleased':
        this.released.set(String(event.userId), Number(event.untilEventId));
        break;
      case 'UnsignedSimpleItemAdded':
      case 'UnsignedSimpleItemChanged':
      case 'UnsignedSimpleItemAddedAndChanged':
        this.#addUnsigned(objectAt(event, 'item') ?? {});
        break;
      case 'VersionAdded':
      case 'VersionedItemAdded': {
        const { eventId: _, timestamp: __, ...object } = event;
        this.items.versioned.push(object);
        break;
      }
      case 'ItemAttachable':
      case 'ItemAttached':
        this.items.attach(event);
        break;
    }
  }

  #addUnsigned(item: JsonObject): void {
    const { TYPE: type, ...rest } = item;
    if (type === 'AgentRef') {
      const known = this.agents.get(String(item.path));
      this.agents.set(String(item.path), known ? { ...known, agentRef: rest } : newAgent(rest));
    } else if (type === 'SubagentItem') {
      const known = this.subagents.get(String(item.id));
      this.subagents.set(String(item.id), known ? { ...known, subagentItem: rest } : newSubagent(rest));
    } else this.items.addUnsigned(item);
  }

  /** In the recorded order. The carried objects are not among them: they go between `items` and `orders`. */
  snapshot(): { readonly head: readonly JsonObject[]; readonly tail: readonly JsonObject[] } {
    const head: JsonObject[] = [];
    if (this.released.size > 0) head.push({ TYPE: 'JournalState', userIdToReleasedEventId: Object.fromEntries(this.released) });
    if (this.clusterState.TYPE !== 'Empty')
      head.push({ TYPE: 'ClusterStateSnapshot', clusterState: this.clusterState as unknown as JsonObject });
    if (this.meta) head.push({ TYPE: 'ControllerMetaState', ...this.meta });
    for (const agent of this.agents.values()) head.push(agentSnapshot(agent));
    for (const subagent of this.subagents.values()) head.push(subagentSnapshot(subagent));
    head.push(...this.items.locks.values());
    if (this.#plan) head.push({ TYPE: 'Plan', planId: [], status: 'Open' });
    head.push(...this.items.unsigned.values(), ...this.items.versioned, ...this.items.attachments.values());
    return { head, tail: [...this.orders.values()] };
  }
}
