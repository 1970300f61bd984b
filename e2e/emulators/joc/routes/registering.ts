/** controller/test, register, unregister: in the order in which the real JOC looks at things (joc-cockpit 1.5; recordings 03, 04, 06, 10, 12). */
import { type JsonObject, listAt, stringAt } from '../../shared/json';
import { sleep } from '../../shared/sleep';
import { permissionTree } from '../accounts';
import type { Facts, Node, Role } from '../data/registry';
import type { Joc } from '../joc';
import { ESTABLISHED } from '../states/node-state';
import { factsOf, invalid, trimmed } from '../upstream/controller-api';
import { audit, demand, type Handler } from '../web/call';
import { badRequest, entity, JocError, missingData, okay } from '../web/reply';
import { checkUrl } from '../web/schema';

/** How long a registration waits for the proxy (recording 12/04: 3 s with a wrong password). */
const COUPLING_MS = 2500;

export const test: Handler = async (call) => {
  const { joc, body } = call;
  const [given, expected] = [stringAt(body, 'url') ?? '', stringAt(body, 'controllerId')];
  checkUrl(given, '$.url');
  demand(call, 'joc.administration.controllers.view');
  const url = trimmed(given);
  const id = stringAt(await joc.api.overview(url), 'id');
  expectId(id, url, expected);
  return entity({ controller: { ...(id !== undefined && { controllerId: id }), url, connectionState: ESTABLISHED } });
};

function expectId(id: string | undefined, url: string, expected: string | undefined): void {
  if (!expected || id === undefined || id === expected) return;
  throw invalid(`Connection was successful but Controller ID '${id}' of URL '${url}' is not the expected Controller ID '${expected}'`);
}

export const register: Handler = async (call) => {
  const { joc, body, session } = call;
  if (!joc.active)
    throw new JocError('JOC-503', 'JocServiceException', 'Registering the Controllers is possible only in the active JOC node.');
  const items = listAt(body, 'controllers') as readonly JsonObject[];
  if (items.length === 2 && !joc.settings.licensed)
    throw new JocError('JOC-444', 'JocMissingLicenseException', 'missing license for Controller cluster');
  const nodes = nodesOf(items);
  const given = stringAt(body, 'controllerId') ?? '';
  const looked = await lookAt(joc, nodes, given);
  const controllerId = given || looked.id;
  if (given !== '' && joc.registry.hasOtherLevel(given))
    throw existing(`Controller(s) with ID '${given}' is already configured with a different security level`);
  demand(call, 'joc.administration.controllers.manage');
  audit(call, controllerId);
  const former = joc.registry.of(controllerId);
  if (given === '' && former.length > 0) throw existing(`Controller(s) with ID '${controllerId}' already exists`);
  if (given === '' && joc.registry.hasOtherLevel(controllerId))
    throw existing(`Controller(s) with ID '${controllerId}' is already configured with a different security level`);
  if (given !== '' && former.length === 0) {
    const hint = `Don't specify the "controllerId" in the request for a new registration.`;
    throw missingData(`Couldn't find Controller(s) with ID '${given}'. ${hint}`);
  }
  const wasEmpty = joc.registry.ids.length === 0;
  joc.registry.put(controllerId, nodes, nodes.length === 2 && body.forceFailoverConfirmation === true, looked.facts);
  joc.log.info('com.sos.joc.controller', `[${controllerId}] registered: ${nodes.map((n) => `${n.role} ${n.url}`).join(', ')}`);
  joc.registered(controllerId, former);
  if (looked.anyAnswers) await coupling(joc, controllerId);
  await sleep(joc.heldUpMs);
  return wasEmpty ? { status: 200, body: permissionTree(session.account) } : okay();
};

const existing = (text: string): JocError => new JocError('JOC-171', 'JocObjectAlreadyExistException', text);

/** Checks what the schema does not; a single node is a standalone whatever it is called. */
function nodesOf(items: readonly JsonObject[]): Node[] {
  for (const [i, item] of items.entries()) {
    checkUrl(stringAt(item, 'url') ?? '', `$.controllers[${i}].url`);
    const clusterUrl = stringAt(item, 'clusterUrl');
    if (clusterUrl) checkUrl(clusterUrl, `$.controllers[${i}].clusterUrl`);
  }
  const nodes = items.map((item): Node => {
    const url = trimmed(stringAt(item, 'url') ?? '');
    const role = items.length === 1 ? 'STANDALONE' : (stringAt(item, 'role') as Role);
    return { url, clusterUrl: trimmed(stringAt(item, 'clusterUrl') || url), role, title: stringAt(item, 'title') || role };
  });
  const [one, two] = nodes;
  if (!one || !two) return nodes;
  if (one.url === two.url) throw badRequest('The cluster members must have the different URLs');
  if (one.role === two.role) throw badRequest('The cluster members must have different roles');
  if (one.role === 'STANDALONE' || two.role === 'STANDALONE') throw badRequest('The cluster members must have roles PRIMARY and BACKUP');
  return one.role === 'PRIMARY' ? nodes : [two, one];
}

/** The connection tests. An unreachable node is an error for a new registration only; whatever the reason, it is called refused. */
async function lookAt(joc: Joc, nodes: readonly Node[], given: string): Promise<{ id: string; facts: Facts[]; anyAnswers: boolean }> {
  const seen: { url: string; id: string }[] = [];
  const facts: Facts[] = [];
  for (const { url } of nodes) {
    let overview: JsonObject;
    try {
      overview = await joc.api.overview(url);
    } catch (error) {
      if (!(error instanceof JocError)) throw error;
      if (given === '') throw new JocError('JOC-402', 'ControllerConnectionRefusedException', url);
      facts.push({});
      continue;
    }
    const id = stringAt(overview, 'id');
    expectId(id, url, given);
    if (id === undefined) throw invalid(`No Controller answers at URL '${url}'`);
    seen.push({ url, id });
    facts.push(factsOf(overview));
  }
  const [one, two] = seen;
  if (one && two && one.id !== two.id)
    throw invalid(`The cluster members must have the same Controller ID: ${one.url} -> ${one.id}, ${two.url} -> ${two.id}`);
  return { id: one?.id ?? '', facts, anyAnswers: one !== undefined };
}

async function coupling(joc: Joc, controllerId: string): Promise<void> {
  for (const end = Date.now() + COUPLING_MS; Date.now() < end; await sleep(50))
    if (joc.proxies.get(controllerId)?.coupled !== false) return;
}

export const unregister: Handler = (call) => {
  const { joc, body } = call;
  demand(call, 'joc.administration.controllers.manage');
  if (!joc.active)
    throw new JocError('JOC-503', 'JocServiceException', 'Unregistering the Controllers is possible only in the active JOC node.');
  audit(call);
  const controllerId = stringAt(body, 'controllerId') ?? '';
  if (joc.registry.of(controllerId).length === 0) throw missingData(`unknown controller '${controllerId}'`);
  joc.registry.remove(controllerId);
  joc.unregistered(controllerId);
  joc.log.info('com.sos.joc.controller', `[${controllerId}] unregistered`);
  return okay();
};
