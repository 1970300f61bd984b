/** Lists and states of the registered Controllers (joc-cockpit 1.6; recordings 05, 06, 12). */
import { stringAt } from '../../shared/json';
import { sleep } from '../../shared/sleep';
import { ACTIVE } from '../states/node-state';
import { trimmed } from '../upstream/controller-api';
import { type Call, demand, type Handler } from '../web/call';
import { entityDate } from '../web/dates';
import { entity, missingData, okay } from '../web/reply';
import { instance } from './info';
import { survey, tell } from './survey';

const controllerIdOf = ({ body }: Call): string => stringAt(body, 'controllerId') ?? '';

/** All IDs, or the one that is asked for (unknown: none). */
const asked = (call: Call): readonly string[] => {
  const id = controllerIdOf(call);
  return call.joc.registry.ids.filter((known) => id === '' || known === id);
};

export const ids: Handler = (call) => {
  demand(call, 'controller.view');
  const { ids: controllerIds, selected } = call.joc.registry;
  return entity({ controllerIds, ...(selected !== undefined && { selected }) });
};

export const select: Handler = (call) => {
  demand(call, 'controller.view');
  call.joc.registry.select(controllerIdOf(call));
  return okay();
};

export const controllers: Handler = async (call) => {
  demand(call, 'controller.view');
  const surveys = await Promise.all(asked(call).map((id) => survey(call.joc, id)));
  return entity({ controllers: surveys.flatMap((s) => s.controllers), agents: [], clusterAgents: [] });
};

export const stored: Handler = (call) => {
  demand(call, 'controller.view');
  return entity({ controllers: asked(call).flatMap((id) => call.joc.registry.of(id).map((row) => tell(row, Date.now()))) });
};

function rowsOf(call: Call): { id: string; index: number } {
  const id = controllerIdOf(call);
  const { joc, body } = call;
  const rows = joc.registry.of(id);
  const level = `for security level ${joc.settings.securityLevel}`;
  if (rows.length === 0) throw missingData(`Couldn't find Controller with id ${id} ${level}`);
  const url = stringAt(body, 'url');
  if (url === undefined || url === '') return { id, index: -1 };
  const index = rows.findIndex((r) => r.url === trimmed(url));
  if (index < 0) throw missingData(`Couldn't find Controller with url ${url} ${level}`);
  return { id, index };
}

/** Without a URL: the active node. */
export const controller: Handler = async (call) => {
  demand(call, 'controller.view');
  const { id, index } = rowsOf(call);
  const { controllers: found, nodes } = await survey(call.joc, id);
  const active = nodes.findIndex((n) => n.node === ACTIVE);
  return entity({ controller: found[index >= 0 ? index : Math.max(active, 0)] });
};

export const storedOne: Handler = (call) => {
  demand(call, 'controller.view');
  const { id, index } = rowsOf(call);
  const row = call.joc.registry.of(id)[Math.max(index, 0)];
  return entity({ controller: row && tell(row, Date.now()) });
};

export const components: Handler = async (call) => {
  demand(call, 'controller.view');
  const { joc } = call;
  const { controllers: found, nodes, clusterState } = await survey(joc, controllerIdOf(call));
  const connections = found.map((c, i) => ({ role: c.role, state: nodes[i]?.connection }));
  return entity({
    jocs: [instance(joc, connections)],
    database: {
      dbms: 'H2',
      version: 'none (Handover emulation)',
      componentState: { severity: 0, _text: 'operational' },
      connectionState: { severity: 0, _text: 'established' },
    },
    controllers: found,
    clusterState,
  });
};

/** `surveyDate` is the time of the last event the proxy has: the one sign of a proxy left behind (joc-proved N3). */
export const agents: Handler = async (call) => {
  demand(call, 'controller.view');
  const proxy = call.joc.proxies.get(controllerIdOf(call));
  const known = (): number => Math.floor((proxy?.lastEventId ?? 0) / 1000);
  // JOC waits for the proxy: 1 s, or 2 s for the first state.
  for (const end = Date.now() + (known() > 0 ? 1000 : 2000); proxy?.coupled === false && Date.now() < end; ) await sleep(100);
  return entity({ ...(known() > 0 && { surveyDate: entityDate(known()) }), agents: [] });
};

export const availability: Handler = (call) => {
  demand(call, 'controller.view');
  return entity({ controllers: call.joc.availability.list(asked(call)) });
};

export const securityLevels: Handler = (call) => {
  demand(call, 'joc.administration.controllers.view');
  const { registry, settings } = call.joc;
  const levels = new Map(registry.all.map((r) => [r.controllerId, r.securityLevel]));
  const list = [...levels].sort().map(([controllerId, securityLevel]) => ({ controllerId, securityLevel }));
  return entity({ controllers: list, agents: [], clusterAgents: [], currentSecurityLevel: settings.securityLevel });
};

export const takeOver: Handler = (call) => {
  demand(call, 'joc.administration.controllers.manage');
  call.joc.registry.takeOver(controllerIdOf(call));
  return okay();
};
