/** authentication/… and touch (joc-cockpit 1.3; recordings 01, 11). */
import type { IncomingMessage } from 'node:http';
import { sleep } from '../../shared/sleep';
import { findAccount, permissionTree } from '../accounts';
import type { Joc } from '../joc';
import type { Handler } from '../web/call';
import { shortDate } from '../web/dates';
import { accountAnswer, type Reply } from '../web/reply';

export async function login(joc: Joc, request: IncomingMessage): Promise<Reply> {
  const basic = /^Basic\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const text = basic === undefined ? undefined : Buffer.from(basic, 'base64').toString('utf8');
  const name = text?.slice(0, text.indexOf(':')) ?? 'null';
  const account = text === undefined ? undefined : findAccount(name, text.slice(text.indexOf(':') + 1));
  const address = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  const caller = { account: name, callerHostName: address, callerIpAddress: address };
  if (!account) {
    joc.failedLogins++;
    // The third in a row waits longest (recording 01/04).
    await sleep(joc.failedLogins % 3 === 0 ? joc.settings.lockMs : joc.settings.loginDelayMs);
    return { status: 401, body: accountAnswer({ ...caller, message: 'Access denied' }) };
  }
  joc.failedLogins = 0;
  const session = joc.sessions.open(account);
  const body = accountAnswer({
    ...caller,
    accessToken: session.token,
    hasRole: true,
    identityService: 'JOC:JOC-INITIAL',
    isApprovalRequestor: account.needsApproval.size > 0,
    isAuthenticated: true,
    message: '',
    role: account.role,
    sessionTimeout: joc.sessions.idleMs,
  });
  return { status: 200, body, headers: { 'X-Access-Token': session.token, 'X-JOC-Timeout': String(joc.sessions.idleMs) } };
}

/** Always 200, also for a token that is expired or unknown. */
export function logout(joc: Joc, token: string | undefined): Reply {
  const account = joc.sessions.close(token)?.account.name;
  return { status: 200, body: accountAnswer({ accessToken: '', account }) };
}

export const touch: Handler = () => ({ status: 200, body: { deliveryDate: shortDate(Date.now()), ok: true } });

export const permissions: Handler = ({ session }) => ({ status: 200, body: permissionTree(session.account) });

export const userByToken: Handler = ({ session }) => {
  const { account, token, until } = session;
  const fields = { accessToken: token, account: account.name, isAuthenticated: true, sessionTimeout: until - Date.now() };
  return { status: 200, body: accountAnswer(fields) };
};
