/** Counts on the wire what Handover's own connection and watchers ask an emulated JOC Cockpit, as lib/server/runtime.ts puts them together. */
import { setTimeout as delay } from 'node:timers/promises';
import { countingWay } from '../../e2e/emulators/joc/counting-way';
import { controllerOf, JocWorld } from '../../e2e/emulators/joc/test-joc';
import { openJoc } from '../../lib/adapters/joc/client';
import type { Cluster } from '../../lib/domain/cluster/cluster';
import type { JocSettings } from '../../lib/domain/joc/joc';
import { createJocSet } from '../../lib/server/jocs/joc-set';
import { watchJocs } from '../../lib/usecases/observe/joc-watch';

interface Measured {
  readonly perMinute: number;
  readonly routes: Readonly<Record<string, number>>;
  /** From the end or start of a Controller until what JOC says of it shows it, ms. */
  readonly shownMs: readonly number[];
}

export async function measure(o: { readonly clusters: number; readonly seconds: number; readonly changes: number }): Promise<Measured> {
  const world = new JocWorld();
  const joc = await world.joc();
  const way = await countingWay(joc.program.url);
  const settings: JocSettings = { id: 'joc', name: 'JOC', url: way.url, user: 'root', password: 'root', createdAt: 0 };
  const store = { jocs: { all: () => [settings], get: () => settings, save: () => undefined, remove: () => undefined } };
  const jocs = createJocSet({ store, clock: { now: Date.now }, open: openJoc, onChange: () => undefined });
  jocs.reload();
  const ids = Array.from({ length: o.clusters }, (_, i) => `bench-${i}`);
  const controllers = await Promise.all(ids.map((id) => controllerOf(world, id)));
  for (const c of controllers) {
    const done = await jocs.client('joc')?.register({ nodes: [{ url: c.url, role: 'STANDALONE', title: 'BENCH' }], audit: {} });
    if (!done?.ok) throw new Error(done?.error.message);
  }
  const clusters = ids.map(
    (id): Cluster => ({
      ...{ id, name: id, controllerId: id, createdAt: 0 },
      primary: { ref: { engineId: 'e', name: id }, access: { url: 'http://x' } },
      joc: { jocId: 'joc', follow: { kind: 'front', url: 'http://x' }, captions: {} },
    }),
  );
  const watches = watchJocs({
    ...{ jocOf: jocs.of, now: Date.now, random: Math.random, onChange: () => undefined },
    onFailure: (what, e) => console.error(what, e),
  });
  const beat = setInterval(() => watches.tick(clusters), 250);
  const connection = (i: number): string | undefined => {
    const seen = watches.observe(clusters[i] as Cluster)?.sees;
    return seen?.kind === 'value' && seen.value !== 'not-registered' ? seen.value.nodes[0]?.connection.text : undefined;
  };
  const until = async (i: number, word: string): Promise<number> => {
    const since = Date.now();
    for (; connection(i) !== word; await delay(20)) if (Date.now() - since > 60_000) throw new Error(`Never ${word}`);
    return Date.now() - since;
  };
  try {
    for (const i of ids.keys()) await until(i, 'established');
    await delay(15_000);
    way.asked.length = 0;
    await delay(o.seconds * 1000);
    const routes: Record<string, number> = {};
    for (const path of way.asked) routes[path] = (routes[path] ?? 0) + 1;
    const perMinute = (way.asked.length / o.seconds) * 60;
    const shownMs: number[] = [];
    for (let n = 0; n < o.changes; n++) {
      await controllers[0]?.kill();
      shownMs.push(await until(0, 'unreachable'));
      controllers[0]?.start();
      shownMs.push(await until(0, 'established'));
    }
    return { perMinute, routes, shownMs };
  } finally {
    clearInterval(beat);
    watches.close();
    await jocs.closeAll();
    way.close();
    await world.end();
  }
}
