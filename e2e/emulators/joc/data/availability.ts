/** When the Controllers were ready, as History reads it from their events (recording 06/37). Survives unregistering; keeps the first URL. */
import type { JsonObject } from '../../shared/json';
import { entityDate } from '../web/dates';
import { Store } from './store';

interface Run {
  readonly totalRunningTime: number;
  readonly readyTime: number;
  lastKnownTime?: number;
}
interface Known {
  readonly url: string;
  runs: Run[];
  /** History goes on after this event. */
  lastEventId?: number;
}

export class Availability {
  readonly #store: Store<{ controllers: Record<string, Known> }>;
  #saving: NodeJS.Timeout | undefined;

  constructor(directory: string) {
    this.#store = new Store(directory, 'history', { controllers: {} });
  }

  lastEventId(controllerId: string): number | undefined {
    return this.#store.value.controllers[controllerId]?.lastEventId;
  }

  /** An event as History got it. Events it knows already (an older journal) are skipped. */
  heard(controllerId: string, url: string, eventId: number, type: string, totalRunningTime: number): void {
    const { controllers } = this.#store.value;
    controllers[controllerId] ??= { url, runs: [] };
    const known = controllers[controllerId];
    if (known.lastEventId !== undefined && eventId <= known.lastEventId) return;
    const last = known.runs.at(-1);
    const before = Math.floor((known.lastEventId ?? eventId) / 1000);
    known.lastEventId = eventId;
    const at = Math.floor(eventId / 1000);
    if (type === 'ControllerReady') {
      if (last && last.lastKnownTime === undefined) last.lastKnownTime = before;
      known.runs = [...known.runs.slice(-99), { totalRunningTime: Math.round(totalRunningTime * 1000), readyTime: at }];
    } else if (type === 'ControllerShutDown' && last) last.lastKnownTime = at;
    this.#saving ??= setTimeout(() => {
      this.#saving = undefined;
      this.#store.save();
    }, 1000).unref();
  }

  /** Before the program ends. */
  flush(): void {
    if (this.#saving) this.#store.save();
  }

  list(controllerIds: readonly string[]): JsonObject[] {
    return controllerIds.flatMap((controllerId) => {
      const known = this.#store.value.controllers[controllerId];
      if (!known) return [];
      const entries = known.runs.map(({ totalRunningTime, readyTime, lastKnownTime }) => ({
        totalRunningTime,
        readyTime: entityDate(readyTime),
        ...(lastKnownTime !== undefined && { lastKnownTime: entityDate(lastKnownTime) }),
      }));
      return [{ controllerId, url: known.url, entries }];
    });
  }
}
