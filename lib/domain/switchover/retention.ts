/** May a journal that was put aside be deleted? Never the only copy of its newest events (I2), never before its time, never while something is open. */
import type { Message } from '../text/message';

export interface AsideFacts {
  readonly at?: number;
  readonly journalId?: string;
  readonly lastEventId?: number;
  /** A run that has succeeded moved exactly this journal: every byte of it was proved equal at the other instance. */
  readonly provedMoved: boolean;
}
export interface LiveFacts {
  readonly journalId: string;
  readonly lastEventId: number;
}

const DAY = 86_400_000;

/** Why it is held; undefined where nothing holds it. The first reason that fits. */
export function heldBecause(
  r: AsideFacts,
  o: { live?: LiveFacts; openRun?: string; now: number; retentionDays: number },
): Message | undefined {
  if (o.openRun !== undefined) return { key: 'retired.held.run', params: { run: o.openRun } };
  if (r.journalId === undefined || r.lastEventId === undefined) return { key: 'retired.held.unread' };
  if (r.at === undefined) return { key: 'retired.held.no-date' };
  const until = r.at + o.retentionDays * DAY;
  if (o.now < until) return { key: 'retired.held.young', params: { until: { as: 'time', value: until } } };
  // Event ids are clocks: a later one elsewhere does not say that the events of this one are there.
  if (!r.provedMoved) return { key: 'retired.held.unproved' };
  if (!o.live) return { key: 'retired.held.nobody-lives' };
  if (o.live.journalId !== r.journalId) return { key: 'retired.held.other-lineage' };
  return o.live.lastEventId < r.lastEventId ? { key: 'retired.held.only-copy' } : undefined;
}
