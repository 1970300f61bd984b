import 'server-only';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { err, ok, type Result } from '../../domain/result';
import type { LogLine } from '../../ports/engine';
import { type Connection, meaning } from './connection';
import { type Frame, frames } from './frames';
import { Lines } from './lines';
import { needByName, notFound } from './look';
import { unlessSilent } from './silence';

interface Asked {
  readonly tail: number;
  readonly follow: boolean;
  readonly signal: AbortSignal;
  onLine(line: LogLine): void;
}

export async function logs(c: Connection, name: string, o: Asked): Promise<Result<void>> {
  const seen = await needByName(c, name);
  if (!seen.ok) return seen;
  const opened = await c.call(
    `reading the log of "${name}"`,
    c.limits.look,
    (docker, abortSignal) =>
      meaning(open(docker, seen.value.Id, o, abortSignal), (status) => (status === 404 ? notFound(c, name) : undefined)),
    o.signal,
  );
  if (!opened.ok) return o.signal.aborted ? ok(undefined) : opened;
  const stream = opened.value;
  const end = () => stream.destroy();
  o.signal.addEventListener('abort', end, { once: true });
  const tell = (line: LogLine) => {
    if (!o.signal.aborted) o.onLine(line);
  };
  try {
    // With a terminal there is one stream, and no frames in it.
    // Followed, a log may well be silent; the loss of the engine is for `watch` to tell.
    const bytes: AsyncIterable<Buffer> = o.follow ? stream : unlessSilent(stream, c.limits.silence);
    for await (const line of seen.value.Config.Tty ? linesOfTerminal(bytes) : linesOfFrames(frames(bytes))) tell(line);
    return ok(undefined);
  } catch (e) {
    return o.signal.aborted ? ok(undefined) : err(c.problemOf(e, `reading the log of "${name}"`));
  } finally {
    o.signal.removeEventListener('abort', end);
    end();
  }
}

/** Past dockerode's `logs`: without `follow` that one reads the whole log into memory, and parses it as JSON where it can. */
function open(docker: Docker, id: string, o: Asked, abortSignal: AbortSignal): Promise<Readable> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        path: `/containers/${id}/logs?`,
        method: 'GET',
        isStream: true,
        abortSignal,
        statusCodes: { 200: true, 404: 'no such container', 500: 'server error' },
        options: { stdout: true, stderr: true, timestamps: true, follow: o.follow, tail: String(o.tail) },
      },
      (error, stream) => (error ? reject(error) : resolve(stream as Readable)),
    );
  });
}

/** Each line begins with the engine's time, RFC 3339 with nanoseconds, and a space. */
const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*) /;
const LONGEST_STAMP = 64;

async function* linesOfTerminal(stream: AsyncIterable<Buffer>): AsyncGenerator<LogLine> {
  const lines = new Lines();
  const line = (text: string): LogLine => {
    const stamp = stampOf(text);
    return { ...(stamp.at !== undefined && { at: stamp.at }), stream: 'out', text: text.slice(stamp.length) };
  };
  for await (const bytes of stream) for (const text of lines.push(bytes)) yield line(text);
  for (const text of lines.end()) yield line(text);
}

/** Each frame is a line, or a piece of one: Docker cuts lines at 16 KiB and stamps every piece. */
async function* linesOfFrames(source: AsyncIterable<Frame>): AsyncGenerator<LogLine> {
  const states = { out: { lines: new Lines(), begun: false, at: {} }, err: { lines: new Lines(), begun: false, at: {} } };
  let head = Buffer.alloc(0);
  let stamped = false;
  for await (const { stream, bytes, last } of source) {
    const state = states[stream];
    let content = bytes;
    if (!stamped) {
      head = Buffer.concat([head, bytes]);
      if (head.length < LONGEST_STAMP && !last) continue;
      const stamp = stampOf(head.subarray(0, LONGEST_STAMP).toString('latin1'));
      if (!state.begun) state.at = stamp.at === undefined ? {} : { at: stamp.at };
      content = head.subarray(stamp.length);
      head = Buffer.alloc(0);
      stamped = true;
    }
    for (const text of state.lines.push(content)) yield { ...state.at, stream, text };
    if (content.length > 0) state.begun = content.at(-1) !== 10;
    if (last) stamped = false;
  }
  for (const stream of ['out', 'err'] as const) for (const text of states[stream].lines.end()) yield { ...states[stream].at, stream, text };
}

function stampOf(text: string): { readonly at?: number; readonly length: number } {
  const found = STAMP.exec(text);
  const at = found ? Date.parse(found[1] as string) : Number.NaN;
  return Number.isNaN(at) ? { length: 0 } : { at, length: (found as RegExpExecArray)[0].length };
}
