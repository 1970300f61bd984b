import 'server-only';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecure, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A real server that answers as a JOC Cockpit was recorded to (bodies shortened), for tests. Each path below /joc/api can be answered otherwise. */
export type Handler = (req: IncomingMessage, res: ServerResponse, body: string) => void;
export interface Double {
  readonly url: string;
  /** Path and body of every request, in order. */
  readonly seen: { readonly path: string; readonly body: string; readonly headers: IncomingMessage['headers'] }[];
  readonly answers: Record<string, Handler>;
  close(): Promise<void>;
}
export const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): Handler =>
  (_req, res) => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
  };
export const text =
  (value: string, status = 200, type = 'text/html'): Handler =>
  (_req, res) => {
    res.writeHead(status, { 'content-type': type }).end(value);
  };
/** Recording 03, 04, 12: error bodies end with `Z`. */
export const refusal = (code: string, message: string, status = 420): Handler =>
  json({ deliveryDate: '2026-11-24T00:28:25.21Z', error: { code, message }, surveyDate: '2026-11-24T00:28:25.21Z' }, status);
/** 11-session/05. */
export const EXPIRED = json(
  {
    enableTouch: true,
    isAuthenticated: false,
    isPermitted: false,
    message: 'SessionNotExistException: Session has expired. New login is neccessary',
  },
  440,
);
/** 01-login/01, 02. */
export const LOGGED_IN = {
  account: 'root',
  enableTouch: true,
  isApprovalRequestor: false,
  isAuthenticated: true,
  message: '',
  role: 'all',
  sessionTimeout: 1800000,
};
export const DENIED = json({ account: 'root', hasRole: false, isAuthenticated: false, isPermitted: false, message: 'Access denied' }, 401);

const STATE = { componentState: { severity: 0, _text: 'operational' }, connectionState: { severity: 0, _text: 'established' } };
/** 05-list/12, 27. */
export const COMPONENTS = {
  deliveryDate: '2026-11-24T00:31:42.470+00:00',
  jocs: [
    {
      id: 1,
      instanceId: 'joc#0',
      title: 'JOC COCKPIT',
      current: true,
      url: 'http://127.0.0.1:14446',
      version: '2.9.1-SNAPSHOT',
      ...STATE,
      securityLevel: 'LOW',
    },
  ],
  database: { dbms: 'H2', version: '2.3.232 (2024-08-11)', ...STATE },
  controllers: [
    {
      id: 1,
      surveyDate: '2026-11-24T00:31:42.442+00:00',
      controllerId: 'controller',
      title: 'STANDALONE CONTROLLER',
      url: 'http://127.0.0.1:14444',
      role: 'STANDALONE',
      isCoupled: false,
      startedAt: '2026-11-24T00:26:05.738+00:00',
      version: '2.9.1-SNAPSHOT+20260811.0938',
      securityLevel: 'LOW',
      ...STATE,
    },
  ],
  clusterState: { severity: 4, _text: 'ClusterUnknown' },
};
const AGENTS = { deliveryDate: '2026-11-24T00:31:43.197+00:00', surveyDate: '2026-11-24T00:31:30.947+00:00', agents: [] };
/** 04-register/29, shortened. */
export const TREE = {
  roles: ['all'],
  joc: { getLog: true, administration: { accounts: { view: true, manage: true }, controllers: { view: true, manage: true } } },
  controllerDefaults: { view: true },
  controllers: {},
};
export const OK = { deliveryDate: '2026-11-24T00:28:25.2Z', surveyDate: '2026-11-24T00:28:25.2Z', ok: true };

export async function double(tls?: ServerOptions): Promise<Double> {
  let logins = 0;
  const answers: Record<string, Handler> = {
    'authentication/login': (_q, res, b) => {
      logins += 1;
      json({ ...LOGGED_IN, accessToken: `token-${logins}` }, 200, { 'X-Access-Token': `token-${logins}`, 'X-JOC-Timeout': '1800000' })(
        _q,
        res,
        b,
      );
    },
    'authentication/logout': json({ accessToken: '', isAuthenticated: false }),
    'authentication/joc_cockpit_permissions': json(TREE),
    'joc/is_active': json({ deliveryDate: '2026-11-24T00:27:55.277+00:00', surveyDate: '2026-11-24T00:25:16.589+00:00', ok: true }),
    'joc/properties': json({
      title: 'JOC COCKPIT',
      securityLevel: 'LOW',
      apiVersion: '2.9.1-SNAPSHOT',
      forceCommentsForAuditLog: false,
      comments: ['System maintenance'],
    }),
    'joc/license': json({ valid: false, type: 'OPENSOURCE' }),
    version: json({ version: '2.9.1-SNAPSHOT', gitHash: 'bd67734', date: '2026-08-21' }),
    'controller/ids': json({
      deliveryDate: '2026-11-24T00:31:42.695+00:00',
      controllerIds: ['controller', 'testsuite'],
      selected: 'testsuite',
    }),
    'controller/components': json(COMPONENTS),
    agents: json(AGENTS),
    'controller/register': json(OK),
    'controller/unregister': json(OK),
  };
  const seen: Double['seen'] = [];
  const handle = (req: IncomingMessage, res: ServerResponse) => {
    let body = '';
    req.on('data', (d) => {
      body += d;
    });
    req.on('end', () => {
      const path = (req.url ?? '').replace('/joc/api/', '');
      seen.push({ path, body, headers: req.headers });
      (answers[path] ?? json({ message: 'Not Found', url: req.url, status: '404' }, 404))(req, res, body);
    });
  };
  const server = tls ? createSecure(tls, handle) : createServer(handle);
  await new Promise<void>((r) => server.listen(0, '127.0.0.1', r));
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answers,
    close: () => {
      server.closeAllConnections();
      return new Promise((r) => server.close(() => r()));
    },
  };
}
