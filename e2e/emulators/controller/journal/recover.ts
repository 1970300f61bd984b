/** Reads one journal file into a state, with the refusals of the real recovery (controller-api 8.4, recordings 04, 04b). */
import fs from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '../../shared/json';
import { ControllerState } from '../state/controller-state';
import type { Stamped } from '../state/events';
import { eventHead, isSeparator, WITHOUT_EFFECT } from './event-line';
import { COMMIT, END_OF_SNAPSHOT, EVENTS, type JournalHeader, parseHeader, SNAPSHOT, TRANSACTION } from './format';
import { scanLines } from './line-scanner';

/** The start is refused with this text, exit code 1. */
export class RecoveryError extends Error {}

export interface Recovered {
  readonly fd: number;
  readonly header: JournalHeader;
  readonly state: ControllerState;
  readonly lastEventId: number;
  readonly eventCount: number;
  readonly objectCount: number;
  /** Behind the last usable line: a record without LF and an open transaction are not used. */
  readonly position: number;
  readonly size: number;
  readonly truncated: boolean;
}

type Section = 'header' | 'before snapshot' | 'snapshot' | 'after snapshot' | 'events';
const FILLER_ORDER = Buffer.from('{"TYPE":"Order","id":"FILLER');

/** The file stays open (`fd`): carried objects are read from it later. */
export function recoverFile(file: string, fileEventId: number): Recovered {
  const name = path.basename(file);
  const fd = fs.openSync(file, 'r');
  const { size } = fs.fstatSync(fd);
  const state = new ControllerState();
  let header: JournalHeader | undefined;
  let section = 'header' as Section;
  let line = 0;
  let objectCount = 0;
  let eventCount = 0;
  let lastEventId = fileEventId;
  let good = 0;
  let transaction: Stamped[] | undefined;

  const parse = (buffer: Buffer, start: number, end: number): JsonObject => {
    try {
      return JSON.parse(buffer.toString('utf8', start, end)) as JsonObject;
    } catch (error) {
      throw new RecoveryError(`JSON sequence is corrupt at line ${line}: ${(error as Error).message}`);
    }
  };
  const separator = (text: string): void => {
    if (section === 'before snapshot' && text === SNAPSHOT) section = 'snapshot';
    else if (section === 'snapshot' && text === END_OF_SNAPSHOT) section = 'after snapshot';
    else if (section === 'after snapshot' && text === EVENTS) section = 'events';
    else if (section === 'events' && text === TRANSACTION) transaction = [];
    else if (section === 'events' && text === COMMIT) {
      for (const event of transaction ?? []) use(event);
      transaction = undefined;
    } else throw new RecoveryError(`JSON sequence is corrupt at line ${line}: unexpected ${text}`);
  };
  const use = (event: Stamped): void => {
    state.apply(event);
    lastEventId = event.eventId;
    eventCount++;
  };
  const snapshotObject = (buffer: Buffer, start: number, end: number, position: number): void => {
    objectCount++;
    const filler = buffer.compare(FILLER_ORDER, 0, FILLER_ORDER.length, start, Math.min(end, start + FILLER_ORDER.length)) === 0;
    if (filler || !state.applySnapshot(parse(buffer, start, end))) state.carried.add(fd, position, position + end + 1 - start, filler);
  };

  scanLines(fd, 0, size, (buffer, start, end, position) => {
    line++;
    if (section === 'header') {
      header = parseHeader(parse(buffer, start, end));
      if (!header) throw new RecoveryError(`Missing JournalHeader in file '${name}'`);
      if (header.eventId !== fileEventId)
        throw new RecoveryError(`JournalHeader's eventId=${header.eventId} does not match the filename '${name}'`);
      section = 'before snapshot';
    } else if (isSeparator(buffer, start)) separator(buffer.toString('latin1', start, end));
    else if (section === 'snapshot') snapshotObject(buffer, start, end, position);
    else if (section === 'events') {
      const head = eventHead(buffer, start, end);
      if (head && WITHOUT_EFFECT.has(head.type) && !transaction && buffer[end - 1] === 0x7d) {
        lastEventId = head.eventId;
        eventCount++;
      } else {
        const event = parse(buffer, start, end) as Stamped;
        if (transaction) transaction.push(event);
        else use(event);
      }
    } else parse(buffer, start, end);
    if (!transaction) good = position + end + 1 - start;
    return undefined;
  });
  if (!header || section === 'before snapshot' || section === 'snapshot')
    throw new RecoveryError(`Missing JournalHeader in file '${name}'`);
  if (eventCount === 0) throw new RecoveryError(`Journal file contains no event — it must start with SnapshotTaken: ${name}`);
  return { fd, header, state, lastEventId, eventCount, objectCount, position: good, size, truncated: good < size };
}
