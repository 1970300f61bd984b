import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROUTES, type RouteKey } from '../contract/routes';
import { problem } from '../domain/errors';
import { AUDITED, CHANGES_NOTHING } from './audit';
import { auditAnswer, auditCsv } from './audit-export';
import { err, ok, route } from './route';
import { login } from './sign-in';
import { ask, createWorld, type World } from './testing/world';

let world: World;
beforeEach(() => {
  world = createWorld();
});
afterEach(() => world.close());
const made = <K extends RouteKey>(key: K, handler: Parameters<typeof route<K>>[1]) => route(key, handler, async () => world.runtime);
const lines = () => world.runtime.store.audit.search({ limit: 100 });

test('every route that changes something is in the audit log', () => {
  const changing = (Object.keys(ROUTES) as RouteKey[]).filter((key) => !key.startsWith('GET '));
  expect(changing.length).toBeGreaterThan(15);
  expect(changing.filter((key) => !AUDITED[key] && !CHANGES_NOTHING.includes(key))).toEqual([]);
});

test('who, what, when, on what, and how it ended', async () => {
  const admin = await world.as('admin');
  const remove = (outcome: () => ReturnType<typeof ok<void>> | ReturnType<typeof err>) =>
    ask(made('DELETE /api/clusters/[id]', outcome as never), { method: 'DELETE', cookie: admin, params: { id: 'payroll' } });
  await remove(() => ok(undefined));
  await remove(() => err(problem('CONFLICT', 'A run is open.')));
  await remove(() => err(problem('ENGINE_UNREACHABLE', 'Gone.')));
  const viewer = await world.as('viewer');
  await ask(made('DELETE /api/clusters/[id]', (() => ok(undefined)) as never), {
    method: 'DELETE',
    cookie: viewer,
    params: { id: 'payroll' },
  });
  expect(lines().map(({ who, what, clusterId, result, detail, at }) => ({ who, what, clusterId, result, detail, at }))).toEqual([
    {
      who: 'viewer',
      what: 'cluster.removed',
      clusterId: 'payroll',
      result: 'refused',
      detail: expect.stringContaining('role admin'),
      at: world.now,
    },
    { who: 'admin', what: 'cluster.removed', clusterId: 'payroll', result: 'failed', detail: 'Gone.', at: world.now },
    { who: 'admin', what: 'cluster.removed', clusterId: 'payroll', result: 'refused', detail: 'A run is open.', at: world.now },
    { who: 'admin', what: 'cluster.removed', clusterId: 'payroll', result: 'ok', detail: undefined, at: world.now },
  ]);
});

test('secrets never get into it: passwords, and what was typed as a name of nobody', async () => {
  const admin = await world.as('admin', 'mara');
  const body = { name: 'tom', role: 'operator', password: 'correct horse battery' };
  await ask(made('POST /api/accounts', (() => ok({ name: 'tom', role: 'operator', createdAt: 1 })) as never), {
    method: 'POST',
    cookie: admin,
    body,
  });
  await ask(made('PATCH /api/accounts/[name]', (() => ok({ name: 'tom', role: 'admin', createdAt: 1 })) as never), {
    method: 'PATCH',
    cookie: admin,
    params: { name: 'tom' },
    body: { role: 'admin', password: 'another horse battery' },
  });
  await ask(made('POST /api/session', login as never), { method: 'POST', body: { name: 'hunter2-typed-here', password: 'wrong horse' } });
  await ask(made('POST /api/session', login as never), { method: 'POST', body: { name: 'mara', password: 'wrong horse' } });
  expect(lines().map((e) => [e.who, e.what, e.subject, e.result])).toEqual([
    ['mara', 'session.login', undefined, 'refused'],
    ['unknown account', 'session.login', undefined, 'refused'],
    ['mara', 'account.changed', 'tom', 'ok'],
    ['mara', 'account.created', 'tom', 'ok'],
  ]);
  expect(JSON.stringify(lines())).not.toMatch(/horse|hunter2/);
  expect(lines()[2]?.detail).toBe('role admin, password');
});

const entry = { id: 1, at: Date.UTC(2026, 10, 24, 3, 12, 4), who: 'mara', what: 'run.start', result: 'ok' } as const;

test('CSV: formulas are escaped, quotes and newlines kept', () => {
  const csv = auditCsv([{ ...entry, reason: '=HYPERLINK("http://evil","x")', subject: '@sum(1)', ticket: '-2+3', detail: 'a "b"\nc' }]);
  const [head, ...rest] = csv.split('\r\n');
  expect(head).toBe('\uFEFFid,time,who,what,meaning,result,cluster,subject,reason,ticket,detail');
  expect(rest.join('\r\n')).toBe(
    `1,2026-11-24T03:12:04.000Z,mara,run.start,Run started,ok,,'@sum(1),"'=HYPERLINK(""http://evil"",""x"")",'-2+3,"a ""b""\nc"\r\n`,
  );
});

test('an export holds everything that the search finds, page after page', () => {
  const { audit } = world.runtime.store;
  for (let i = 0; i < 1_203; i++) audit.append({ ...entry, at: i, subject: i % 2 === 0 ? 'even' : 'odd' });
  const all = auditAnswer(world.runtime.store, { format: 'jsonl', limit: 100 });
  const even = auditAnswer(world.runtime.store, { format: 'jsonl', limit: 100, text: 'even' });
  const rows = (d: typeof all) =>
    'text' in d
      ? d.text
          .trimEnd()
          .split('\n')
          .map((l) => JSON.parse(l) as { id: number })
      : [];
  expect(rows(all)).toHaveLength(1_203);
  expect(new Set(rows(all).map((r) => r.id)).size).toBe(1_203);
  expect(rows(even)).toHaveLength(602);
  expect(auditAnswer(world.runtime.store, { format: 'json', limit: 100 })).toHaveLength(100);
}, 30_000);
