/** One line of a journal file as an event; what is no event (header, snapshot, separators) is undefined. Source: controller-api.md 8.2. */

export interface JournalLineEvent {
  readonly eventId: number;
  readonly type: string;
  /** Whose event it is: `Key` of the line, an order's id for order events. */
  readonly key?: string;
}

export function eventOfLine(text: string): JournalLineEvent | undefined {
  // Most lines of a snapshot are no events and long: they need not be parsed.
  if (!text.includes('"eventId"')) return undefined;
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof line !== 'object' || line === null) return undefined;
  const { eventId, TYPE, Key } = line as Record<string, unknown>;
  if (typeof eventId !== 'number' || typeof TYPE !== 'string' || TYPE === 'JS7.Journal') return undefined;
  return { eventId, type: TYPE, ...(typeof Key === 'string' && { key: Key }) };
}

/** Events by which an order begins to do something: on both sides of a split brain it ran twice. */
export const startsOrder = (e: JournalLineEvent): boolean => e.type === 'OrderStarted' || e.type === 'OrderProcessingStarted';

/** Event ids are times in microseconds. */
export const timeOfEvent = (eventId: number): number => Math.floor(eventId / 1000);
