/** English of a cluster's registration page while it is not known yet how things stand; the rest is `ui-register.ts`, loaded meanwhile. */
export const uiRegisterPage = {
  'ui.reg.sub.yes': 'Registered with JOC Cockpit {joc}',
  'ui.reg.sub.no': 'Not registered with JOC Cockpit {joc}',
  'ui.reg.sub.unknown': 'Not known whether JOC Cockpit {joc} knows it',
  'ui.reg.sub.not': 'Not registered with JOC Cockpit by Handover',
  'ui.reg.again': 'Ask again',
  'ui.reg.v.asking': 'Asking JOC Cockpit, the engines and the Controllers.',
  'ui.reg.v.asking.why': 'A few seconds. Nothing is changed by it.',
  'ui.reg.v.failed': 'Unknown: it could not be asked how this cluster is registered.',
} as const;
