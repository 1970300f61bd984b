/** What goes wrong with registrations: addresses that change, a Controller that does not take JOC's password (joc-proved N1-N3, N8, N10). */
import { afterAll, describe, expect, test } from 'vitest';
import { type Program, until } from '../shared/test-world';
import { codeOf, controllerOf, follows, heard, JOC_ACCOUNTS, JocWorld, seen, standalone } from './test-joc';

const world = new JocWorld();
afterAll(() => world.end());

describe.concurrent('an address that changes', () => {
  test('there and back: green, and the proxy stays behind, until JOC is restarted (N1-N3)', async () => {
    const joc = await (await world.joc()).login();
    const [a, b] = [await controllerOf(world, 'back'), await world.controller({ privateConf: JOC_ACCOUNTS, args: ['--id=back'] })];
    const update = (url: string): Promise<unknown> => joc.register(standalone(url), { controllerId: 'back' }).then((r) => r.json.ok);
    const move = async (from: Program, to: Program): Promise<void> => {
      await from.stop();
      to.takeJournalOf(from);
      await to.start().ready();
    };
    await joc.register(standalone(a.url));
    await move(a, b);
    expect(await update(b.url)).toBe(true);
    await until('follows there', () => follows(joc, 'back'));
    await move(b, a);
    expect([await update(a.url), (await seen(joc, 'back'))?.connectionState]).toEqual([true, { severity: 0, _text: 'established' }]);
    expect([await follows(joc, 'back'), await update(a.url), await follows(joc, 'back')]).toEqual([false, true, false]);
    await joc.call('joc/cluster/restart', { type: 'history' });
    expect(await follows(joc, 'back')).toBe(false);
    await joc.program.kill();
    await (await joc.start()).login();
    await until('follows after a restart of JOC', () => follows(joc, 'back'));
  }, 60_000);

  test('unreachable is stored; another Controller is not; the address of another ID is JOC-407 when it is down (N10)', async () => {
    const joc = await (await world.joc()).login();
    const [a, other] = await Promise.all([controllerOf(world, 'first'), controllerOf(world, 'second')]);
    await joc.register(standalone(a.url));
    await joc.register([{ url: `${other.url}/`, role: 'BACKUP' }]);
    expect(await seen(joc, 'second')).toMatchObject({ url: other.url, role: 'STANDALONE', title: 'STANDALONE' });
    const update = (url: string) => joc.register(standalone(url), { controllerId: 'first' });
    expect(codeOf(await update(other.url))).toEqual([420, 'JOC-405']);
    await other.stop();
    const refused = await update(other.url);
    expect(codeOf(refused)).toEqual([420, 'JOC-407']);
    expect(refused.text).toContain('update INV_JS_INSTANCES');
    for (const url of [`${a.url}/controller`, 'http://127.0.0.1:1']) {
      expect((await update(url)).json.ok).toBe(true);
      expect((await seen(joc, 'first'))?.url).toBe(url);
    }
  }, 30_000);
});

describe.concurrent('a Controller with other passwords', () => {
  test('for JOC: registered, unknown; once its events are polled everything waits, until it is unregistered (N8)', async () => {
    const joc = await (await world.joc()).login();
    const [bad, good] = await Promise.all([
      controllerOf(world, 'bad', JOC_ACCOUNTS.replace('JS7-JOC', 'another')),
      controllerOf(world, 'good'),
    ]);
    expect((await joc.call('controller/test', { url: bad.url })).status).toBe(200);
    expect((await joc.register(standalone(bad.url))).status).toBe(200);
    expect(await seen(joc, 'bad')).toMatchObject({ componentState: { _text: 'unknown' }, connectionState: { _text: 'established' } });
    expect(codeOf(await joc.call('controller/terminate', { controllerId: 'bad', withSwitchover: false }))).toEqual([420, 'JOC-400']);
    const timed = async (): Promise<number> => {
      const from = Date.now();
      expect((await joc.register(standalone(good.url))).json.ok).toBe(true);
      return Date.now() - from;
    };
    expect(await timed()).toBeLessThan(3000);
    await joc.call('controller/unregister', { controllerId: 'good' });
    expect((await heard(joc, 'bad', 1)).types).toEqual(['ProxyDecoupled']);
    expect(await timed()).toBeGreaterThan(3000);
    for (const controllerId of ['bad', 'good']) await joc.call('controller/unregister', { controllerId });
    const from = Date.now();
    expect(Array.isArray((await joc.register(standalone(good.url))).json.roles)).toBe(true);
    expect(Date.now() - from).toBeLessThan(3000);
  }, 60_000);
});
