/** The Agent's own events: what its Controller reads. In memory and, line by line, in a file, so that it outlives the process. */
import fs from 'node:fs';
import path from 'node:path';
import { type EventId, EventIdGenerator } from '../shared/event-id';
import type { JsonObject } from '../shared/json';

export interface AgentEvent extends JsonObject {
  readonly eventId: EventId;
  readonly TYPE: string;
  readonly Key?: string;
}

export class AgentJournal {
  readonly #file: string;
  #fd: number;
  events: AgentEvent[] = [];
  readonly #ids = new EventIdGenerator();
  readonly #listeners = new Set<() => void>();

  constructor(directory: string) {
    fs.mkdirSync(directory, { recursive: true });
    this.#file = path.join(directory, 'agent-events.ndjson');
    if (fs.existsSync(this.#file)) {
      this.events = fs
        .readFileSync(this.#file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as AgentEvent);
    }
    this.#ids.advance(this.events.at(-1)?.eventId ?? 0);
    this.#fd = fs.openSync(this.#file, 'a');
  }

  append(event: JsonObject & { readonly TYPE: string }): AgentEvent {
    const stamped = { eventId: this.#ids.next(), ...event } as AgentEvent;
    this.events.push(stamped);
    fs.writeSync(this.#fd, `${JSON.stringify(stamped)}\n`);
    for (const listener of this.#listeners) listener();
    return stamped;
  }

  /** ResetAgent: nothing is left (recording 11c). */
  destroy(): void {
    fs.closeSync(this.#fd);
    this.events = [];
    this.#fd = fs.openSync(this.#file, 'w');
  }

  /** 0 is "from the beginning". */
  knows(eventId: EventId): boolean {
    return eventId === 0 || this.events.some((e) => e.eventId === eventId);
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
