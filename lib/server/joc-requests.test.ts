/** How many requests watching costs a JOC Cockpit: counted on the wire, between the real client and the emulated JOC. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CountingWay, countingWay } from '../../e2e/emulators/joc/counting-way';
import { controllerOf, JocWorld } from '../../e2e/emulators/joc/test-joc';
import { openJoc } from '../adapters/joc/client';
import type { Cluster } from '../domain/cluster/cluster';
import { watchJocs } from '../usecases/observe/joc-watch';

let world: JocWorld;
let way: CountingWay;
beforeEach(() => {
  world = new JocWorld();
});
afterEach(async () => {
  way.close();
  await world.end();
});

const SECONDS = 31;
test('two clusters at rest are watched with fewer than 20 requests a minute; a change shows in seconds', async () => {
  const joc = await world.joc();
  const [a, b] = [await controllerOf(world, 'billing'), await controllerOf(world, 'payroll')];
  way = await countingWay(joc.program.url);
  const { asked } = way;
  const settings = { id: 'joc', name: 'JOC', url: way.url, user: 'root', password: 'root', createdAt: 0 };
  const client = openJoc(settings);
  for (const c of [a, b])
    expect((await client.register({ nodes: [{ url: c.url, role: 'STANDALONE', title: 'X' }], audit: {} })).ok).toBe(true);
  const clusters = ['billing', 'payroll'].map(
    (id): Cluster => ({
      ...{ id, name: id, controllerId: id, createdAt: 0 },
      primary: { ref: { engineId: 'e', name: id }, access: { url: 'http://x' } },
      joc: { jocId: 'joc', follow: { kind: 'front', url: 'http://x' }, captions: {} },
    }),
  );
  const failures: unknown[] = [];
  const watches = watchJocs({
    jocOf: () => ({ client, settings }),
    now: Date.now,
    random: Math.random,
    onChange: () => undefined,
    onFailure: (_what, e) => failures.push(e),
  });
  const beat = setInterval(() => watches.tick(clusters), 250);
  const connection = (i: number): string | undefined => {
    const seen = watches.observe(clusters[i] as Cluster)?.sees;
    return seen?.kind === 'value' && seen.value !== 'not-registered' ? seen.value.nodes[0]?.connection.text : undefined;
  };
  // What starting and coupling brings is over.
  for (const end = Date.now() + 20_000; connection(0) !== 'established' || connection(1) !== 'established'; await delay(100))
    if (Date.now() > end) throw new Error('JOC does not see both');
  await delay(12_000);

  asked.length = 0;
  await delay(SECONDS * 1000);
  const perMinute = Math.round((asked.length / SECONDS) * 60);
  const counts = Object.fromEntries([...new Set(asked)].sort().map((path) => [path, asked.filter((p) => p === path).length]));
  // biome-ignore lint/suspicious/noConsole: the figure belongs into the log of the test run
  console.info(`JOC requests per minute, two clusters at rest: ${perMinute}`, counts);
  expect(asked.length).toBeGreaterThan(0);
  expect(perMinute).toBeLessThan(20);

  // A Controller that ends: JOC's events tell, nobody waits for the next look at rest.
  const since = Date.now();
  await a.kill();
  for (; connection(0) !== 'unreachable'; await delay(50)) if (Date.now() - since > 15_000) throw new Error('Not seen in time');
  clearInterval(beat);
  watches.close();
  await client.close();
  expect(failures).toEqual([]);
}, 150_000);
