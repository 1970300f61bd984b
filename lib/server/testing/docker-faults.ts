import 'server-only';
/** What the tests of faults on real engines need: a way to the socket that can be cut, and a Handover in a process of its own that can be killed. */
import { rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect } from 'vitest';
import type { Slot } from '../../domain/cluster/cluster';
import type { Choice } from '../../domain/switchover/events';
import { foldRun } from '../../domain/switchover/state';
import type { StepId } from '../../domain/switchover/steps';
import { type Desk, type DeskOptions, docker, type Site, until } from './docker-runs';

export const other = (slot: Slot): Slot => (slot === 'primary' ? 'secondary' : 'primary');

/** A way to the engine's socket that can be cut. */
export class Way {
  readonly path: string;
  private server: Server | undefined;
  private readonly open = new Set<Socket>();
  private readonly to: string;
  constructor(engine: { readonly socket: string; readonly folder: string }) {
    this.to = engine.socket;
    this.path = join(engine.folder, `way-${Math.random().toString(36).slice(2)}.sock`);
  }
  async join(): Promise<void> {
    rmSync(this.path, { force: true });
    const server = createServer((client) => {
      const onward = connect(this.to);
      for (const s of [client, onward]) {
        this.open.add(s);
        s.on('error', () => undefined).on('close', () => {
          this.open.delete(s);
          client.destroy();
          onward.destroy();
        });
      }
      client.pipe(onward).pipe(client);
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.path, resolve));
  }
  cut(): void {
    this.server?.close();
    for (const s of this.open) s.destroy();
  }
}

/** Writes the program of ./run-child.ts to `program`, which must lie where `node_modules` is found. */
export async function bundleChild(program: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'run-child.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    plugins: [
      {
        name: 'server-only',
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /^server-only$/ }, () => ({ path: 'server-only', namespace: 'empty' }));
          onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
        },
      },
    ],
  });
}

export const stateOf = (d: Desk, id: string) => foldRun(d.store.runs.events(id));
export const problems = (d: Desk, id: string): string =>
  JSON.stringify(
    d.store.runs.events(id).filter((e) => e.type === 'RunStopped' || (e.type === 'StepEnded' && e.outcome !== 'succeeded')),
    null,
    1,
  );

/** Chooses until the run has ended; each choice must be open. */
export async function finish(d: Desk, id: string, choice: Choice): Promise<void> {
  for (let i = 0; i < 4 && stateOf(d, id).phase !== 'ended'; i++) {
    await until(`"${choice}" is open`, async () => {
      const seen = await d.runner.see(id);
      return seen.ok && seen.value.choices.includes(choice);
    });
    const chosen = await d.runner.choose(id, choice, { who: 'm.keller' });
    if (!chosen.ok) throw new Error(`${chosen.error.message} ${problems(d, id)}`);
    await d.runner.settled(id);
  }
  expect(stateOf(d, id).result, problems(d, id)).toBe(choice === 'undo' ? 'undone' : 'succeeded');
}

/** Exactly one lives, with the journal; whoever starts the other one by hand gets no second one. */
export async function expectExactlyOne(d: Desk, slot: Slot, s: Site, lineage: string): Promise<void> {
  expect(await until(`the ${slot} works`, () => d.live(slot))).toBe(lineage);
  expect(await d.live(other(slot))).toBeUndefined();
  const [socket, name] = [s.sockets[other(slot)], s.names[other(slot)]];
  expect(docker(socket, 'inspect', '-f', '{{.State.Running}}', name)).toBe('false');
  docker(socket, 'start', name);
  // It has ended by itself, or waits and says that it is not appointed.
  await until('it refuses or idles', async () => {
    if (docker(socket, 'inspect', '-f', '{{.State.Running}}', name) === 'false') return true;
    const seen = await d.ctx.controller(d.cluster, other(slot))?.look();
    return seen?.ok && seen.value.node.kind !== 'failed';
  });
  expect(await d.live(other(slot))).toBeUndefined();
  expect(await d.live(slot)).toBe(lineage);
  docker(socket, 'stop', '-t', '20', name);
}

/**
 * Starts a container by hand after a step. It is frozen while it comes up: its fence would soon make it end, and the run could go on unharmed without ever
 * having seen it. The next act comes later than LOOK_MS (usecases/switchover/advance.ts), so it is looked once more before it.
 */
export function meddle(step: StepId, socket: string, who: () => string) {
  let done = false;
  const onEvent: NonNullable<DeskOptions['onEvent']> = (when, e) => {
    if (done || when !== 'after' || e.type !== 'StepEnded' || e.step !== step) return;
    done = true;
    docker(socket, 'start', who());
    docker(socket, 'pause', who());
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  };
  const undo = () => {
    docker(socket, 'unpause', who());
    docker(socket, 'stop', '-t', '20', who());
  };
  return { onEvent, undo, done: () => done };
}
