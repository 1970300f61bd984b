/** Handover's part of a measurement, in a process of its own so that its memory can be told: prepares, says `ready`, waits for a line, does the run, prints what it was. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { openDockerEngine } from '../../lib/adapters/docker/open';
import { openStore } from '../../lib/adapters/store/open';
import type { Cluster } from '../../lib/domain/cluster/cluster';
import { foldRun } from '../../lib/domain/switchover/state';
import type { Engine } from '../../lib/ports/engine';
import { createRunContext } from '../../lib/server/run-context';
import { begin, prepare } from '../../lib/usecases/switchover/prepare';
import { createRunner } from '../../lib/usecases/switchover/runner';
import type { Pair } from './world';

const { sockets, pair } = JSON.parse(process.argv[2] ?? '') as { sockets: [string, string]; pair: Pair };
const dataDir = mkdtempSync(join(tmpdir(), 'handover-bench-'));
const { store } = openStore({ dataDir, keyFile: join(dataDir, 'key') });
/** When acts on the world went on: what is left of a step's time is Handover's own. */
const acts: [number, number][] = [];
const ids = sockets[0] === sockets[1] ? ['a'] : ['a', 'b'];
const engines = ids.map((id, i) => timed(openDockerEngine({ id, name: id, address: { kind: 'socket', path: sockets[i] as string } })));
const engine = (id: string): Engine | undefined => engines.find((e) => e.id === id);
const member = (id: string | undefined, name: string, url: string) => ({ ref: { engineId: id ?? '', name }, access: { url } });
const cluster: Cluster = {
  id: 'bench',
  name: 'bench',
  controllerId: 'bench',
  primary: member(ids[0], pair.from, pair.urls.from),
  secondary: member(ids.at(-1), pair.to, pair.urls.to),
  createdAt: 0,
};
store.clusters.save(cluster);
const ctx = createRunContext({ store, clock: { now: Date.now }, engine, changed: () => undefined, progress: () => undefined });
const runner = createRunner(ctx);

const seen = await prepare(ctx, cluster, 'primary', []);
console.log('ready');
await createInterface({ input: process.stdin }).question('');
const clicked = Date.now();
const accepted = seen.preflight.checks.filter((c) => c.verdict === 'warn').map((c) => c.id);
const started = await begin(
  ctx,
  runner,
  cluster,
  { from: 'primary', planHash: seen.hash ?? '', expectActive: pair.from, reason: 'bench', accepted },
  'bench',
  [],
);
if (!started.ok) throw new Error(started.error.message);
await runner.settled(started.value);
const events = store.runs.events(started.value);
const state = foldRun(events);
if (state.result !== 'succeeded')
  throw new Error(
    `The run did not succeed: ${JSON.stringify(events.filter((e) => e.type === 'RunStopped' || (e.type === 'StepEnded' && e.outcome !== 'succeeded')))}`,
  );
const steps = state.plan.steps.map((id) => {
  const end = state.steps[id].endedAt ?? 0;
  const begin = state.steps[id].intendedAt ?? end;
  return { id, ms: end - begin, ownMs: end - begin - covered(begin, end) };
});
const copy = events.find((e) => e.type === 'CopyVerified');
console.log(
  JSON.stringify({
    toFirstStepMs: (events[1]?.at ?? 0) - clicked,
    steps,
    files: copy?.type === 'CopyVerified' ? copy.files.length : 0,
    rssMb: process.resourceUsage().maxRSS / 1024,
  }),
);
await runner.close();
await ctx.close();
await Promise.all(engines.map((e) => e.close()));
store.close();
rmSync(dataDir, { recursive: true, force: true });
process.exit(0);

/** How much of a time acts went on. */
function covered(begin: number, end: number): number {
  let sum = 0;
  let at = begin;
  for (const [a, b] of [...acts].sort((x, y) => x[0] - y[0])) {
    const [from, to] = [Math.max(a, at), Math.min(b, end)];
    if (to <= from) continue;
    sum += to - from;
    at = to;
  }
  return sum;
}
/** The same engine; the time of what changes the world is noted. */
function timed(e: Engine): Engine {
  const noting = <T extends object>(o: T, names: readonly string[]): T =>
    new Proxy(o, {
      get(target, name, self) {
        const value: unknown = Reflect.get(target, name, self);
        if (typeof value !== 'function' || !names.includes(String(name))) return value;
        return async (...args: unknown[]) => {
          const begin = Date.now();
          try {
            return await value.apply(target, args);
          } finally {
            acts.push([begin, Date.now()]);
          }
        };
      },
    });
  const outer = noting(e, ['start', 'stop', 'setRestartPolicy', 'takeLock', 'releaseLock']);
  return {
    ...outer,
    ...Object.fromEntries(['start', 'stop', 'setRestartPolicy', 'takeLock', 'releaseLock'].map((n) => [n, outer[n as 'start']])),
    files: (n) => noting(e.files(n), ['write', 'makeFolder', 'rename']),
    moving: (n) => noting(e.moving(n), ['append', 'appendFrom', 'hashRanges', 'moveFiles', 'discardCopy', 'warm']),
  } as Engine;
}
