/**
 * The one table of error codes: HTTP status and title of each. The documentation and the OpenAPI document are printed from it.
 * A title says what kind of thing went wrong; a problem's `message` says what, where and (in `remedy`) what to do.
 */
export const ERRORS = {
  BAD_REQUEST: { status: 400, title: 'The request does not have the expected form' },
  NOT_LOGGED_IN: { status: 401, title: 'Log in first' },
  LOGIN_REFUSED: { status: 401, title: 'Name or password is wrong' },
  FORBIDDEN: { status: 403, title: 'Your role does not allow this' },
  CROSS_SITE: { status: 403, title: 'The request does not come from this site' },
  CODE_REFUSED: { status: 403, title: 'The one-time code is wrong or used up' },
  NOT_FOUND: { status: 404, title: 'There is no such thing' },
  CONFLICT: { status: 409, title: 'The world has changed, or the name is taken' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many attempts' },
  INTERNAL: { status: 500, title: 'Handover failed' },
  STORE_FAILED: { status: 500, title: 'Handover cannot read or write its data folder' },
  /** Made by the browser, never sent by a route. */
  HANDOVER_UNREACHABLE: { status: 503, title: 'Handover does not answer' },

  ENGINE_UNREACHABLE: { status: 502, title: 'The Docker Engine does not answer' },
  ENGINE_FORBIDDEN: { status: 502, title: 'The Docker Engine refuses access' },
  ENGINE_TIMEOUT: { status: 504, title: 'The Docker Engine did not answer in time' },
  ENGINE_NOT_DOCKER: { status: 502, title: 'There is no Docker Engine at that address' },
  ENGINE_TLS: { status: 502, title: 'The TLS connection to the Docker Engine failed' },
  ENGINE_ERROR: { status: 502, title: 'The Docker Engine reported an error' },
  INSTANCE_NOT_FOUND: { status: 404, title: 'There is no such container' },
  INSTANCE_REMOVED_ON_STOP: { status: 409, title: 'The container is removed when it stops (--rm)' },
  PATH_NOT_FOUND: { status: 404, title: 'There is no such file or folder' },
  PATH_NOT_IN_VOLUME: { status: 400, title: 'The path is not in a volume of the container' },
  DISK_FULL: { status: 507, title: 'No space is left on the volume' },
  READ_ONLY: { status: 409, title: 'The volume is read-only' },
  HELPER_FAILED: { status: 502, title: 'The helper container failed' },
  LOCK_HELD: { status: 409, title: 'The cluster is locked' },
  LOCK_LOST: { status: 409, title: 'The lock is not ours any more' },

  CONTROLLER_UNREACHABLE: { status: 502, title: 'The Controller does not answer' },
  CONTROLLER_UNKNOWN_HOST: { status: 502, title: 'The host name of the Controller is not known' },
  CONTROLLER_TIMEOUT: { status: 504, title: 'The Controller did not answer in time' },
  CONTROLLER_HTTP_ON_HTTPS: { status: 502, title: 'The port speaks HTTPS, the address says HTTP' },
  CONTROLLER_HTTPS_ON_HTTP: { status: 502, title: 'The port speaks HTTP, the address says HTTPS' },
  CONTROLLER_CERTIFICATE: { status: 502, title: 'The certificate of the Controller is not accepted' },
  CONTROLLER_CLIENT_CERTIFICATE: { status: 502, title: 'The Controller wants a client certificate' },
  CONTROLLER_LOGIN_REFUSED: { status: 502, title: 'The Controller refuses the login' },
  CONTROLLER_LOGIN_NEEDED: { status: 502, title: 'The Controller wants a login' },
  CONTROLLER_FORBIDDEN: { status: 502, title: 'The Controller refuses this to the account' },
  CONTROLLER_NOT_READY: { status: 502, title: 'The Controller is not ready' },
  CONTROLLER_NOT_ACTIVE: { status: 502, title: 'The Controller is not active' },
  CONTROLLER_ID_DIFFERS: { status: 409, title: 'Another Controller answers' },
  NOT_A_CONTROLLER: { status: 502, title: 'What answers is not a Controller' },
  CONTROLLER_ANSWER_ODD: { status: 502, title: 'The answer of the Controller is not understood' },
  CONTROLLER_PROBLEM: { status: 502, title: 'The Controller reported a problem' },

  IMAGE_NOT_FOUND: { status: 404, title: 'The engine does not have the image' },
  NETWORK_NOT_FOUND: { status: 404, title: 'The engine does not have the network' },
  PORT_TAKEN: { status: 409, title: 'The port is taken' },

  JOC_UNREACHABLE: { status: 502, title: 'JOC Cockpit does not answer' },
  JOC_TIMEOUT: { status: 504, title: 'JOC Cockpit did not answer in time' },
  JOC_TLS: { status: 502, title: 'The TLS connection to JOC Cockpit failed' },
  NOT_A_JOC: { status: 502, title: 'What answers is not a JOC Cockpit' },
  JOC_LOGIN_REFUSED: { status: 502, title: 'JOC Cockpit refuses the login' },
  JOC_FORBIDDEN: { status: 502, title: 'JOC Cockpit refuses this to the account' },
  JOC_APPROVAL: { status: 409, title: 'JOC Cockpit wants the approval of a second person' },
  JOC_STANDBY: { status: 409, title: 'This JOC Cockpit is not the active one' },
  JOC_LICENCE: { status: 409, title: 'JOC Cockpit has no licence for a Controller cluster' },
  JOC_REASON_MISSING: { status: 400, title: 'JOC Cockpit wants a reason' },
  JOC_CONNECTION: { status: 502, title: 'JOC Cockpit cannot reach the Controller' },
  JOC_UNKNOWN_CONTROLLER: { status: 404, title: 'JOC Cockpit does not know the Controller' },
  JOC_TAKEN: { status: 409, title: 'JOC Cockpit has this Controller ID or URL already' },
  JOC_PROBLEM: { status: 502, title: 'JOC Cockpit reported a problem' },

  JOURNAL_MISSING: { status: 404, title: 'The state directory holds no journal' },
  JOURNAL_BROKEN: { status: 409, title: 'The journal cannot be read' },
  CONFIG_MISSING: { status: 404, title: 'There is no controller.conf' },
  CONFIG_BROKEN: { status: 409, title: 'The configuration cannot be read' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** What went wrong. No secret ever goes into it: it is shown, logged and exported. */
export interface Problem {
  readonly code: ErrorCode;
  /** What was wrong and where, one or two sentences for the admin. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** The original words of the other side (first 2000 characters), for support. */
  readonly detail?: string;
}

export const problem = (code: ErrorCode, message: string, extra: Pick<Problem, 'remedy' | 'detail'> = {}): Problem => ({
  code,
  message,
  ...extra,
});
