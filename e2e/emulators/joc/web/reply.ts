/** Answers in JOC's shapes (joc-cockpit 1.2; recordings 01, 05): entities, `Ok`, errors of status 420 and 434, account answers. */
import type { JsonObject } from '../../shared/json';
import { entityDate, shortDate } from './dates';

export interface Reply {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

export function entity(fields: JsonObject): Reply {
  return { status: 200, body: { deliveryDate: entityDate(Date.now()), ...fields } };
}

export function okay(): Reply {
  const now = shortDate(Date.now());
  return { status: 200, body: { deliveryDate: now, ok: true, surveyDate: now } };
}

/** A failure that JOC answers with 420 (434 from a few calls, when the Controller refuses the connection) and a code of its own. */
export class JocError extends Error {
  readonly code: string;
  readonly exception: string;

  constructor(code: string, exception: string, text: string) {
    super(`${exception}: ${text}`);
    this.code = code;
    this.exception = exception;
  }
}

export const badRequest = (text: string): JocError => new JocError('JOC-400', 'JocBadRequestException', text);
export const missingData = (text: string): JocError => new JocError('JOC-408', 'DBMissingDataException', text);
export const violation = (text: string): JocError => new JocError('JOC-420', 'com.sos.schema.exception.SOSJsonSchemaException', text);

export function failure(error: JocError, status = 420): Reply {
  const now = shortDate(Date.now());
  return { status, body: { deliveryDate: now, error: { code: error.code, message: error.message }, surveyDate: now } };
}

/** A reply thrown from the depth of a call: 401, 403, 433, 440. */
export class Refused extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`HTTP ${reply.status}`);
    this.reply = reply;
  }
}

/** The account answer: flags are always there, the rest as given; keys in alphabetical order, as recorded. */
export function accountAnswer(fields: JsonObject): JsonObject {
  const all: JsonObject = {
    enableTouch: true,
    forcePasswordChange: false,
    hasRole: false,
    isApprovalRequestor: false,
    isApprover: false,
    isAuthenticated: false,
    isPermitted: false,
    ...fields,
  };
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

export function sessionGone(): Refused {
  const message = 'SessionNotExistException: Session has expired. New login is neccessary';
  return new Refused({ status: 440, body: accountAnswer({ message }) });
}
