import type { Snapshot } from '../contract/api';

/** SWR keys are the addresses of our API. The live topics (clusters, engines, jocs, rehearsal) are written by the stream alone. */
const seg = encodeURIComponent;
export const keys = {
  session: '/api/session',
  accounts: '/api/accounts',
  clusters: '/api/clusters',
  engines: '/api/engines',
  jocs: '/api/jocs',
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
  checkAgain: (id: string, from: string, only: string) => `/api/clusters/${seg(id)}/switch-over/checks?from=${from}&only=${seg(only)}`,
  planDocument: (id: string, from: string) => `/api/clusters/${seg(id)}/plan.md?from=${from}`,
  startRun: (id: string) => `/api/clusters/${seg(id)}/runs`,
  joc: (jocId: string) => `/api/jocs/${seg(jocId)}`,
  jocTest: '/api/jocs/test',
  registration: (id: string) => `/api/clusters/${seg(id)}/joc`,
  registrationTest: (id: string) => `/api/clusters/${seg(id)}/joc/test`,
  follow: (id: string) => `/api/clusters/${seg(id)}/joc/follow`,
  setups: '/api/setups',
  setup: (setupId: string) => `/api/setups/${seg(setupId)}`,
  setupOptions: (clusterId?: string) => `/api/setups/options${clusterId === undefined ? '' : `?clusterId=${seg(clusterId)}`}`,
  setupPlan: '/api/setups/plan',
  chooseSetup: (setupId: string) => `/api/setups/${seg(setupId)}/choose`,
  journals: (id: string) => `/api/clusters/${seg(id)}/journals`,
  wayBack: (id: string, act?: 'step' | 'leave') => `/api/clusters/${seg(id)}/way-back${act ? `/${act}` : ''}`,
  audit: '/api/audit',
  retired: '/api/retired',
  purge: '/api/retired/purge',
} as const;

/** Where a topic of the stream lies in the cache. */
export const keyOf = (s: Snapshot): string => (s.topic === 'timeline' ? keys.timeline(s.data.clusterId) : keys[s.topic]);
