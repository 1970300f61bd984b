import 'server-only';
import { hostname } from 'node:os';
import type { EngineId } from '../../domain/engine/engine';
import { problem } from '../../domain/errors';
import type { Instance } from '../../domain/instance/instance';
import { err, ok, type Result } from '../../domain/result';
import type { Engine } from '../../ports/engine';
import type { Making } from '../../ports/making';
import type { Containers } from './containers';
import { type ContainerDefinition, toInstance } from './definition';
import { EventReader, onChange } from './event-log';
import { faultsOf, gate, unreachable } from './faults';
import { inspectLock, releaseLock, takeLock } from './locks';
import { ContainerLog } from './logs';
import type { Programs } from './making/from-image';
import { making } from './making/making';
import { movingFiles } from './moving-files';
import { runHelper } from './run-helper';
import { volumeFiles } from './volume-files';

/** Looks at the files even where nothing was notified. */
const POLL_MS = 1000;

/** The engine port over child processes and folders. It keeps nothing in memory; faults are asked for at each call. */
export class RehearsalEngine implements Engine {
  readonly world = 'rehearsal' as const;
  readonly id: EngineId;
  readonly name: string;
  readonly making: Making;
  readonly #containers: Containers;
  readonly #closed = new AbortController();

  constructor(id: EngineId, name: string, containers: Containers, programs: Programs = () => undefined) {
    this.id = id;
    this.name = name;
    this.#containers = containers;
    this.making = making(containers, id, name, programs, (act) => this.#reach(act));
  }

  describe() {
    return this.#reach(async () =>
      ok({
        version: 'rehearsal',
        apiVersion: '1.41',
        hostname: this.id,
        os: `emulated on ${hostname()}`,
        rootless: process.getuid?.() !== 0,
        clockSkewMs: 0,
      }),
    );
  }

  list() {
    return this.#reach(async () => ok(this.#containers.all().flatMap((d) => this.#instance(d) ?? [])));
  }

  inspect(name: string) {
    return this.#reach(async () => {
      const d = this.#containers.find(name);
      return ok((d && this.#instance(d)) ?? ('absent' as const));
    });
  }

  async watch(handlers: Parameters<Engine['watch']>[0], signal: AbortSignal): Promise<void> {
    const folder = this.#containers.folder;
    const reader = new EventReader(folder, this.#containers.all(), (id) => this.#containers.definition(id)?.name);
    const over = AbortSignal.any([signal, this.#closed.signal]);
    let up: boolean | undefined;
    const look = (): void => {
      if (over.aborted) return;
      const gone = faultsOf(folder).socketGoneSince !== undefined;
      if (gone) reader.skip(); // who is cut off misses what happens meanwhile, for good
      if (up === gone || up === undefined) {
        up = !gone;
        handlers.onConnection(up, ...(gone ? [unreachable(this.name)] : []));
      }
      for (const event of reader.next()) handlers.onEvent(event);
    };
    const sweep = setInterval(() => {
      for (const d of this.#containers.all()) this.#containers.settle(d.id); // tells the ends that no supervisor could
    }, 5 * POLL_MS);
    sweep.unref();
    look();
    const stop = onChange(folder, look, POLL_MS);
    await new Promise<void>((done) => (over.aborted ? done() : over.addEventListener('abort', () => done(), { once: true })));
    clearInterval(sweep);
    stop();
  }

  start(name: string) {
    return this.#on(name, (d) => this.#containers.start(d));
  }
  stop(name: string, o: { timeoutSeconds: number }) {
    return this.#on(name, (d) => this.#containers.stop(d, o.timeoutSeconds));
  }
  setRestartPolicy(name: string, policy: Parameters<Engine['setRestartPolicy']>[1]) {
    return this.#on(name, async (d) => this.#containers.setPolicy(d, policy));
  }

  logs(name: string, o: Parameters<Engine['logs']>[1]) {
    return this.#on(name, async (d): Promise<Result<void>> => {
      const log = new ContainerLog(this.#containers.folderOf(d.id));
      const past = log.next();
      for (const line of o.tail === 0 ? [] : past.slice(-o.tail)) o.onLine(line);
      const gone = (): boolean => faultsOf(this.#containers.folder).socketGoneSince !== undefined;
      const over = AbortSignal.any([o.signal, this.#closed.signal]);
      if (o.follow) await log.follow(over, () => gone() || this.#containers.run(d.id)?.state !== 'running', o.onLine);
      return gone() ? unreachable(this.name) : ok(undefined);
    });
  }

  files(name: string) {
    return volumeFiles(this.#containers, this.name, name);
  }

  moving(name: string) {
    return movingFiles(this.#containers, this.name, name);
  }

  runHelper(name: string, o: Parameters<Engine['runHelper']>[1]) {
    return this.#on(name, async (d) => {
      if (o.network === 'own') return err(problem('HELPER_FAILED', 'The containers of the rehearsal have no networks of their own.'));
      const others = (o.alsoVolumesOf ?? []).map((n) => this.#containers.find(n) ?? n);
      const missing = others.find((c) => typeof c === 'string');
      if (missing !== undefined) return this.#absent(missing);
      return runHelper(
        this.#containers,
        d,
        others.filter((c) => typeof c !== 'string'),
        o,
      );
    });
  }

  takeLock(key: string, owner: Readonly<Record<string, string>>) {
    return this.#reach(async () => takeLock(this.#containers.folder, key, owner));
  }
  inspectLock(key: string) {
    return this.#reach(async () => ok(inspectLock(this.#containers.folder, key)));
  }
  releaseLock(key: string, token: string) {
    return this.#reach(async () => releaseLock(this.#containers.folder, key, token));
  }

  /** Ends watching and following. What runs on the engine runs on. */
  async close(): Promise<void> {
    this.#closed.abort();
  }

  #instance(d: ContainerDefinition): Instance | undefined {
    const run = this.#containers.run(d.id);
    return this.#containers.definition(d.id) && toInstance(this.id, d, this.#containers.policy(d.id), run); // gone meanwhile: --rm
  }

  #absent(name: string) {
    return err(
      problem('INSTANCE_NOT_FOUND', `There is no container ${name} on ${this.name}.`, {
        remedy: 'Look whether it was removed or renamed.',
      }),
    );
  }

  #on<T>(name: string, act: (d: ContainerDefinition) => Promise<Result<T>>): Promise<Result<T>> {
    return this.#reach(async () => {
      const d = this.#containers.find(name);
      return d ? act(d) : this.#absent(name);
    });
  }

  /** Nothing throws for a broken world: what the file system says becomes a problem. */
  async #reach<T>(act: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return (await gate(this.#containers.folder, this.name)) ?? (await act());
    } catch (e) {
      return err(
        problem('ENGINE_ERROR', `The emulated engine ${this.name} failed.`, {
          detail: e instanceof Error ? e.message.slice(0, 2000) : String(e),
        }),
      );
    }
  }
}
