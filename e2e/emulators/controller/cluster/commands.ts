/** POST /cluster/command carried out (controller-api 3.4; recordings 01/142-144, 03/016, 08/044-045). */
import { type JsonObject, objectAt, stringAt } from '../../shared/json';
import type { Controller } from '../controller';
import { readSetting } from '../state/cluster-state';
import { notActive, Problem } from '../web/problem';
import { malformed } from '../web/request-body';

const ACCEPTED: JsonObject = { TYPE: 'Accepted' };

export async function executeClusterCommand(
  controller: Controller,
  command: JsonObject,
  requestId: string | undefined,
): Promise<JsonObject> {
  const { cluster, node } = controller;
  const token = stringAt(command, 'token') ?? '';
  switch (command.TYPE) {
    case 'ClusterWatchConfirm':
      controller.watch.confirm(requestId, stringAt(command, 'clusterWatchId') ?? '', objectAt(command, 'problem'));
      return {};
    case 'ClusterInhibitActivation':
      return inhibit(controller, Number(command.duration));
    case 'ClusterStartBackupNode':
      return startBackupNode(controller, command);
    case 'ClusterConfirmCoupling':
      if (!cluster.passive) throw Problem.text('Not a passive cluster node');
      cluster.passive.confirmCoupling(token);
      return ACCEPTED;
    case 'ClusterPrepareCoupling':
    case 'ClusterCouple':
    case 'ClusterRecouple':
    case 'ClusterPassiveDown': {
      const active = cluster.active;
      if (node.role.phase !== 'active' || !active) throw notActive();
      if (node.role.closing) throw Problem.text('Active cluster node is shutting down');
      if (stringAt(command, 'activeId') !== node.settings.nodeId)
        throw Problem.text(`'${command.TYPE}' command may only be directed to the active node`);
      if (command.TYPE === 'ClusterPrepareCoupling') await active.prepareCoupling(token);
      else if (command.TYPE === 'ClusterCouple') await active.couple();
      else await active.passiveIsGone();
      return ACCEPTED;
    }
    default:
      throw malformed(
        `JSON DecodingFailure at : Unexpected JSON {"TYPE": ${JSON.stringify(command.TYPE)}, ...} for js7.data.cluster.ClusterCommand`,
      );
  }
}

/** With clusterState: I am active. Without: I am not, and will not be for that time (controller-api 3.4). */
function inhibit({ node, cluster }: Controller, seconds: number): JsonObject {
  const { phase } = node.role;
  const response = 'ClusterInhibitActivation.Response';
  if (phase === 'active' || phase === 'waiting')
    return { TYPE: response, clusterState: node.journal.state.clusterState as unknown as JsonObject };
  cluster.passive?.inhibit(seconds * 1000);
  return { TYPE: response };
}

function startBackupNode({ node, cluster }: Controller, command: JsonObject): JsonObject {
  const required = ['setting', 'fileEventId', 'activeNodeName', 'passiveNodeUserId'].find((field) => command[field] === undefined);
  if (required !== undefined) throw Problem.text(`JSON DecodingFailure at .${required}: Missing required field`);
  const setting = readSetting(objectAt(command, 'setting'));
  if (!node.settings.isBackup) throw new Problem('ClusterNodeIsNotBackup', 'Cluster node is not configured as a backup node');
  if (setting.activeId === node.settings.nodeId) throw Problem.text('ClusterStartBackupNode command must not be sent to the active node');
  if (!(node.settings.nodeId in setting.idToUri))
    throw Problem.text(`ClusterStartBackupNode command sent to wrong Node:${node.settings.nodeId}`);
  if (node.role.phase === 'passive') return ACCEPTED;
  if (node.role.phase !== 'unappointed') throw Problem.text('Cluster node is not ready to accept a backup node configuration');
  cluster.startBackup(setting, Number(command.fileEventId));
  return ACCEPTED;
}
