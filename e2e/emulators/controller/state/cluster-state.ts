/** The cluster state machine: eight variants and their transitions (controller-api 2.2, 2.4). Pure. */
import { isObject, type JsonObject, objectAt, stringAt } from '../../shared/json';
import type { ClusterTiming } from '../config/settings';

export interface ClusterSetting {
  readonly idToUri: Readonly<Record<string, string>>;
  readonly activeId: string;
  readonly timing: ClusterTiming;
  readonly clusterWatchId?: string;
}

export interface JournalPosition {
  readonly fileEventId: number;
  readonly position: number;
}

export type ClusterStateType =
  | 'Empty'
  | 'NodesAppointed'
  | 'PreparedToBeCoupled'
  | 'Coupled'
  | 'ActiveShutDown'
  | 'PassiveLost'
  | 'SwitchedOver'
  | 'FailedOver';

export interface ClusterState {
  readonly TYPE: ClusterStateType;
  readonly setting?: ClusterSetting;
  readonly failedAt?: JournalPosition;
}

export const EMPTY: ClusterState = { TYPE: 'Empty' };

const PREPARABLE: readonly string[] = ['NodesAppointed', 'ActiveShutDown', 'PassiveLost', 'SwitchedOver', 'FailedOver'];

/** From where each event may come, and what it makes. */
const TRANSITIONS: Record<string, (state: ClusterState, setting: ClusterSetting, event: JsonObject) => ClusterState | undefined> = {
  ClusterCouplingPrepared: (s, setting) => (PREPARABLE.includes(s.TYPE) ? { TYPE: 'PreparedToBeCoupled', setting } : undefined),
  ClusterCoupled: (s, setting) => (s.TYPE === 'PreparedToBeCoupled' ? { TYPE: 'Coupled', setting } : undefined),
  ClusterPassiveLost: (s, setting) => (s.TYPE === 'Coupled' ? { TYPE: 'PassiveLost', setting } : undefined),
  ClusterActiveNodeShutDown: (s, setting) => (s.TYPE === 'Coupled' ? { TYPE: 'ActiveShutDown', setting } : undefined),
  ClusterActiveNodeRestarted: (s, setting) => (s.TYPE === 'ActiveShutDown' ? { TYPE: 'PassiveLost', setting } : undefined),
  ClusterSwitchedOver: (s, setting, e) =>
    s.TYPE === 'Coupled' ? { TYPE: 'SwitchedOver', setting: { ...setting, activeId: String(e.activatedId) } } : undefined,
  ClusterFailedOver: (s, setting, e) =>
    s.TYPE === 'Coupled'
      ? { TYPE: 'FailedOver', setting: { ...setting, activeId: String(e.activatedId) }, failedAt: e.failedAt as unknown as JournalPosition }
      : undefined,
  ClusterWatchRegistered: (s, setting, e) => ({ ...s, setting: { ...setting, clusterWatchId: String(e.clusterWatchId) } }),
  ClusterSettingUpdated: (s, setting, e) => ({ ...s, setting: withPassiveUri(setting, String(e.passiveUri)) }),
};

export function isClusterEvent(type: string): boolean {
  return type === 'ClusterNodesAppointed' || type in TRANSITIONS;
}

/** Throws when the event does not fit the state. */
export function applyClusterEvent(state: ClusterState, event: JsonObject): ClusterState {
  const type = stringAt(event, 'TYPE') ?? '';
  if (type === 'ClusterNodesAppointed' && state.TYPE === 'Empty')
    return { TYPE: 'NodesAppointed', setting: readSetting(objectAt(event, 'setting')) };
  const next = state.setting && TRANSITIONS[type]?.(state, state.setting, event);
  if (!next) throw new Error(`Event ${type} is not applicable to ClusterState.${state.TYPE}`);
  return next;
}

export function readClusterState(json: JsonObject | undefined): ClusterState {
  return isObject(json) ? (json as unknown as ClusterState) : EMPTY;
}

export function readSetting(json: JsonObject | undefined): ClusterSetting {
  const setting = json as unknown as ClusterSetting;
  return { ...setting, timing: { ...setting.timing, consentTimeout: setting.timing.consentTimeout ?? 6 } };
}

export function passiveId(setting: ClusterSetting): string {
  return Object.keys(setting.idToUri).find((id) => id !== setting.activeId) ?? '';
}

export function peerId(setting: ClusterSetting, own: string): string {
  return Object.keys(setting.idToUri).find((id) => id !== own) ?? '';
}

function withPassiveUri(setting: ClusterSetting, uri: string): ClusterSetting {
  const passive = passiveId(setting);
  return { ...setting, idToUri: Object.fromEntries(Object.entries(setting.idToUri).map(([id, u]) => [id, id === passive ? uri : u])) };
}

/** As the log and problems tell it: `Coupled(active Primary http://…, passive Backup http://…, ClusterWatch:ID)`. */
export function showClusterState(state: ClusterState): string {
  const { setting } = state;
  if (!setting) return state.TYPE;
  const nodes = Object.entries(setting.idToUri).map(([id, uri]) => `${id === setting.activeId ? 'active' : 'passive'} ${id} ${uri}`);
  return `${state.TYPE}(${nodes.join(', ')}${setting.clusterWatchId ? `, ClusterWatch:${setting.clusterWatchId}` : ''})`;
}
