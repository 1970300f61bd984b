import 'server-only';
import { problem } from '../../domain/errors';
import { err, ok } from '../../domain/result';
import type { ControllerClient, OpenController } from '../../ports/controller';
import { createAgents } from './agents';
import { follow } from './follow';
import { createHttp } from './http';
import { createLook } from './look';
import { codeOf, refusalProblem } from './refusals';
import { createSession } from './session';

/** ShutDown is answered before the end; a node that hangs does not answer and ends all the same (controller-api.md 1.0.3, 3.2). */
const SHUTDOWN_MS = 10_000;
/** Not accepted in words, but the node ends (3.2, trap 10). */
const ENDS_ALL_THE_SAME = new Set(['BackupClusterNodeNotAppointed', 'ClusterNodeIsNotReady', 'ControllerIsShuttingDown', 'ShuttingDown']);

/** Opens a client; connects at the first look. A broken address or key is told by each method, never thrown. */
export const openController: OpenController = (access, o) => {
  const opened = createHttp(access);
  if (!opened.ok) {
    const failed = async () => opened;
    return {
      look: failed,
      follow: failed,
      checkAccess: failed,
      agents: failed,
      shutDown: failed,
      resetAgent: failed,
      close: async () => {},
    };
  }
  const http = opened.value;
  const session = createSession(http, access, Date.now);
  const { look } = createLook(http, session, Date.now, o?.notReadyMs);

  const client: ControllerClient = {
    look: (o) => look({ full: o?.full ?? true }),
    follow: (o) => follow(http, session, o),
    agents: createAgents(http, session, Date.now),
    async checkAccess() {
      const token = await session.token();
      if (!token.ok) return token;
      // Asks for something that needs an account but no node state, so that a node that waits answers too.
      const a = await http.ask({ path: '/controller/api/cluster', limitMs: 3000, token: token.value });
      if (!a.ok) return token.value !== undefined && a.error.code === 'CONTROLLER_TIMEOUT' ? ok('account') : a;
      if (a.value.status === 401 || a.value.status === 403) return err(refusalProblem(a.value, http.where));
      if (token.value !== undefined) return ok('account');
      return ok(http.where.hasClientCertificate ? 'certificate' : 'public');
    },
    async shutDown() {
      const a = await session.ask({ method: 'POST', path: '/controller/api/command', json: { TYPE: 'ShutDown' }, limitMs: SHUTDOWN_MS });
      if (!a.ok) return a;
      if (a.value.status === 200 || ENDS_ALL_THE_SAME.has(codeOf(a.value) ?? '')) return ok(undefined);
      if (a.value.status === 401 && session.refused()) return err(session.refused() ?? problem('CONTROLLER_LOGIN_REFUSED', ''));
      return err(refusalProblem(a.value, http.where));
    },
    async resetAgent(agentPath) {
      const json = { TYPE: 'ResetAgent', agentPath, force: true };
      const a = await session.ask({ method: 'POST', path: '/controller/api/command', json, limitMs: SHUTDOWN_MS });
      if (!a.ok) return a;
      if (a.value.status === 200) return ok(undefined);
      if (codeOf(a.value) === 'UnknownKey') return err(problem('NOT_FOUND', `${http.where.url} has no Agent ${agentPath}.`));
      if (a.value.text.includes('already in Resetting state')) return err(problem('CONFLICT', `${agentPath} is being reset already.`));
      return err(refusalProblem(a.value, http.where));
    },
    close: () => http.close(),
  };
  return client;
};
