/**
 * Two live Controllers: which one may safely be stopped? Only unanimous evidence counts; where it is missing or contradicts itself nothing is recommended,
 * because stopping the right one loses work.
 *
 * The last event id of a *living* Controller is no evidence: event ids are clocks (controller-api.md 0.1), and the old instance, just started
 * again, writes newer ones than the right one that has been quiet. What counts is how far each journal had got when its newest file was begun: the
 * number in that file's name (controller-api.md 8.1, 8.4). It freezes at the point where the old copy was left behind.
 */
import type { Slot } from '../cluster/cluster';
import { type Judged, lineageOfBoth, type Pair, pointOf } from '../cluster/pair';
import { slotName } from '../cluster/words';
import type { Message } from '../text/message';
import { code, say, time } from '../text/say';

/** Containers started within this time of each other say nothing about who worked first, ms. */
const CLEARLY_LATER_MS = 10_000;

export interface Decision {
  readonly stop: Judged;
  readonly keep: Judged;
  readonly reasons: readonly Message[];
  /** Kinds of evidence that stand by themselves: a start time without its proof only goes with the others. */
  readonly proofs: number;
}

type Vote = { readonly slot: Slot; readonly reason: Message } | undefined;

/**
 * Was it put aside (retired journal, is-backup on) when its volumes were last read *before* this start? A flag read later is no evidence: a run lays the
 * fence while the source still works (product.md 5, step 3).
 */
export function wasFenced(m: Judged): 'retired' | 'fenced' | undefined {
  const { lastDisk: disk, startedAt, seen } = m.f;
  const readAt = seen.disk.kind === 'value' ? seen.disk.at : seen.disk.kind === 'failed' ? seen.disk.last?.at : undefined;
  if (!disk || readAt === undefined || startedAt === undefined || readAt > startedAt) return undefined;
  if (disk.retired.length > 0 && disk.state.kind !== 'journal') return 'retired';
  return 'isBackup' in disk.config && disk.config.isBackup ? 'fenced' : undefined;
}

function voteFence(a: Judged, b: Judged): Vote {
  const fenced = [a, b].filter((m) => wasFenced(m) !== undefined);
  const one = fenced.length === 1 ? fenced[0] : undefined;
  return one && { slot: one.slot, reason: wasFenced(one) === 'retired' ? say('next.stop.retired') : say('next.stop.fenced') };
}

function voteLineage(pair: Pair, a: Judged, b: Judged): Vote {
  const expected = pair.cluster.expectedJournalId;
  const [idA, idB] = [pointOf(a).journalId, pointOf(b).journalId];
  if (expected === undefined || idA === undefined || idB === undefined || (idA === expected) === (idB === expected)) return undefined;
  const [wrong, right] = idA === expected ? [b, a] : [a, b];
  return { slot: wrong.slot, reason: say('next.stop.unexpected', { other: slotName(right.slot) }) };
}

const newestFile = (m: Judged): number => Math.max(-1, ...(m.f.says?.journal.files.map((file) => file.fileEventId) ?? []));

function voteNewestFile(pair: Pair, a: Judged, b: Judged): Vote {
  const [fileA, fileB] = [newestFile(a), newestFile(b)];
  if (lineageOfBoth(pair) !== 'same' || fileA < 0 || fileB < 0 || fileA === fileB) return undefined;
  const [older, newer] = fileA < fileB ? [a, b] : [b, a];
  // Who was working already when the other one's newest file began has simply gone on in an older file: the other one began from a copy of it.
  if (older.f.startedAt !== undefined && older.f.startedAt <= newestFile(newer) / 1000) return undefined;
  const reason = say('next.stop.older-file', {
    other: slotName(newer.slot),
    later: code(String(newestFile(newer))),
    earlier: code(String(newestFile(older))),
  });
  return { slot: older.slot, reason };
}

/**
 * Who started later is the wrong one only if it did not work while the other one did already: the right one too may have been started again while the
 * wrong one lives, and its newest file then looks as if it came from a copy. Docker's word is the proof: this container ended (or was made) before the
 * other one started, and did not run until its own start; a run between that was seen to idle or to refuse is no work.
 */
const restedMeanwhile = (later: Judged, first: Judged): boolean =>
  first.f.startedAt !== undefined && later.f.restedSince !== undefined && later.f.restedSince < first.f.startedAt;

function voteStarted(a: Judged, b: Judged): (NonNullable<Vote> & { readonly proved: boolean }) | undefined {
  const [startA, startB] = [a.f.startedAt, b.f.startedAt];
  if (startA === undefined || startB === undefined || Math.abs(startA - startB) < CLEARLY_LATER_MS) return undefined;
  const [later, first] = startA > startB ? [a, b] : [b, a];
  const reason = say('next.stop.later', {
    other: slotName(first.slot),
    started: time(Math.max(startA, startB)),
    since: time(Math.min(startA, startB)),
  });
  return { slot: later.slot, reason, proved: restedMeanwhile(later, first) };
}

/** The one to stop, with the reasons; undefined where it cannot be decided. */
export function whichStays(pair: Pair): Decision | undefined {
  const { primary: a, secondary: b } = pair;
  if (!b || a.works !== 'yes' || b.works !== 'yes') return undefined;
  const others = [voteFence(a, b), voteLineage(pair, a, b), voteNewestFile(pair, a, b)].filter((v) => v !== undefined);
  const started = voteStarted(a, b);
  const votes = started ? [...others, started] : others;
  const first = votes[0];
  if (!first || (others.length === 0 && started?.proved !== true) || votes.some((v) => v.slot !== first.slot)) return undefined;
  const [stop, keep] = first.slot === a.slot ? [a, b] : [b, a];
  return { stop, keep, reasons: votes.map((v) => v.reason), proofs: others.length + (started?.proved ? 1 : 0) };
}
