import 'server-only';
import type { Readable } from 'node:stream';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { HelperCommand, HelperOutcome } from '../../ports/engine';
import type { Connection } from './connection';
import type { Helper } from './helper';
import type { HelperPool } from './helper-pool';
import type { Inspected } from './instance';
import { needByName } from './look';

/** More output than this is read and dropped, so that the command does not hang on a full pipe. */
const MOST_OUTPUT = 1_048_576;

export async function runHelper(c: Connection, pool: HelperPool, name: string, o: HelperCommand): Promise<Result<HelperOutcome>> {
  const of = await needByName(c, name);
  if (!of.ok) return of;
  if (o.network === 'own' && of.value.State.Status !== 'running')
    return err(problem('CONFLICT', `The container "${name}" on ${c.where} does not run: it has no network now from which to ask.`));
  const also: Inspected[] = [];
  for (const other of o.alsoVolumesOf ?? []) {
    const seen = await needByName(c, other);
    if (!seen.ok) return seen;
    also.push(seen.value);
  }
  const helper = await pool.own({ of: of.value, also, readOnly: o.readOnly ?? false, network: o.network });
  if (!helper.ok) return helper;
  try {
    return await runToEnd(c, helper.value, o.command, o.timeoutSeconds * 1000, { user: o.user, ...(o.stdin && { stdin: o.stdin }) });
  } finally {
    await helper.value.remove();
  }
}

/** Runs a command and takes its bounded output. After the limit it is given up: its helper must be removed then. */
export async function runToEnd(
  c: Connection,
  helper: Helper,
  command: readonly string[],
  limitMs: number,
  o: { user?: string | undefined; mostOutput?: number; stdin?: Readable; onLine?: (line: string) => void; signal?: AbortSignal } = {},
): Promise<Result<HelperOutcome>> {
  const started = await helper.run(command, { ...(o.user !== undefined && { user: o.user }), ...(o.stdin && { stdin: o.stdin }) });
  if (!started.ok) return started;
  const { output, abandon, exitCode } = started.value;
  const out = { out: new Bounded(o.mostOutput ?? MOST_OUTPUT), err: new Bounded(MOST_OUTPUT) };
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    abandon();
  }, limitMs);
  const abort = () => abandon();
  o.signal?.addEventListener('abort', abort, { once: true });
  const lines = o.onLine && lineReader(o.onLine);
  try {
    for await (const { stream, bytes } of output) {
      out[stream].push(bytes);
      if (stream === 'out') lines?.(bytes);
    }
  } catch (e) {
    if (!late) return err(c.problemOf(e, 'reading the output of a helper'));
  } finally {
    clearTimeout(timer);
    o.signal?.removeEventListener('abort', abort);
  }
  if (o.signal?.aborted) return err(problem('HELPER_FAILED', `The command "${command[0]}" in a helper on ${c.where} was aborted.`));
  if (late)
    return err(
      problem(
        'HELPER_FAILED',
        `The command "${command[0]}" in a helper on ${c.where} did not end within ${limitMs / 1000} s and was ended.`,
        { detail: out.err.text().slice(0, 2000) },
      ),
    );
  const code = await exitCode();
  return code.ok ? ok({ exitCode: code.value, stdout: out.out.text(), stderr: out.err.text() }) : code;
}

/** Hands on each whole line. */
function lineReader(onLine: (line: string) => void): (bytes: Buffer) => void {
  let rest = '';
  return (bytes) => {
    const parts = (rest + bytes.toString()).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) onLine(line);
  };
}

class Bounded {
  #parts: Buffer[] = [];
  #bytes = 0;
  constructor(readonly most: number) {}
  push(bytes: Buffer): void {
    const part = bytes.subarray(0, this.most - this.#bytes);
    if (part.length > 0) this.#parts.push(part);
    this.#bytes += part.length;
  }
  text(): string {
    return Buffer.concat(this.#parts).toString();
  }
}
