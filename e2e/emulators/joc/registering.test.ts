/** A registered standalone Controller and what JOC makes of it: shapes, commands, stops, restarts, another journal (joc-proved). */
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../shared/json';
import { type Program, until } from '../shared/test-world';
import { codeOf, controllerOf, follows, heard, JocWorld, seen, standalone, type TestJoc } from './test-joc';

const world = new JocWorld();
afterAll(() => world.end());

describe('a standalone Controller', () => {
  let joc: TestJoc;
  let one: Program;
  beforeAll(async () => {
    [joc, one] = await Promise.all([world.joc().then((j) => j.login()), controllerOf(world, 'shape')]);
    expect((await joc.register(standalone(one.url))).status).toBe(200);
  }, 30_000);

  test('is told in the recorded shape', async () => {
    const { json } = await joc.call('controllers');
    expect(Object.keys(json)).toEqual(['deliveryDate', 'controllers', 'agents', 'clusterAgents']);
    const row = (json.controllers as readonly JsonObject[])[0] ?? {};
    const stored = 'id surveyDate controllerId title host url role startedAt version javaVersion os securityLevel'.split(' ');
    expect(Object.keys(row)).toEqual([...stored.slice(0, 7), 'isCoupled', ...stored.slice(7), 'componentState', 'connectionState']);
    expect(row.startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);
    const p = ((await joc.call('controllers/p')).json.controllers as readonly JsonObject[])[0] ?? {};
    expect(Object.keys(p)).toEqual(stored);
    const components = (await joc.call('controller/components', { controllerId: 'shape' })).json;
    expect(Object.keys(components)).toEqual(['deliveryDate', 'jocs', 'database', 'controllers', 'clusterState']);
    expect((components.jocs as readonly JsonObject[])[0]?.controllerConnectionStates).toEqual([
      { role: 'STANDALONE', state: { severity: 0, _text: 'established' } },
    ]);
  });

  test('got a calendar as soon as it was coupled (N7)', async () => {
    const items = (): Promise<boolean> =>
      one.events().then((all) => all.some((e) => (e.item as JsonObject | undefined)?.TYPE === 'Calendar'));
    expect(await until('calendar', items)).toBe(true);
  });

  test('terminate needs withSwitchover:false (N4); a dead one can be aborted, not terminated', async () => {
    expect(codeOf(await joc.call('controller/terminate', { controllerId: 'shape' }))).toEqual([420, 'JOC-503']);
    const before = await heard(joc, 'shape', 1);
    const hearing = heard(joc, 'shape', before.eventId);
    expect((await joc.call('controller/terminate', { controllerId: 'shape', withSwitchover: false })).json.ok).toBe(true);
    expect(await one.exit).toBe(0);
    expect((await hearing).types).toEqual(['ProxyDecoupled', 'ControllerStateChanged']);
    expect(codeOf(await joc.call('controller/terminate', { controllerId: 'shape', withSwitchover: false }))).toEqual([420, 'JOC-405']);
    expect((await joc.call('controller/abort', { controllerId: 'shape' })).json.ok).toBe(true);
    expect(codeOf(await joc.call('controller/terminate', { controllerId: 'nobody' }))).toEqual([420, 'JOC-406']);
    expect(await seen(joc, 'shape')).toMatchObject({
      componentState: { severity: 2, _text: 'unknown' },
      connectionState: { severity: 2, _text: 'unreachable' },
    });
  });

  test('a kill shows as ProxyDecoupled only', async () => {
    await one.start().ready();
    await until('coupled', () => follows(joc, 'shape'));
    const before = await heard(joc, 'shape', 1);
    const hearing = heard(joc, 'shape', before.eventId);
    await one.kill();
    expect((await hearing).types).toEqual(['ProxyDecoupled']);
  }, 20_000);

  test('JOC restarted remembers it, and when it was available', async () => {
    await joc.program.kill();
    await (await joc.start()).login();
    expect((await joc.call('controller/ids')).json).toMatchObject({ controllerIds: ['shape'], selected: 'shape' });
    expect(((await joc.call('audit_log')).json.auditLog as readonly JsonObject[]).length).toBeGreaterThan(3);
    await one.start().ready();
    await until('coupled', () => follows(joc, 'shape'));
    const runs = await until('three runs', async () => {
      const [known] = (await joc.call('monitoring/controllers', { controllerId: 'shape' })).json.controllers as readonly JsonObject[];
      const entries = known?.entries as readonly JsonObject[] | undefined;
      return entries?.length === 3 && entries;
    });
    expect(runs.map((r) => Object.keys(r).length)).toEqual([3, 3, 2]);
  }, 30_000);

  test('an empty journal behind the same URL is followed without a sign (N6)', async () => {
    await one.stop();
    fs.rmSync(`${one.data}/state`, { recursive: true });
    await one.start().ready();
    await until('follows', () => follows(joc, 'shape'));
    expect(await seen(joc, 'shape')).toMatchObject({ componentState: { _text: 'operational' } });
  }, 30_000);
});
