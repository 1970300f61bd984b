/** AgentRefState and SubagentItemState as snapshot objects, and what their events make of them (controller-api 2.7, recordings 11). */
import { type JsonObject, objectAt } from '../../shared/json';
import type { Stamped } from './events';

const FRESH: JsonObject = { TYPE: 'Reset', reason: { TYPE: 'Fresh' } };

/** Key order as recorded; absent values are left out when written. */
export interface AgentRefState {
  readonly agentRef: JsonObject;
  readonly agentRunId?: string | undefined;
  readonly timezone?: string | undefined;
  readonly couplingState: JsonObject;
  readonly eventId: number;
  readonly problem?: JsonObject | undefined;
  readonly platformInfo?: JsonObject | undefined;
}

export interface SubagentItemState {
  readonly subagentItem: JsonObject;
  readonly subagentRunId?: string | undefined;
  readonly couplingState: JsonObject;
  readonly eventId: number;
  readonly platformInfo?: JsonObject | undefined;
}

export const newAgent = (agentRef: JsonObject): AgentRefState => ({ agentRef, couplingState: FRESH, eventId: 0 });
export const newSubagent = (subagentItem: JsonObject): SubagentItemState => ({ subagentItem, couplingState: FRESH, eventId: 0 });

export function applyAgentEvent(agent: AgentRefState, event: Stamped): AgentRefState {
  switch (event.TYPE) {
    case 'AgentDedicated':
      return {
        ...agent,
        agentRunId: String(event.agentRunId),
        couplingState: { TYPE: 'Coupled' },
        eventId: Number(event.agentEventId),
        problem: undefined,
      };
    case 'AgentCoupled':
      return { ...agent, couplingState: { TYPE: 'Coupled' }, problem: undefined };
    case 'AgentCouplingFailed':
      return { ...agent, problem: objectAt(event, 'problem') };
    case 'AgentReady':
      return { ...agent, timezone: String(event.timezone), platformInfo: objectAt(event, 'platformInfo') };
    case 'AgentEventsObserved':
      return { ...agent, eventId: Number(event.untilEventId) };
    case 'AgentResetStarted':
      return { ...agent, couplingState: { TYPE: 'Resetting', force: event.force === true }, problem: undefined };
    case 'AgentReset':
      return { agentRef: agent.agentRef, couplingState: { TYPE: 'Reset', reason: { TYPE: 'ResetCommand' } }, eventId: 0 };
    case 'AgentShutDown':
      return { ...agent, couplingState: { TYPE: 'ShutDown' } };
    default:
      return agent;
  }
}

export function applySubagentEvent(subagent: SubagentItemState, event: Stamped): SubagentItemState {
  switch (event.TYPE) {
    case 'SubagentDedicated':
      return { ...subagent, subagentRunId: String(event.subagentRunId), platformInfo: objectAt(event, 'platformInfo') };
    case 'SubagentCoupled':
      return { ...subagent, couplingState: { TYPE: 'Coupled' } };
    case 'SubagentReset':
      return { ...subagent, subagentRunId: undefined, couplingState: { TYPE: 'Reset', reason: { TYPE: 'ResetCommand' } } };
    default:
      return subagent;
  }
}

export function agentSnapshot(agent: AgentRefState): JsonObject {
  const { agentRef, agentRunId, timezone, couplingState, eventId, problem, platformInfo } = agent;
  return {
    TYPE: 'AgentRefState',
    agentRef,
    agentRunId,
    timezone,
    couplingState,
    eventId,
    problem,
    clusterState: { TYPE: 'Empty' },
    platformInfo,
  };
}

export function subagentSnapshot(subagent: SubagentItemState): JsonObject {
  const { subagentItem, subagentRunId, couplingState, eventId, platformInfo } = subagent;
  return { TYPE: 'SubagentItemState', subagentItem, subagentRunId, couplingState, eventId, platformInfo };
}
