import { beforeEach, expect, it } from 'vitest';
import type { Cluster } from '../../domain/cluster/cluster';
import { problem } from '../../domain/errors';
import { err, ok } from '../../domain/result';
import type { OpenController } from '../../ports/controller';
import { FakeEngine, properJournal } from '../observe/fake-engine.test-support';
import { discoverCandidates } from './discover';
import { type TestDeps, testCluster } from './test-cluster';

let fake: FakeEngine;
let deps: TestDeps;
let asked: string[];
const member = (name: string, url = `http://127.0.0.1:${name === 'p' ? 15444 : 15445}`) => ({
  ref: { engineId: 'a', name },
  access: { url, user: 'u', password: 'secret-word' },
});
const used: Cluster = { id: 'c1', name: 'Demo', controllerId: 'demo', createdAt: 0, primary: member('p') };

beforeEach(() => {
  fake = new FakeEngine('a');
  fake.put('p', { ports: [{ inside: 4444, hostIp: '0.0.0.0', outside: 15444 }], env: { RUN_JS_ID: 'demo', SECRET: 'x' } });
  fake.put('s', { ports: [{ inside: 4444, hostIp: '0.0.0.0', outside: 15445 }], state: 'exited', exitCode: 0, finishedAt: 1 });
  fake.put('web', { image: { ref: 'nginx', digest: 'sha256:2' }, env: {}, mounts: [] });
  fake.file('s', '/js7/config/controller.conf', '');
  for (const [name, text] of Object.entries(properJournal())) fake.file('s', `/js7/state/${name}`, text);
  asked = [];
  const openController: OpenController = ({ url, password }) => ({
    resetAgent: async () => ok(undefined),
    look: async () => {
      asked.push(url);
      if (!url.endsWith(':15444')) return err(problem('CONTROLLER_UNREACHABLE', 'refused.'));
      return ok({
        url,
        journal: { lastEventId: 1, tornEventId: 0, files: [] },
        overview: { controllerId: 'demo', version: '2.9.0', startedAt: 1 },
        node: { kind: 'state', state: { nodeId: 'Primary', isBackup: false, clusterState: { type: 'Empty', name: 'Empty' } } },
        ready: true,
        tls: 'none',
        latencyMs: 3,
      });
    },
    checkAccess: async () =>
      password === 'secret-word' ? ok('account') : err(problem('CONTROLLER_LOGIN_REFUSED', 'No.', { remedy: 'Fix.' })),
    follow: async () => ok('ended'),
    agents: async () => ok([]),
    shutDown: async () => ok(undefined),
    close: async () => {},
  });
  deps = {
    openController,
    readConfig: async () => ok({ isBackup: true, publicAccess: false }),
    engine: (id) => (id === 'a' ? fake.engine() : undefined),
    engineSettings: () => ({ id: 'a', name: 'A', address: { kind: 'socket', path: '/x' } }),
    clusters: [used],
    instances: [...fake.containers.values()],
  };
});
const bad = (t: Awaited<ReturnType<typeof testCluster>>) =>
  t.checks.filter((c) => c.result !== 'pass').map((c) => `${c.slot ?? 'both'} ${c.id} ${c.result}`);

it('finds Controllers, asks those that run, and shows no environment', async () => {
  const r = await discoverCandidates({ openController: deps.openController, clusters: [used] }, fake.engine(), {
    kind: 'socket',
    path: '/x',
  });
  if (!r.ok) throw new Error(r.error.message);
  expect(r.value.map((c) => [c.instance.name, c.controllerId, c.usedBy, c.answered?.version])).toEqual([
    ['p', 'demo', 'Demo', '2.9.0'],
    ['s', 'demo', undefined, undefined],
  ]);
  expect(JSON.stringify(r.value)).not.toContain('SECRET');
  expect(asked).toEqual(['http://127.0.0.1:15444']);
});

it('a good pair passes, also when it is edited', async () => {
  const t = await testCluster(deps, { primary: member('p'), secondary: member('s'), id: 'c1' });
  expect(bad(t)).toEqual([]);
  expect(t.controllerId).toBe('demo');
  expect(JSON.stringify(t)).not.toContain('secret-word');
});

it('tells what is wrong with each', async () => {
  expect(
    bad(await testCluster(deps, { primary: { ...member('p'), access: { url: 'http://127.0.0.1:15444', user: 'u', password: 'no' } } })),
  ).toEqual(['primary access block', 'primary unused warn', 'both third-a-s warn']);
  expect(bad(await testCluster(deps, { primary: member('gone'), id: 'c1' }))).toContain('primary container block');
  expect(
    bad(await testCluster(deps, { primary: { ref: { engineId: 'z', name: 'p' }, access: { url: 'http://127.0.0.1:15444' } }, id: 'c1' })),
  ).toContain('primary engine block');
});
