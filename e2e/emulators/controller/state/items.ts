/**
 * Items and their attachment (recording 11): events `UnsignedSimpleItemAdded`, `VersionAdded`, `VersionedItemAdded`, `ItemAttachable`,
 * `ItemAttached`. Signed and versioned items stay in the snapshot as the events they came with.
 */
import { type JsonObject, objectAt, stringAt } from '../../shared/json';

export class Items {
  /** Snapshot objects that are copies of their events, in the order they came. */
  readonly versioned: JsonObject[] = [];
  readonly locks = new Map<string, JsonObject>();
  readonly attachments = new Map<string, JsonObject>();
  /** Other unsigned items, by `TYPE:path`; real snapshots tell them in shapes of their own. */
  readonly unsigned = new Map<string, JsonObject>();

  addUnsigned(item: JsonObject): void {
    const key = `${String(item.TYPE)}:${String(item.path ?? item.id)}`;
    if (item.TYPE === 'Lock') {
      const { TYPE: _, ...lock } = item;
      this.locks.set(String(item.path), { TYPE: 'LockState', lock, acquired: { TYPE: 'Available' }, queue: [] });
    } else this.unsigned.set(key, { TYPE: 'UnsignedSimpleItemAdded', item });
  }

  attach(event: JsonObject): void {
    const { eventId: _, timestamp: __, ...object } = event;
    this.attachments.set(String(event.key), object);
  }

  forgetAttachments(agentPath: string): void {
    for (const [key, object] of this.attachments) {
      if (object.delegateId !== `Agent:${agentPath}`) continue;
      // After a reset the Agent's own items wait to be attached anew (recording 11c/006); workflows are attached when an order needs them.
      if (key.startsWith('Workflow:')) this.attachments.delete(key);
      else this.attachments.set(key, { TYPE: 'ItemAttachable', key, delegateId: object.delegateId });
    }
  }

  workflows(): readonly JsonObject[] {
    return this.versioned.flatMap((object) => {
      const text = stringAt(objectAt(object, 'signed'), 'string');
      const item = text === undefined ? undefined : (JSON.parse(text) as JsonObject);
      return item?.TYPE === 'Workflow' ? [item] : [];
    });
  }

  workflow(path: string): JsonObject | undefined {
    return this.workflows().findLast((w) => w.path === path);
  }
}
