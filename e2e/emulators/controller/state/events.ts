/** The event envelope (controller-api 1.3): `eventId`, optional `timestamp`, optional `Key`, `TYPE`, then the event's fields. */
import type { EventId } from '../../shared/event-id';
import type { JsonObject } from '../../shared/json';

export interface Stamped extends JsonObject {
  readonly eventId: EventId;
  readonly TYPE: string;
  readonly Key?: string;
  readonly timestamp?: number;
}

/** An event not yet persisted: everything but its id. `timestamp` only where it differs from the id's time (an Agent's event). */
export interface NewEvent extends JsonObject {
  readonly TYPE: string;
  readonly Key?: string;
  readonly timestamp?: number;
}

export function stamp(eventId: EventId, event: NewEvent): Stamped {
  const { timestamp, Key, TYPE, ...fields } = event;
  return { eventId, ...(timestamp !== undefined && { timestamp }), ...(Key !== undefined && { Key }), TYPE, ...fields };
}
