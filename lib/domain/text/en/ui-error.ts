/** English of what stands where a page should be. Every page loads it, so it is small. */
export const uiError = {
  'ui.notFound': 'There is no such page',
  'ui.notFound.why': 'The address is mistyped, or what it showed is gone.',
  'ui.error': 'This page could not be shown',
  'ui.error.why': 'Handover itself goes on watching. Try again; if it stays so, the log of the server says why.',
  'ui.error.again': 'Try again',
  'ui.error.code': 'Code for the log: {code}',
} as const;
