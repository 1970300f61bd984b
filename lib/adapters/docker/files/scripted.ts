import 'server-only';
import type { Readable } from 'node:stream';
import { problem } from '../../../domain/errors';
import { err, type Result } from '../../../domain/result';
import type { HelperOutcome } from '../../../ports/engine';
import type { Connection } from '../connection';
import type { Borrowing, HelperPool } from '../helper-pool';
import type { Inspected } from '../instance';
import { runToEnd } from '../run-helper';
import type { Answered, Ask } from '../session';

export interface Fed {
  readonly stdin?: Readable;
  /** Each whole line of standard output, as it comes. */
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Asks `[script, …arguments]` in an open shell of a borrowed helper: for what is short. A look is tried once more in another helper where the one kept turns
 * out to be gone; an act is not repeated here.
 */
export async function asked(
  c: Connection,
  pool: HelperPool,
  on: { of: Inspected; readOnly: boolean } & Borrowing,
  [script, ...args]: readonly [string, ...string[]],
  o: Ask,
): Promise<Result<Answered>> {
  for (let again = on.readOnly; ; again = false) {
    const borrowed = await pool.borrow(on.of, on.readOnly, on);
    if (!borrowed.ok) return borrowed;
    const { helper, done } = borrowed.value;
    const wasWarm = helper.warm;
    const answered = await helper.ask(script, args, o);
    await done({ broken: !answered.ok });
    if (answered.ok || !again || !wasWarm) return answered;
  }
}

/**
 * Runs `[script, …arguments]` in a borrowed helper of an instance. A helper that was given up (time, abort, connection) is not used again; when that is told,
 * nothing writes in it any more (HelperPool).
 */
export async function scripted(
  c: Connection,
  pool: HelperPool,
  on: { of: Inspected; readOnly: boolean } & Borrowing,
  [script, ...args]: readonly [string, ...string[]],
  o: Fed & { limitMs: number },
): Promise<Result<HelperOutcome>> {
  if (o.signal?.aborted) return err(problem('HELPER_FAILED', 'Not begun: it was aborted before.'));
  const borrowed = await pool.borrow(on.of, on.readOnly, on);
  if (!borrowed.ok) {
    o.stdin?.destroy();
    return borrowed;
  }
  const { helper, done } = borrowed.value;
  const ran = await runToEnd(c, helper, ['sh', '-c', script, 'handover', ...args], o.limitMs, {
    ...(o.stdin && { stdin: o.stdin }),
    ...(o.onLine && { onLine: o.onLine }),
    ...(o.signal && { signal: o.signal }),
  });
  await done({ broken: !ran.ok });
  return ran;
}
