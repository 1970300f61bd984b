/** How JOC derives the cluster's state from its two nodes, and what it then corrects in theirs (joc-cockpit 2.1, 2.3). */
import { ACTIVE, INACTIVE, type NodeState, type State, UNKNOWN } from './node-state';

export interface PendingLoss {
  readonly kind: 'NodeLossToBeConfirmed' | 'FailoverToBeConfirmed';
  readonly lossNode: string;
}

export interface ClusterView {
  readonly nodes: readonly NodeState[];
  readonly clusterState: State & { readonly lossNode?: string };
}

const SEVERITY: Readonly<Record<string, number>> = {
  Coupled: 0,
  NodesAppointed: 1,
  PassiveLost: 1,
  SwitchedOver: 1,
  FailedOver: 1,
  PreparedToBeCoupled: 2,
  ActiveShutDown: 2,
  Empty: 2,
  ActiveNodeIsNotReady: 2,
  NodeLossToBeConfirmed: 2,
  FailoverToBeConfirmed: 2,
};

/** `nodes`: the Primary first. One node: a standalone. */
export function deriveCluster(nodes: readonly NodeState[], pending?: PendingLoss): ClusterView {
  const unknown = named(undefined);
  if (nodes.length < 2) return { nodes, clusterState: unknown };
  const reachable = nodes.filter((n) => n.connection.severity === 0);
  if (reachable.length === 0) return { nodes, clusterState: unknown };
  if (pending) return { nodes, clusterState: { ...named(pending.kind), lossNode: pending.lossNode } };
  if (reachable.length === 2) {
    const told = nodes.find((n) => n.node === ACTIVE) ?? nodes[0];
    return { nodes, clusterState: named(told?.type) };
  }
  const [alive] = reachable;
  if (alive?.type !== 'Coupled' && alive?.type !== 'PreparedToBeCoupled') return { nodes, clusterState: named(alive?.type) };
  // The living node has not noticed yet: what it says of the other one is no longer believed.
  const missing = alive.node === ACTIVE ? INACTIVE : UNKNOWN;
  return {
    nodes: nodes.map((n) => (n === alive ? { ...n, isCoupled: false } : { ...n, isCoupled: false, node: missing })),
    clusterState: unknown,
  };
}

function named(type: string | undefined): State {
  return type === undefined ? { severity: 4, _text: 'ClusterUnknown' } : { severity: SEVERITY[type] ?? 2, _text: `Cluster${type}` };
}
