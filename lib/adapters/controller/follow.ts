import 'server-only';
import { err, ok, type Result } from '../../domain/result';
import type { ControllerClient, ControllerEvent } from '../../ports/controller';
import { readEvent } from './answers';
import { failureProblem } from './failures';
import type { Http } from './http';
import { readAll } from './http';
import { readLines } from './lines';
import { refusalProblem } from './refusals';
import type { Session } from './session';

const HEARTBEAT_S = 5;
/** Three heartbeats missing: the stream is dead, whatever TCP thinks. */
const SILENCE_MS = 3 * HEARTBEAT_S * 1000;
/** A node without a started journal does not answer here at all (controller-api.md 1.3). */
const HEADERS_MS = 3000;
/** Longer lines are not ours: events of the kinds asked for are below 2 kB. */
const MAX_LINE = 256 * 1024;
/** What changes a role or readiness. Order events are not asked for: a busy Controller writes thousands in a second. */
const KINDS = 'ClusterEvent,ControllerReady,ControllerShutDown';

/**
 * Follows events from now on. No `after`: it must be an event that still exists (trap 5), and who follows looks again after each gap anyway.
 * With `heartbeat` headers come at once and silence has a meaning (trap 6); an error in the stream is a silent end (trap 7).
 */
export async function follow(
  http: Http,
  session: Session,
  o: Parameters<ControllerClient['follow']>[0],
): Promise<Result<'ended' | 'aborted'>> {
  if (o.signal.aborted) return ok('aborted');
  const token = await session.token();
  const r = await http.open({
    path: `/controller/api/event?return=${KINDS}&heartbeat=${HEARTBEAT_S}`,
    accept: 'application/x-ndjson, application/json;q=0.9',
    limitMs: HEADERS_MS,
    idleMs: SILENCE_MS,
    token: token.ok ? token.value : undefined,
    signal: o.signal,
  });
  if (!r.ok) return o.signal.aborted ? ok('aborted') : r;
  const { body } = r.value;
  try {
    if (r.value.status !== 200)
      return err(refusalProblem({ status: r.value.status, contentType: r.value.contentType, text: await readAll(body) }, http.where));
    await readLines(body as AsyncIterable<Buffer>, MAX_LINE, (line) => {
      if (line === '') return o.onPulse();
      const e = readEvent(line);
      if (e) o.onEvent({ ...e, json: line } satisfies ControllerEvent);
    });
    return ok(o.signal.aborted ? 'aborted' : 'ended');
  } catch (e) {
    return o.signal.aborted ? ok('aborted') : err(failureProblem(e, http.where));
  } finally {
    body.on('error', () => {}).destroy();
  }
}
