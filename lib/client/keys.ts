/** SWR keys are the addresses of our API. The live topics (clusters, engines, rehearsal) are written by the stream alone. */
const seg = encodeURIComponent;
export const keys = {
  session: '/api/session',
  accounts: '/api/accounts',
  clusters: '/api/clusters',
  engines: '/api/engines',
  rehearsal: '/api/rehearsal',
  cluster: (id: string) => `/api/clusters/${seg(id)}`,
  timeline: (id: string) => `/api/clusters/${seg(id)}/timeline`,
  candidates: (engineId: string) => `/api/engines/${seg(engineId)}/candidates`,
  logs: (id: string, slot: string) => `/api/clusters/${seg(id)}/instances/${slot}/logs`,
  instance: (id: string, slot: string, act: 'start' | 'stop') => `/api/clusters/${seg(id)}/instances/${slot}/${act}`,
  stream: '/api/stream',
  /** Topics of the stream without an address of their own: open runs and the last ones; the copy that moves now. */
  runs: '/api/stream#runs',
  'run-progress': '/api/stream#run-progress',
  runList: '/api/runs',
  run: (runId: string) => `/api/runs/${seg(runId)}`,
  report: (runId: string, as: 'md' | 'json') => `/api/runs/${seg(runId)}/report.${as}`,
  choose: (runId: string) => `/api/runs/${seg(runId)}/choose`,
  prepare: (id: string, from?: string) => `/api/clusters/${seg(id)}/switch-over${from ? `?from=${from}` : ''}`,
  planDocument: (id: string, from: string) => `/api/clusters/${seg(id)}/plan.md?from=${from}`,
  startRun: (id: string) => `/api/clusters/${seg(id)}/runs`,
  journals: (id: string) => `/api/clusters/${seg(id)}/journals`,
  audit: '/api/audit',
  retired: '/api/retired',
  purge: '/api/retired/purge',
} as const;
