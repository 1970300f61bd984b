/** The words of the audit log: what was done, as a person reads it. A word that was written is never renamed: the log is kept for ever. */
export const AUDIT = {
  'session.login': 'Logged in',
  'session.logout': 'Logged out',
  'session.password': 'Own password changed',
  'account.first': 'First account created',
  'account.created': 'Account created',
  'account.changed': 'Account changed',
  'account.removed': 'Account removed',
  'engine.added': 'Engine added',
  'engine.changed': 'Engine changed',
  'engine.removed': 'Engine removed',
  'cluster.added': 'Cluster added',
  'cluster.changed': 'Cluster changed',
  'cluster.removed': 'Cluster removed',
  'joc.added': 'JOC Cockpit connected',
  'joc.changed': 'Connection with JOC Cockpit changed',
  'joc.removed': 'JOC Cockpit removed',
  'registration.made': 'Registered with JOC Cockpit',
  'registration.changed': 'Registration with JOC Cockpit changed',
  'registration.removed': 'Unregistered from JOC Cockpit',
  'registration.follows': 'JOC Cockpit made to follow',
  'lineage.accepted': 'Journal accepted as the expected one',
  'instance.start': 'Instance started',
  'instance.stop': 'Instance stopped',
  'lock.taken-over': 'Lock of another Handover removed',
  'run.start': 'Run started',
  'run.choose': 'Run decided on',
  'run.stopped': 'Run stopped itself',
  'run.interrupted': 'Run interrupted',
  'run.target-stopped': 'Wrong Controller stopped by a run',
  'run.ended': 'Run ended',
  'way-back.begin': 'Way back begun',
  'way-back.step': 'Way back: step',
  'way-back.outcome': 'Way back: outcome of a step',
  'way-back.ended': 'Way back ended',
  'retired.purge': 'Retired journal purged',
  'guard.stop': 'Instance stopped by the guard',
  'rehearsal.fault': 'Rehearsal: fault set',
  'rehearsal.reset': 'Rehearsal: started anew',
} as const;
export type AuditWord = keyof typeof AUDIT;

/** Who did what happened by itself. */
export const BY_ITSELF = 'handover';
/** Who tried, where the name belongs to no account: what was typed may be a password in the wrong field, and is not kept. */
export const NOBODY_KNOWN = 'unknown account';
