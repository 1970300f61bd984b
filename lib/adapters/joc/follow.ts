import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { ok, type Result } from '../../domain/result';
import type { JocClient } from '../../ports/joc';
import { readEvents } from './answers';
import { readAnswer } from './look';
import type { Session } from './session';

/** JOC holds a poll for 55 s; an admin may set up to 180 s (`max_response_duration`). */
const HELD_MS = 190_000;
/** As JOC's own pages: the next poll so long after an answer. */
const BREATH_MS = 100;

/** One long poll after the other. An answer without events is no hint: JOC ends each poll so. */
export async function followEvents(
  session: Session,
  url: string,
  { controllerId, onEvents, signal }: Parameters<JocClient['follow']>[0],
): Promise<Result<'aborted'>> {
  let eventId: number | undefined;
  while (!signal.aborted) {
    const body = { controllerId, ...(eventId !== undefined && { eventId }) };
    const answer = readAnswer(await session.ask({ path: 'events', body, limitMs: HELD_MS, signal }), url, readEvents);
    if (signal.aborted) break;
    if (!answer.ok) return answer;
    eventId = answer.value.eventId;
    if (answer.value.any) onEvents();
    await delay(BREATH_MS, undefined, { signal }).catch(() => {});
  }
  return ok('aborted');
}
