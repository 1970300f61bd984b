/** A healthy pair, as the checks see it, and its parts to be changed. */
import type { ControllerFacts } from '../../controller/controller';
import { problem } from '../../errors';
import type { Instance } from '../../instance/instance';
import type { JocFollow } from '../../joc/joc';
import { jocFacts, jocNode, jocSees } from '../../joc/samples.test-support';
import type { DiskFacts, JournalAtRest } from '../../journal/disk';
import { never, type Reading } from '../../reading';
import type { JocPreflight, PreflightFacts, SideFacts } from './facts';

export const NOW = 1_000_000;
export const read = <T>(value: T, at = NOW): Reading<T> => ({ kind: 'value', value, at });
export const failed = (why = 'The engine does not answer.'): Reading<never> => ({
  kind: 'failed',
  error: problem('ENGINE_UNREACHABLE', why),
  since: NOW - 5,
  at: NOW,
});

const instance = (name: string, o: Partial<Instance> = {}): Instance => ({
  engineId: 'a',
  id: name,
  name,
  hostname: name,
  image: { ref: 'sosberlin/js7:controller-2-7-3', digest: `sha256:${'a'.repeat(64)}` },
  state: 'running',
  oomKilled: false,
  createdAt: 1,
  restartPolicy: { name: 'unless-stopped' },
  autoRemove: false,
  user: '',
  env: { RUN_JS_ID: 'demo' },
  labels: {},
  mounts: [],
  networks: [{ network: 'js7', aliases: [] }],
  ports: [],
  ...o,
});
const journal = (o: Partial<JournalAtRest> = {}): JournalAtRest => ({
  journalId: 'ours',
  initiallyStartedAt: 1,
  generation: 1,
  files: [{ name: 'controller--0.journal', fileEventId: 0, bytes: 1_000_000, modifiedAt: 1 }],
  totalBytes: 1_000_000,
  lastEventId: 100,
  ending: 'open',
  clusterState: { type: 'Empty', name: 'Empty' },
  ...o,
});
export const disk = (state: DiskFacts['state'], o: Partial<DiskFacts> = {}): DiskFacts => ({
  state,
  config: { path: '/c', isBackup: false, publicAccess: true },
  retired: [],
  freeBytes: 50_000_000,
  ...o,
});
export const holds = (o: Partial<JournalAtRest> = {}): DiskFacts['state'] => ({ kind: 'journal', path: '/s', journal: journal(o) });
export const live = (o: Partial<ControllerFacts> = {}): ControllerFacts => ({
  url: 'http://p',
  journal: { lastEventId: 110, tornEventId: 0, files: [{ fileEventId: 0, position: 1_000_000 }] },
  journalId: 'ours',
  overview: { controllerId: 'demo', version: '2.7.3', startedAt: 1 },
  node: { kind: 'state', state: { nodeId: 'Primary', isBackup: false, clusterState: { type: 'Empty', name: 'Empty' } } },
  ready: true,
  tls: 'none',
  latencyMs: 1,
  ...o,
});
export const engine = (clockSkewMs?: number) => ({
  version: '27.3',
  apiVersion: '1.41',
  hostname: 'h',
  os: 'linux',
  rootless: false,
  ...(clockSkewMs !== undefined && { clockSkewMs }),
});

export const UPDATE: JocFollow = {
  kind: 'update',
  urls: { primary: ['http://js7-p:4444'], secondary: ['http://js7-s:4444', 'http://alias-s:4444'] },
};
export const BY_NAME: JocFollow = { kind: 'name', url: 'http://controller:4444', alias: 'controller', network: 'js7' };
/** Registered with the source, by update. */
export const joc = (o: Partial<JocPreflight> = {}, node = {}): Reading<JocPreflight> =>
  read({
    name: 'joc',
    follow: UPDATE,
    facts: read(jocFacts()),
    sees: read(jocSees([jocNode({ url: 'http://js7-p:4444', startedAt: 1, ...node })])),
    ...o,
  });

const SOURCE: SideFacts = {
  slot: 'primary',
  ref: { engineId: 'a', name: 'js7-p' },
  engineName: 'docker-a',
  engine: read(engine(0)),
  container: read(instance('js7-p')),
  controller: read(live()),
  disk: read(disk(holds())),
  configLines: read(['a = 1']),
  writable: read({ state: true, config: true }),
  owner: read({ uid: 1001, gid: 0 }),
  portsTaken: read([]),
};
const TARGET: SideFacts = {
  ...SOURCE,
  slot: 'secondary',
  url: 'http://js7-s:4444',
  ref: { engineId: 'b', name: 'js7-s' },
  engineName: 'docker-b',
  engine: read(engine(500)),
  container: read(instance('js7-s', { state: 'exited', exitCode: 0 })),
  controller: never,
  disk: read(disk({ kind: 'empty', path: '/s' })),
};
export const FACTS: PreflightFacts = {
  clusterId: 'demo',
  source: SOURCE,
  target: TARGET,
  alarms: [],
  lock: read('free'),
  agents: read([]),
  joc: joc(),
  at: NOW,
};

export interface Change {
  source?: Partial<SideFacts>;
  target?: Partial<SideFacts>;
  all?: Partial<PreflightFacts>;
}
export const facts = ({ source, target, all }: Change): PreflightFacts => ({
  ...FACTS,
  ...all,
  source: { ...SOURCE, ...source },
  target: { ...TARGET, ...target },
});
export const p = (o: Partial<Instance>): Reading<Instance> => read(instance('js7-p', o));
export const s = (o: Partial<Instance>): Reading<Instance> => read(instance('js7-s', { state: 'exited', ...o }));
export const agent = (name: string, reachable: boolean | 'unknown') => ({ name, url: 'http://x', coupled: true, reachable });
export const broken = problem('CONFIG_BROKEN', 'Line 7 cannot be parsed.');
export const stopped = p({ state: 'exited' });
export const resting = (o: Partial<JournalAtRest>) => ({ container: stopped, controller: never, disk: read(disk(holds(o))) });
