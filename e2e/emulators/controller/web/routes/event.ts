/** GET /controller/api/event: long poll, or a stream with heartbeats (controller-api 1.3; recordings 01/022-055, 08/034-036). */
import os from 'node:os';
import { showEventId } from '../../../shared/event-id';
import { EventReader } from '../../journal/event-reader';
import { isReadable, type Node } from '../../node';
import { type Body, type Exchange, NDJSON } from '../exchange';
import { booleanParameter, durationParameter, numberParameter } from '../parameters';
import { Problem } from '../problem';
import { Rejection } from '../request-body';
import { acknowledgements } from './acknowledgements';
import { eventFilter } from './event-types';
import { Ticker } from './ticker';

/** 16 minutes request timeout less a second (controller-api 1.3). */
const LONGEST_POLL_MS = 959_000;

export async function events(node: Node, exchange: Exchange): Promise<void> {
  const filter = eventFilter(exchange.query.get('return'));
  if (!filter) throw new Rejection(400, `Unrecognized event type: return=${exchange.query.get('return')}`);
  const limit = numberParameter(exchange, 'limit') ?? Number.POSITIVE_INFINITY;
  if (limit <= 0) throw new Rejection(400, `Invalid limit=${limit}`);
  const timeoutMs = exchange.query.get('timeout') === 'infinite' ? undefined : durationParameter(exchange, 'timeout');
  const heartbeatMs = durationParameter(exchange, 'heartbeat');
  const meteringMs = durationParameter(exchange, 'serverMetering');
  const onlyAcks = booleanParameter(exchange, 'onlyAcks');
  const asked = numberParameter(exchange, 'after');
  await node.role.until(() => isReadable(node));
  if (onlyAcks) return acknowledgements(node, exchange, heartbeatMs, timeoutMs);
  const after = asked ?? node.journal.committed.eventId;
  const streaming = heartbeatMs !== undefined || meteringMs !== undefined;
  const reader = openReader(node, after, streaming);
  let body: Body | undefined = streaming ? exchange.stream(NDJSON) : undefined;
  if (heartbeatMs !== undefined) body?.write('\n');
  let left = limit;
  const pump = (): 'data' | 'nothing' | 'end' => {
    const lines = reader ? readLines(reader, filter, left) : [];
    if (lines.length === 0) return 'nothing';
    body ??= exchange.stream(NDJSON);
    body.write(lines.map((l) => `${l}\n`).join(''));
    left -= lines.length;
    return left <= 0 ? 'end' : 'data';
  };
  const timeout = timeoutMs ?? (streaming ? undefined : LONGEST_POLL_MS);
  const ticker = new Ticker(node.journal, { heartbeatMs, timeoutMs: timeout }, () => body);
  const metering = meteringMs === undefined ? undefined : setInterval(() => body?.write(meteringLine()), meteringMs);
  const stop = ticker.run(pump, () => {
    reader?.close();
    clearInterval(metering);
    (body ?? exchange.stream(NDJSON)).end();
  });
  exchange.onClosed(stop);
}

/** Undefined: a long poll after an event of the future just waits. */
function openReader(node: Node, after: number, streaming: boolean): EventReader | undefined {
  const reader = EventReader.after(node.journal, after);
  if (reader) return reader;
  const { lastEventId, tornEventId } = node.journal.info();
  const torn = showEventId(tornEventId);
  if (streaming) {
    const [requestedEventId, lastAddedEventId] = [showEventId(after), showEventId(lastEventId)];
    const message = `An unknown EventId has been requested: ${requestedEventId}, oldest EventId is after ${torn}, newest is ${lastAddedEventId}`;
    throw new Problem('UnknownEventId', message, { requestedEventId, tornEventId: torn, lastAddedEventId });
  }
  if (after > lastEventId) return undefined;
  const requestedAfter = showEventId(after);
  const message = `Requested EventId after=${requestedAfter} is not available. Oldest available EventId is ${torn}`;
  throw new Problem('EventSeqTorn', message, { requestedAfter, tornEventId: torn });
}

/** All that is there now, as far as one answer should go. */
function readLines(reader: EventReader, filter: (type: string) => boolean, limit: number): string[] {
  const lines: string[] = [];
  for (;;) {
    const events = reader.read();
    if (events.length === 0) return lines;
    for (const event of events) {
      if (filter(event.type)) lines.push(event.line);
      if (lines.length >= limit) return lines;
    }
  }
}

function meteringLine(): string {
  const [load = 0] = os.loadavg();
  const metering = {
    eventId: -1,
    timestamp: Date.now(),
    TYPE: 'ServerMeteringEvent',
    cpuLoad: Math.min(1, load / os.cpus().length),
    committedVirtualMemorySize: process.memoryUsage().rss,
    freeMemorySize: os.freemem(),
    totalMemorySize: os.totalmem(),
  };
  return `${JSON.stringify(metering)}\n`;
}
