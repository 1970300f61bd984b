/** An active node of a pair comes back (controller-api 7.3, recording 08): waits for its ClusterWatch, its peer, or both. */
import fs from 'node:fs';
import type { JsonObject } from '../../shared/json';
import { sleep } from '../../shared/sleep';
import { retryDelayMs } from '../cluster/peer';
import type { Controller } from '../controller';
import { deleteObsoleteLater } from '../journal/obsolete';
import { type ClusterState, passiveId, readClusterState, showClusterState } from '../state/cluster-state';
import { becomeReady, isOurJournal } from './ready';

export async function restartActive(controller: Controller, how: 'at once' | 'confirmed' | 'ask peer'): Promise<void> {
  const { node, cluster } = controller;
  const { journal, log, role } = node;
  role.become(how === 'ask peer' ? 'blocked' : 'waiting');
  if (how !== 'ask peer') log.info('js7.cluster.ClusterNode', '✔︎ Remaining the active cluster node, not coupled with passive node');
  // The peer is asked while the port is open already: it may want to ask us.
  const opened = how === 'ask peer' ? controller.web.open() : undefined;
  await opened;
  if (how === 'ask peer' && !(await peerIsPassive(controller))) return;
  const lastRecovered = journal.lastEventId;
  const before = journal.state.clusterState;
  journal.startFile();
  deleteObsoleteLater(journal, node.settings, log);
  if (!opened) await controller.web.open();
  if (!isOurJournal(controller)) return controller.terminate(0);
  if (before.TYPE === 'Coupled' && before.setting) await journal.persist([{ TYPE: 'ClusterPassiveLost', id: passiveId(before.setting) }]);
  role.become('waiting');
  const active = cluster.takeOver();
  const needsPassive = before.TYPE === 'Coupled' || before.TYPE === 'ActiveShutDown';
  if (how !== 'at once') {
    log.info('js7.cluster.ClusterWatchSynchronizer', 'Asking ClusterWatch');
    await Promise.all([active.confirmState(), needsPassive ? active.awaitAcknowledgement(lastRecovered) : undefined]);
  }
  if (role.closing) return;
  role.become('active');
  if (before.TYPE === 'ActiveShutDown') await journal.persist([{ TYPE: 'ClusterActiveNodeRestarted' }]);
  await becomeReady(controller);
  cluster.startActive();
}

/** Asks for ever. True: this node stays active. False: it has become passive, or ends. */
async function peerIsPassive(controller: Controller): Promise<boolean> {
  const { node, cluster } = controller;
  const { journal, log, role } = node;
  const { setting } = journal.state.clusterState;
  if (!setting) return true;
  const peer = passiveId(setting);
  log.info(
    'js7.cluster.ClusterNode',
    `This cluster Node:${node.settings.nodeId} was active and coupled before restart - asking Node:${peer} about its state`,
  );
  for (let attempt = 0; !role.closing; attempt++) {
    try {
      const answer = await cluster.peer(setting).command({ TYPE: 'ClusterInhibitActivation', duration: 22 });
      const state = answer.clusterState === undefined ? undefined : readClusterState(answer.clusterState as JsonObject);
      if (!state) {
        log.info(
          'js7.cluster.ClusterNode',
          `✔︎ The other Node:${peer} is up and still passive, so this node remains the active cluster node`,
        );
        return true;
      }
      if (!state.setting) {
        log.error(
          'js7.common.system.startup.ServiceMain',
          `The peer node's ClusterState.Empty does not match our ${showClusterState(journal.state.clusterState)}`,
        );
        await controller.terminate(1);
        return false;
      }
      await becomePassive(controller, state);
      return false;
    } catch (error) {
      log.warn(
        'js7.base.session.SessionApi',
        `🔴 While trying to reach the other cluster node due to restart: ${(error as Error).message}`,
      );
    }
    await sleep(retryDelayMs(attempt));
  }
  return false;
}

/** The other one took over. What this node had written beyond the fail-over is cut, with a restart (97). */
async function becomePassive(controller: Controller, state: ClusterState): Promise<void> {
  const { node, cluster } = controller;
  const { journal, log } = node;
  const { setting, failedAt } = state;
  if (!setting) return;
  log.warn(
    'js7.cluster.ClusterNode',
    `The other Node:${setting.activeId} ${showClusterState(state)}, and became active while this node was absent`,
  );
  const { file } = journal;
  if (failedAt && file && file.fileEventId === failedAt.fileEventId && file.position > failedAt.position) {
    fs.truncateSync(file.path, failedAt.position);
    return controller.terminate(97);
  }
  cluster.startPassive(setting);
}
