import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ControllerClient, ControllerEvent } from '../../ports/controller';
import { openController } from './client';
import { type Double, double, problemAnswer } from './controller.double';

let server: Double;
let client: ControllerClient;
let stream: ServerResponse | undefined;
beforeEach(async () => {
  server = await double();
  client = openController({ url: server.url });
  stream = undefined;
  server.answers['/controller/api/event'] = (_q, res) => {
    res.writeHead(200, { 'content-type': 'application/x-ndjson' });
    res.write('\n');
    stream = res;
  };
});
afterEach(async () => {
  await client.close();
  await server.close();
});

function following() {
  const events: ControllerEvent[] = [];
  let pulses = 0;
  const stop = new AbortController();
  const end = client.follow({ onEvent: (e) => events.push(e), onPulse: () => pulses++, signal: stop.signal });
  return { events, stop, end, pulses: () => pulses };
}

it('tells events and pulses, whole lines only', async () => {
  const f = following();
  await vi.waitFor(() => expect(f.pulses()).toBe(1));
  const line = '{"eventId":1757000000123001,"TYPE":"ClusterCoupled","activeId":"Primär"}';
  const bytes = Buffer.from(`${line}\n\n`);
  const inTheMiddleOfA = bytes.indexOf(0xc3) + 1;
  stream?.write(bytes.subarray(0, inTheMiddleOfA));
  await new Promise(setImmediate);
  expect(f.events).toEqual([]);
  stream?.write(bytes.subarray(inTheMiddleOfA));
  await vi.waitFor(() => expect(f.pulses()).toBe(2));
  expect(f.events).toEqual([{ eventId: 1757000000123001, type: 'ClusterCoupled', json: line }]);
  expect(server.seen[0]).toMatch(/^GET \/controller\/api\/event\?return=ClusterEvent,.*heartbeat=5$/);
  expect(server.seen[0]).not.toContain('after=');
  stream?.end();
  expect(await f.end).toEqual({ ok: true, value: 'ended' });
});

it('ends when it is told to', async () => {
  const f = following();
  await vi.waitFor(() => expect(f.pulses()).toBe(1));
  f.stop.abort();
  expect(await f.end).toEqual({ ok: true, value: 'aborted' });
});

it('says why when the Controller dies or refuses', async () => {
  const f = following();
  await vi.waitFor(() => expect(f.pulses()).toBe(1));
  stream?.socket?.resetAndDestroy();
  expect(await f.end).toMatchObject({ ok: false, error: { code: 'CONTROLLER_UNREACHABLE' } });
  server.answers['/controller/api/event'] = problemAnswer('BackupClusterNodeNotAppointed', 503);
  expect(await following().end).toMatchObject({ ok: false, error: { code: 'CONTROLLER_NOT_READY' } });
});

it('does not wait for headers that never come', async () => {
  server.answers['/controller/api/event'] = () => {};
  expect(await following().end).toMatchObject({ ok: false, error: { code: 'CONTROLLER_TIMEOUT' } });
});
