/** What JOC says of itself (joc-cockpit 1.6, 2.5; recordings 02, 05, 09). */
import os from 'node:os';
import type { JsonObject } from '../../shared/json';
import { INSTANCE_ID, type Joc } from '../joc';
import { ESTABLISHED, OPERATIONAL } from '../states/node-state';
import type { Handler } from '../web/call';
import { demand } from '../web/call';
import { entityDate } from '../web/dates';
import { entity, okay, type Reply } from '../web/reply';

const COMMENTS = [
  'System maintenance',
  'Repeat execution',
  'Business requirement',
  'Restart failed execution',
  'Re-instantiate stopped object',
  'Temporary stop',
  'Change of Controller object',
  'Rerun with parameter changes',
  'Change of external dependency',
  'Application deployment and upgrade',
];

export function version({ settings }: Joc): Reply {
  return { status: 200, body: { version: settings.version, gitHash: 'emulation-by-handover', date: '2026-11-24' } };
}

export const isActive: Handler = ({ joc }) => entity({ surveyDate: entityDate(joc.lastHeartbeat), ok: joc.active });

export const license: Handler = ({ joc }) => {
  if (!joc.settings.licensed) return { status: 200, body: { valid: false, type: 'OPENSOURCE' } };
  const dates = { validFrom: entityDate(Date.UTC(2026, 0, 1)), validUntil: entityDate(Date.UTC(2036, 0, 1)) };
  return { status: 200, body: { valid: true, ...dates, type: 'COMMERCIAL_VALID' } };
};

export const properties: Handler = ({ joc, session }) => {
  const { title, securityLevel, version, forceComments, licensed } = joc.settings;
  const dates = licensed ? { licenseValidFrom: entityDate(Date.UTC(2026, 0, 1)), licenseValidUntil: entityDate(Date.UTC(2036, 0, 1)) } : {};
  return entity({
    title,
    securityLevel,
    defaultProfileAccount: session.account.name === 'root' ? 'root' : session.account.name,
    apiVersion: version,
    inventoryVersion: '1.9.1',
    forceCommentsForAuditLog: forceComments,
    comments: COMMENTS,
    copy: { suffix: 'copy', prefix: 'copy' },
    restore: { suffix: 'restored', prefix: 'restored' },
    import: { suffix: 'imported', prefix: 'imported' },
    showViews: {},
    displayFoldersInViews: true,
    welcomeDoNotRemindMe: false,
    welcomeGotIt: false,
    allowEmptyArguments: false,
    allowUndeclaredVariables: false,
    numOfTagsDisplayedAsOrderId: 0,
    numOfWorkflowTagsDisplayed: 0,
    clusterLicense: licensed,
    ...dates,
    licenseType: licensed ? 'COMMERCIAL_VALID' : 'OPENSOURCE',
    kioskRole: 'kiosk',
    kioskViews: { dashboard: 20, monitorOrderNotification: 15, monitorSystemNotification: 15, historyTasks: 30 },
    enableLinkChecker: false,
  });
};

export const comments: Handler = ({ joc }) => entity({ forceCommentsForAuditLog: joc.settings.forceComments, comments: COMMENTS });

export const auditLog: Handler = (call) => {
  demand(call, 'joc.auditLog.view');
  return entity({ auditLog: call.joc.audit.find(call.body) });
};

/** `connections`: to the Controllers, in the answer of controller/components only. */
export function instance(joc: Joc, connections?: readonly JsonObject[]): JsonObject {
  const { title, url, version, securityLevel } = joc.settings;
  const host = os.hostname();
  return {
    id: 1,
    instanceId: INSTANCE_ID,
    memberId: `${host}:emulation-by-handover`,
    title,
    current: true,
    host,
    url,
    startedAt: entityDate(joc.startedAt),
    version,
    isApiServer: false,
    connectionState: ESTABLISHED,
    componentState: OPERATIONAL,
    ...(connections && { controllerConnectionStates: connections }),
    os: { name: os.type(), architecture: os.arch() === 'x64' ? 'amd64' : os.arch(), distribution: os.release() },
    securityLevel,
    lastHeartbeat: entityDate(joc.lastHeartbeat),
  };
}

export const jocs: Handler = ({ joc }) => entity({ jocs: [instance(joc)] });

export const versions: Handler = ({ joc }) => {
  const controllerVersions = joc.registry.rows.map(({ controllerId, url, version }) => ({
    controllerId,
    uri: url,
    version: version ?? '',
    compatibility: compatibility(joc.settings.version, version ?? ''),
  }));
  return { status: 200, body: { controllerVersions, agentVersions: [], jocVersion: joc.settings.version } };
};

/** JOC at or above the Controller within the same minor version (joc-cockpit 2.1). */
function compatibility(joc: string, controller: string): string {
  const numbers = (text: string): number[] => text.split(/[.+-]/).slice(0, 3).map(Number);
  const [[a = 0, b = 0, c = 0], [x = 0, y = 0, z = 0]] = [numbers(joc), numbers(controller)];
  if (a !== x) return 'NOT_COMPATIBLE';
  return b === y && c >= z ? 'COMPATIBLE' : 'PARTIALLY_COMPATIBLE';
}

/** joc/proxies/restart: helps JOC's proxy, and not History (joc-proved N2). */
export const restartProxies: Handler = (call) => {
  demand(call, 'joc.cluster.manage');
  const { joc } = call;
  for (const id of joc.registry.ids) joc.proxies.restart(id, joc.urls(id));
  return okay();
};

/** joc/cluster/restart: the services go on with the addresses they have. */
export const restartService: Handler = (call) => {
  demand(call, 'joc.cluster.manage');
  return entity({ type: call.body.type ?? '', state: 'RESTARTED' });
};
