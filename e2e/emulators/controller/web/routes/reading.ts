/** The plain reading routes: journalInfo, cluster, session list, agent-forward (controller-api 1.2, 1.5, 1.9). */
import type { JsonObject } from '../../../shared/json';
import { type Node, nodeState } from '../../node';
import type { Exchange } from '../exchange';
import { Problem, unknownKey } from '../problem';

/** No login, any method, never waits: the liveness probe. */
export function journalInfo(node: Node, exchange: Exchange): void {
  exchange.json(200, node.journal.info() as unknown as JsonObject);
}

export async function cluster(node: Node, exchange: Exchange): Promise<void> {
  const state = await nodeState(node);
  const eventId = node.journal.committed.eventId;
  const clusterState = state.clusterState as unknown as JsonObject;
  const wanted = exchange.query.get('return');
  if (wanted === null || wanted === 'ClusterState') exchange.json(200, { eventId, ...clusterState });
  else if (wanted === 'ClusterNodeState')
    exchange.json(200, { eventId, nodeId: node.settings.nodeId, isBackup: node.settings.isBackup, clusterState });
  else throw Problem.text(`Unrecognized return=${wanted}`);
}

export function sessionList(node: Node, exchange: Exchange): void {
  exchange.json(200, node.sessions.list());
}

/** Only whether the Agent is known: what a Director tells of itself is not emulated. */
export async function agentForward(node: Node, path: string): Promise<void> {
  const state = await nodeState(node);
  if (!state.agents.has(path)) throw unknownKey('AgentPath', `Agent:${path}`);
  throw Problem.text('agent-forward is not emulated');
}
