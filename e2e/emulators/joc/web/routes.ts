/** Paths below /joc/api, each with its schema and handler. */
import * as authentication from '../routes/authentication';
import * as commands from '../routes/commands';
import { events } from '../routes/events';
import * as info from '../routes/info';
import * as reading from '../routes/reading';
import * as registering from '../routes/registering';
import type { Handler } from './call';
import { CONTROLLER_ID_RULE, type Fields, ONE_CONTROLLER, REGISTER_FIELDS, TEST_FIELDS } from './schema';

export interface Route {
  readonly handler: Handler;
  readonly fields: Fields;
  /** Does not prolong the session. */
  readonly quiet?: true;
  readonly get?: true;
}

const ANY: Fields = { controllerId: CONTROLLER_ID_RULE };
const plain = (handler: Handler, fields: Fields = ANY): Route => ({ handler, fields });

export const ROUTES: Readonly<Record<string, Route>> = {
  touch: plain(authentication.touch),
  'authentication/joc_cockpit_permissions': plain(authentication.permissions),
  'authentication/userbytoken': plain(authentication.userByToken),
  'joc/is_active': { ...plain(info.isActive), get: true },
  'joc/license': plain(info.license),
  'joc/properties': plain(info.properties),
  'joc/versions': plain(info.versions, {}),
  'joc/proxies/restart': plain(info.restartProxies),
  'joc/cluster/restart': plain(info.restartService),
  jocs: plain(info.jocs),
  audit_log: plain(info.auditLog),
  'audit_log/comments': plain(info.comments),
  'monitoring/controllers': plain(reading.availability),
  agents: plain(reading.agents, ONE_CONTROLLER),
  controllers: plain(reading.controllers),
  'controllers/p': plain(reading.stored),
  'controllers/security_level': plain(reading.securityLevels),
  'controllers/security_level/take_over': plain(reading.takeOver, ONE_CONTROLLER),
  controller: plain(reading.controller, ONE_CONTROLLER),
  'controller/p': plain(reading.storedOne, ONE_CONTROLLER),
  'controller/ids': plain(reading.ids),
  'controller/switch': plain(reading.select, ONE_CONTROLLER),
  'controller/components': plain(reading.components, ONE_CONTROLLER),
  'controller/test': plain(registering.test, TEST_FIELDS),
  'controller/register': plain(registering.register, REGISTER_FIELDS),
  'controller/unregister': plain(registering.unregister, ONE_CONTROLLER),
  'controller/cleanup': plain(registering.unregister, ONE_CONTROLLER),
  'controller/terminate': plain(commands.terminate, ONE_CONTROLLER),
  'controller/restart': plain(commands.restart, ONE_CONTROLLER),
  'controller/abort': plain(commands.abort, ONE_CONTROLLER),
  'controller/abort_and_restart': plain(commands.abortAndRestart, ONE_CONTROLLER),
  'controller/cluster/switchover': plain(commands.switchover, ONE_CONTROLLER),
  'controller/cluster/appoint_nodes': plain(commands.appointNodes, ONE_CONTROLLER),
  'controller/cluster/confirm_node_loss': plain(commands.confirmNodeLoss, ONE_CONTROLLER),
  events: {
    handler: events,
    fields: { controllerId: { ...CONTROLLER_ID_RULE, required: true }, eventId: { type: 'number' } },
    quiet: true,
  },
};
/** Open paths: no session; see server.ts. */
export const OPEN = ['version', 'about', 'authentication/login', 'authentication/logout'] as const;
