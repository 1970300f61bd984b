/** What a JOC Cockpit says, as recorded (recordings-joc 05): for tests and for pages that show every state. Times are relative to NOW of the cluster's samples. */
import { NOW, seen } from '../cluster/samples.test-support';
import type { ClusterJoc, JocFacts, JocFollow, JocNode, JocObservation, JocSees } from './joc';

const STARTED = NOW - 300 * 60_000;
export const OPERATIONAL = { severity: 0, text: 'operational' } as const;
export const ESTABLISHED = { severity: 0, text: 'established' } as const;
export const UNREACHABLE = { severity: 2, text: 'unreachable' } as const;
export const UNKNOWN = { severity: 2, text: 'unknown' } as const;

export const jocFacts = (o: Partial<JocFacts> = {}): JocFacts => ({
  url: 'http://joc:4446',
  version: '2.9.0',
  title: 'JOC COCKPIT',
  securityLevel: 'LOW',
  active: true,
  licence: { type: 'OPENSOURCE' },
  mayManage: 'yes',
  forceReasons: false,
  reasons: ['System maintenance'],
  controllerIds: ['demo'],
  latencyMs: 12,
  ...o,
});
export const jocNode = (o: Partial<JocNode> = {}): JocNode => ({
  role: 'STANDALONE',
  title: 'BILLING CONTROLLER',
  url: 'http://js7-primary:4444',
  component: OPERATIONAL,
  connection: ESTABLISHED,
  startedAt: STARTED,
  version: '2.9.0',
  securityLevel: 'LOW',
  ...o,
});
/** One of a Controller that does not answer: JOC keeps the last known start and version. */
export const deadNode = (o: Partial<JocNode> = {}): JocNode => jocNode({ component: UNKNOWN, connection: UNREACHABLE, ...o });
export const jocSees = (nodes: readonly JocNode[] = [jocNode()], o: Partial<JocSees> = {}): JocSees => ({
  controllerId: 'demo',
  nodes,
  jocs: [
    {
      title: 'JOC COCKPIT',
      url: 'http://joc:4446',
      current: true,
      version: '2.9.0',
      securityLevel: 'LOW',
      component: OPERATIONAL,
      connection: ESTABLISHED,
    },
  ],
  database: { dbms: 'H2', component: OPERATIONAL, connection: ESTABLISHED },
  proxyAt: NOW - 60_000,
  ...o,
});
export const jocSays = (sees: JocSees | 'not-registered' = jocSees(), o: Partial<JocObservation> = {}): JocObservation => ({
  settings: { id: 'joc-1', name: 'joc', url: 'http://joc:4446' },
  facts: seen(jocFacts()),
  sees: seen(sees),
  ...o,
});
export const UPDATE: JocFollow = {
  kind: 'update',
  urls: { primary: ['http://js7-primary:4444'], secondary: ['http://js7-secondary:4444'] },
};
export const BY_NAME: JocFollow = { kind: 'name', url: 'http://controller:4444', alias: 'controller', network: 'js7' };
export const clusterJoc = (follow: JocFollow = UPDATE): ClusterJoc => ({
  jocId: 'joc-1',
  follow,
  captions: { primary: 'BILLING CONTROLLER' },
});
