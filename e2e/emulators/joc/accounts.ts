/** The accounts of the emulation, and what they may do (joc-cockpit 1.3; trees as in recordings 01/06 and 01/07). */
import type { JsonObject } from '../shared/json';

export const PERMISSIONS = [
  'joc.administration.controllers.view',
  'joc.administration.controllers.manage',
  'joc.auditLog.view',
  'joc.cluster.manage',
  'controller.view',
  'controller.restart',
  'controller.terminate',
  'controller.switchOver',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export interface Account {
  readonly name: string;
  readonly password: string;
  readonly role: string;
  readonly permissions: ReadonlySet<Permission> | 'all';
  /** Of four eyes: these need the approval of another account. */
  readonly needsApproval: ReadonlySet<Permission>;
}

const NONE: ReadonlySet<Permission> = new Set();
/** Changes, as a role with the four-eyes principle covers them. */
const CHANGES: ReadonlySet<Permission> = new Set<Permission>([
  'joc.administration.controllers.manage',
  'controller.restart',
  'controller.terminate',
  'controller.switchOver',
]);
const operator: ReadonlySet<Permission> = new Set<Permission>([
  'controller.view',
  'joc.administration.controllers.view',
  'joc.auditLog.view',
]);

const ACCOUNTS: readonly Account[] = [
  { name: 'root', password: 'root', role: 'all', permissions: 'all', needsApproval: NONE },
  { name: 'viewer', password: 'viewer', role: 'viewer', permissions: new Set<Permission>(['controller.view']), needsApproval: NONE },
  { name: 'operator', password: 'operator', role: 'operator', permissions: operator, needsApproval: NONE },
  { name: 'requestor', password: 'requestor', role: 'requestor', permissions: 'all', needsApproval: CHANGES },
];
/** Who may approve: the answer 433 names them. */
export const APPROVERS: readonly JsonObject[] = [
  { accountName: 'root', firstName: 'Root', lastName: 'Emulation', email: 'root@example.invalid' },
];

export function findAccount(name: string, password: string): Account | undefined {
  return ACCOUNTS.find((a) => a.name === name && a.password === password);
}

export function may(account: Account, permission: Permission): boolean {
  return account.permissions === 'all' || account.permissions.has(permission);
}

/** The tree of all permissions; `joc` and `controller` leaves that no call here asks for follow the role `all`. */
export function permissionTree(account: Account): JsonObject {
  const all = account.permissions === 'all';
  const may_ = (permission: Permission): boolean => may(account, permission);
  return {
    roles: [account.role],
    joc: {
      getLog: all,
      administration: {
        accounts: { view: all, manage: all },
        settings: { view: all, manage: all },
        controllers: { view: may_('joc.administration.controllers.view'), manage: may_('joc.administration.controllers.manage') },
        certificates: { view: all, manage: all },
        customization: { view: all, manage: all, share: all },
      },
      cluster: { manage: may_('joc.cluster.manage') },
      inventory: { view: all, manage: all, deploy: all },
      calendars: { view: all },
      documentations: { view: all, manage: all },
      auditLog: { view: may_('joc.auditLog.view') },
      dailyPlan: { view: all, manage: all },
      fileTransfer: { view: all, manage: all },
      notification: { view: all, manage: all },
      encipherment: { encrypt: all },
      reports: { view: all, manage: all },
      others: { view: all, manage: all },
    },
    controllerDefaults: {
      view: may_('controller.view'),
      restart: may_('controller.restart'),
      terminate: may_('controller.terminate'),
      getLog: all,
      switchOver: may_('controller.switchOver'),
      deployments: { view: all, deploy: all },
      orders: {
        view: all,
        create: all,
        cancel: all,
        suspendResume: all,
        resumeFailed: all,
        modify: all,
        managePositions: all,
        confirm: all,
      },
      agents: { view: all },
      noticeBoards: { view: all, post: all, delete: all },
      locks: { view: all },
      workflows: { view: all },
    },
    controllers: {},
  };
}
