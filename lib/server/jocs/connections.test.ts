import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { DENIED, type Double, double, json } from '../../adapters/joc/joc.double';
import { JocInput, type JocTestInput } from '../../contract/joc';
import { JocSchema, JocsSnapshot, JocTestSchema } from '../../contract/schema/joc';
import type { Cluster } from '../../domain/cluster/cluster';
import { route } from '../route';
import type { Runtime } from '../runtime';
import { ask, createWorld, type World } from '../testing/world';
import { jocSnapshot } from './answers';
import { addJoc, changeJoc, removeJoc, testJoc } from './connections';

let world: World;
let runtime: Runtime;
let joc: Double;
beforeEach(async () => {
  joc = await double();
  world = createWorld();
  runtime = world.runtime;
});
afterEach(async () => {
  await runtime.jocs.closeAll();
  world.close();
  await joc.close();
});
const input = (over: Partial<z.input<typeof JocInput>> = {}): z.output<typeof JocInput> =>
  JocInput.parse({ name: 'JOC', url: `${joc.url}/joc/api/`, user: 'root', password: 'SECRET-1', clientKey: undefined, ...over });
const parsed = <S extends z.ZodType>(schema: S, value: unknown) => schema.parse(JSON.parse(JSON.stringify(value)));
const added = () => {
  const r = addJoc(runtime, input());
  if (!r.ok) throw new Error(r.error.message);
  return r.value;
};
const told = () => {
  const s = jocSnapshot(runtime);
  return s.ok ? s.value.data : [];
};
const logins = () =>
  joc.seen
    .filter((s) => s.path === 'authentication/login')
    .map((s) => Buffer.from(String(s.headers.authorization).slice(6), 'base64').toString());
const cluster = {
  id: 'c',
  name: 'Billing',
  controllerId: 'billing',
  primary: { ref: { engineId: 'e', name: 'a' }, access: { url: 'http://a' } },
  createdAt: 0,
  joc: { jocId: 'joc', follow: { kind: 'front', url: 'http://x' }, captions: {} },
} satisfies Cluster;

describe('a connection', () => {
  test('is saved without the path, told without secrets, and asked at once; the stream tells it', async () => {
    expect(parsed(JocSchema, added())).toEqual({
      id: 'joc',
      name: 'JOC',
      url: joc.url,
      user: 'root',
      hasPassword: true,
      hasClientKey: false,
      state: 'connecting',
      clusters: [],
    });
    await vi.waitFor(() => expect(told()[0]?.state).toBe('up'), { timeout: 5000 });
    expect(parsed(JocsSnapshot, runtime.hub.read.snapshot('jocs')).data[0]).toMatchObject({
      state: 'up',
      facts: { version: '2.9.1-SNAPSHOT', mayManage: 'yes' },
    });
    expect(JSON.stringify(told())).not.toContain('SECRET');
    expect(runtime.store.jocs.get('joc')?.password).toBe('SECRET-1');
  });
  test('whose password is refused is told with the reason, and not tried again', async () => {
    joc.answers['authentication/login'] = DENIED;
    added();
    await vi.waitFor(() => expect(told()[0]).toMatchObject({ state: 'down', problem: { code: 'JOC_LOGIN_REFUSED' } }), { timeout: 5000 });
    await runtime.jocs.client('joc')?.look();
    expect(logins()).toHaveLength(1);
    // Another password is tried: with a client of its own.
    delete joc.answers['authentication/login'];
    joc.answers['authentication/login'] = json({ accessToken: 't', isAuthenticated: true, message: '' });
    expect(changeJoc(runtime, 'joc', input({ password: 'SECRET-2' })).ok).toBe(true);
    await vi.waitFor(() => expect(told()[0]?.state).toBe('up'), { timeout: 5000 });
    expect(logins()).toEqual(['root:SECRET-1', 'root:SECRET-2']);
  });
  test('whose password was put right in JOC is tried again when it is saved again', async () => {
    const right = joc.answers['authentication/login'];
    joc.answers['authentication/login'] = DENIED;
    added();
    await vi.waitFor(() => expect(told()[0]?.state).toBe('down'), { timeout: 5000 });
    if (right) joc.answers['authentication/login'] = right;
    runtime.jocs.reload();
    await runtime.jocs.client('joc')?.look();
    expect(logins()).toHaveLength(1);
    expect(changeJoc(runtime, 'joc', input({ password: undefined })).ok).toBe(true);
    await vi.waitFor(() => expect(told()[0]?.state).toBe('up'), { timeout: 5000 });
    expect(logins()).toHaveLength(2);
  });
  test('keeps its password on an edit, but never sends it to another address or for another account', () => {
    added();
    expect(changeJoc(runtime, 'joc', input({ name: 'Other', password: undefined })).ok).toBe(true);
    expect(runtime.store.jocs.get('joc')).toMatchObject({ name: 'Other', password: 'SECRET-1' });
    expect(changeJoc(runtime, 'joc', input({ url: 'http://elsewhere:4446', password: undefined })).ok).toBe(true);
    expect(runtime.store.jocs.get('joc')?.password).toBeUndefined();
  });
  test('a new name alone is no new connection', () => {
    added();
    const client = runtime.jocs.client('joc');
    changeJoc(runtime, 'joc', input({ name: 'Other', password: undefined }));
    expect(runtime.jocs.client('joc')).toBe(client);
    expect(runtime.jocs.of('joc')?.settings).toEqual({ id: 'joc', name: 'Other', url: joc.url });
  });
  test('needs a name and an address of its own', () => {
    added();
    expect(addJoc(runtime, input({ url: 'http://x:1' }))).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', fields: { name: 'Taken' } },
    });
    expect(addJoc(runtime, input({ name: 'Two' }))).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', fields: { url: 'Taken by JOC' } },
    });
    expect(changeJoc(runtime, 'nobody', input())).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });
  test('is removed only when no cluster needs it', () => {
    added();
    runtime.store.clusters.save(cluster);
    expect(told()[0]?.clusters).toEqual([]);
    expect(removeJoc(runtime, 'joc')).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('Billing') },
    });
    runtime.store.clusters.remove('c');
    expect(removeJoc(runtime, 'joc').ok).toBe(true);
    expect(told()).toEqual([]);
    expect(runtime.jocs.client('joc')).toBeUndefined();
  });
});

describe('a test', () => {
  const tried = async (o: Partial<z.input<typeof JocTestInput>> = {}) => {
    const { id, ...rest } = o;
    const r = await testJoc(runtime, { ...input(rest), ...(id !== undefined && { id }) });
    return parsed(JocTestSchema, r.ok && r.value);
  };
  test('says what was found and saves nothing', async () => {
    expect(await tried()).toMatchObject({ ok: true, facts: { active: true }, hints: [] });
    expect(runtime.store.jocs.all()).toEqual([]);
    expect(joc.seen.at(-1)?.path).toBe('authentication/logout');
  });
  test('of an edited one uses the stored password', async () => {
    added();
    await tried({ password: undefined, id: 'joc' });
    expect(logins().at(-1)).toBe('root:SECRET-1');
  });
  test('says why not, and what the account cannot do', async () => {
    joc.answers['joc/is_active'] = json({ ok: false });
    joc.answers['authentication/joc_cockpit_permissions'] = json({
      roles: ['viewer'],
      joc: { administration: { controllers: { view: true, manage: false } } },
    });
    expect((await tried()).hints.map((h) => h.key)).toEqual(['reg.joc.standby', 'reg.joc.may-not']);
    expect(await tried({ url: 'http://127.0.0.1:9' })).toMatchObject({ ok: false, problem: { code: 'JOC_UNREACHABLE' } });
    expect((await tried({ url: 'http://192.0.2.1.invalid:4446' })).hints.map((h) => h.key)).toEqual(['reg.joc.plain']);
  });
});

test('roles and the audit log: only an admin connects; the log names it, without secrets', async () => {
  const post = route(
    'POST /api/jocs',
    ({ runtime: r, input: i }) => addJoc(r, i),
    async () => runtime,
  );
  const body = { name: 'JOC', url: joc.url, user: 'root', password: 'SECRET-1' };
  expect(
    (await ask(post, { method: 'POST', cookie: await world.as('operator'), body, headers: { origin: 'http://localhost:3000' } })).status,
  ).toBe(403);
  expect(
    (await ask(post, { method: 'POST', cookie: await world.as('admin'), body, headers: { origin: 'http://localhost:3000' } })).status,
  ).toBe(201);
  const entries = runtime.store.audit.search({ limit: 10 });
  expect(entries.map((e) => [e.what, e.who, e.result])).toEqual([
    ['joc.added', 'admin', 'ok'],
    ['joc.added', 'operator', 'refused'],
  ]);
  expect(entries[0]).toMatchObject({ subject: 'JOC', detail: joc.url });
  expect(JSON.stringify(entries)).not.toContain('SECRET');
});
