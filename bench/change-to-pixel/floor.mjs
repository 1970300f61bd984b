// What a bare client sees: one that follows the engine's own events, and one that asks the Controller whether it is there, as fast as it can.
import { closeSync, openSync, readSync, statSync, watch } from 'node:fs';
import { request } from 'node:http';

export const now = () => performance.timeOrigin + performance.now();

/** Follows the event log of an emulated engine, as Handover's own adapter does. `died`, `started` … with the time at which they could be read. */
export function followEvents(engineFolder) {
  const path = `${engineFolder}/events.log`;
  const seen = [];
  let offset = statSync(path).size;
  const look = () => {
    const size = statSync(path).size;
    if (size <= offset) return;
    const bytes = Buffer.alloc(size - offset);
    const file = openSync(path, 'r');
    offset += readSync(file, bytes, 0, bytes.length, offset);
    closeSync(file);
    for (const line of bytes.toString('utf8').split('\n').filter(Boolean)) seen.push({ ...JSON.parse(line), readable: now() });
  };
  const watcher = watch(engineFolder, look);
  return { seen, close: () => watcher.close() };
}

/** Resolves with the time of the first answer 200. Asks again 5 ms after each failure. */
export async function firstAnswer(url, deadlineMs) {
  const until = now() + deadlineMs;
  for (;;) {
    if ((await status(url)) === 200) return now();
    if (now() > until) throw new Error(`No answer from ${url} within ${deadlineMs} ms`);
    await new Promise((wake) => setTimeout(wake, 5));
  }
}

const status = (url) =>
  new Promise((done) => {
    const asked = request(url, { headers: { accept: 'application/json' }, timeout: 1000 }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => done(0));
    asked.end();
  });
