/** The routes of the wizard, on a rehearsal world: read, begun as read, followed, taken back; and what is written down of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenRehearsalWorld, openRehearsalWorld } from '../../adapters/rehearsal/world';
import type { SetupAnswer, SetupInput, SetupOptions, SetupPlanAnswer } from '../../contract/setup';
import { assertMessages } from '../../domain/text/messages.test-support';
import { ok, route } from '../route';
import { ask, createWorld, type World } from '../testing/world';
import { chooseInSetup, setupOf, setupOptions, setupPlan, startSetup } from './prepare';

let dir: string;
let rehearsal: OpenRehearsalWorld;
let w: World;
let admin: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'handover-setups-'));
  rehearsal = await openRehearsalWorld({
    dataDir: dir,
    emulatorsDir: join(process.cwd(), 'e2e/emulators'),
    startMs: 0,
    stopMs: 0,
    orders: 1,
    ordersPerMinute: 0,
  });
  w = createWorld({}, { engines: rehearsal.engines });
  for (const e of rehearsal.engineSettings()) w.runtime.store.engines.save(e);
  const { secondary: _s, ...single } = rehearsal.demoCluster();
  w.runtime.store.clusters.save(single);
  admin = await w.as('admin', 'm.keller');
}, 60_000);
afterAll(async () => {
  await w.runtime.setups.close();
  w.close();
  await rehearsal.close({ stopAll: true });
  rmSync(dir, { recursive: true, force: true });
}, 30_000);

const runtime = async () => w.runtime;
const routes = {
  options: route('GET /api/setups/options', (c) => setupOptions(c.runtime, c.query.clusterId), runtime),
  plan: route('POST /api/setups/plan', (c) => setupPlan(c.runtime, c.input), runtime),
  start: route('POST /api/setups', (c) => startSetup(c.runtime, c.input, c.session.account.name), runtime),
  all: route('GET /api/setups', (c) => ok(c.runtime.setups.all()), runtime),
  one: route('GET /api/setups/[id]', (c) => setupOf(c.runtime, c.params.id), runtime),
  choose: route('POST /api/setups/[id]/choose', (c) => chooseInSetup(c.runtime, c.params.id, c.input, c.session.account.name), runtime),
};
const get = async <T>(r: Parameters<typeof ask>[0], path = '/api/x', params = {}): Promise<T> => {
  const answer = await ask(r, { path, params, cookie: admin });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as T;
};
const post = (r: Parameters<typeof ask>[0], body: unknown, params = {}) =>
  ask(r, { method: 'POST', body, params, cookie: admin, headers: { origin: 'http://localhost:3000' } });

test('options, plan, start, follow, undo', async () => {
  const options = await get<SetupOptions>(routes.options, '/api/x?clusterId=demo');
  assertMessages(options);
  expect(options.engines.map((e) => [e.id, e.candidates])).toEqual([
    ['docker-a', []],
    ['docker-b', [{ name: 'js7-demo-secondary', urls: expect.arrayContaining([rehearsal.demoCluster().secondary?.access.url]) }]],
  ]);
  const input = options.proposals.find((p) => p.kind === 'create-secondary' && p.engineId === 'docker-b') as Extract<
    SetupInput,
    { kind: 'create-secondary' }
  >;

  const planned = (await (await post(routes.plan, input)).json()) as SetupPlanAnswer;
  assertMessages(planned);
  expect(planned.ready).toBe(true);
  const other = await post(routes.start, { input: { ...input, hostname: 'another' }, hash: planned.hash });
  expect(other.status).toBe(409);

  const started = await post(routes.start, { input, hash: planned.hash });
  expect(started.status, await started.clone().text()).toBe(201);
  const { id } = (await started.json()) as { id: string };
  await w.runtime.setups.runner.settled(id);
  const made = await get<SetupAnswer>(routes.one, '/api/x', { id });
  assertMessages(made);
  expect(made).toMatchObject({ state: 'made', canUndo: true, choices: ['undo'], who: 'm.keller' });
  expect(made.steps.every((s) => s.state === 'done')).toBe(true);
  expect(w.runtime.store.clusters.get('demo')?.secondary?.ref.name).toBe(input.name);
  expect((await post(routes.choose, { choice: 'continue' }, { id })).status).toBe(409);

  expect((await post(routes.choose, { choice: 'undo' }, { id })).status).toBe(204);
  await w.runtime.setups.runner.settled(id);
  const undone = await get<SetupAnswer>(routes.one, '/api/x', { id });
  assertMessages(undone);
  expect(undone).toMatchObject({ state: 'undone', canUndo: false, choices: [], names: [] });
  expect((await get<SetupAnswer[]>(routes.all)).map((s) => s.state)).toEqual(['undone']);
}, 60_000);

test('a plan that cannot be made is an answer, with the reason', async () => {
  const options = await get<SetupOptions>(routes.options, '/api/x?clusterId=demo');
  const input = options.proposals[0];
  const answer = (await (await post(routes.plan, { ...input, clusterId: 'nothing' })).json()) as SetupPlanAnswer;
  expect(answer).toMatchObject({ ready: false, problem: { code: 'NOT_FOUND' }, commands: [], compose: '' });
  assertMessages(answer);
});
