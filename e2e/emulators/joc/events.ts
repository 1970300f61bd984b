/**
 * What the browser of a JOC hears: POST `events`, a long poll by seconds (joc-cockpit 1.8; recordings 07 and the timelines of 06). One answer holds
 * what came within 2 s, each kind once and in no order of time: the last element does not say the state (joc-proved N15).
 */
import type { JsonObject } from '../shared/json';

type EventType =
  | 'ProxyCoupled'
  | 'ProxyDecoupled'
  | 'ControllerStateChanged'
  | 'NodeLossProblemEvent'
  | 'FailoverProblemEvent'
  | 'ProblemEvent'
  | 'JOCStateChanged';

interface Happened {
  readonly second: number;
  readonly type: EventType;
  /** Only for this token. */
  readonly token: string | undefined;
  readonly snapshot: JsonObject;
}

const COLLECT_MS = 2000;
const KEPT = 100;
const ORDER: readonly string[] = ['ProxyCoupled', 'ProxyDecoupled', 'ControllerStateChanged'];

export class Events {
  readonly #happened = new Map<string, Happened[]>();
  readonly #waiting = new Set<() => void>();
  /** What was given out once is not given out again: later events get a later second. */
  #given = 0;

  tell(controllerId: string, type: EventType, problem?: { message: string; token?: string }): void {
    const second = Math.max(Math.floor(Date.now() / 1000), this.#given + 1);
    const snapshot: JsonObject = problem
      ? { eventType: type, objectType: 'PROBLEM', path: controllerId, message: problem.message }
      : { eventType: type, objectType: 'CONTROLLER' };
    const all = this.#happened.get(controllerId) ?? [];
    this.#happened.set(controllerId, [...all.slice(-KEPT + 1), { second, type, token: problem?.token, snapshot }]);
    for (const wake of this.#waiting) wake();
  }

  /** Waits at most `ms`, or until the caller is gone. Returns the eventId to go on with. */
  async poll(
    controllerId: string,
    { eventId, ms, token, gone }: { eventId: number | undefined; ms: number; token: string; gone: AbortSignal },
  ): Promise<{ eventId: number; eventSnapshots: readonly JsonObject[] }> {
    const last = this.#happened.get(controllerId)?.at(-1)?.second;
    const after = eventId ?? last ?? Math.floor(Date.now() / 1000);
    const found = (): Happened[] =>
      (this.#happened.get(controllerId) ?? []).filter((e) => e.second > after && (e.token === undefined || e.token === token));
    const end = Date.now() + ms;
    while (found().length === 0 && Date.now() < end && !gone.aborted) await this.#wait(end - Date.now(), gone);
    if (found().length === 0) return { eventId: after, eventSnapshots: [] };
    await new Promise((resolve) => setTimeout(resolve, COLLECT_MS));
    const events = found();
    const second = Math.max(...events.map((e) => e.second));
    this.#given = Math.max(this.#given, second);
    const kinds = [...new Map(events.map((e) => [`${e.type} ${String(e.snapshot.message)}`, e])).values()];
    kinds.sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type));
    return { eventId: second, eventSnapshots: kinds.map((e) => e.snapshot) };
  }

  #wait(ms: number, gone: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        gone.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#waiting.add(done);
      gone.addEventListener('abort', done);
    });
  }
}
