import 'server-only';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { EngineEvent } from '../../domain/engine/engine';
import { type Problem, problem } from '../../domain/errors';
import { err, type Result } from '../../domain/result';
import type { Connection } from './connection';
import { eventsFrom } from './events';
import { askInfo } from './info';
import { Lines } from './lines';

interface Handlers {
  onEvent(e: EngineEvent): void;
  onConnection(up: boolean, why?: Result<never>): void;
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 15_000;

/**
 * Follows `GET /events` until `signal` aborts. That stream is silent when nothing happens, also when the engine hangs or its machine is gone:
 * so a ping beside it, every `limits.pulse`. After a gap it asks for what happened since the last event seen (an engine that was restarted has
 * forgotten its events, hence `onConnection(true)`: look again).
 */
export async function watch(c: Connection, handlers: Handlers, signal: AbortSignal): Promise<void> {
  let pause = FIRST_PAUSE;
  let cursor: string | undefined;
  let told: string | undefined;
  const tell = (lost?: Problem) => {
    const state = lost ? lost.code : 'up';
    if (state === told || signal.aborted) return;
    told = state;
    if (lost) handlers.onConnection(false, err(lost));
    else handlers.onConnection(true);
  };

  while (!signal.aborted) {
    cursor ??= await engineTime(c);
    const opened = await c.call('following its events', c.limits.look, (docker, abortSignal) => open(docker, cursor, abortSignal), signal);
    let lost: Problem;
    if (opened.ok) {
      tell();
      pause = FIRST_PAUSE;
      lost = await follow(c, opened.value, signal, (line) => {
        const seen = eventsFrom(line);
        cursor = seen?.cursor ?? cursor;
        for (const e of seen?.events ?? []) if (!signal.aborted) handlers.onEvent(e);
      });
    } else {
      lost = opened.error;
    }
    tell(lost);
    await delay(pause * (0.5 + Math.random()), undefined, { signal }).catch(() => {});
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
}

async function open(docker: Docker, cursor: string | undefined, abortSignal: AbortSignal): Promise<Readable> {
  // The type asks for a whole number; the engine takes nanoseconds as well.
  const since = cursor === undefined ? {} : { since: cursor as unknown as number };
  return (await docker.getEvents({ filters: { type: ['container'] }, ...since, abortSignal })) as Readable;
}

/**
 * The engine's time before the first subscription: dockerd answers the request before it subscribes, and what happens in between would be missed.
 */
async function engineTime(c: Connection): Promise<string | undefined> {
  const info = await askInfo(c);
  const at = info.ok ? /^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(info.value.systemTime) : null;
  const seconds = at ? Date.parse(`${at[1]}${at[3]}`) / 1000 : Number.NaN;
  return Number.isNaN(seconds) ? undefined : `${seconds}.${(at?.[2] ?? '').padEnd(9, '0').slice(0, 9)}`;
}

/** Until the stream ends, the engine does not answer a ping, or `signal` aborts. */
async function follow(c: Connection, stream: Readable, signal: AbortSignal, onLine: (line: string) => void): Promise<Problem> {
  let silent: Problem | undefined;
  const end = () => stream.destroy();
  signal.addEventListener('abort', end, { once: true });
  let pinging = false;
  const pulse = setInterval(async () => {
    if (pinging) return;
    pinging = true;
    const answer = await c.probe('/_ping');
    pinging = false;
    if (answer.ok) return;
    silent = answer.error;
    end();
  }, c.limits.pulse);
  const lines = new Lines();
  try {
    for await (const chunk of stream) for (const line of lines.push(chunk as Buffer)) onLine(line);
    return (
      silent ??
      problem('ENGINE_UNREACHABLE', `${c.where} ended the stream of its events.`, {
        remedy: 'It may be restarting: Handover tries again by itself.',
      })
    );
  } catch (e) {
    return silent ?? c.problemOf(e, 'following its events');
  } finally {
    clearInterval(pulse);
    signal.removeEventListener('abort', end);
  }
}
