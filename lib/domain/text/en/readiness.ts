/** English of the line on a cluster's page that tells how ready it is for a switch-over. Small: the cluster's page loads it. */
export const readiness = {
  'readiness.title': 'Readiness for a switch-over',
  'readiness.never': 'Not measured on this visit. Measuring looks at engines, journals and configuration of both.',
  'readiness.sum': '{pass} passed, {warn} to accept, {block} blocked, {unknown} unknown, measured {at}.',
  'readiness.first': 'First:',
  'readiness.compare': 'Compare both journals',
  'readiness.prepare': 'Prepare switch-over',
} as const;
