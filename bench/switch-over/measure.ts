/** Downtime and copying, paired: both ways one after the other, in changing order, on the same machine in the same minutes. */
import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { startEngine, type TestEngine } from '../../e2e/docker/dockerd';
import { copyOnce } from './copy';
import { byHand, createWorld, downtime, nothingMoved, type World } from './world';

interface Told {
  readonly toFirstStepMs: number;
  readonly steps: readonly { readonly id: string; readonly ms: number; readonly ownMs: number }[];
  readonly rssMb: number;
}
interface Figure {
  name: string;
  value: number;
  unit: string;
  goal?: number;
  atLeast?: boolean;
}
export interface Options {
  readonly sizes: readonly string[];
  readonly pairs: number;
  readonly two: boolean;
  /** The bundle of ./handover.ts. */
  readonly program: string;
  readonly root: string;
}
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
const p95 = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.ceil(list.length * 0.95) - 1)] ?? Number.NaN;
const round = (n: number, digits = 0): number => Number(n.toFixed(digits));
const GOAL: Readonly<Record<string, number>> = { '2MB': 1.2, '200MB': 0.3, '2GB': 0.1 };

export async function measure(o: Options): Promise<{ figures: Figure[]; notes: string[] }> {
  const figures: Figure[] = [];
  const notes: string[] = [];
  // The engine's own handles hold no process up.
  const awake = setInterval(() => undefined, 1000);
  const engines = [await startEngine({ name: 'bench-a' }), ...(o.two ? [await startEngine({ name: 'bench-b' })] : [])];
  try {
    for (const e of engines)
      execFileSync('node', ['scripts/build-image.mjs', '--host', e.host, '--product', 'controller'], { cwd: o.root, stdio: 'pipe' });
    const one = [engines[0]?.socket ?? '', engines[0]?.socket ?? ''] as const;
    const own: Record<string, number> = {};
    const steps: number[] = [];
    const first: number[] = [];
    for (const size of o.sizes) {
      const world = await createWorld(one, size);
      const [mine, hand, floor]: [number[], number[], number[]] = [[], [], []];
      let rss = 0;
      let last: Told | undefined;
      for (let i = 0; i < o.pairs; i++) {
        const ways = [
          async () => {
            await world.reset(true);
            const program = await ready(o.program, { sockets: one, pair: { from: world.from, to: world.to, urls: world.urls } });
            mine.push(
              await downtime(one[1], world, async () => {
                last = await program.go();
              }),
            );
            if (!last) throw new Error('Handover told nothing');
            rss = Math.max(rss, last.rssMb);
            first.push(last.toFirstStepMs);
            steps.push(...last.steps.filter((s) => s.id !== 'shut-down' && s.id !== 'prove-works').map((s) => s.ownMs));
          },
          async () => {
            await world.reset(false);
            hand.push(await downtime(one[1], world, () => byHand(one, world)));
          },
        ];
        await world.reset(false);
        floor.push(await downtime(one[1], world, () => nothingMoved(one, world)));
        for (const way of i % 2 === 0 ? ways : ways.reverse()) await way();
        console.error(
          `  ${size} pair ${i + 1}: Handover ${round(mine.at(-1) ?? 0)} ms (${last?.steps.map((s) => `${s.id} ${s.ms}`).join(', ')}), by hand ${round(hand.at(-1) ?? 0)} ms`,
        );
      }
      const ratio = median(mine.map((m, i) => m / (hand[i] ?? Number.NaN)));
      own[size] = median(mine);
      figures.push({ name: `downtime with a journal of ${size}`, value: round(own[size]), unit: 'ms' });
      figures.push({ name: `the same by hand (docker stop, docker cp, docker start)`, value: round(median(hand)), unit: 'ms' });
      figures.push({ name: `ratio of the pairs, ${size}`, value: round(ratio, 2), unit: 'x', ...(GOAL[size] && { goal: GOAL[size] }) });
      figures.push({ name: 'docker stop and docker start alone, nothing moved', value: round(median(floor)), unit: 'ms' });
      figures.push({ name: `what Handover adds to that, ${size}`, value: round(own[size] - median(floor)), unit: 'ms' });
      figures.push({ name: 'what docker cp adds to that by hand', value: round(median(hand) - median(floor)), unit: 'ms' });
      figures.push({ name: `resident memory of Handover during the run, ${size}`, value: round(rss), unit: 'MB', goal: 300 });
      await copies(figures, world, one, size, size === '2GB' ? 1 : Math.min(3, o.pairs));
      world.remove();
    }
    const [a, b] = [own['2MB'], own['2GB'] ?? own['200MB']];
    if (a && b)
      figures.push({
        name: `own downtime at ${own['2GB'] ? '2GB' : '200MB'} against that at 2MB`,
        value: round(b / a, 2),
        unit: 'x',
        goal: 1.2,
      });
    figures.push({ name: 'from the click to the first step (measured and planned anew)', value: round(median(first)), unit: 'ms' });
    figures.push({ name: 'Handover’s own time per step, median', value: round(median(steps)), unit: 'ms' });
    figures.push({ name: 'Handover’s own time per step, 95 %', value: round(p95(steps)), unit: 'ms' });
    if (o.two) await twoEngines(figures, engines, o.sizes.includes('200MB') ? '200MB' : (o.sizes[0] ?? '2MB'), o.pairs);
  } finally {
    for (const e of engines) await e.remove();
    clearInterval(awake);
  }
  notes.push(
    'The downtime is seen from outside: last answer of the old instance to the first command that the new one takes, asked every 10 ms.',
  );
  notes.push(
    'No way of moving can be faster than docker stop and docker start alone. Across two engines Handover’s time includes the flush to disk, which docker cp leaves to chance; hashes are made by neither there.',
  );
  notes.push(
    'The journal is one big file of events that was there before, and small newer ones; the emulated Controllers start and stop in a fraction of a second, so that what Handover adds shows.',
  );
  return { figures, notes };
}

async function copies(figures: Figure[], world: World, sockets: readonly [string, string], size: string, times: number): Promise<void> {
  if (size === '2MB') return;
  await world.reset(true);
  const ratios: number[] = [];
  const flushed: number[] = [];
  let speed = 0;
  for (let i = 0; i < times; i++) {
    const { handover, hand, flush, bytes } = await copyOnce(sockets, world);
    ratios.push(hand / handover);
    flushed.push((hand + flush) / handover);
    speed = bytes / 1e6 / (handover / 1000);
  }
  const way = sockets[0] === sockets[1] ? 'cp and sha256sum of both in one container' : 'the pipe of docker cp across two engines';
  figures.push({
    name: `copy of ${size}: speed against ${way}`,
    value: round(median(ratios), 2),
    unit: 'x',
    goal: sockets[0] === sockets[1] ? 0.9 : 1,
    atLeast: true,
  });
  if (sockets[0] !== sockets[1])
    figures.push({ name: 'the same, where the copy by hand is flushed to disk too', value: round(median(flushed), 2), unit: 'x' });
  figures.push({ name: `copy of ${size}, the last one`, value: round(speed), unit: 'MB/s' });
}

async function twoEngines(figures: Figure[], engines: readonly TestEngine[], size: string, pairs: number): Promise<void> {
  const sockets = [engines[0]?.socket ?? '', engines[1]?.socket ?? ''] as const;
  const world = await createWorld(sockets, size);
  await copies(figures, world, sockets, size, Math.min(3, pairs));
  world.remove();
}

/** The program, prepared and waiting. */
async function ready(program: string, args: object): Promise<{ go(): Promise<Told> }> {
  const child = spawn(process.execPath, [program, JSON.stringify(args)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const lines: string[] = [];
  const waiting: ((line: string | undefined) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (l) => {
    const next = waiting.shift();
    if (next) next(l);
    else lines.push(l);
  });
  void ended.then(() => {
    for (const w of waiting.splice(0)) w(undefined);
  });
  const line = (): Promise<string | undefined> =>
    lines.length > 0 ? Promise.resolve(lines.shift()) : new Promise((resolve) => waiting.push(resolve));
  if ((await line()) !== 'ready') throw new Error('Handover could not prepare');
  return {
    async go() {
      child.stdin.end('go\n');
      const told = await line();
      await ended;
      if (told === undefined) throw new Error('Handover ended without telling');
      return JSON.parse(told) as Told;
    },
  };
}
