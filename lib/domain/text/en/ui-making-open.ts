/** English of what leads to a set-up from other pages: one that has no end yet, and the ways in. */
export const uiMakingOpen = {
  'ui.making.working': 'Set-up {id} of {cluster} is in progress.',
  'ui.making.waits': 'Set-up {id} of {cluster} waits for you.',
  'ui.making.open': 'Open set-up {id}',
  'ui.making.both': 'Create both for evaluation',
  'ui.making.both.about': 'No Controller yet? Handover makes a Primary and a cold Secondary on an engine that has the image.',
} as const;
