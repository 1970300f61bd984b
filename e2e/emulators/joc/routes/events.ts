/** POST events: held until something happens, the session ends, or 55 s (recordings 07, 11/10). */
import { numberAt, stringAt } from '../../shared/json';
import { sleep } from '../../shared/sleep';
import type { Handler } from '../web/call';
import { entityDate } from '../web/dates';

export const events: Handler = async ({ joc, body, session, gone }) => {
  const controllerId = stringAt(body, 'controllerId') ?? '';
  joc.poison(controllerId);
  const ms = Math.max(0, Math.min(joc.settings.pollMs, session.until - Date.now()));
  const answer = await joc.events.poll(controllerId, { eventId: numberAt(body, 'eventId'), ms, token: session.token, gone });
  if (answer.eventSnapshots.length > 0 && !gone.aborted) await sleep(joc.heldUpMs);
  const known = Math.floor((joc.proxies.get(controllerId)?.lastEventId ?? 0) / 1000);
  return {
    status: 200,
    body: {
      controllerId,
      ...answer,
      eventsFromSystemMonitoring: [],
      eventsFromOrderMonitoring: [],
      eventsFromApprovalRequests: [],
      eventsFromNotes: [],
      deliveryDate: entityDate(Date.now()),
      ...(known > 0 && { surveyDate: entityDate(known) }),
    },
  };
};
