/** One driver per Agent of the state. */
import type { Controller } from '../controller';

export class AgentDrivers {
  readonly #controller: Controller;
  constructor(controller: Controller) {
    this.#controller = controller;
  }
  async start(_isNew: boolean): Promise<void> {
    void this.#controller;
  }
  stop(): void {}
  ordersChanged(): void {}
  itemsChanged(): void {}
  async reset(_path: string, _force: boolean): Promise<void> {}
}
