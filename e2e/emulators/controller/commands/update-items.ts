/** POST /item carried out: the events a real Controller wrote for the recorded requests (recordings 11/001-002, 09/045, 04/004). */
import { isObject, type JsonObject, objectAt, stringAt } from '../../shared/json';
import type { Controller } from '../controller';
import type { NewEvent } from '../state/events';
import { Problem } from '../web/problem';

export async function updateItems(controller: Controller, operations: readonly JsonObject[]): Promise<void> {
  const { journal } = controller.node;
  const { state } = journal;
  const added: NewEvent[] = [];
  const attachable: NewEvent[] = [];
  for (const operation of operations) {
    const item = objectAt(operation, 'item');
    switch (operation.TYPE) {
      case 'AddVersion':
        added.push({ TYPE: 'VersionAdded', versionId: String(operation.versionId) });
        break;
      case 'AddOrChangeSigned':
        added.push({ TYPE: 'VersionedItemAdded', signed: checkSigned(objectAt(operation, 'signedString')) });
        break;
      case 'AddOrChangeSimple': {
        const full = completed(item ?? {});
        const known =
          item?.TYPE === 'AgentRef'
            ? state.agents.has(String(item.path))
            : item?.TYPE === 'SubagentItem' && state.subagents.has(String(item.id));
        added.push({ TYPE: known ? 'UnsignedSimpleItemChanged' : 'UnsignedSimpleItemAdded', item: full });
        if (known) break;
        if (item?.TYPE === 'AgentRef')
          attachable.push({ TYPE: 'ItemAttachable', key: `Agent:${String(item.path)}`, delegateId: `Agent:${String(item.path)}` });
        if (item?.TYPE === 'SubagentItem')
          attachable.push({ TYPE: 'ItemAttachable', key: `Subagent:${String(item.id)}`, delegateId: `Agent:${String(item.agentPath)}` });
        break;
      }
      default:
        throw Problem.text(`${String(operation.TYPE)} is not emulated`);
    }
  }
  if (added.length > 0) await journal.persist(added, { transaction: true });
  if (attachable.length > 0) await journal.persist(attachable, { transaction: true });
  controller.agents.itemsChanged();
}

/** The defaults as they stand in the recorded events. */
function completed(item: JsonObject): JsonObject {
  switch (item.TYPE) {
    case 'AgentRef':
      return {
        TYPE: 'AgentRef',
        path: item.path,
        directors: item.directors,
        requireFailoverConfirmation: item.requireFailoverConfirmation === true,
        itemRevision: 0,
      };
    case 'SubagentItem':
      return {
        TYPE: 'SubagentItem',
        id: item.id,
        agentPath: item.agentPath,
        uri: item.uri,
        disabled: item.disabled === true,
        itemRevision: 0,
      };
    case 'Lock':
      return { TYPE: 'Lock', path: item.path, limit: item.limit ?? 1, itemRevision: 0 };
    default:
      return { ...item, itemRevision: 0 };
  }
}

/** Signatures are taken as they are: who signs is no matter of this emulation. */
function checkSigned(signed: JsonObject | undefined): JsonObject {
  const text = stringAt(signed, 'string');
  try {
    const item: unknown = JSON.parse(text ?? '');
    if (signed && isObject(item) && item.TYPE === 'Workflow') return signed;
  } catch {
    // told below
  }
  throw Problem.text('JSON DecodingFailure at .signedString: only workflows are emulated');
}
