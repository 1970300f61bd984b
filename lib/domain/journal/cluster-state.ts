/** The cluster state as a journal tells it: controller-api.md 2.2 (shapes, transitions), 2.4 (events). */
import { CLUSTER_STATES, type ClusterStateFacts, type KnownClusterState } from '../controller/controller';

export interface JournalEvent {
  readonly eventId: number;
  readonly type: string;
  readonly line: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (v: unknown): v is Fields => typeof v === 'object' && v !== null && !Array.isArray(v);
const text = (v: unknown): string | undefined => (typeof v === 'string' ? v : undefined);

export function readClusterState(v: unknown): ClusterStateFacts {
  if (!isFields(v) || typeof v.TYPE !== 'string') return { type: 'unknown', name: 'not read' };
  const type = (CLUSTER_STATES as readonly string[]).includes(v.TYPE) ? (v.TYPE as KnownClusterState) : 'unknown';
  return { type, name: v.TYPE, ...settingOf(v.setting) };
}

function settingOf(v: unknown): Pick<ClusterStateFacts, 'activeId' | 'idToUri' | 'clusterWatchId'> {
  if (!isFields(v)) return {};
  const activeId = text(v.activeId);
  const clusterWatchId = text(v.clusterWatchId);
  const idToUri = isFields(v.idToUri) ? Object.fromEntries(Object.entries(v.idToUri).map(([id, uri]) => [id, String(uri)])) : undefined;
  return {
    ...(activeId !== undefined && { activeId }),
    ...(idToUri && { idToUri }),
    ...(clusterWatchId !== undefined && { clusterWatchId }),
  };
}

const BECOMES: Readonly<Record<string, KnownClusterState>> = {
  ClusterNodesAppointed: 'NodesAppointed',
  ClusterCouplingPrepared: 'PreparedToBeCoupled',
  ClusterCoupled: 'Coupled',
  ClusterSwitchedOver: 'SwitchedOver',
  ClusterFailedOver: 'FailedOver',
  ClusterPassiveLost: 'PassiveLost',
  ClusterActiveNodeShutDown: 'ActiveShutDown',
  ClusterActiveNodeRestarted: 'PassiveLost',
};

/** The state after an event; events that do not change it (settings, other kinds) leave its type. */
export function applyClusterEvent(s: ClusterStateFacts, e: Pick<JournalEvent, 'type' | 'line'>): ClusterStateFacts {
  if (e.type === 'ClusterWatchRegistered') {
    const clusterWatchId = text(e.line.clusterWatchId);
    return clusterWatchId === undefined ? s : { ...s, clusterWatchId };
  }
  const type = BECOMES[e.type];
  if (!type) return s;
  const activeId = text(e.line.activatedId) ?? text(e.line.activeId);
  return { ...s, type, name: type, ...settingOf(e.line.setting), ...(activeId !== undefined && { activeId }) };
}
