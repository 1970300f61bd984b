/** The start after the configuration is read: recovery, decision, role (controller-api 1.0, 7.1). */

import { sleep } from '../../shared/sleep';
import type { Controller } from '../controller';
import { deleteObsoleteLater } from '../journal/obsolete';
import { RecoveryError } from '../journal/recover';
import { showClusterState } from '../state/cluster-state';
import { InapplicableEvent } from '../state/controller-state';
import { restartActive } from './active-restart';
import { decideStart } from './decision';
import { becomeReady, isOurJournal } from './ready';
import { StartRefused } from './refused';

export async function start(controller: Controller): Promise<void> {
  const { node, cluster } = controller;
  const { journal, log, role, settings } = node;
  const recovered = recover(controller);
  const { clusterState } = journal.state;
  const decision = decideStart({
    clusterState,
    hasJournal: recovered,
    isBackup: settings.isBackup,
    nodeId: settings.nodeId,
    licensed: settings.licensed,
    hasNodes: settings.nodes !== undefined,
  });
  // So that a rehearsal can show a start: ports are closed in the meantime, as during a long recovery. A refusal takes as long.
  await sleep(Number(process.env.EMULATED_START_MS ?? 0));
  if (decision.kind === 'refused') throw new StartRefused(decision.reason);
  if (clusterState.setting)
    log.info(
      'js7.cluster.ClusterNode',
      `This is cluster Node:${settings.nodeId}, recovered ClusterState is ${showClusterState(clusterState)}`,
    );
  switch (decision.kind) {
    case 'standalone':
      return startStandalone(controller, recovered);
    case 'unappointed':
      log.info('js7.cluster.ClusterNode', `Backup cluster Node:${settings.nodeId}, awaiting appointment from a primary node`);
      role.become('unappointed');
      return controller.web.open();
    case 'active':
      return restartActive(controller, decision.how);
    case 'passive': {
      const { setting } = clusterState;
      if (!setting) return;
      log.info(
        'js7.cluster.ClusterNode',
        `Remaining a passive cluster node ${clusterState.TYPE === 'Coupled' ? '' : 'trying to follow '}the active Node:${setting.activeId}`,
      );
      await controller.web.open();
      return cluster.startPassive(setting);
    }
  }
}

function recover({ node }: Controller): boolean {
  try {
    return node.journal.recover() !== undefined;
  } catch (error) {
    if (error instanceof RecoveryError || error instanceof InapplicableEvent) throw new StartRefused(error.message);
    throw error;
  }
}

async function startStandalone(controller: Controller, recovered: boolean): Promise<void> {
  const { journal, log, role, settings } = controller.node;
  if (!recovered) journal.begin();
  journal.startFile();
  deleteObsoleteLater(journal, settings, log);
  await controller.web.open();
  if (!isOurJournal(controller)) {
    // The port is open for a moment (recording 12).
    await sleep(100);
    return controller.terminate(0);
  }
  role.become('active');
  await becomeReady(controller);
  const { setting } = journal.state.clusterState;
  if (settings.nodes && !setting)
    await controller.cluster.appointSetting({ idToUri: settings.nodes, activeId: settings.nodeId, timing: settings.timing });
}
