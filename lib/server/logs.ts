import 'server-only';
import type { LogLineAnswer } from '../contract/api';
import type { Slot } from '../domain/cluster/cluster';
import { problem } from '../domain/errors';
import { err, ok, type Result } from '../domain/result';
import { memberOf } from './instances';
import type { Runtime } from './runtime';

/** Lines are told together, this often: a Controller can write thousands in a second. */
const TOGETHER_MS = 100;
const BEAT_MS = 10_000;
/** Lines that may wait for a slow reader; the oldest go first. */
const MAX_WAITING = 5_000;

interface LogOptions {
  readonly tail: number;
  readonly follow: boolean;
  readonly session: string;
  readonly account: string;
  /** End of the session. */
  readonly endsAt: number;
}

/** The container log as server-sent events: `lines` (an array), at last `end` with the problem, if there is one. Ends with the reader, the session or the process. */
export function logStream(runtime: Runtime, at: { id: string; slot: Slot }, o: LogOptions): Result<ReadableStream<Uint8Array>> {
  const member = memberOf(runtime, at);
  if (!member.ok) return member;
  const { engine, name } = member.value;
  const stop = new AbortController();
  const encoder = new TextEncoder();
  let waiting: LogLineAnswer[] = [];

  const start = (out: ReadableStreamDefaultController<Uint8Array>) => {
    const tell = (event: string, data: unknown) => out.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
    const flush = () => {
      if (waiting.length === 0 || (out.desiredSize ?? 0) <= 0) return;
      tell('lines', waiting);
      waiting = [];
    };
    const onLine = (line: LogLineAnswer) => {
      waiting.push(line);
      if (waiting.length > MAX_WAITING) waiting = waiting.slice(-MAX_WAITING / 2);
    };
    const timers = [
      setInterval(flush, TOGETHER_MS),
      setInterval(() => (out.desiredSize ?? 0) > 0 && tell('beat', runtime.clock.now()), BEAT_MS),
      setTimeout(() => stop.abort(), Math.min(Math.max(0, o.endsAt - runtime.clock.now()), 2 ** 31 - 1)),
    ];
    const done = () => {
      for (const timer of timers) clearTimeout(timer);
      runtime.streams.delete(stop);
      leave();
    };
    const leave = runtime.hub.endWith(o, stop);
    runtime.streams.add(stop);
    stop.signal.addEventListener('abort', done, { once: true });
    tell('beat', runtime.clock.now());
    const limits = { tail: o.tail, follow: o.follow, signal: stop.signal, onLine };
    engine
      .logs(name, limits)
      .catch((e: unknown) => err(problem('INTERNAL', 'The log could not be read.', { detail: String(e).slice(0, 500) })))
      .then((outcome) => {
        if (waiting.length > 0) tell('lines', waiting);
        tell('end', outcome.ok ? {} : { problem: outcome.error });
        out.close();
      })
      // The reader has gone: there is nobody to tell.
      .catch(() => {})
      .finally(done);
  };
  const size = new ByteLengthQueuingStrategy({ highWaterMark: 256 * 1024 });
  return ok(new ReadableStream({ start, cancel: () => stop.abort() }, size));
}
