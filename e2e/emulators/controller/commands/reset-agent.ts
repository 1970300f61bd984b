/** ResetAgent: the way back after a split brain (recording 11c): the Agent's journal is destroyed, a new coupling begins. */
import { type JsonObject, stringAt } from '../../shared/json';
import type { Controller } from '../controller';
import { Problem, unknownKey } from '../web/problem';

export async function resetAgent(controller: Controller, command: JsonObject): Promise<void> {
  const path = stringAt(command, 'agentPath') ?? '';
  const agent = controller.node.journal.state.agents.get(path);
  if (!agent) throw unknownKey('AgentPath', `Agent:${path}`);
  if (agent.couplingState.TYPE === 'Resetting') throw Problem.text('AgentRef is already in Resetting state');
  await controller.agents.reset(path, command.force === true);
}
