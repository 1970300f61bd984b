/** A cluster `pay` with a Primary on engine `a`, and an empty engine `b`: samples for the tests of what is pure. */
import type { Cluster } from '../cluster/cluster';
import type { Instance } from '../instance/instance';
import type { MeasuredPrimary, SetupEngine, SetupFacts } from './facts';

const DATA = '/var/sos-berlin.com/js7/controller';
export const IMAGE = { ref: 'sosberlin/js7:controller-2-9-0', digest: 'sha256:7be1f0d2' };
export const primaryInstance: Instance = {
  ...{ engineId: 'a', id: 'a1b2c3d4e5f6a7b8', name: 'js7-pay-primary', hostname: 'js7-pay-primary', image: IMAGE, state: 'running' },
  ...{ oomKilled: false, createdAt: 1, restartPolicy: { name: 'unless-stopped' }, autoRemove: false, user: '' },
  env: { PATH: '/bin', RUN_JS_ID: 'pay', RUN_JS_USER_ID: '1001:0', RUN_JS_JAVA_OPTIONS: '-Xmx1g', DB_PASSWORD: 'hidden' },
  labels: { 'com.docker.compose.project': 'pay', 'handover.setup': 'other-1', 'traefik.enable': 'true', team: 'ops' },
  mounts: [
    { kind: 'volume', source: 'js7-pay-primary-var', target: DATA, readOnly: false },
    { kind: 'bind', source: '/etc/localtime', target: '/etc/localtime', readOnly: true },
  ],
  networks: [{ network: 'js7', aliases: ['js7-pay-primary', 'a1b2c3d4e5f6', 'js7-live', 'pay-primary-api'] }],
  ports: [{ inside: 4444, hostIp: '', outside: 15_444 }],
};
export const cluster: Cluster = {
  ...{ id: 'pay', name: 'Payments', controllerId: 'pay', createdAt: 1 },
  primary: { ref: { engineId: 'a', name: 'js7-pay-primary' }, access: { url: 'http://127.0.0.1:15444' } },
};
const CONF = 'js7.web.server.auth.public = true\n';
export const primary: MeasuredPrimary = {
  instance: primaryInstance,
  places: { state: `${DATA}/state`, config: `${DATA}/config` },
  disk: {
    state: {
      kind: 'journal',
      path: `${DATA}/state`,
      journal: {
        ...{ journalId: 'J1', initiallyStartedAt: 1, generation: 1, files: [], totalBytes: 1_000, lastEventId: 5, ending: 'open' },
        clusterState: { type: 'Empty', name: 'Empty' },
      },
    },
    config: { path: `${DATA}/config/controller.conf`, isBackup: false, publicAccess: true },
    retired: [],
    freeBytes: 5_000,
  },
  config: {
    files: [
      { path: 'controller.conf', kind: 'file', bytes: CONF.length, privateKey: false },
      { path: 'private/https-keystore.p12', kind: 'file', bytes: 10, privateKey: true },
      { path: 'private/private.conf', kind: 'file', bytes: 20, privateKey: false },
    ],
    text: CONF,
    next: { text: `${CONF}js7.journal.cluster.node.is-backup = yes\n`, bytes: 77, flag: 'on', nodes: 'none' },
  },
  licence: 'unknown',
};
export const engine = (id: string, more: Partial<SetupEngine> = {}): SetupEngine => ({
  ...{
    id,
    name: `docker-${id}`,
    world: 'docker' as const,
    instances: [],
    images: [{ digest: IMAGE.digest, refs: [IMAGE.ref], bytes: 9, labels: {} }],
  },
  info: { version: '27', apiVersion: '1.41', hostname: id, os: 'linux', rootless: false },
  networks: [{ name: 'js7', driver: 'bridge', id: '1', internal: false }],
  volumes: [],
  freeBytes: 5_000,
  ...more,
});
export const facts = (more: Partial<SetupFacts> = {}): SetupFacts => ({
  engines: [engine('a', { instances: [primaryInstance], volumes: ['js7-pay-primary-var'] }), engine('b')],
  cluster,
  primary,
  clusterNames: ['Payments'],
  ...more,
});
