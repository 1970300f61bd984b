/** EventIds: microseconds since the epoch, strictly increasing (controller-api 0.1). */
export type EventId = number;

/**
 * Gives out ids that grow even when the clock stands behind the recovered journal (controller-api 7.5). The last three digits are microseconds,
 * not a counter from 0 as in the real one: two emulations started together are so quick that they would give the same ids in a split brain.
 */
export class EventIdGenerator {
  #last: EventId;

  constructor(last: EventId = 0) {
    this.#last = last;
  }

  next(): EventId {
    this.#last = Math.max(this.#last + 1, Date.now() * 1000 + (Math.floor(performance.now() * 1000) % 1000));
    return this.#last;
  }

  /** What another node has used is used. */
  advance(id: EventId): void {
    if (id > this.#last) this.#last = id;
  }
}

/** ISO form without a fraction, or with exactly three digits (controller-api 0.1). */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** As problems show an EventId: `4711/1970-01-01T00:00:00.004Z`, `0/BeforeFirst` (recording 01/045). */
export function showEventId(id: EventId): string {
  return id === 0 ? '0/BeforeFirst' : `${id}/${isoTime(Math.floor(id / 1000))}`;
}
