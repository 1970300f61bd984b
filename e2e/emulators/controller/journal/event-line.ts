/** What can be told of an event line from its beginning, without parsing it: most lines are only counted or passed on. */
import type { EventId } from '../../shared/event-id';

const HEAD = /^\{\s*"eventId"\s*:\s*(\d+)(?:,\s*"timestamp"\s*:\s*\d+)?(?:,\s*"Key"\s*:\s*"(?:[^"\\]|\\.)*")?,\s*"TYPE"\s*:\s*"(\w+)"/;

export interface EventHead {
  readonly eventId: EventId;
  readonly type: string;
}

export function eventHead(buffer: Buffer, start: number, end: number): EventHead | undefined {
  const match = HEAD.exec(buffer.toString('latin1', start, Math.min(end, start + 300)));
  return match ? { eventId: Number(match[1]), type: match[2] ?? '' } : undefined;
}

const QUOTE = 0x22;
/** Separators are JSON strings: the only lines that begin with a quote. */
export function isSeparator(buffer: Buffer, start: number): boolean {
  return buffer[start] === QUOTE;
}

/** Events without effect on the state: filler of big journals. */
export const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'ControllerTestEvent',
  'OrderStdoutWritten',
  'OrderStderrWritten',
  'SnapshotTaken',
]);
