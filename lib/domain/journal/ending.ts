/**
 * Judges a journal at rest from pieces of its newest file and of the file before it: who it belongs to, where it ends, and how. Never the whole file: it may be
 * a gigabyte. Source: controller-api.md 8.2-8.4, recordings 02 and 04b.
 */
import type { ClusterStateFacts } from '../controller/controller';
import { type Problem, problem } from '../errors';
import { err, ok, type Result } from '../result';
import { applyClusterEvent, type JournalEvent, readClusterState } from './cluster-state';
import type { JournalAtRest, JournalEnding } from './disk';

/** First and last bytes of a journal file as text. Where `head` holds the whole file (bytes ≤ its length), `tail` is the same. */
export interface FilePieces {
  readonly name: string;
  readonly bytes: number;
  readonly head: string;
  readonly tail: string;
  /** `head` and `tail` are the whole file. */
  readonly whole: boolean;
}

/** The number in a journal file's name, undefined for anything else in the folder (also `.tmp`, `~TRUNCATED…`). */
export function fileEventIdOf(name: string): number | undefined {
  const digits = /^controller--(\d{1,16})\.journal$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export type JournalJudgement = Omit<JournalAtRest, 'files' | 'totalBytes'>;
type Line = Readonly<Record<string, unknown>> | string;
const EVENTS = '-------EVENTS-------';
const SNAPSHOT_END = '-------END OF SNAPSHOT-------';

/** JOURNAL_BROKEN where a Controller could not start from it (8.4). */
export function judgeJournal(o: { newest: FilePieces; before?: FilePieces }): Result<JournalJudgement> {
  const { newest } = o;
  if (newest.bytes === 0) return err(broken(newest, 'it is empty'));
  const header = headerOf(newest);
  if (!header) return err(broken(newest, 'its first line is not a whole journal header'));
  if (header.eventId !== fileEventIdOf(newest.name)) return err(broken(newest, 'its header does not fit its name'));

  const head = linesOf(newest.head, true, newest.whole);
  const tail = newest.whole ? head : linesOf(newest.tail, false, true);
  if (!head || !tail) return err(broken(newest, 'a line in it is no JSON'));
  if (newest.whole && !tail.lines.includes(SNAPSHOT_END)) return err(broken(newest, 'it ends within its snapshot'));
  const events = eventsOf(tail.lines);
  if (newest.whole && events.all.length === 0) return err(broken(newest, 'it holds no event, not even SnapshotTaken'));

  const last = events.committed.at(-1);
  return ok({
    journalId: header.journalId,
    initiallyStartedAt: header.initiallyStartedAt,
    generation: header.generation,
    lastEventId: last?.eventId ?? header.eventId,
    ending: endingOf(o, tail.cut, events, header.journalId),
    ...controllerId([...head.lines, ...tail.lines]),
    clusterState: clusterState(head.lines, events.committed, newest.whole),
  });
}

function endingOf(o: { newest: FilePieces; before?: FilePieces }, cut: boolean, events: Events, journalId: string): JournalEnding {
  if (cut) return 'torn';
  const last = events.committed.at(-1);
  if (events.all.length !== events.committed.length || last === undefined) return 'open';
  if (last.type === 'ControllerShutDown') return 'proper';
  if (!events.fromStart || events.all.length !== 1 || last.type !== 'SnapshotTaken') return 'open';
  // Looks like a proper stop. Only the file before it can tell that from a start that failed after its recovery (product.md 3.12).
  const before = o.before && headerOf(o.before)?.journalId === journalId ? linesOf(o.before.tail, false, true) : undefined;
  const stopped = before && !before.cut && eventsOf(before.lines).committed.at(-1)?.type === 'ControllerShutDown';
  return stopped ? 'proper' : 'failed-start';
}

interface Header {
  readonly journalId: string;
  readonly eventId: number;
  readonly generation: number;
  readonly initiallyStartedAt: number;
}
function headerOf(f: FilePieces): Header | undefined {
  const end = f.head.indexOf('\n');
  const line = end < 0 ? undefined : parse(f.head.slice(0, end));
  if (typeof line !== 'object' || line.TYPE !== 'JS7.Journal' || line.typeName !== 'ControllerState') return undefined;
  const { journalId, eventId, generation, initiallyStartedAt } = line;
  const started = typeof initiallyStartedAt === 'number' ? initiallyStartedAt : Date.parse(String(initiallyStartedAt));
  if (typeof journalId !== 'string' || typeof eventId !== 'number' || Number.isNaN(started)) return undefined;
  return { journalId, eventId, generation: typeof generation === 'number' ? generation : 0, initiallyStartedAt: started };
}

/** The lineage a file belongs to, from its first kilobytes; undefined where they hold no header. */
export const journalIdOfHead = (head: string): string | undefined =>
  headerOf({ name: '', bytes: head.length, head, tail: head, whole: false })?.journalId;

/** Whole lines of a piece; undefined where one of them is no JSON. `cut`: the last one had no line feed although the file ends there. */
function linesOf(text: string, fromStart: boolean, toEnd: boolean): { lines: Line[]; cut: boolean } | undefined {
  const pieces = text.split('\n');
  const rest = pieces.pop() ?? '';
  if (!fromStart) pieces.shift();
  const lines: Line[] = [];
  for (const piece of pieces) {
    const line = parse(piece);
    if (line === undefined) return undefined;
    lines.push(line);
  }
  return { lines, cut: toEnd && rest !== '' };
}

function parse(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' || (typeof value === 'object' && value !== null) ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}

interface Events {
  readonly all: readonly JournalEvent[];
  /** Without those of a transaction that was not committed: recovery drops them. */
  readonly committed: readonly JournalEvent[];
  /** The lines reach back to the beginning of the events section. */
  readonly fromStart: boolean;
}
function eventsOf(lines: readonly Line[]): Events {
  const begin = lines.indexOf(EVENTS);
  const all: JournalEvent[] = [];
  let open: number | undefined;
  for (const line of lines.slice(begin + 1)) {
    if (line === 'TRANSACTION') open = all.length;
    else if (line === 'COMMIT') open = undefined;
    else if (typeof line === 'object' && typeof line.eventId === 'number' && line.TYPE !== 'JS7.Journal')
      all.push({ eventId: line.eventId, type: String(line.TYPE), line });
  }
  return { all, committed: all.slice(0, open), fromStart: begin >= 0 };
}

/** In the snapshot, or in the very first file as an event. */
function controllerId(lines: readonly Line[]): { controllerId?: string } {
  const line = lines.find((l) => typeof l === 'object' && (l.TYPE === 'ControllerMetaState' || l.TYPE === 'ControllerInitialized'));
  return typeof line === 'object' && typeof line.controllerId === 'string' ? { controllerId: line.controllerId } : {};
}

/**
 * The snapshot's state (absent = Empty; it stands before ControllerMetaState), then the ClusterEvents after it. Between head and tail some may be unread: Empty is kept
 * then, it is the stricter one (a journal that starts alone); a licensed state becomes unknown.
 */
function clusterState(head: readonly Line[], events: readonly JournalEvent[], whole: boolean): ClusterStateFacts {
  const snapshot = head.find((l) => typeof l === 'object' && l.TYPE === 'ClusterStateSnapshot');
  const seenEnough = head.some((l) => l === SNAPSHOT_END || (typeof l === 'object' && l.TYPE === 'ControllerMetaState'));
  let state: ClusterStateFacts;
  if (typeof snapshot === 'object') state = readClusterState(snapshot.clusterState);
  else state = seenEnough ? { type: 'Empty', name: 'Empty' } : { type: 'unknown', name: 'not read' };
  if (!whole && state.type !== 'Empty') state = { ...state, type: 'unknown' };
  return events.reduce((s, e) => applyClusterEvent(s, e), state);
}

const broken = (f: FilePieces, why: string): Problem =>
  problem('JOURNAL_BROKEN', `A Controller cannot start from ${f.name}: ${why}.`, {
    remedy: 'Keep the file. If there is another copy of this journal, compare before anything is started.',
  });
