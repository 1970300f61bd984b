/** Carries out a Controller command (controller-api 3.1). */
import { type JsonObject, listAt, numberAt, objectAt, stringAt } from '../../shared/json';
import { sleep } from '../../shared/sleep';
import type { Controller } from '../controller';
import { deleteObsoleteLater } from '../journal/obsolete';
import { Problem, unknownKey } from '../web/problem';
import { requireActive, requireReady } from './active';
import { commandType } from './decode';
import { addOrders, cancelOrders, deleteOrders } from './orders';
import { resetAgent } from './reset-agent';
import { shutDown } from './shut-down';

export interface Sender {
  readonly userId: string;
  readonly source: string;
}

const ACCEPTED: JsonObject = { TYPE: 'Accepted' };

export async function execute(controller: Controller, command: JsonObject, sender: Sender): Promise<JsonObject> {
  const { node } = controller;
  const type = commandType(command);
  if (type === 'Batch') return batch(controller, command, sender);
  if (type === 'ShutDown') return shutDown(controller, command, sender);
  if (type === 'EmergencyStop')
    controller.halt(command.restart === true ? 98 : 99, '🟥 EmergencyStop command received: JS7 CONTROLLER STOPS NOW');
  if (type === 'ClusterAppointNodes') {
    await controller.cluster.appoint(command);
    return ACCEPTED;
  }
  if (type === 'ClusterSwitchOver') {
    await requireActive(node);
    await controller.cluster.switchOver(true);
    return ACCEPTED;
  }
  await requireReady(node);
  switch (type) {
    case 'NoOperation':
      await sleep((numberAt(command, 'duration') ?? 0) * 1000);
      return ACCEPTED;
    case 'TakeSnapshot':
      if (node.journal.hasEventsSinceSnapshot) {
        node.journal.startFile();
        deleteObsoleteLater(node.journal, node.settings, node.log);
      }
      return ACCEPTED;
    case 'EmitTestEvent':
      await node.journal.persist([{ TYPE: 'ControllerTestEvent' }]);
      return ACCEPTED;
    case 'AddOrder':
      return {
        TYPE: 'AddOrder.Response',
        ignoredBecauseDuplicate: (await addOrders(controller, [objectAt(command, 'order') ?? {}])).duplicates > 0,
      };
    case 'AddOrders': {
      const { eventId } = await addOrders(controller, listAt(command, 'orders') as JsonObject[]);
      return { TYPE: 'AddOrders.Response', eventId };
    }
    case 'CancelOrders':
      await cancelOrders(controller, listAt(command, 'orderIds').map(String));
      return ACCEPTED;
    case 'DeleteOrdersWhenTerminated':
      await deleteOrders(controller, listAt(command, 'orderIds').map(String));
      return ACCEPTED;
    case 'ResetAgent':
      await resetAgent(controller, command);
      return ACCEPTED;
    case 'ReleaseEvents':
      await releaseEvents(controller, command, sender);
      return ACCEPTED;
    default: {
      const agent = stringAt(command, 'agentPath') ?? '';
      if (type === 'ResetSubagent') throw unknownKey('SubagentId', `Subagent:${stringAt(command, 'subagentId')}`);
      if (!node.journal.state.agents.has(agent)) throw unknownKey('AgentPath', `Agent:${agent}`);
      throw Problem.text(`${type} is not emulated`);
    }
  }
}

/** 200 even if all failed (recording 01/119). */
async function batch(controller: Controller, command: JsonObject, sender: Sender): Promise<JsonObject> {
  const responses: JsonObject[] = [];
  for (const one of listAt(command, 'commands') as JsonObject[]) {
    try {
      responses.push(await execute(controller, one, sender));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      responses.push(problem.json());
    }
  }
  return { TYPE: 'BatchResponse', responses };
}

async function releaseEvents({ node }: Controller, command: JsonObject, { userId }: Sender): Promise<void> {
  if (!node.settings.usersAllowedToReleaseEvents.includes(userId)) {
    throw new Problem('UserIsNotEnabledToReleaseEvents', 'Your UserId has not been enabled for the ReleaseEvents command');
  }
  const untilEventId = numberAt(command, 'untilEventId') ?? 0;
  const current = node.journal.state.released.get(userId) ?? 0;
  if (untilEventId < current)
    throw new Problem('ReverseReleaseEvents', `ReleaseEvents: untilEventId=${untilEventId} is less than the current one`);
  await node.journal.persist([{ TYPE: 'JournalEventsReleased', userId, untilEventId }]);
}
