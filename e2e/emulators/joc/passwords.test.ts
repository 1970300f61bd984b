/** A Controller that does not take JOC's password (joc-proved N8). */
import { afterAll, describe, expect, test } from 'vitest';
import { codeOf, controllerOf, heard, JOC_ACCOUNTS, JocWorld, seen, standalone } from './test-joc';

const world = new JocWorld();
afterAll(() => world.end());

describe('a Controller with other passwords', () => {
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
