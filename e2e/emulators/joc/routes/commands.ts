/** Commands to a Controller (joc-cockpit 1.7; recordings 08, 09, 12). */
import { type JsonObject, stringAt } from '../../shared/json';
import type { Permission } from '../accounts';
import { INSTANCE_ID, type Joc } from '../joc';
import { ACTIVE } from '../states/node-state';
import { trimmed } from '../upstream/controller-api';
import { audit, type Call, demand, type Handler } from '../web/call';
import { badRequest, JocError, missingData, okay } from '../web/reply';
import { survey } from './survey';

const SWITCHOVER = { clusterAction: { TYPE: 'Switchover' } } as const;

export const terminate = stopping('controller.terminate', (body) => ({ TYPE: 'ShutDown', ...(withSwitchover(body) && SWITCHOVER) }));
export const restart = stopping('controller.restart', (body) => ({
  TYPE: 'ShutDown',
  restart: true,
  ...(withSwitchover(body) && SWITCHOVER),
}));
export const abort = stopping('controller.terminate', () => ({ TYPE: 'EmergencyStop' }));
export const abortAndRestart = stopping('controller.restart', () => ({ TYPE: 'EmergencyStop', restart: true }));

/** True unless told otherwise, which a standalone Controller refuses (joc-proved N4); `withFailover` is the old name. */
function withSwitchover(body: JsonObject): boolean {
  return (body.withSwitchover ?? body.withFailover) !== false;
}

function stopping(permission: Permission, commandFor: (body: JsonObject) => JsonObject): Handler {
  return async (call) => {
    demand(call, permission);
    audit(call);
    const url = target(call);
    const command = commandFor(call.body);
    try {
      await call.joc.api.command(url, command);
    } catch (error) {
      // An emergency stop is never answered; so a Controller that is down is "aborted", too.
      const unheard = error instanceof JocError && error.exception === 'ControllerNoResponseException';
      if (command.TYPE !== 'EmergencyStop' || !unheard) throw error;
    }
    return okay();
  };
}

/** The one node of a standalone, whatever is asked; of a cluster the node that is named. */
function target({ joc, body }: Call): string {
  const controllerId = stringAt(body, 'controllerId') ?? '';
  const rows = joc.registry.of(controllerId);
  const url = stringAt(body, 'url') ?? '';
  if (rows.length === 1 && rows[0]) return rows[0].url;
  if (url === '') throw new JocError('JOC-406', 'JocMissingRequiredParameterException', "undefined 'url'");
  const row = rows.find((r) => r.url === trimmed(url));
  if (!row) throw missingData(`Couldn't find Controller with url ${url} for security level ${joc.settings.securityLevel}`);
  return row.url;
}

export const switchover: Handler = async (call) => {
  demand(call, 'controller.switchOver');
  const { joc, body } = call;
  const controllerId = stringAt(body, 'controllerId') ?? '';
  const rows = joc.registry.of(controllerId);
  if (rows.length === 1) throw badRequest(`There is no cluster with the Id: ${controllerId}`);
  if (!joc.watches.has(controllerId)) throw badRequest('Switch-over is not available. It can only be called up in the active JOC Cockpit.');
  const { clusterState, nodes } = await survey(joc, controllerId);
  if (clusterState._text !== 'ClusterCoupled') throw badRequest('Switch-over is not available because the cluster is not coupled');
  audit(call);
  const active = rows[nodes.findIndex((n) => n.node === ACTIVE)];
  // `ok` means sent; what came of it is told by events.
  if (active) void send(joc, controllerId, active.url, call.session.token);
  return okay();
};

async function send(joc: Joc, controllerId: string, url: string, token: string): Promise<void> {
  try {
    await joc.api.command(url, { TYPE: 'ClusterSwitchOver' });
  } catch (error) {
    joc.events.tell(controllerId, 'ProblemEvent', { message: (error as Error).message, token });
  }
}

export const appointNodes: Handler = (call) => {
  demand(call, 'controller.switchOver');
  audit(call);
  const { joc, body, session } = call;
  const controllerId = stringAt(body, 'controllerId') ?? '';
  if (joc.registry.of(controllerId).length < 2) throw badRequest(`There is no Controller cluster configured with the Id: ${controllerId}`);
  if (!joc.active) throw new JocError('JOC-503', 'JocServiceException', 'Appointing nodes is possible only in the active JOC node.');
  void joc.watchAndAppoint(controllerId, false, true).catch((error: unknown) => {
    joc.events.tell(controllerId, 'ProblemEvent', { message: (error as Error).message, token: session.token });
  });
  return okay();
};

export const confirmNodeLoss: Handler = (call) => {
  demand(call, 'controller.switchOver');
  audit(call);
  const { joc, body, session } = call;
  const controllerId = stringAt(body, 'controllerId') ?? '';
  if (!joc.active) throw new JocError('JOC-503', 'JocServiceException', 'Confirming a node loss is possible only in the active JOC node.');
  const watch = joc.watches.get(controllerId);
  if (!watch) throw badRequest(`Controller cluster '${controllerId}' is not watched by JOC (${INSTANCE_ID}).`);
  if (!watch.confirm(session.account.name)) throw badRequest(`Couldn't determine loss node of Controller cluster '${controllerId}'.`);
  return okay();
};
