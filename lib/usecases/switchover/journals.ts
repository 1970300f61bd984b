import 'server-only';
/**
 * Compares both journals of a pair: which files are equal, where they part, what each has beyond, and which orders both have started. Reads at most
 * 64 MB through Handover; hashes are made where the files lie. What cannot be told is left out, never guessed.
 */
import type { Cluster } from '../../domain/cluster/cluster';
import { timeOfEvent } from '../../domain/journal/line';
import { newer } from '../../domain/journal/lineage';
import type { Message } from '../../domain/text/message';
import type { RunContext } from './context';
import { type Budget, type Found, lastEventBefore, type Piece, readEvents, said } from './journal-events';
import { type Side, sideOf } from './journal-sides';
import { join } from './look';
import { partingOffset } from './parting';

export type InBoth = 'equal' | 'prefix' | 'differs' | 'only-here';
export interface ComparedSide extends Side {
  readonly inBoth: ReadonlyMap<string, InBoth>;
  readonly beyond?: Found;
}
export interface ComparedJournals {
  readonly primary: ComparedSide;
  readonly secondary?: ComparedSide;
  readonly sameLineage: boolean | 'unknown';
  readonly lastCommon?: { readonly eventId: number; readonly at: number };
  readonly newer?: 'primary' | 'secondary' | 'equal';
  readonly startedByBoth: readonly string[];
}

const BUDGET = 64 * 1024 * 1024;
const COMMON_BUDGET = 4 * 1024 * 1024;

export async function compareJournals(ctx: RunContext, cluster: Cluster): Promise<ComparedJournals> {
  const [a, b] = await Promise.all([sideOf(ctx, cluster, 'primary'), sideOf(ctx, cluster, 'secondary')]);
  const primary = a ?? { slot: 'primary', name: '', place: 'state', entries: [] };
  const plain = (s: Side): ComparedSide => ({ ...s, inBoth: new Map(s.entries.map((e) => [e.name, 'only-here' as const])) });
  if (!b) return { primary: plain(primary), sameLineage: 'unknown', startedByBoth: [] };
  const sameLineage = primary.journalId === undefined || b.journalId === undefined ? 'unknown' : primary.journalId === b.journalId;
  if (sameLineage !== true) return { primary: plain(primary), secondary: plain(b), sameLineage, startedByBoth: [] };

  const compared = await compareFiles(primary, b);
  const ahead = newer(pointOf(primary), pointOf(b));
  const which = ahead === 'unknown' ? {} : { newer: ahead === 'a' ? ('primary' as const) : ahead === 'b' ? ('secondary' as const) : ahead };
  if (!compared.ok)
    return { primary: { ...plain(primary), problem: compared.problem }, secondary: plain(b), sameLineage, ...which, startedByBoth: [] };
  const { inBoth, common } = compared;
  const sides = (s: Side): ComparedSide => ({
    ...s,
    inBoth: new Map(s.entries.map((e) => [e.name, inBoth.get(e.name) ?? ('only-here' as const)])),
  });
  if (!common) {
    const problem: Message = { key: 'journals.problem.no-common-file' };
    return {
      primary: { ...sides(primary), problem: primary.problem ?? problem },
      secondary: { ...sides(b), problem: b.problem ?? problem },
      sameLineage,
      ...which,
      startedByBoth: [],
    };
  }
  const eventId = await commonEvent(primary, common);
  const [pa, pb] = await Promise.all([primary, b].map((s) => beyond(s, common, { left: (BUDGET - 2 * COMMON_BUDGET) / 2 })));
  const startedByBoth = [...(pa?.started ?? [])].filter((key) => pb?.started.has(key));
  return {
    primary: { ...sides(primary), ...outcome(pa) },
    secondary: { ...sides(b), ...outcome(pb) },
    sameLineage,
    ...(eventId !== undefined && { lastCommon: { eventId, at: timeOfEvent(eventId) } }),
    ...which,
    startedByBoth,
  };
}

const pointOf = (s: Side) => ({
  ...(s.journalId !== undefined && { journalId: s.journalId }),
  ...(s.lastEventId !== undefined && { lastEventId: s.lastEventId }),
});
const outcome = (f: Found | undefined) => (f === undefined ? {} : f.problem === undefined ? { beyond: f } : { problem: f.problem });

/** Up to here both hold the same: the file, and how many bytes of it. */
interface Common {
  readonly name: string;
  readonly bytes: number;
}
type Files =
  | { readonly ok: true; readonly inBoth: ReadonlyMap<string, InBoth>; readonly common?: Common }
  | { readonly ok: false; readonly problem: Message };

/** By SHA-256 of what both have of each file of the same name, oldest first; nothing after the first difference is common. */
async function compareFiles(a: Side, b: Side): Promise<Files> {
  const pairs = a.entries.flatMap((x) => {
    const y = b.entries.find((e) => e.name === x.name);
    return y ? [{ name: x.name, a: x.bytes, b: y.bytes, bytes: Math.min(x.bytes, y.bytes) }] : [];
  });
  const hashes = (s: Side) =>
    s.engine && s.path !== undefined
      ? s.engine.moving(s.name).hashRanges(pairs.map((p) => ({ path: join(s.path as string, p.name), from: 0, to: p.bytes })))
      : undefined;
  const [ha, hb] = await Promise.all([hashes(a), hashes(b)]);
  if (!ha?.ok || !hb?.ok)
    return { ok: false, problem: ha && !ha.ok ? said(ha.error) : hb && !hb.ok ? said(hb.error) : { key: 'journals.problem.unreadable' } };
  const inBoth = new Map<string, InBoth>();
  let common: Common | undefined;
  let parted = false;
  for (const [i, p] of pairs.entries()) {
    const same = ha.value[i] === hb.value[i];
    inBoth.set(p.name, !same ? 'differs' : p.a === p.b ? 'equal' : 'prefix');
    if (parted) continue;
    if (same) common = { name: p.name, bytes: p.bytes };
    else {
      const bytes = await partingOffset(a, b, p.name, p.bytes);
      if (bytes !== undefined && bytes > 0) common = { name: p.name, bytes };
    }
    // A longer file ends what is common: the shorter side has gone on elsewhere, or not at all.
    parted = !same || p.a !== p.b;
  }
  return { ok: true, inBoth, ...(common && { common }) };
}

/** The last event both hold: at the end of what is common, or, where that is a snapshot only, what its file's name says. */
async function commonEvent(side: Side, common: Common): Promise<number | undefined> {
  if (!side.engine || side.path === undefined) return undefined;
  const found = await lastEventBefore(side.engine.files(side.name), join(side.path, common.name), common.bytes, { left: COMMON_BUDGET });
  return found ?? Number(/--(\d+)/.exec(common.name)?.[1]);
}

async function beyond(side: Side, common: Common, budget: Budget): Promise<Found | undefined> {
  if (!side.engine || side.path === undefined) return undefined;
  const at = side.entries.findIndex((e) => e.name === common.name);
  const pieces: Piece[] = side.entries
    .slice(at)
    .map((e, i) => ({ path: join(side.path as string, e.name), from: i === 0 ? common.bytes : 0, to: e.bytes }));
  return readEvents(side.engine.files(side.name), pieces, budget);
}
