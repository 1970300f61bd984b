/** Do two journals belong together, and which one is ahead? Sources: controller-api.md 7.5, 8.4; product.md 2 ("lineage"). */

/** What is known of a journal, alive or at rest. */
export interface JournalPoint {
  readonly journalId?: string;
  /** Epoch ms; equal on all copies of one journal, new with a new journal. */
  readonly initiallyStartedAt?: number;
  readonly lastEventId?: number;
}

export type Lineage = 'same' | 'different' | 'unknown';

/** By journalId where both are known, else by the time of the journal's first start. */
export function lineage(a: JournalPoint, b: JournalPoint): Lineage {
  if (a.journalId !== undefined && b.journalId !== undefined) return a.journalId === b.journalId ? 'same' : 'different';
  if (a.initiallyStartedAt !== undefined && b.initiallyStartedAt !== undefined) {
    return a.initiallyStartedAt === b.initiallyStartedAt ? 'same' : 'different';
  }
  return 'unknown';
}

/**
 * Which of two journals of one lineage holds the later event. It does not say that one continues the other: after a split brain both hold events
 * that the other lacks. `unknown` for different or unknown lineages: their event ids are just clocks.
 */
export function newer(a: JournalPoint, b: JournalPoint): 'a' | 'b' | 'equal' | 'unknown' {
  if (lineage(a, b) !== 'same' || a.lastEventId === undefined || b.lastEventId === undefined) return 'unknown';
  return a.lastEventId === b.lastEventId ? 'equal' : a.lastEventId > b.lastEventId ? 'a' : 'b';
}
