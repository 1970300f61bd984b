/** English of letting JOC Cockpit follow: on a cluster's page, on its registration page and after a run. */
export const uiJocFollow = {
  'ui.joc.follow.do': 'Let JOC Cockpit follow',
  'ui.joc.follow.finish': 'Finish now',
  'ui.joc.follow.busy': 'JOC Cockpit is told, and its proxy is watched until it follows …',
  'ui.joc.follow.failed': 'JOC Cockpit does not follow yet',
  'ui.joc.follow.may': 'The live Controller may be cut off from its network for a moment, to be given the name',
  'ui.joc.follow.done': 'JOC Cockpit follows',
  'ui.joc.follow.waiting': 'JOC Cockpit was told; the proof is still missing',
  'ui.joc.follow.left': 'One thing is left: JOC Cockpit',
  'ui.joc.follow.left.why': 'The Controller works meanwhile; JOC Cockpit and its History miss what happens.',
  'ui.joc.follow.more': 'Registration and reality',
} as const;
