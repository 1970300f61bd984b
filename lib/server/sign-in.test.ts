import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changeAccount, createAccount, removeAccount } from './accounts';
import { err, ok, route } from './route';
import { changeOwnPassword, createFirstAccount, login, logout } from './sign-in';
import { ask, createWorld, problemOf, type World } from './testing/world';

let world: World;
beforeEach(() => {
  world = createWorld();
});
afterEach(() => {
  world.close();
  vi.useRealTimers();
});
const of = async () => world.runtime;
const loginRoute = route('POST /api/session', login, of);
const logoutRoute = route('DELETE /api/session', logout, of);
const passwordRoute = route('PATCH /api/session', changeOwnPassword, of);
const firstRoute = route('POST /api/first-run', createFirstAccount, of);
const meRoute = route('GET /api/session', ({ session }) => ok({ account: { name: session.account.name, role: session.account.role } }), of);

const post = (body: unknown, from = '10.0.0.1') => ask(loginRoute, { method: 'POST', body, headers: { 'x-forwarded-for': from } });
const cookieOf = (r: { headers: Headers }) => /^[^;]+/.exec(r.headers.get('set-cookie') ?? '')?.[0];
const ada = { name: 'ada', password: 'correct horse' };
const makeAda = () => createAccount(world.runtime, { ...ada, role: 'admin' });
const first = (code: string, name = 'root') => ask(firstRoute, { method: 'POST', body: { code, name, password: 'long enough' } });

test('login opens a session, logout ends it for a copied cookie too', async () => {
  await makeAda();
  const response = await post(ada);
  expect(await response.json()).toEqual({ account: { name: 'ada', role: 'admin' }, rehearsal: false });
  const cookie = cookieOf(response);
  expect((await ask(meRoute, { cookie })).status).toBe(200);
  expect(world.runtime.store.accounts.get('ada')?.lastLoginAt).toBe(world.now);
  const out = await ask(logoutRoute, { method: 'DELETE', cookie });
  expect(out.headers.get('set-cookie')).toMatch(/Max-Age=0/i);
  expect((await ask(meRoute, { cookie })).status).toBe(401);
});

test('a wrong name and a wrong password are told alike', async () => {
  await makeAda();
  const name = await problemOf(await post({ ...ada, name: 'eve' }));
  const password = await problemOf(await post({ ...ada, password: 'wrong' }));
  expect(name).toEqual(password);
  expect(name.problem.code).toBe('LOGIN_REFUSED');
});

test('five wrong passwords lock name and address for five minutes, not the name elsewhere; success gives the tries back', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  await makeAda();
  for (let n = 0; n < 4; n++) expect((await post({ ...ada, password: 'wrong' })).status).toBe(401);
  expect((await post(ada)).status).toBe(200);
  for (let n = 0; n < 5; n++) expect((await post({ ...ada, password: 'wrong' })).status).toBe(401);
  const locked = await post(ada);
  expect(locked.status).toBe(429);
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(200);
  expect((await post(ada, '10.0.0.2')).status).toBe(200);
  vi.advanceTimersByTime(301_000);
  expect((await post(ada)).status).toBe(200);
}, 20_000);

test('attempts at once do not slip through', async () => {
  const all = await Promise.all(Array.from({ length: 12 }, () => post({ name: 'ada', password: 'wrong' })));
  expect(all.filter((r) => r.status === 401)).toHaveLength(5);
}, 20_000);

test('the first account needs the code from the console, once', async () => {
  world.runtime.firstRun.renew();
  const code = world.codes[0] ?? '';
  expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
  expect((await problemOf(await first('AAAA-AAAA-AAAA'))).fields).toHaveProperty('code');
  const made = await first(code.toLowerCase().replaceAll('-', ' '));
  expect(world.runtime.store.accounts.get('root')?.lastLoginAt).toBe(world.now);
  expect(made.status).toBe(201);
  expect((await ask(meRoute, { cookie: cookieOf(made) })).status).toBe(200);
  expect(world.runtime.store.accounts.get('root')?.role).toBe('admin');
  expect((await first(code, 'second')).status).toBe(409);
});

test('two first accounts at once: only one comes to be', async () => {
  world.runtime.firstRun.renew();
  const both = await Promise.all([first(world.codes[0] ?? '', 'one'), first(world.codes[0] ?? '', 'two')]);
  expect(both.map((r) => r.status).sort()).toEqual([201, 403]);
  expect(world.runtime.store.accounts.all()).toHaveLength(1);
});

test('ten wrong codes bring a new one', async () => {
  world.runtime.firstRun.renew();
  for (let n = 0; n < 10; n++) await first(`WRONG-${n}`);
  expect(world.codes).toHaveLength(2);
  expect((await first(world.codes[0] ?? '')).status).toBe(403);
  expect((await first(world.codes[1] ?? '')).status).toBe(201);
});

test('a new password ends the other sessions and keeps this one', async () => {
  await makeAda();
  const [here, there] = [cookieOf(await post(ada)), cookieOf(await post(ada))];
  const change = (oldPassword: string) =>
    ask(passwordRoute, { method: 'PATCH', cookie: here, body: { oldPassword, password: 'a new one, longer' } });
  expect((await problemOf(await change('guess'))).fields).toHaveProperty('oldPassword');
  const changed = await change(ada.password);
  expect(changed.status).toBe(204);
  expect((await ask(meRoute, { cookie: there })).status).toBe(401);
  expect((await ask(meRoute, { cookie: cookieOf(changed) })).status).toBe(200);
  expect((await post(ada)).status).toBe(401);
  expect((await post({ ...ada, password: 'a new one, longer' })).status).toBe(200);
});

test('the last admin cannot be removed or made less, names are taken whatever their case', async () => {
  await makeAda();
  expect(removeAccount(world.runtime, 'ada')).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  expect(await changeAccount(world.runtime, 'ada', { role: 'operator' })).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  expect(await createAccount(world.runtime, { name: 'ADA', role: 'admin', password: 'whatever it is' })).toMatchObject({
    ok: false,
    error: { code: 'CONFLICT' },
  });
  await createAccount(world.runtime, { name: 'bob', role: 'admin', password: 'whatever it is' });
  expect(await changeAccount(world.runtime, 'ada', { role: 'operator' })).toMatchObject({
    ok: true,
    value: { role: 'operator', generation: 2 },
  });
  expect(removeAccount(world.runtime, 'bob')).toMatchObject({ ok: false });
  expect(removeAccount(world.runtime, 'ada')).toEqual(ok(undefined));
  expect(removeAccount(world.runtime, 'ada')).toEqual(err({ code: 'NOT_FOUND', message: 'There is no account "ada".' }));
});

test('hashes are salted and carry their parameters', async () => {
  await makeAda();
  await createAccount(world.runtime, { ...ada, name: 'twin', role: 'viewer' });
  const [one, two] = world.runtime.store.accounts.all().map((a) => a.passwordHash);
  expect(one).toMatch(/^scrypt\$16384\$8\$5\$/);
  expect(one).not.toBe(two);
});
