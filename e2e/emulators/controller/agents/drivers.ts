/** One driver per Agent of the state; and the death of a Controller that reads what it cannot apply (recordings 11, 11b). */

import { sleep } from '../../shared/sleep';
import type { Controller } from '../controller';
import type { InapplicableEvent } from '../state/controller-state';
import { startDemo } from './demo';
import { AgentDriver } from './driver';

export class AgentDrivers {
  readonly #controller: Controller;
  readonly #drivers = new Map<string, AgentDriver>();
  #stopDemo: (() => void) | undefined;
  #dying = false;

  constructor(controller: Controller) {
    this.#controller = controller;
  }

  /** This node is ready. */
  async start(isNew: boolean): Promise<void> {
    this.itemsChanged();
    this.#stopDemo = await startDemo(this.#controller, isNew);
  }

  stop(): void {
    this.#stopDemo?.();
    for (const driver of this.#drivers.values()) driver.stop();
    this.#drivers.clear();
  }

  itemsChanged(): void {
    for (const path of this.#controller.node.journal.state.agents.keys()) {
      if (this.#drivers.has(path)) continue;
      const driver = new AgentDriver(this.#controller, path);
      this.#drivers.set(path, driver);
      void driver.run();
    }
    this.ordersChanged();
  }

  ordersChanged(): void {
    for (const driver of this.#drivers.values()) void driver.attach().catch(() => driver.interrupt());
  }

  /** ResetAgent: the Agent's journal is destroyed; what it held is lost (recording 11c). */
  async reset(path: string, force: boolean): Promise<void> {
    const { journal } = this.#controller.node;
    const driver = this.#drivers.get(path);
    await journal.persist([{ Key: path, TYPE: 'AgentResetStarted', force }]);
    await driver?.resetAgent();
    const subagents = [...journal.state.subagents]
      .filter(([, s]) => s.subagentItem.agentPath === path)
      .map(([id]) => ({ Key: id, TYPE: 'SubagentReset' }));
    await journal.persist([{ Key: path, TYPE: 'AgentReset' }, ...subagents]);
    driver?.interrupt();
  }

  /** ERROR, a last journal file without ControllerShutDown, exit code 0 a moment later (recording 11b). */
  die(error: InapplicableEvent): void {
    if (this.#dying) return;
    this.#dying = true;
    const { log, journal, role } = this.#controller.node;
    log.error('js7.journal.JournalingActor', `»ControllerOrderKeeper« Event could not be stored: ${error.message}`);
    log.error('org.apache.pekko.actor.OneForOneStrategy', `${error.message}\nProblemException: ${error.message}`);
    role.close('shutting down');
    this.stop();
    void sleep(1000).then(() => {
      journal.startFile();
      return this.#controller.terminate(0);
    });
  }
}
