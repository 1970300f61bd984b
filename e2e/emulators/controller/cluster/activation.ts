/** A passive node has become the active one: a file of its own, the ClusterWatch's agreement, ready (recording 08: commands hang until then). */
import type { Controller } from '../controller';
import { deleteObsoleteLater } from '../journal/obsolete';
import { becomeReady } from '../start/ready';

export async function activateAfterTakeover(controller: Controller): Promise<void> {
  const { node, cluster, watch } = controller;
  watch.cancel();
  node.journal.startFile();
  deleteObsoleteLater(node.journal, node.settings, node.log);
  node.role.become('active', 'hanging');
  const active = cluster.takeOver();
  node.log.info('js7.cluster.ClusterWatchSynchronizer', 'Asking ClusterWatch');
  await active.confirmState();
  node.log.info('js7.cluster.ClusterWatchSynchronizer', 'ClusterWatch agreed that this node is the active cluster node');
  await becomeReady(controller);
  cluster.startActive();
}
