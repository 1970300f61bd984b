import 'server-only';
/** What the tests of faults on real engines need: a way to the socket that can be cut, and a Handover in a process of its own that can be killed. */
import { rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { StepId } from '../../domain/switchover/steps';
import { type DeskOptions, docker } from './docker-runs';

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
