/**
 * The emulated Agent: takes orders of its Controller, runs their jobs (records them, and waits as long as they say), tells what happened.
 * It accepts whoever comes with the right Controller run, Agent run and a known EventId: so a split brain goes unnoticed (recordings 11, 11b).
 */
import { newRunId } from '../shared/ids';
import { type JsonObject, listAt, numberAt, objectAt, stringAt } from '../shared/json';
import type { AgentJournal } from './journal';
import type { Runs } from './runs';

export class AgentProblem extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Attached {
  readonly order: JsonObject;
  readonly workflow: JsonObject;
  position: number;
  done: boolean;
}

export class Agent {
  readonly #journal: AgentJournal;
  readonly #runs: Runs;
  readonly #orders = new Map<string, Attached>();
  readonly #workflows = new Set<string>();
  #dedicated: { agentPath: string; controllerRunId: string; agentRunId: string } | undefined;

  constructor(journal: AgentJournal, runs: Runs) {
    this.#journal = journal;
    this.#runs = runs;
    this.#recover();
  }

  couple(request: JsonObject): JsonObject {
    const agentPath = stringAt(request, 'agentPath') ?? '';
    const controllerRunId = stringAt(request, 'controllerRunId') ?? '';
    const agentRunId = stringAt(request, 'agentRunId');
    const formerRunId = this.#dedicated?.agentRunId;
    if (request.reset === true && this.#dedicated?.controllerRunId === controllerRunId) this.reset();
    else if (formerRunId !== undefined && agentRunId === undefined) {
      throw new AgentProblem(
        'AgentAlreadyDedicated',
        'Controller requested a new agent, but this agent has already been dedicated and used. This is the wrong agent.',
      );
    }
    if (!this.#dedicated) {
      if (agentRunId !== undefined) throw new AgentProblem('AgentNotDedicated', 'Agent has not yet been dedicated to a Controller');
      // After a reset the Agent keeps its run id (recordings 11c/004, 007).
      const runId = formerRunId ?? newRunId();
      this.#dedicate(agentPath, controllerRunId, runId);
      return { agentRunId: runId, agentEventId: this.#journal.events[0]?.eventId ?? 0 };
    }
    if (this.#dedicated.agentPath !== agentPath)
      throw new AgentProblem('AgentPathMismatch', `Agent is dedicated as Agent:${this.#dedicated.agentPath}`);
    if (this.#dedicated.controllerRunId !== controllerRunId)
      throw new AgentProblem('AgentWrongController', 'Agent is dedicated to another Controller');
    if (this.#dedicated.agentRunId !== agentRunId) throw new AgentProblem('AgentRunIdMismatch', 'AgentRunId does not match');
    const eventId = numberAt(request, 'agentEventId') ?? 0;
    if (!this.#journal.knows(eventId)) throw new AgentProblem('UnknownEventId', `An unknown EventId has been requested: ${eventId}`);
    return { agentRunId };
  }

  #dedicate(agentPath: string, controllerRunId: string, agentRunId: string): void {
    this.#dedicated = { agentPath, controllerRunId, agentRunId };
    this.#journal.append({ TYPE: 'AgentDedicatedHere', ...this.#dedicated });
    this.#journal.append({
      Key: agentPath,
      TYPE: 'AgentReady',
      timezone: 'Etc/UTC',
      platformInfo: { timestamp: Date.now(), timezone: 'Etc/UTC', js7Version: 'emulated', hostname: 'agent' },
    });
  }

  reset(): void {
    this.#journal.destroy();
    this.#dedicated = undefined;
    this.#orders.clear();
    this.#workflows.clear();
  }

  /** Agent and Subagent items: only that they arrived. */
  attachItem(request: JsonObject): JsonObject {
    const key = stringAt(request, 'key') ?? '';
    const agentPath = this.#dedicated?.agentPath ?? '';
    this.#journal.append({ TYPE: 'ItemAttached', key, itemRevision: 0, delegateId: `Agent:${agentPath}` });
    const subagent = /^Subagent:(.*)$/.exec(key)?.[1];
    if (subagent !== undefined) {
      this.#journal.append({ Key: subagent, TYPE: 'SubagentCoupled' });
      this.#journal.append({ Key: subagent, TYPE: 'SubagentDedicated', subagentRunId: newRunId() });
    }
    return {};
  }

  /** Refused only while the order is attached: afterwards it is taken, and runs, again. */
  attachOrder(request: JsonObject): JsonObject {
    const order = objectAt(request, 'order') ?? {};
    const workflow = objectAt(request, 'workflow') ?? {};
    const id = String(order.id);
    if (this.#orders.has(id))
      throw new AgentProblem('AgentDuplicateOrder', `Order:${id} has already been added to Agent:${this.#dedicated?.agentPath}`);
    const key = `Workflow:${String(workflow.path)}~${String(workflow.versionId)}`;
    if (!this.#workflows.has(key)) {
      this.#workflows.add(key);
      this.#journal.append({ TYPE: 'ItemAttached', key, delegateId: `Agent:${this.#dedicated?.agentPath}` });
    }
    this.#orders.set(id, { order, workflow, position: 0, done: false });
    this.#journal.append({ Key: id, TYPE: 'OrderAttached', agentPath: this.#dedicated?.agentPath, order, workflow });
    this.#schedule(id, Math.max(0, (numberAt(order, 'scheduledFor') ?? 0) - Date.now()), () => {
      this.#journal.append({ Key: id, TYPE: 'OrderStarted' });
      this.#step(id);
    });
    return {};
  }

  detachOrder(request: JsonObject): JsonObject {
    const id = stringAt(request, 'orderId') ?? '';
    if (!this.#orders.get(id)?.done) throw new AgentProblem('UnknownKey', `No such OrderId: Order:${id}`);
    this.#orders.delete(id);
    this.#journal.append({ Key: id, TYPE: 'OrderDetached' });
    return {};
  }

  /** One job after the other. */
  #step(id: string): void {
    const attached = this.#orders.get(id);
    if (!attached) return;
    const job = stringAt(listAt(attached.workflow, 'instructions')[attached.position] as JsonObject | undefined, 'jobName');
    if (job === undefined) {
      attached.done = true;
      this.#journal.append({ Key: id, TYPE: 'OrderDetachable' });
      return;
    }
    this.#journal.append({
      Key: id,
      TYPE: 'OrderProcessingStarted',
      subagentId: stringAt(attached.order, 'subagentId') ?? 'subagent-1',
      stick: false,
    });
    this.#runs.record({ at: Date.now(), orderId: id, job, position: attached.position, agentRunId: this.#dedicated?.agentRunId });
    this.#schedule(id, jobMs(objectAt(objectAt(attached.workflow, 'jobs'), job)), () => this.#finishJob(id));
  }

  #finishJob(id: string): void {
    const attached = this.#orders.get(id);
    if (!attached) return;
    this.#journal.append({ Key: id, TYPE: 'OrderProcessed', outcome: { TYPE: 'Succeeded', namedValues: { returnCode: 0 } } });
    attached.position++;
    this.#journal.append({ Key: id, TYPE: 'OrderMoved', to: [attached.position] });
    this.#step(id);
  }

  /** After a reset, what still runs belongs to nobody. */
  #schedule(id: string, ms: number, then: () => void): void {
    const attached = this.#orders.get(id);
    setTimeout(
      () => {
        if (this.#orders.get(id) === attached) then();
      },
      Math.min(ms, 2 ** 31 - 1),
    );
  }

  /** A restarted Agent goes on: a job that had been started is not started again, only waited for. */
  #recover(): void {
    const running = new Set<string>();
    const started = new Set<string>();
    for (const event of this.#journal.events) {
      const id = event.Key ?? '';
      const attached = this.#orders.get(id);
      if (event.TYPE === 'AgentDedicatedHere')
        this.#dedicated = {
          agentPath: String(event.agentPath),
          controllerRunId: String(event.controllerRunId),
          agentRunId: String(event.agentRunId),
        };
      else if (event.TYPE === 'ItemAttached') this.#workflows.add(String(event.key));
      else if (event.TYPE === 'OrderAttached')
        this.#orders.set(id, {
          order: objectAt(event, 'order') ?? {},
          workflow: objectAt(event, 'workflow') ?? {},
          position: 0,
          done: false,
        });
      else if (event.TYPE === 'OrderStarted') started.add(id);
      else if (event.TYPE === 'OrderProcessingStarted') running.add(id);
      else if (event.TYPE === 'OrderProcessed') running.delete(id);
      else if (event.TYPE === 'OrderMoved' && attached) attached.position = Number((event.to as number[])[0]);
      else if (event.TYPE === 'OrderDetachable' && attached) attached.done = true;
      else if (event.TYPE === 'OrderDetached') {
        this.#orders.delete(id);
        started.delete(id);
      }
    }
    for (const [id, { done, order }] of this.#orders) {
      if (done) continue;
      if (running.has(id)) this.#schedule(id, 100, () => this.#finishJob(id));
      else if (started.has(id)) this.#schedule(id, 0, () => this.#step(id));
      else {
        this.#schedule(id, Math.max(0, (numberAt(order, 'scheduledFor') ?? 0) - Date.now()), () => {
          this.#journal.append({ Key: id, TYPE: 'OrderStarted' });
          this.#step(id);
        });
      }
    }
  }
}

/** `sleep N` in the job's script means N seconds; otherwise EMULATED_JOB_MS. */
function jobMs(job: JsonObject | undefined): number {
  const seconds = /\bsleep\s+([\d.]+)/.exec(stringAt(objectAt(job, 'executable'), 'script') ?? '')?.[1];
  return seconds === undefined ? Number(process.env.EMULATED_JOB_MS ?? 200) : Number(seconds) * 1000;
}
