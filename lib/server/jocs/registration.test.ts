import { describe, expect, test, vi } from 'vitest';
import { controllerOf } from '../../../e2e/emulators/joc/test-joc';
import type { Program } from '../../../e2e/emulators/shared/test-world';
import { RegisterDraftSchema, UrlTestSchema } from '../../contract/schema/joc';
import {
  a,
  aliases,
  b,
  eachTest,
  engine,
  fault,
  joc,
  localhost,
  parsed,
  port,
  processes,
  register,
  registrations,
  runtime,
  signal,
  start,
  updating,
} from '../testing/registration-world';
import { registerCluster, registrationDraft, testRegistrationUrl } from './registration';

/** Registration as a whole, with real processes. */
eachTest();
let other: Program;

describe('the form', () => {
  test('what it begins with: the live one, ways with reasons, URLs, JOC’s licence', async () => {
    await start();
    await vi.waitFor(async () => expect((await registrationDraft(runtime, 'billing')).ok).toBe(true));
    const draft = parsed(RegisterDraftSchema, await registrationDraft(runtime, 'billing').then((r) => r.ok && r.value));
    expect(draft).toMatchObject({
      jocId: 'joc',
      controllerId: 'billing',
      live: 'primary',
      autonomous: { possible: true },
      cluster: { possible: false, note: { key: 'reg.cluster.no-licence' } },
      forceReasons: false,
    });
    expect(draft.reasons).toContain('System maintenance');
    expect(draft.ways.map((w) => [w.kind, w.possible, w.note.key])).toEqual([
      ['update', true, 'reg.way.update'],
      ['front', true, 'reg.way.front'],
      ['name', false, 'reg.way.name.where'],
    ]);
    expect(draft.urls.primary.map((u) => u.url)).toContain(a.url);
    expect(draft.notes.map((n) => n.key)).toContain('reg.note.writes');
    expect(JSON.stringify(draft)).not.toContain('"password"');
  }, 30_000);
  test('JOC’s container is found by its port: then the stable name comes first', async () => {
    await start();
    engine.put('joc', {
      image: { ref: 'sosberlin/js7:joc-2-9-0', digest: 'd' },
      networks: [{ network: 'js7', aliases: ['joc'] }],
      ports: [{ inside: 4446, outside: port(joc.program), hostIp: '0.0.0.0' }],
    });
    engine.put('b', { env: { RUN_JS_ID: 'billing', RUN_JS_HTTP_PORT: String(port(a)) } });
    const draft = await vi.waitFor(
      async () => {
        const r = await registrationDraft(runtime, 'billing');
        expect(r.ok && r.value.ways[0]?.kind).toBe('name');
        return r;
      },
      { timeout: 20_000 },
    );
    expect(runtime.store.jocs.get('joc')?.container).toEqual({ engineId: 'e', name: 'joc' });
    expect(draft.ok && draft.value.alias).toEqual({
      alias: 'billing-live',
      network: 'js7',
      url: `http://billing-live:${port(a)}`,
      carried: 'nobody',
    });
  }, 30_000);
  test('without any JOC Cockpit, and with one that is down', async () => {
    await start();
    await joc.program.kill();
    const down = await registrationDraft(runtime, 'billing');
    expect(down.ok && down.value.notes[0]?.key).toBe('reg.note.silent');
    expect(down.ok && down.value.jocs[0]).toMatchObject({ state: 'down', problem: { code: 'JOC_UNREACHABLE' } });
    runtime.store.jocs.remove('joc');
    runtime.jocs.reload();
    const none = await registrationDraft(runtime, 'billing');
    expect(none).toMatchObject({ ok: true, value: { jocs: [] } });
    expect(await registrationDraft(runtime, 'nobody')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  }, 30_000);
});

describe('a URL from everywhere', () => {
  const tried = async (url: string, slot: 'primary' | 'secondary' | 'live' = 'live', peer = false) =>
    parsed(UrlTestSchema, await testRegistrationUrl(runtime, 'billing', { jocId: 'joc', slot, url, peer }).then((r) => r.ok && r.value));
  test('that works: JOC and Handover find it, both accounts are let in', async () => {
    await start();
    const t = await tried(`${a.url}/`);
    expect(t.url).toBe(a.url);
    expect(t.results.map((r) => [r.from, r.result])).toEqual([
      ['joc', 'pass'],
      ['handover', 'pass'],
    ]);
    // An engine that cannot ask from there: unknown, with its reason.
    const peer = (await tried(a.url, 'live', true)).results.at(-1);
    expect(peer).toMatchObject({ from: 'secondary', result: 'unknown', measured: { key: 'reg.test.peer.not' } });
    expect(t.accounts.map((x) => [x.user, x.result])).toEqual([
      ['JOC', 'pass'],
      ['History', 'pass'],
    ]);
    expect([t.why, t.better]).toEqual([[], undefined]);
  }, 30_000);
  test('with a path: why, and the one without it, tried from JOC', async () => {
    await start();
    const t = await tried(`${a.url}/controller`);
    expect(t.results[0]).toMatchObject({ from: 'joc', result: 'block', code: expect.stringMatching(/^JOC-400/) });
    expect(t.why[0]?.key).toBe('reg.why.path');
    expect(t.better).toMatchObject({ url: a.url, tested: 'pass' });
  }, 30_000);
  test('where nobody is, and where another Controller is', async () => {
    await start();
    const nobody = await tried('http://127.0.0.1:9');
    expect(nobody.results[0]).toMatchObject({ result: 'block', code: 'JOC-405 ControllerNoResponseException' });
    // The Controller itself works: that it is silent would be wrong.
    expect(nobody.why.map(({ key }) => key)).toContain('reg.why.nobody-there');
    expect(nobody.why.map(({ key }) => key)).not.toContain('reg.why.silent');
    expect(nobody.better).toMatchObject({ url: a.url, tested: 'pass' });
    const other = await controllerOf(processes, 'payroll');
    const t = await tried(other.url);
    expect(t.results.map((r) => r.result).slice(0, 2)).toEqual(['block', 'block']);
    expect(t.why[0]).toEqual({ key: 'reg.why.other-id', params: { id: { as: 'code', value: 'payroll' } } });
  }, 30_000);
  test('a Controller that does not know JOC’s accounts', async () => {
    await start({}, 'root', '');
    const t = await tried(a.url);
    expect(t.results[0]?.result).toBe('pass');
    expect(t.accounts.map((x) => x.result)).toEqual(['warn', 'warn']);
  }, 30_000);
  test('JOC does not answer: unknown, not a fault of the URL', async () => {
    await start();
    await joc.program.kill();
    const t = await tried(a.url);
    expect(t.results[0]).toMatchObject({ from: 'joc', result: 'unknown' });
    expect(t.why).toEqual([]);
  }, 30_000);
});

describe('registering', () => {
  test('made, proved, saved with the cluster and written down; again it is a change', async () => {
    await start();
    expect(await register()).toMatchObject({ ok: true, value: { outcome: 'proved', message: { key: 'reg.done.proved' } } });
    expect(runtime.store.clusters.get('billing')?.joc).toEqual({
      jocId: 'joc',
      follow: { kind: 'update', urls: { primary: [a.url, localhost(a.url)], secondary: [b.url] } },
      captions: { primary: 'BILLING', secondary: 'BILLING' },
    });
    expect(await register(updating({ follow: { kind: 'front', url: a.url } }))).toMatchObject({ ok: true, value: { outcome: 'proved' } });
    expect(runtime.store.audit.search({ limit: 5 }).map((e) => [e.what, e.who, e.reason])).toEqual([
      ['registration.changed', 'ada', 'set up'],
      ['registration.made', 'ada', 'set up'],
    ]);
    expect((await registrations()).map((e) => e.comment)).toEqual(['set up', 'set up']);
  }, 40_000);
  test('the answer is lost: observed, not sent twice', async () => {
    await start();
    fault({ 'controller/register': { lost: true, times: 1 } });
    expect(await register()).toMatchObject({ ok: true, value: { outcome: 'proved' } });
    expect(await registrations()).toHaveLength(1);
  }, 40_000);
  test('by a name: the live container gets it only with a person’s word', async () => {
    await start();
    // On one machine the name has to be one that resolves: the network alias stands for it.
    const byName = (over: object = {}) =>
      updating({ follow: { kind: 'name', url: localhost(a.url), alias: 'localhost', network: 'js7' }, ...over });
    expect(await register(byName())).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect(aliases).toEqual([]);
    expect(await registrations()).toEqual([]);
    expect(await register(byName({ mayInterrupt: true }))).toMatchObject({ ok: true, value: { outcome: 'proved' } });
    expect(aliases).toEqual(['a js7 a,localhost']);
    expect(runtime.store.clusters.get('billing')?.joc?.follow.kind).toBe('name');
  }, 40_000);
  test('a name that JOC holds for unknown a moment longer is waited for', async () => {
    await start();
    const unknown = { status: 420, code: 'JOC-405', message: 'ControllerNoResponseException: JS-URL: http://localhost/controller/api' };
    fault({ 'controller/test': { ...unknown, times: 2 } });
    const follow = { kind: 'name', url: localhost(a.url), alias: 'localhost', network: 'js7' };
    expect(await register(updating({ follow, mayInterrupt: true }))).toMatchObject({ ok: true, value: { outcome: 'proved' } });
    expect(aliases).toEqual(['a js7 a,localhost']);
  }, 40_000);
  test('registering fails after the name was given: it is given back, and said', async () => {
    await start();
    const follow = { kind: 'name', url: localhost('http://127.0.0.1:1'), alias: 'localhost', network: 'js7' };
    expect(await register(updating({ follow, mayInterrupt: true }))).toMatchObject({
      ok: false,
      error: { code: 'JOC_CONNECTION', message: expect.stringContaining('put back') },
    });
    expect(aliases).toEqual(['a js7 a,localhost', 'a js7 a']);
    expect(await registrations()).toEqual([]);
  }, 40_000);
  test.each<[string, () => object, string, RegExp]>([
    ['another Controller at the URL', () => ({ follow: { kind: 'front', url: other.url } }), 'CONTROLLER_ID_DIFFERS', /another Controller/],
    ['nobody at the URL', () => ({ follow: { kind: 'front', url: 'http://127.0.0.1:9' } }), 'JOC_CONNECTION', /does not reach/],
    [
      'both URLs the same',
      () => ({ follow: { kind: 'update', primaryUrls: [a.url], secondaryUrls: [`${a.url}/`] } }),
      'BAD_REQUEST',
      /same URL/,
    ],
    ['a path', () => ({ follow: { kind: 'front', url: `${a.url}/controller` } }), 'BAD_REQUEST', /no path/],
    [
      'no URL of the live one',
      () => ({ follow: { kind: 'update', primaryUrls: [], secondaryUrls: [b.url] } }),
      'BAD_REQUEST',
      /no URL for the primary/,
    ],
    [
      'the name of a container',
      () => ({ follow: { kind: 'name', url: 'http://a:4444', alias: 'a', network: 'js7' } }),
      'BAD_REQUEST',
      /cannot move/,
    ],
    [
      'a URL that does not lead to the name',
      () => ({ follow: { kind: 'name', url: 'http://x:4444', alias: 'y', network: 'js7' } }),
      'BAD_REQUEST',
      /does not lead/,
    ],
    ['no such JOC Cockpit', () => ({ jocId: 'nobody' }), 'NOT_FOUND', /no such JOC/],
    [
      'two without a licence of JOC, known before it is tried',
      () => ({ type: 'cluster', primary: { url: a.url }, secondary: { url: b.url } }),
      'JOC_LICENCE',
      /no valid licence/,
    ],
  ])(
    'refused before anything is sent: %s',
    async (_what, input, code, words) => {
      await start();
      other = await controllerOf(processes, 'payroll');
      expect(await register(updating(input()))).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(words) } });
      expect(await registrations()).toEqual([]);
      expect(runtime.store.clusters.get('billing')?.joc).toBeUndefined();
    },
    30_000,
  );
  test('JOC’s account is refused by the Controller: only with a person’s word, and then the proof is missing', async () => {
    await start({}, 'root', '');
    expect(await register()).toMatchObject({ ok: false, error: { code: 'CONFLICT', message: expect.stringContaining('user JOC') } });
    expect(await register(updating({ otherPasswords: true, follow: { kind: 'front', url: a.url } }))).toMatchObject({
      ok: true,
      value: { outcome: 'not-yet' },
    });
    expect(runtime.store.clusters.get('billing')?.joc?.follow.kind).toBe('front');
  }, 60_000);
  test('the standby JOC, a reason that is missing, no permission, four eyes', async () => {
    await start({ EMULATED_STANDBY: '1' });
    expect(await register()).toMatchObject({ ok: false, error: { code: 'JOC_STANDBY' } });
    const strict = await processes.joc({ EMULATED_FORCE_COMMENTS: '1' });
    for (const user of ['root', 'viewer', 'requestor'])
      runtime.store.jocs.save({ id: user, name: user, url: strict.program.url, user, password: user, createdAt: 0 });
    runtime.jocs.reload();
    expect(await register(updating({ jocId: 'root', audit: {} }))).toMatchObject({ ok: false, error: { code: 'JOC_REASON_MISSING' } });
    expect(await register(updating({ jocId: 'viewer' }))).toMatchObject({ ok: false, error: { code: 'JOC_FORBIDDEN' } });
    expect(await register(updating({ jocId: 'requestor' }))).toMatchObject({ ok: false, error: { code: 'JOC_APPROVAL' } });
  }, 40_000);
  test('not while a set-up or a way back is open, and in the turn of the cluster itself, as runs and starts', async () => {
    await start();
    const setup = { ...runtime, setups: { ...runtime.setups, openSetup: () => '4' } };
    const back = { ...runtime, runs: { ...runtime.runs, wayBack: { ...runtime.runs.wayBack, open: () => ({}) as never } } };
    for (const busy of [setup, back])
      expect(await registerCluster(busy, 'billing', updating(), 'ada', signal)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    const turns: string[] = [];
    const watched = {
      ...runtime,
      turns: ((id: string, act: () => Promise<unknown>) => {
        turns.push(id);
        return runtime.turns(id, act);
      }) as typeof runtime.turns,
    };
    expect(await registerCluster(watched, 'nobody', updating(), 'ada', signal)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(turns).toEqual(['nobody']);
  }, 60_000);
  test('not while a run is open', async () => {
    await start();
    const busy = { ...runtime, runs: { ...runtime.runs, openRun: () => '7' } };
    expect(await registerCluster(busy, 'billing', updating(), 'ada', signal)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('Run 7') },
    });
  }, 30_000);
});
