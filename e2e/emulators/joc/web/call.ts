/** One call by a logged-in account, and the questions every route asks about it. */
import type { JsonObject } from '../../shared/json';
import { stringAt } from '../../shared/json';
import { APPROVERS, may, type Permission } from '../accounts';
import type { Joc } from '../joc';
import type { Session } from '../sessions';
import { entityDate } from './dates';
import { accountAnswer, JocError, Refused, type Reply } from './reply';

export interface Call {
  readonly joc: Joc;
  /** The path below /joc/api. */
  readonly path: string;
  readonly body: JsonObject;
  readonly session: Session;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Ends with the client. */
  readonly gone: AbortSignal;
}

export type Handler = (call: Call) => Reply | Promise<Reply>;

/** Throws 403, or 433 where four eyes are needed. */
export function demand({ session, path, headers, body }: Call, permission: Permission): void {
  const { account } = session;
  if (!may(account, permission)) {
    const fields = {
      accessToken: session.token,
      account: account.name,
      apiCall: `./${path}`,
      hasRole: true,
      isAuthenticated: true,
      role: account.role,
    };
    throw new Refused({ status: 403, body: accountAnswer({ ...fields, message: 'Access denied' }) });
  }
  if (!account.needsApproval.has(permission)) return;
  const request = headers['x-approval-request-id'];
  if (request !== undefined)
    throw new JocError('JOC-401', 'JocAccessDeniedException', `Approval request '${String(request)}' is not approved`);
  const answer = {
    requestor: account.name,
    requestUrl: `/${path}`,
    requestBody: body,
    category: 'CONTROLLER',
    message: 'The operation needs an approval',
    approvers: APPROVERS,
    deliveryDate: entityDate(Date.now()),
  };
  throw new Refused({ status: 433, body: answer });
}

/** Throws JOC-300. */
export function audit({ joc, session, path, body }: Call, controllerId = stringAt(body, 'controllerId') ?? ''): void {
  joc.audit.add(session.account.name, path, controllerId, body);
}
