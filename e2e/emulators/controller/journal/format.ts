/** How a journal file is built (controller-api 8.3). */
import { isoTime } from '../../shared/event-id';
import type { JsonObject } from '../../shared/json';
import { BUILD_ID, VERSION } from '../version';

export const SNAPSHOT = '"-------SNAPSHOT-------"';
export const END_OF_SNAPSHOT = '"-------END OF SNAPSHOT-------"';
export const EVENTS = '"-------EVENTS-------"';
export const TRANSACTION = '"TRANSACTION"';
export const COMMIT = '"COMMIT"';
/** Only in the stream of `/journal?markEOF=true`, never in a file. */
export const EOF_MARKER = '"/// END OF JOURNAL FILE ///"';

export interface JournalHeader {
  readonly journalId: string;
  readonly eventId: number;
  readonly generation: number;
  readonly totalEventCount: number;
  /** Seconds. */
  readonly totalRunningTime: number;
  /** Epoch ms, ISO in the file. */
  readonly timestamp: number;
  readonly initiallyStartedAt: number;
}

export function headerLine(header: JournalHeader): string {
  return JSON.stringify({
    TYPE: 'JS7.Journal',
    typeName: 'ControllerState',
    journalId: header.journalId,
    eventId: header.eventId,
    generation: header.generation,
    totalEventCount: header.totalEventCount,
    totalRunningTime: Number(header.totalRunningTime.toFixed(3)),
    timestamp: isoTime(header.timestamp),
    initiallyStartedAt: isoTime(header.initiallyStartedAt),
    version: '1',
    js7Version: VERSION,
    buildId: BUILD_ID,
  });
}

/** Undefined when the line is no header. Throws on a foreign journal. */
export function parseHeader(json: JsonObject): JournalHeader | undefined {
  if (json.TYPE !== 'JS7.Journal') return undefined;
  if (json.typeName !== 'ControllerState')
    throw new Error(`JournalTypeMismatch: Expected 'ControllerState' but found '${String(json.typeName)}'`);
  if (json.version !== '1' && json.version !== '0.42') throw new Error(`Incompatible journal file version: ${String(json.version)}`);
  return {
    journalId: String(json.journalId),
    eventId: Number(json.eventId),
    generation: Number(json.generation),
    totalEventCount: Number(json.totalEventCount),
    totalRunningTime: Number(json.totalRunningTime),
    timestamp: typeof json.timestamp === 'number' ? json.timestamp : Date.parse(String(json.timestamp)),
    initiallyStartedAt: typeof json.initiallyStartedAt === 'number' ? json.initiallyStartedAt : Date.parse(String(json.initiallyStartedAt)),
  };
}
