/** Copies the active node's journal byte for byte through its /journal route (controller-api 1.4, 7.4). */
import fs from 'node:fs';
import type { JsonObject } from '../../shared/json';
import { sleep } from '../../shared/sleep';
import { journalFile, linkCurrent } from '../journal/file-names';
import { COMMIT, EOF_MARKER, TRANSACTION } from '../journal/format';
import { recoverFile } from '../journal/recover';
import type { Node } from '../node';
import type { ClusterSetting } from '../state/cluster-state';
import type { Stamped } from '../state/events';
import { Problem } from '../web/problem';
import type { Peer, PeerError } from './peer';

export class Replication {
  readonly #node: Node;
  readonly #peer: Peer;
  readonly #heartbeat: number;
  readonly #onClusterEvent: () => void;
  lastHeard = Date.now();
  /** The active node has been heard since this process began to follow. */
  live = false;
  /** Undefined: continue the file at hand. */
  #nextFile: number | undefined;
  #stopped = false;
  #stopStream: (() => void) | undefined;
  /** Lines of a file whose snapshot is not complete yet, and of an open transaction. */
  #snapshot: Buffer[] | undefined;
  #transaction: Buffer[] | undefined;

  constructor(node: Node, peer: Peer, setting: ClusterSetting, fileEventId: number | undefined, onClusterEvent: () => void) {
    this.#node = node;
    this.#peer = peer;
    this.#heartbeat = setting.timing.heartbeat;
    this.#nextFile = fileEventId;
    this.#onClusterEvent = onClusterEvent;
  }

  stop(): void {
    this.#stopped = true;
    this.#stopStream?.();
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      const { journal } = this.#node;
      const file = this.#nextFile ?? journal.file?.fileEventId ?? 0;
      const position = this.#nextFile === undefined ? (journal.file?.position ?? 0) : 0;
      this.#snapshot = position === 0 ? [] : undefined;
      this.#transaction = undefined;
      const stream = this.#peer.stream(
        `/controller/api/journal?file=${file}&position=${position}&heartbeat=${this.#heartbeat}&markEOF=true`,
        (line) => {
          if (!this.#stopped) this.#line(line, file);
        },
      );
      this.#stopStream = () => stream.stop();
      const atEnd = await stream.ended.then(
        () => this.#eof,
        (error: PeerError) => this.#failed(error),
      );
      this.#eof = false;
      if (atEnd) this.#nextFile = journal.lastEventId;
      else if (!this.#stopped) await sleep(500);
    }
  }

  #eof = false;

  /** The active one has deleted what we need: begin anew with its newest file, which holds everything. */
  async #failed(error: PeerError): Promise<boolean> {
    if (error.status !== 400 || !/Unknown journal file/.test(error.message)) return false;
    const info = await this.#peer.get('/controller/api/journalInfo').catch(() => undefined);
    const newest = (info?.journalFiles as { fileEventId: number }[] | undefined)?.at(-1);
    if (newest) this.#nextFile = newest.fileEventId;
    return false;
  }

  #line(line: Buffer, file: number): void {
    this.lastHeard = Date.now();
    this.live = true;
    if (line.length === 0) return;
    const text = line[0] === 0x22 ? line.toString() : undefined;
    if (text === EOF_MARKER) {
      this.#eof = true;
      return;
    }
    const whole = Buffer.concat([line, Buffer.from('\n')]);
    if (this.#snapshot) {
      this.#snapshotLine(whole, text, file);
    } else if (text === TRANSACTION) {
      this.#transaction = [whole];
    } else if (this.#transaction) {
      this.#transaction.push(whole);
      if (text === COMMIT) {
        const lines = this.#transaction;
        this.#transaction = undefined;
        this.#replicate(lines);
      }
    } else this.#replicate([whole]);
  }

  /** The file counts from its first event (SnapshotTaken) on; before, it could not be recovered. */
  #snapshotLine(line: Buffer, text: string | undefined, file: number): void {
    this.#snapshot?.push(line);
    const isFirstEvent = text === undefined && line.subarray(0, 11).toString() === '{"eventId":';
    if (!isFirstEvent) return;
    const { journal, log } = this.#node;
    const path = journalFile(journal.directory, file);
    fs.writeFileSync(`${path}.tmp`, Buffer.concat(this.#snapshot ?? []));
    fs.renameSync(`${path}.tmp`, path);
    linkCurrent(journal.directory, path);
    this.#snapshot = undefined;
    this.#nextFile = undefined;
    const before = journal.state.clusterState.TYPE;
    journal.adopt({ fileEventId: file, path }, recoverFile(path, file));
    log.info('js7.cluster.PassiveClusterNode', `Snapshot 'controller--${file}.journal' replicated`);
    if (journal.state.clusterState.TYPE !== before) this.#onClusterEvent();
  }

  #replicate(lines: readonly Buffer[]): void {
    const events = lines.filter((l) => l[0] !== 0x22).map((l) => JSON.parse(l.toString()) as JsonObject as Stamped);
    try {
      this.#node.journal.replicate(Buffer.concat(lines), events);
    } catch (error) {
      throw Problem.text(`Replication failed: ${String(error)}`);
    }
    if (events.some((e) => e.TYPE.startsWith('Cluster'))) this.#onClusterEvent();
  }
}
