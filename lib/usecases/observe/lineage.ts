import 'server-only';
import type { Cluster } from '../../domain/cluster/cluster';
import type { ClusterView } from '../../domain/cluster/view';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';

/** Journal ids of the members that are active now, each once. */
function activeLineages(view: ClusterView): readonly string[] {
  const members = [view.primary, ...(view.secondary ? [view.secondary] : [])];
  return [
    ...new Set(members.flatMap((m) => (m.role === 'active' && m.controller.journalId !== undefined ? [m.controller.journalId] : []))),
  ];
}

/** The cluster with the lineage that was first seen alive; undefined where it has one or none is to be learned. Never changes one that is known. */
export function learnLineage(cluster: Cluster, view: ClusterView): Cluster | undefined {
  const found = activeLineages(view);
  return cluster.expectedJournalId === undefined && found.length === 1 && found[0] !== undefined
    ? { ...cluster, expectedJournalId: found[0] }
    : undefined;
}

/** The cluster with the lineage that lives now, as an admin wants it. CONFLICT where none, or more than one, lives. */
export function acceptedLineage(cluster: Cluster, view: ClusterView): Result<Cluster> {
  const [one, ...more] = activeLineages(view);
  if (one === undefined)
    return err(
      problem('CONFLICT', 'No active Controller tells its journal now.', {
        remedy: 'Start the right one first, or give Handover an account that may read its journal.',
      }),
    );
  if (more.length > 0)
    return err(
      problem('CONFLICT', 'Two Controllers with different journals are active: it cannot be told which one is meant.', {
        remedy: 'Stop one of them first.',
      }),
    );
  return ok({ ...cluster, expectedJournalId: one });
}
