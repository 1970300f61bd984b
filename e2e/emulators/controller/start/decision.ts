/** What a node becomes at its start (controller-api 7.1-7.4), from its journal, its flag and its licence. Pure. */
import { type ClusterState, showClusterState } from '../state/cluster-state';

export interface StartFacts {
  readonly clusterState: ClusterState;
  /** Whether a journal was recovered at all. */
  readonly hasJournal: boolean;
  readonly isBackup: boolean;
  readonly nodeId: string;
  readonly licensed: boolean;
  /** `js7.journal.cluster.nodes` is configured. */
  readonly hasNodes: boolean;
}

export type StartDecision =
  | { readonly kind: 'refused'; readonly reason: string }
  /** Active at once: no cluster nodes in the journal. */
  | { readonly kind: 'standalone' }
  | { readonly kind: 'unappointed' }
  /** Active of a pair: at once, after confirmation, or after the peer has answered. */
  | { readonly kind: 'active'; readonly how: 'at once' | 'confirmed' | 'ask peer' }
  | { readonly kind: 'passive' };

const refused = (reason: string): StartDecision => ({ kind: 'refused', reason });

export function decideStart(facts: StartFacts): StartDecision {
  const { clusterState, isBackup, nodeId } = facts;
  const { setting } = clusterState;
  if (isBackup && facts.hasNodes) return refused("Backup cluster node must node have a 'js7.journal.cluster.nodes' configuration");
  if (!setting) {
    if (isBackup && facts.hasJournal) {
      return refused(
        'PrimaryClusterNodeMayNotBecomeBackup: The cluster node has already been started as a primary node and may not be configured as a backup node afterwards',
      );
    }
    return { kind: isBackup ? 'unappointed' : 'standalone' };
  }
  if (!facts.licensed) return refused('No license for js7.controller.cluster');
  if (!(nodeId in setting.idToUri))
    return refused(`Own cluster Node:${nodeId} does not match clusterState=${showClusterState(clusterState)}`);
  if (setting.activeId !== nodeId) return { kind: 'passive' };
  if (clusterState.TYPE === 'Coupled') return { kind: 'active', how: 'ask peer' };
  return { kind: 'active', how: setting.clusterWatchId === undefined ? 'at once' : 'confirmed' };
}
