/** GET /controller/api/snapshot (controller-api 1.6, recordings 01/056, 01b/025-026). */
import fs from 'node:fs';
import { showEventId } from '../../../shared/event-id';
import { isSeparator } from '../../journal/event-line';
import { SNAPSHOT } from '../../journal/format';
import { scanLines } from '../../journal/line-scanner';
import { type Node, nodeState } from '../../node';
import { type Exchange, NDJSON } from '../exchange';
import { numberParameter } from '../parameters';
import { Problem } from '../problem';

export async function snapshot(node: Node, exchange: Exchange): Promise<void> {
  const eventId = numberParameter(exchange, 'eventId');
  const state = await nodeState(node);
  if (eventId !== undefined) return ofFile(node, exchange, eventId);
  const { head, tail } = state.snapshot();
  const body = exchange.stream(NDJSON);
  body.write(`${JSON.stringify({ TYPE: 'SnapshotEventId', eventId: node.journal.committed.eventId })}\n`);
  for (const object of head) body.write(`${JSON.stringify(object)}\n`);
  for (const chunk of state.carried.chunks()) body.write(chunk);
  for (const object of tail) body.write(`${JSON.stringify(object)}\n`);
  body.end();
}

/** Header and snapshot section of the file that holds the event; any number above the oldest file is good. */
function ofFile(node: Node, exchange: Exchange, eventId: number): void {
  const file = node.journal.files.findLast((f) => f.fileEventId <= eventId);
  if (!file) {
    const shown = showEventId(eventId);
    throw new Problem('SnapshotForUnknownEventId', `Snapshot requested for unknown EventId '${shown}' (eventId=${eventId})`, {
      eventId: String(eventId),
      eventIdString: shown,
    });
  }
  const body = exchange.stream(NDJSON);
  const fd = fs.openSync(file.path, 'r');
  scanLines(fd, 0, fs.fstatSync(fd).size, (buffer, start, end) => {
    if (isSeparator(buffer, start)) return buffer.toString('latin1', start, end) === SNAPSHOT;
    body.write(Buffer.from(buffer.subarray(start, end + 1)));
    return true;
  });
  fs.closeSync(fd);
  body.end();
}
