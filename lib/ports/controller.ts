/** A Controller's HTTP API, as far as Handover uses it. One adapter: adapters/controller (undici). Timeouts everywhere; nothing is retried here. */
import type { ControllerAccess } from '../domain/cluster/cluster';
import type { AgentFacts, ControllerFacts } from '../domain/controller/controller';
import type { Result } from '../domain/result';

export interface ControllerClient {
  /**
   * One look: journalInfo (liveness), Overview and node state in parallel, each with its own time limit. Fails only where journalInfo
   * does not answer; what hangs or is refused beside it is part of the facts.
   * A refused password is remembered: no second login is tried with it (each costs 1 s there) until the access is changed or the
   * Controller was started anew. `full: false` asks journalInfo alone and repeats the rest from the last full look (there must have been one; else it is full).
   */
  look(o?: { full: boolean }): Promise<Result<ControllerFacts>>;
  /** As whom are we let in? `public` = without any account. CONTROLLER_LOGIN_REFUSED, CONTROLLER_LOGIN_NEEDED, or why it does not answer. */
  checkAccess(): Promise<Result<'account' | 'certificate' | 'public'>>;
  /**
   * Follows `/controller/api/event` with heartbeats: `onEvent` for each event, `onPulse` for each heartbeat. Resolves with the reason when the stream
   * ends, fails or `signal` aborts; a silent end is an end. The caller decides on the next try.
   */
  follow(o: { onEvent(e: ControllerEvent): void; onPulse(): void; signal: AbortSignal }): Promise<Result<'ended' | 'aborted'>>;
  /**
   * All its Agents, from one snapshot: the Controller sends all its state for it, so ask seldom. What was read within the last second is told again.
   * `not-in-time`: more than 16 MB, or longer than 5 s; nothing is known then.
   */
  agents(): Promise<Result<readonly AgentFacts[] | 'not-in-time'>>;
  /** ShutDown through the API. Accepted is not proof of an end. */
  shutDown(): Promise<Result<void>>;
  /**
   * ResetAgent with force: the Agent's journal is destroyed, whether the Agent answers or not (recording 11c). Accepted is not proof that it is coupled again.
   * CONFLICT where it is being reset already; NOT_FOUND where the Controller has no such Agent.
   */
  resetAgent(name: string): Promise<Result<void>>;
  close(): Promise<void>;
}

export interface ControllerEvent {
  readonly eventId: number;
  readonly type: string;
  /** The event as JSON text, as it came. */
  readonly json: string;
}

/** `notReadyMs`: how soon a Controller that is not ready is asked again (default 1 s); a run waits for it and asks more often. */
export type OpenController = (access: ControllerAccess, o?: { readonly notReadyMs: number }) => ControllerClient;
