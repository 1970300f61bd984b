/** An active node becomes ready: ControllerReady, the log line everybody waits for, Agents (controller-api 10.4, recordings 01, 02). */
import { timeZone } from '../../shared/time-zone';
import type { Controller } from '../controller';
import type { NewEvent } from '../state/events';

export async function becomeReady(controller: Controller): Promise<void> {
  const { journal, settings, log, role } = controller.node;
  const { state } = journal;
  const isNew = state.meta === undefined;
  const timezone = timeZone();
  const events: NewEvent[] = [{ TYPE: 'ControllerReady', timezone, totalRunningTime: journal.totalRunningTime }];
  if (isNew)
    events.unshift({
      TYPE: 'ControllerInitialized',
      controllerId: settings.controllerId,
      initiallyStartedAt: journal.header?.initiallyStartedAt,
    });
  else
    log.info(
      'js7.controller.ControllerOrderKeeper',
      `${state.orderCount} Orders, ${state.items.workflows().length} Workflows and ${state.agents.size} AgentRefs recovered`,
    );
  await journal.persist(events);
  if (role.closing) return;
  role.become('active', 'ready');
  log.info('js7.controller.ControllerOrderKeeper', `Controller:${settings.controllerId} is ready\n${'─'.repeat(80)}`);
  await controller.agents.start(isNew);
}

/** Somebody else's journal (recording 12): said when the port is open already; ends with 0. True if it may go on. */
export function isOurJournal({ node }: Controller): boolean {
  const { controllerId } = node.settings;
  const recovered = node.journal.state.meta?.controllerId ?? controllerId;
  if (recovered === controllerId) return true;
  const text = `Recovered 'Controller:${recovered}' differs from configured 'Controller:${controllerId}'`;
  node.log.error('org.apache.pekko.actor.OneForOneStrategy', `${text}\nProblemException: ${text}`);
  return false;
}
