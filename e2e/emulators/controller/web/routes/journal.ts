/** GET /controller/api/journal: the raw bytes of a file, then what is appended (controller-api 1.4; recordings 01/030, 057-061). */
import fs from 'node:fs';
import { EOF_MARKER } from '../../journal/format';
import { journalFileNotReady, type Node } from '../../node';
import { type Body, type Exchange, NDJSON } from '../exchange';
import { booleanParameter, durationParameter, numberParameter } from '../parameters';
import { Problem } from '../problem';
import { ackFromActive } from './acknowledgements';
import { Ticker } from './ticker';

const CHUNK = 256 * 1024;

export function journal(node: Node, exchange: Exchange): void {
  const file = numberParameter(exchange, 'file');
  const position = numberParameter(exchange, 'position');
  const heartbeatMs = durationParameter(exchange, 'heartbeat');
  const timeoutMs = durationParameter(exchange, 'timeout');
  const markEof = booleanParameter(exchange, 'markEOF');
  const acks = exchange.query.get('return') === 'ack';
  const current = node.journal.file;
  if (!current || node.role.phase === 'blocked' || node.role.phase === 'starting') throw journalFileNotReady();
  if ((file === undefined) !== (position === undefined)) throw Problem.text('Missing one of the arguments: file, position, eventId');
  if (acks && node.role.phase !== 'passive') throw ackFromActive();
  const fileEventId = file ?? current.fileEventId;
  const known = node.journal.files.find((f) => f.fileEventId === fileEventId);
  if (!known) throw Problem.text(`Unknown journal file=${fileEventId}`);
  const fd = fs.openSync(known.path, 'r');
  let at = position ?? current.position;
  const body = exchange.stream(NDJSON);
  let slow = false;
  const isCurrent = (): boolean => node.journal.file?.fileEventId === fileEventId;
  const pump = (): 'data' | 'nothing' | 'end' => {
    if (slow) return 'nothing';
    const followed = isCurrent();
    const size = followed ? (node.journal.file?.position ?? 0) : fs.fstatSync(fd).size;
    let wrote = false;
    while (at < size && !slow) {
      const n = copy(fd, at, Math.min(CHUNK, size - at), body, acks);
      at += n.bytes;
      wrote = true;
      if (!n.flowing) waitForDrain();
    }
    if (at < size) return 'data';
    // A file that is not written any more has an end; a current one has not.
    if (followed) return wrote ? 'data' : 'nothing';
    if (markEof) body.write(`${EOF_MARKER}\n`);
    return 'end';
  };
  const waitForDrain = (): void => {
    slow = true;
    exchange.response.once('drain', () => {
      slow = false;
      node.journal.tell();
    });
  };
  // With timeout=0 a big file must still be sent whole: the idle end is ours, once everything is out.
  const whole = timeoutMs === 0;
  const ticker = new Ticker(node.journal, { heartbeatMs, timeoutMs: whole ? undefined : timeoutMs }, () => body);
  const endIfWhole = (): 'data' | 'nothing' | 'end' => {
    const result = pump();
    if (!whole || result === 'end' || slow) return result;
    return 'end';
  };
  const stop = ticker.run(endIfWhole, () => {
    fs.closeSync(fd);
    body.end();
  });
  exchange.onClosed(stop);
}

/** `return=ack` tells positions instead of content. */
function copy(fd: number, at: number, length: number, body: Body, acks: boolean): { bytes: number; flowing: boolean } {
  const chunk = Buffer.allocUnsafe(length);
  const bytes = fs.readSync(fd, chunk, 0, length, at);
  return { bytes, flowing: body.write(acks ? `${at + bytes}\n` : chunk.subarray(0, bytes)) };
}
