import 'server-only';
/** Events of journal files, line by line, never more than a budget of bytes. */
import { eventOfLine, type JournalLineEvent, startsOrder } from '../../domain/journal/line';
import type { Message } from '../../domain/text/message';
import type { VolumeFiles } from '../../ports/engine';

const code = (value: string) => ({ as: 'code' as const, value });
/** What an adapter said, in its words. */
export const said = (e: { readonly message: string }): Message => ({ key: 'journals.problem.said', params: { what: e.message } });

/** What may still be read, in bytes. */
export interface Budget {
  left: number;
}
export interface Piece {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}
export interface Found {
  readonly count: number;
  /** The first of them. */
  readonly events: readonly JournalLineEvent[];
  readonly started: ReadonlySet<string>;
  /** Why not all were read. */
  readonly problem?: Message;
}

const FIRST = 200;

/** All events of the pieces, in order. A piece begins at the start of a line, or of the file. */
export async function readEvents(files: VolumeFiles, pieces: readonly Piece[], budget: Budget): Promise<Found> {
  const found = { count: 0, events: [] as JournalLineEvent[], started: new Set<string>() };
  const take = (line: string) => {
    const event = eventOfLine(line);
    if (!event) return;
    found.count += 1;
    if (found.events.length < FIRST) found.events.push(event);
    if (event.key !== undefined && startsOrder(event)) found.started.add(event.key);
  };
  for (const piece of pieces) {
    const bytes = piece.to - piece.from;
    if (bytes > budget.left) return { ...found, problem: { key: 'journals.problem.more', params: { path: code(piece.path) } } };
    budget.left -= bytes;
    const problem = await readLines(files, piece, take);
    if (problem !== undefined) return { ...found, problem };
  }
  return found;
}

/** The last event that ends before `to`, looked for in the last bytes before it. */
export async function lastEventBefore(files: VolumeFiles, path: string, to: number, budget: Budget): Promise<number | undefined> {
  const from = Math.max(0, to - 256 * 1024);
  if (to - from > budget.left) return undefined;
  budget.left -= to - from;
  let last: number | undefined;
  await readLines(files, { path, from, to }, (line) => {
    last = eventOfLine(line)?.eventId ?? last;
  });
  return last;
}

async function readLines(files: VolumeFiles, { path, from, to }: Piece, take: (line: string) => void): Promise<Message | undefined> {
  if (to <= from) return undefined;
  const stream = await files.read(path, { offset: from, length: to - from });
  if (!stream.ok) return said(stream.error);
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of stream.value as AsyncIterable<Buffer>) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
    }
  } catch (e) {
    return { key: 'journals.problem.broke-off', params: { path: code(path), why: String((e as Error).message ?? e).slice(0, 200) } };
  }
  // A last line without its line feed is not written to its end: it is no event.
  return undefined;
}
