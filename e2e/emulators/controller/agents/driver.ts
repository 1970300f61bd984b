/** Couples with one Agent, gives it orders, adopts its events (recordings 11, 11b, 11c). */
import { CallFailed, postJson, streamLines } from '../../shared/http-client';
import { type JsonObject, listAt, stringAt } from '../../shared/json';
import { sleep } from '../../shared/sleep';
import type { Controller } from '../controller';
import type { AgentRefState } from '../state/agent-state';
import { InapplicableEvent } from '../state/controller-state';
import type { NewEvent, Stamped } from '../state/events';

const RETRY_MS = 1000;

export class AgentDriver {
  readonly #controller: Controller;
  readonly path: string;
  #stopped = false;
  #coupled = false;
  #stopStream: (() => void) | undefined;
  /** Events are adopted one after the other. */
  #adopting: Promise<void> = Promise.resolve();

  constructor(controller: Controller, path: string) {
    this.#controller = controller;
    this.path = path;
  }

  get #journal(): Controller['node']['journal'] {
    return this.#controller.node.journal;
  }

  get #agent(): AgentRefState | undefined {
    return this.#journal.state.agents.get(this.path);
  }

  /** The address of the first director. */
  get #uri(): string | undefined {
    const director = String(listAt(this.#agent?.agentRef, 'directors')[0]);
    return stringAt(this.#journal.state.subagents.get(director)?.subagentItem, 'uri');
  }

  stop(): void {
    this.#stopped = true;
    this.#coupled = false;
    this.#stopStream?.();
  }

  /** Couples anew. */
  interrupt(): void {
    this.#stopStream?.();
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      try {
        if (this.#uri !== undefined) await this.#coupleAndFollow();
      } catch (error) {
        await this.#failed(error);
      }
      this.#coupled = false;
      if (!this.#stopped) await sleep(RETRY_MS);
    }
  }

  #post(path: string, body: JsonObject): Promise<JsonObject> {
    return postJson(new URL(path, this.#uri).href, body);
  }

  async #coupleAndFollow(): Promise<void> {
    const agent = this.#agent;
    if (!agent) return;
    const { agentRunId, couplingState, eventId, problem } = agent;
    const reset = couplingState.TYPE === 'Reset' && (couplingState.reason as JsonObject | undefined)?.TYPE === 'ResetCommand';
    const answer = await this.#post('/agent/api/couple', {
      agentPath: this.path,
      controllerId: this.#controller.node.settings.controllerId,
      controllerRunId: this.#journal.header?.journalId,
      ...(agentRunId !== undefined && { agentRunId }),
      agentEventId: eventId,
      reset,
    });
    if (this.#stopped) return;
    const events: NewEvent[] = [];
    if (agentRunId === undefined)
      events.push({ Key: this.path, TYPE: 'AgentDedicated', agentRunId: answer.agentRunId, agentEventId: answer.agentEventId });
    // Nothing is written when it was coupled and is again (recording 11: after the move).
    if (agentRunId === undefined || couplingState.TYPE !== 'Coupled' || problem) events.push({ Key: this.path, TYPE: 'AgentCoupled' });
    if (events.length > 0) await this.#journal.persist(events);
    this.#controller.node.log.info(
      'js7.controller.agent.DirectorDriver',
      `(Agent:${this.path}) Coupled with ${this.#uri} after=${this.#agent?.eventId}`,
    );
    this.#coupled = true;
    // First orders out, then events in: so an order of a copied journal is attached again before its first attachment is read (recording 11b).
    await this.attach();
    const stream = streamLines(new URL(`/agent/api/event?after=${this.#agent?.eventId ?? 0}`, this.#uri).href, (line) => {
      if (line !== '') this.#adopting = this.#adopting.then(() => this.#adopt(JSON.parse(line) as Stamped));
    });
    this.#stopStream = () => stream.stop();
    await stream.ended;
  }

  /** Items and orders that wait for this Agent. */
  async attach(): Promise<void> {
    if (!this.#coupled) return;
    const { state } = this.#journal;
    for (const { TYPE: type, key, delegateId } of [...state.items.attachments.values()]) {
      if (type === 'ItemAttachable' && delegateId === `Agent:${this.path}`) await this.#post('/agent/api/item', { key });
    }
    for (const order of [...state.orders.values()]) {
      if (order.attachedState?.agentPath !== this.path) continue;
      if (order.attachedState.TYPE === 'Attaching') await this.#attachOrder(order);
      if (order.attachedState.TYPE === 'Detaching') await this.#detach(order.id);
    }
  }

  #sent = new Set<string>();
  async #attachOrder(order: JsonObject & { readonly id: string }): Promise<void> {
    if (this.#sent.has(order.id)) return;
    this.#sent.add(order.id);
    const workflow = this.#journal.state.items.workflow(String(((order.workflowPosition as JsonObject).workflowId as JsonObject).path));
    const subagentId = listAt(this.#agent?.agentRef, 'directors')[0];
    try {
      await this.#post('/agent/api/order', {
        order: { id: order.id, ...(order.scheduledFor !== undefined && { scheduledFor: order.scheduledFor }), subagentId },
        workflow,
      });
    } catch (error) {
      if (!(error instanceof CallFailed) || error.problem?.code !== 'AgentDuplicateOrder') throw error;
    }
  }

  async #detach(orderId: string): Promise<void> {
    // The other copy of a split brain may have done it.
    await this.#post('/agent/api/order/detach', { orderId }).catch((error: unknown) => {
      if (!(error instanceof CallFailed) || !error.problem) throw error;
    });
  }

  /** Writes the Agent's event with its own time, and how far we are. */
  async #adopt(event: Stamped): Promise<void> {
    if (this.#stopped) return;
    const { eventId, ...rest } = event;
    const timestamp = Math.floor(eventId / 1000);
    const isItem = event.TYPE === 'ItemAttached' || event.TYPE.startsWith('Subagent');
    const events: NewEvent[] = [
      { ...(isItem ? {} : { timestamp }), ...rest },
      { Key: this.path, TYPE: 'AgentEventsObserved', untilEventId: eventId },
    ];
    try {
      if (event.TYPE === 'OrderDetached') {
        const deletes = this.#journal.state.orders.get(event.Key ?? '')?.deleteWhenTerminated === true;
        events.push(
          { Key: String(event.Key), TYPE: 'OrderFinished' },
          ...(deletes ? [{ Key: String(event.Key), TYPE: 'OrderDeleted' }] : []),
        );
      }
      await this.#journal.persist(events, { transaction: true });
      if (event.TYPE === 'OrderAttached') this.#sent.delete(event.Key ?? '');
      if (event.TYPE === 'OrderDetachable') await this.#detach(event.Key ?? '');
    } catch (error) {
      if (error instanceof InapplicableEvent) this.#controller.agents.die(error);
      else this.interrupt();
    }
  }

  async #failed(error: unknown): Promise<void> {
    if (this.#stopped || !this.#agent || this.#controller.node.role.readiness !== 'ready') return;
    const refused = error instanceof CallFailed ? error.problem : undefined;
    const message = refused ? String(refused.message) : `AgentClient(${this.#uri}/agent);\nAgent:${this.path} ${(error as Error).message}`;
    const problem = { ...(refused?.code !== undefined && { code: refused.code }), message };
    this.#sent.clear();
    if (this.#agent.problem?.message === message) return;
    this.#controller.node.log.warn('js7.controller.agent.AgentDriver', `(${this.path}) Coupling failed: ${message}`);
    await this.#journal.persist([{ Key: this.path, TYPE: 'AgentCouplingFailed', problem }]);
  }

  /** Tells the Agent, if it is there. */
  async resetAgent(): Promise<void> {
    if (this.#uri !== undefined) await this.#post('/agent/api/reset', {}).catch(() => {});
    this.#sent.clear();
  }
}
