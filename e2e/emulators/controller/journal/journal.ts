/**
 * The journal of a running Controller: recovers, writes, commits, tells who listens. All writing is synchronous (one event loop, one writer);
 * only the commitment may take time: while coupled it needs the passive node's acknowledgement (controller-api 9, recording 08).
 */
import fs from 'node:fs';
import { showSpan } from '../../shared/durations';
import { type EventId, EventIdGenerator, showEventId } from '../../shared/event-id';
import { newRunId } from '../../shared/ids';
import type { LogFile } from '../../shared/log-file';
import { ControllerState } from '../state/controller-state';
import { type NewEvent, type Stamped, stamp } from '../state/events';
import { type JournalFileName, listJournalFiles, removeTemporaryFiles } from './file-names';
import { COMMIT, type JournalHeader, TRANSACTION } from './format';
import { type Recovered, recoverFile } from './recover';
import { append, type OpenJournalFile, writeSnapshotFile } from './snapshot-file';

export interface JournalInfo {
  readonly lastEventId: EventId;
  readonly tornEventId: EventId;
  readonly journalFiles: readonly { readonly fileEventId: EventId; readonly position: number }[];
}

interface Waiting {
  readonly eventId: EventId;
  readonly position: number;
  readonly done: () => void;
}

export class Journal {
  state = new ControllerState();
  /** Undefined until there is a journal (unappointed backup). */
  header: JournalHeader | undefined;
  lastEventId: EventId = 0;
  /** What readers may see: all, or what the passive node has acknowledged. */
  committed: { eventId: EventId; position: number } = { eventId: 0, position: 0 };
  file: OpenJournalFile | undefined;
  /** While coupled: events count only when the passive node has them. */
  ackRequired = false;
  /** Passive node: goes on in the file it was restarted from. The real one then lists that file twice (recordings 08/086, 115). */
  continuesFile = false;
  readonly directory: string;
  readonly #log: LogFile;
  readonly #ids = new EventIdGenerator();
  readonly #listeners = new Set<() => void>();
  #waiting: Waiting[] = [];
  #eventCount = 0;
  #generation = 0;
  /** Seconds before this process, and since when it counts itself. */
  #runningBefore = 0;
  #runningSince = Date.now();

  constructor(directory: string, log: LogFile) {
    this.directory = directory;
    this.#log = log;
    fs.mkdirSync(directory, { recursive: true });
  }

  get files(): JournalFileName[] {
    return listJournalFiles(this.directory);
  }

  get totalRunningTime(): number {
    return this.#runningBefore + (Date.now() - this.#runningSince) / 1000;
  }

  /** Reads the newest file. Throws RecoveryError; does nothing in an empty directory. Older files are not looked at (controller-api 8.2). */
  recover(): Recovered | undefined {
    const newest = this.files.at(-1);
    if (!newest) return undefined;
    const name = newest.path.slice(this.directory.length + 1);
    this.#log.info(
      'js7.journal.recover.StateRecoverer',
      `Recovering ControllerState from file ${name} (${showSize(fs.statSync(newest.path).size)})`,
    );
    const recovered = recoverFile(newest.path, newest.fileEventId);
    this.adopt(newest, recovered);
    if (recovered.truncated)
      this.#log.warn(
        'js7.journal.recover.FileSnapshotableStateRecoverer',
        `Discarding truncated last record in '${name}' (file position ${recovered.position})`,
      );
    this.#log.info(
      'js7.journal.recover.FileSnapshotableStateRecoverer',
      `Recovered ControllerState, last EventId is ${showEventId(recovered.lastEventId)}, emitted ${showSpan(Date.now() - recovered.lastEventId / 1000)} ago (${recovered.objectCount} snapshot objects and ${recovered.eventCount} events, ${showSize(recovered.size)} read)`,
    );
    return recovered;
  }

  /** Takes over what was read from a file: at recovery, and on a passive node for each replicated snapshot. */
  adopt(file: JournalFileName, recovered: Recovered): void {
    const { header } = recovered;
    this.continuesFile = false;
    this.state.carried.close();
    if (this.file) fs.closeSync(this.file.fd);
    if (recovered.state.carried.size === 0) fs.closeSync(recovered.fd);
    this.state = recovered.state;
    this.header = header;
    this.lastEventId = recovered.lastEventId;
    this.#ids.advance(recovered.lastEventId);
    this.#eventCount = header.totalEventCount + recovered.eventCount;
    // Recovery counts a generation of its own: the next file is two further (recording 02).
    this.#generation = header.generation + 1;
    this.#runningBefore = header.totalRunningTime + Math.max(0, recovered.lastEventId / 1e6 - header.timestamp / 1000);
    this.#runningSince = Date.now();
    this.file = { fd: fs.openSync(file.path, 'r+'), path: file.path, fileEventId: file.fileEventId, position: recovered.position };
    this.committed = { eventId: recovered.lastEventId, position: recovered.position };
    this.tell();
  }

  /** A journal of its own, when nothing was recovered. */
  begin(): void {
    this.header = {
      journalId: newRunId(),
      eventId: 0,
      generation: 0,
      totalEventCount: 0,
      totalRunningTime: 0,
      timestamp: Date.now(),
      initiallyStartedAt: Date.now(),
    };
  }

  /** Starts a new file with the snapshot and its SnapshotTaken. Older files are deleted later by somebody else. */
  startFile(): void {
    if (!this.header) throw new Error('journal has not begun');
    this.continuesFile = false;
    removeTemporaryFiles(this.directory);
    const isNew = this.lastEventId === 0;
    this.#generation++;
    const header: JournalHeader = {
      ...this.header,
      eventId: this.lastEventId,
      generation: this.#generation,
      totalEventCount: this.#eventCount,
      totalRunningTime: this.totalRunningTime,
      timestamp: Date.now(),
    };
    const taken = stamp(this.#ids.next(), { TYPE: 'SnapshotTaken' });
    const former = this.file;
    this.file = writeSnapshotFile(this.directory, header, isNew ? undefined : this.state, JSON.stringify(taken));
    if (former) fs.closeSync(former.fd);
    this.header = header;
    const name = this.file.path.slice(this.directory.length + 1);
    const text = isNew
      ? `STARTING NEW EMPTY JOURNAL file #1 ${name} with a snapshot (no sync)`
      : `Starting new journal file #${this.#generation} ${name} with a snapshot (no sync)`;
    this.#log.info('js7.journal.Snapshotter', text);
    this.#written([taken]);
    this.#commitAll();
  }

  /** True if an event was written since the last snapshot: otherwise TakeSnapshot does nothing (recording 01/033). */
  get hasEventsSinceSnapshot(): boolean {
    return this.header === undefined || this.#eventCount > this.header.totalEventCount + 1;
  }

  /** Writes the events; resolves when they are committed. The state changes at once. Throws InapplicableEvent before anything is written. */
  persist(events: readonly NewEvent[], options: { transaction?: boolean; withoutAck?: boolean } = {}): Promise<readonly Stamped[]> {
    const { file } = this;
    if (!file) return Promise.reject(new Error('journal has no file'));
    const stamped = events.map((event) => stamp(this.#ids.next(), event));
    for (const event of stamped) this.state.apply(event);
    const lines = stamped.map((event) => JSON.stringify(event));
    const transaction = options.transaction === true && lines.length > 1;
    append(file, `${(transaction ? [TRANSACTION, ...lines, COMMIT] : lines).join('\n')}\n`);
    this.#written(stamped);
    if (!this.ackRequired || options.withoutAck) {
      this.#commitAll();
      return Promise.resolve(stamped);
    }
    const { lastEventId: eventId } = this;
    this.tell();
    return new Promise((resolve) => this.#waiting.push({ eventId, position: file.position, done: () => resolve(stamped) }));
  }

  /** The passive node has everything up to this event. */
  acknowledged(eventId: EventId): void {
    const done = this.#waiting.filter((w) => w.eventId <= eventId);
    this.#waiting = this.#waiting.filter((w) => w.eventId > eventId);
    const last = done.at(-1);
    if (last) this.committed = { eventId: last.eventId, position: last.position };
    for (const one of done) one.done();
    if (last) this.tell();
  }

  /** Passive node: bytes of the active one, complete lines, already parsed. */
  replicate(bytes: Buffer, events: readonly Stamped[]): void {
    if (!this.file) throw new Error('journal has no file');
    append(this.file, bytes);
    for (const event of events) {
      this.state.apply(event);
      this.#ids.advance(event.eventId);
    }
    this.#written(events, false);
    this.#commitAll();
  }

  #written(events: readonly Stamped[], log = true): void {
    this.#eventCount += events.length;
    this.lastEventId = events.at(-1)?.eventId ?? this.lastEventId;
    if (!log) return;
    const mark = this.state.clusterState.TYPE === 'Empty' ? '' : this.ackRequired ? ' ✔' : ` (⚠️ ${this.state.clusterState.TYPE})`;
    for (const event of events)
      if (!event.TYPE.startsWith('Order') && event.TYPE !== 'AgentEventsObserved')
        this.#log.info('js7.journal.Journal', `Event${mark} ${event.Key === undefined ? '' : ` ${event.Key} <-:`} ${event.TYPE}`);
  }

  #commitAll(): void {
    this.committed = { eventId: this.lastEventId, position: this.file?.position ?? 0 };
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) one.done();
    this.tell();
  }

  /** Hears every change: written, committed, new file, files deleted. Returns how to stop. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** `GET /journalInfo`: the current file with its committed length, the others with their size (controller-api 1.5). */
  info(): JournalInfo {
    if (!this.header || !this.file) return { lastEventId: 0, tornEventId: 0, journalFiles: [] };
    const current = this.file.fileEventId;
    const journalFiles = this.files.map(({ fileEventId, path }) => ({
      fileEventId,
      position: fileEventId === current ? this.committed.position : sizeOf(path),
    }));
    const twice = this.continuesFile ? journalFiles.slice(-1) : [];
    return {
      lastEventId: this.committed.eventId,
      tornEventId: journalFiles[0]?.fileEventId ?? 0,
      journalFiles: [...journalFiles, ...twice],
    };
  }
}

function sizeOf(path: string): number {
  return fs.statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function showSize(bytes: number): string {
  if (bytes < 1000) return `${bytes}bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toPrecision(2)}kB` : `${(bytes / 1_000_000).toPrecision(2)}MB`;
}
