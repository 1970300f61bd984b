/** ShutDown (controller-api 3.2, recordings 02, 03, 07b, 08). The answer precedes the end. */
import { type JsonObject, objectAt } from '../../shared/json';
import { sleep } from '../../shared/sleep';
import type { Controller } from '../controller';
import { notActive, notAppointed, notReady, Problem, shuttingDown } from '../web/problem';
import type { Sender } from './execute';

const ACCEPTED: JsonObject = { TYPE: 'Accepted' };
/** Time for the answer to be read before the port closes. */
const AFTER_ANSWER_MS = 30;

export async function shutDown(controller: Controller, command: JsonObject, sender: Sender): Promise<JsonObject> {
  const { node } = controller;
  const { role } = node;
  const action = objectAt(command, 'clusterAction')?.TYPE;
  const code = command.restart === true ? 97 : 0;
  node.log.info(
    'js7.controller.RunningController',
    `❗️ Shutdown${action ? `(${String(action)})` : ''} • User:${sender.userId}(${sender.source})`,
  );
  switch (role.phase) {
    case 'unappointed':
    case 'starting':
    case 'waiting':
      // It is carried out, and yet refused (trap 10).
      void sleep(AFTER_ANSWER_MS).then(() => controller.terminate(code));
      throw role.phase === 'unappointed' ? notAppointed() : notReady();
    case 'blocked':
      // Never answered: the connection is reset at the end.
      void controller.terminate(code);
      return new Promise<never>(() => {});
    case 'zombie':
      // Accepted, without effect: only SIGKILL helps (recording 07b).
      return ACCEPTED;
    case 'passive':
      if (action)
        throw new Problem(
          'PassiveClusterNodeShutdownNotAllowed',
          'A passive cluster node can handle ShutDown command only without clusterAction',
        );
      if (role.closing) throw shuttingDown();
      role.close('shutting down');
      if (command.dontNotifyActiveNode !== true) await controller.cluster.passiveGoesDown();
      void sleep(AFTER_ANSWER_MS).then(() => controller.terminate(code));
      return ACCEPTED;
    case 'active':
      if (role.closing) throw shuttingDown();
      if (action === 'Switchover') {
        if (node.journal.state.clusterState.TYPE === 'Empty') throw notActive();
        await controller.cluster.switchOver(command.restart === true);
        return ACCEPTED;
      }
      role.close('shutting down');
      void sleep(AFTER_ANSWER_MS).then(() =>
        endActive(controller, { code, snapshot: command.suppressSnapshot !== true, killed: action === 'Failover' }),
      );
      return ACCEPTED;
  }
}

/** `killed`: clusterAction Failover: no event, no snapshot (recording 02). */
export async function endActive(
  controller: Controller,
  { code, snapshot, killed }: { code: number; snapshot: boolean; killed: boolean },
): Promise<void> {
  const { journal } = controller.node;
  controller.agents.stop();
  if (!killed) {
    await controller.cluster.activeGoesDown();
    await journal.persist([{ TYPE: 'ControllerShutDown' }]);
    // A living passive node reads the last bytes from the port that is about to close.
    if (snapshot) journal.startFile();
    await sleep(10);
  }
  await controller.terminate(code);
}
