import 'server-only';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import { problem } from '../../domain/errors';
import type { JocSettings } from '../../domain/joc/joc';
import type { RehearsalAct, RehearsalFacts, RehearsalMember } from '../../domain/rehearsal/faults';
import { err, ok, type Result } from '../../domain/result';
import type { Engine } from '../../ports/engine';
import type { RehearsalWorld } from '../../ports/rehearsal';
import { type Found, type Marks, perform, type Stage } from './acts';
import { Containers } from './containers';
import type { ContainerDefinition } from './definition';
import { jsonOf, writeDurably, writeWhole } from './durable';
import { type ControllerSpec, configuration, createAgent, createController, createJoc, findEmulators, program } from './emulated';
import { RehearsalEngine } from './engine';
import { onChange } from './event-log';
import { setFaults } from './faults';
import { furnish } from './furnish';
import { writeNames } from './names';
import { freePorts } from './ports';

const ENGINES = ['docker-a', 'docker-b'] as const;
type EngineName = (typeof ENGINES)[number];
const HOME: Readonly<Record<Slot, { engine: EngineName; name: string }>> = {
  primary: { engine: 'docker-a', name: 'js7-demo-primary' },
  secondary: { engine: 'docker-b', name: 'js7-demo-secondary' },
};
const AGENT = 'js7-demo-agent';
const JOC = { engine: 'docker-a', name: 'js7-joc' } as const;
/** The real one's services notice a first registration after up to a minute: nobody practises waiting. */
const JOC_ENV = { LICENSED: '0', EMULATED_TITLE: 'JOC Cockpit', EMULATED_SERVICES_MS: '2000' };
/** A stop of all must end before whoever asked for it loses patience (`npm run demo`: 10 s). */
const STOP_SECONDS = 5;

export interface RehearsalOptions {
  readonly dataDir: string;
  /** Folder with the emulators; default: HANDOVER_EMULATORS, else where the project has them. */
  readonly emulatorsDir?: string | undefined;
  readonly now?: () => number;
  /** How long an emulated Controller takes to start and to stop; a real one takes 4-10 s and 1-1.6 s (product.md 3.14). */
  readonly startMs?: number;
  readonly stopMs?: number;
  readonly orders?: number;
  /**
   * Do the demo Controllers give their jobs to the demo Agent? Then a split brain ends as recorded (product.md 3.2): within seconds of the next
   * order one or both die of the other's events, maybe for good. Default: the Agent stands beside, so that there is time to read the alarm.
   */
  readonly agentAttached?: boolean;
  readonly ordersPerMinute?: number;
  /** Taken where they are free when the world is made; else any. */
  readonly preferredPorts?: { readonly primary?: number; readonly secondary?: number; readonly agent?: number; readonly joc?: number };
  /**
   * Given: the world is open as soon as its settings are known, and its processes are started behind that; what then goes wrong is told here.
   * Else opening it waits until they run.
   */
  readonly onStartFailure?: (failure: unknown) => void;
}

/** What the whole world remembers of itself, beside its engines. */
interface Saved {
  readonly seededAt: number;
  readonly ports: Readonly<Record<Slot | 'agent', number>> & {
    /** Worlds of before had no JOC Cockpit: they get one. */ readonly joc?: number;
  };
}

/** More than the port: also what tests need to make worlds of other shapes. */
export interface OpenRehearsalWorld extends RehearsalWorld {
  /** A further emulated Controller, stopped. */
  defineInstance(engine: EngineName, spec: Omit<ControllerSpec, 'port'> & { readonly port?: number }): Promise<ContainerDefinition>;
  containers(engine: EngineName): Containers;
  /** The service of the engine restarts: all its containers end, and those start again whose policy says so. */
  restartEngine(engine: EngineName): Promise<void>;
  /** Every call takes so long. */
  slowEngine(engine: EngineName, ms: number): void;
}

/**
 * Opens the world in `<dataDir>/rehearsal`, and makes it where there is none. Processes that still run there (Handover was killed) are
 * adopted; what an earlier `close` stopped is started again. Throws where the emulators are missing or the folder can not be written.
 */
export async function openRehearsalWorld(o: RehearsalOptions): Promise<OpenRehearsalWorld> {
  const world = new World(o, findEmulators(o.emulatorsDir ?? process.env.HANDOVER_EMULATORS));
  await world.open();
  return world;
}

class World implements OpenRehearsalWorld {
  readonly engines: readonly Engine[];
  readonly #o: RehearsalOptions;
  readonly #emulators: string;
  readonly #folder: string;
  readonly #containers: Readonly<Record<EngineName, Containers>>;
  readonly #now: () => number;
  #saved!: Saved;
  #endNames: () => void = () => undefined;
  /** Ends when all that was to be started runs. Never rejects. */
  #started: Promise<void> = Promise.resolve();

  constructor(o: RehearsalOptions, emulators: string) {
    this.#o = o;
    this.#emulators = emulators;
    this.#now = o.now ?? Date.now;
    this.#folder = join(o.dataDir, 'rehearsal');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const at = (id: EngineName): Containers => new Containers(join(this.#folder, 'engines', id));
    this.#containers = { 'docker-a': at('docker-a'), 'docker-b': at('docker-b') };
    this.engines = ENGINES.map((id) => new RehearsalEngine(id, id, this.#containers[id], (which) => program(emulators, which)));
  }

  async open(): Promise<void> {
    const saved = jsonOf<Saved>(join(this.#folder, 'world.json'));
    if (saved) this.#saved = saved;
    else await this.#seed(undefined);
    if (saved) await this.#complete();
    const names = (): void => writeNames(this.#all);
    names();
    for (const containers of this.#all) containers.onAttached = names;
    const stops = this.#all.map(({ folder }) => onChange(folder, names, 5000));
    this.#endNames = () => {
      for (const stop of stops) stop();
    };
    const starting = this.#start();
    this.#started = starting.catch((e) => this.#o.onStartFailure?.(e));
    if (!this.#o.onStartFailure) await starting;
  }

  /** Starts what ran when the world was closed, or what a new one begins with. Throws where a container cannot be started. */
  async #start(): Promise<void> {
    const done = await Promise.all(
      ENGINES.map(async (id) => {
        const file = this.#resumeFile(id);
        const started = await this.#containers[id].boot(jsonOf<string[]>(file) ?? []);
        rmSync(file, { force: true });
        return started;
      }),
    );
    for (const started of done.flat()) if (!started.ok) throw new Error(started.error.message);
  }

  engineSettings() {
    return ENGINES.map((id) => ({ id, name: id, address: { kind: 'rehearsal' as const } }));
  }

  demoCluster(): Cluster {
    const member = (slot: Slot) => ({
      ref: { engineId: HOME[slot].engine, name: HOME[slot].name },
      access: { url: `http://127.0.0.1:${this.#saved.ports[slot]}` },
    });
    return {
      id: 'demo',
      name: 'demo',
      controllerId: 'demo',
      primary: member('primary'),
      secondary: member('secondary'),
      createdAt: this.#saved.seededAt,
    };
  }

  jocSettings(): readonly JocSettings[] {
    const { joc } = this.#saved.ports;
    if (joc === undefined || !this.#joc().d) return [];
    return [
      {
        id: 'demo-joc',
        name: 'demo JOC',
        url: `http://127.0.0.1:${joc}`,
        user: 'root',
        password: 'root',
        container: { engineId: JOC.engine, name: JOC.name },
        createdAt: this.#saved.seededAt,
      },
    ];
  }

  startedAt(): number {
    return this.#saved.seededAt;
  }

  look(): RehearsalFacts {
    const member = (slot: Slot): RehearsalMember => {
      const { containers, d } = this.#find(slot);
      return {
        name: HOME[slot].name,
        running: d !== undefined && this.#runs(containers, d),
        flagged: d === undefined || configuration(containers, d).flag() === 'on',
        ...(d === undefined && { absent: true }),
      };
    };
    const joc = this.#joc();
    return {
      members: { primary: member('primary'), secondary: member('secondary') },
      ...(joc.d && { joc: { name: JOC.name, running: this.#runs(joc.containers, joc.d) } }),
      marks: this.#marks(),
    };
  }

  async act(acts: readonly RehearsalAct[]): Promise<Result<void>> {
    for (const act of acts) {
      try {
        const done = await perform(this.#stage(), act);
        if (!done.ok) return done;
      } catch (e) {
        return err(
          problem('ENGINE_ERROR', 'The rehearsal world could not do this.', {
            remedy: 'Reset the rehearsal world.',
            detail: e instanceof Error ? e.message : String(e),
          }),
        );
      }
    }
    return ok(undefined);
  }

  async reset(): Promise<Result<void>> {
    try {
      await this.#started;
      for (const id of ENGINES) {
        const containers = this.#containers[id];
        setFaults(containers.folder, { socketGoneSince: undefined, slowMs: undefined, bytesPerSecond: undefined, disk: undefined });
        await Promise.all(containers.all().map((d) => containers.remove(d, { volumes: true })));
        for (const sub of ['locks', 'volumes', 'volume-labels', 'networks', 'images']) {
          rmSync(join(/*turbopackIgnore: true*/ containers.folder, sub), { recursive: true, force: true });
          mkdirSync(join(/*turbopackIgnore: true*/ containers.folder, sub), { mode: 0o700 });
        }
      }
      rmSync(this.#marksFile, { force: true });
      await this.#seed(this.#saved.ports);
      await this.#start();
      return ok(undefined);
    } catch (e) {
      return err(
        problem('INTERNAL', 'The rehearsal world could not be reset.', {
          remedy: 'End Handover, delete its folder “rehearsal”, start it again.',
          detail: String(e),
        }),
      );
    }
  }

  onChange(listener: () => void): () => void {
    const stops = [this.#folder, ...ENGINES.map((id) => this.#containers[id].folder)].map((folder) => onChange(folder, listener, 5000));
    return () => {
      for (const stop of stops) stop();
    };
  }

  async close(o: { stopAll: boolean }): Promise<void> {
    this.#endNames();
    await Promise.all(this.engines.map((e) => e.close()));
    await this.#started;
    if (!o.stopAll) return;
    await Promise.all(
      ENGINES.map(async (id) => {
        const containers = this.#containers[id];
        const running = containers
          .all()
          .filter((d) => this.#runs(containers, d))
          .map((d) => d.id);
        writeDurably(this.#resumeFile(id), JSON.stringify(running));
        await containers.shutDown(STOP_SECONDS);
      }),
    );
  }

  async defineInstance(engine: EngineName, spec: Omit<ControllerSpec, 'port'> & { readonly port?: number }): Promise<ContainerDefinition> {
    const [port = 0] = await freePorts([spec.port]);
    return createController(this.#containers[engine], this.#emulators, { ...spec, port, env: { ...this.#pace(), ...spec.env } });
  }

  containers(engine: EngineName): Containers {
    return this.#containers[engine];
  }

  async restartEngine(engine: EngineName): Promise<void> {
    const containers = this.#containers[engine];
    setFaults(containers.folder, { socketGoneSince: this.#now() });
    await containers.shutDown(STOP_SECONDS);
    await containers.boot([]);
    setFaults(containers.folder, { socketGoneSince: undefined });
  }

  slowEngine(engine: EngineName, ms: number): void {
    setFaults(this.#containers[engine].folder, { slowMs: ms > 0 ? ms : undefined });
  }

  #stage(): Stage {
    return {
      engines: this.#all,
      spare: this.#containers[HOME.secondary.engine],
      member: (slot) => this.#find(slot),
      joc: () => this.#joc(),
      makeSecondary: () => this.#makeSecondary(this.#saved.ports),
      marks: () => this.#marks(),
      saveMarks: (marks) => writeDurably(this.#marksFile, JSON.stringify(marks)),
      now: this.#now,
    };
  }

  /**
   * Makes the pair: the Primary, noted as one that runs when the world starts, and the Secondary, a fenced cold spare. `world.json` comes
   * last: without it all is made anew.
   */
  async #seed(ports: Saved['ports'] | undefined): Promise<void> {
    for (const id of ENGINES) {
      const containers = this.#containers[id];
      rmSync(join(containers.folder, 'down'), { force: true });
      for (const d of containers.all()) await containers.remove(d, { volumes: true }); // of a seeding that was interrupted
    }
    furnish(this.#all);
    const wanted: Partial<Saved['ports']> = ports ?? this.#o.preferredPorts ?? {};
    const [primary = 0, secondary = 0, agent = 0, joc = 0] = ports?.joc
      ? [ports.primary, ports.secondary, ports.agent, ports.joc]
      : await freePorts([wanted.primary, wanted.secondary, wanted.agent, wanted.joc]);
    const a = this.#containers['docker-a'];
    const all = { primary, secondary, agent, joc };
    const live = createController(a, this.#emulators, {
      name: HOME.primary.name,
      controllerId: 'demo',
      port: primary,
      fenced: false,
      env: this.#memberEnv(all),
    });
    this.#makeSecondary(all);
    const beside = [
      createAgent(a, this.#emulators, { name: AGENT, port: agent, env: {} }),
      createJoc(a, this.#emulators, { name: JOC.name, port: joc, env: JOC_ENV }),
    ];
    writeWhole(this.#resumeFile('docker-a'), JSON.stringify([...beside.flatMap((d) => d?.id ?? []), live.id]));
    this.#saved = { seededAt: this.#now(), ports: all };
    writeDurably(join(this.#folder, 'world.json'), JSON.stringify(this.#saved));
  }

  /** A world of before: what has come since is added, what runs in it stays. */
  async #complete(): Promise<void> {
    furnish(this.#all);
    if (this.#saved.ports.joc !== undefined) return;
    const [joc = 0] = await freePorts([this.#o.preferredPorts?.joc]);
    const made = this.#joc().d ?? createJoc(this.#containers[JOC.engine], this.#emulators, { name: JOC.name, port: joc, env: JOC_ENV });
    const file = this.#resumeFile(JOC.engine);
    if (made) writeWhole(file, JSON.stringify([...(jsonOf<string[]>(file) ?? []), made.id]));
    this.#saved = { ...this.#saved, ports: { ...this.#saved.ports, joc } };
    writeDurably(join(this.#folder, 'world.json'), JSON.stringify(this.#saved));
  }

  #makeSecondary(ports: Saved['ports']): void {
    createController(this.#containers[HOME.secondary.engine], this.#emulators, {
      name: HOME.secondary.name,
      controllerId: 'demo',
      port: ports.secondary,
      fenced: true,
      env: this.#memberEnv(ports),
    });
  }

  #memberEnv(ports: Saved['ports']): Record<string, string> {
    const attached = (this.#o.agentAttached ?? false) && program(this.#emulators, 'agent') !== undefined;
    return {
      ...this.#pace(),
      EMULATED_SEED_ORDERS: String(this.#o.orders ?? 64),
      EMULATED_ORDERS_PER_MINUTE: String(this.#o.ordersPerMinute ?? 6),
      ...(attached && { EMULATED_AGENT: `http://127.0.0.1:${ports.agent}` }),
    };
  }

  #pace(): Record<string, string> {
    return { EMULATED_START_MS: String(this.#o.startMs ?? 4000), EMULATED_STOP_MS: String(this.#o.stopMs ?? 1200) };
  }

  #find(slot: Slot): Found {
    const containers = this.#containers[HOME[slot].engine];
    return { containers, name: HOME[slot].name, d: containers.find(HOME[slot].name) };
  }
  #joc(): Found {
    const containers = this.#containers[JOC.engine];
    return { containers, name: JOC.name, d: containers.find(JOC.name) };
  }
  get #all(): readonly Containers[] {
    return ENGINES.map((id) => this.#containers[id]);
  }
  #runs(containers: Containers, d: ContainerDefinition): boolean {
    return ['running', 'restarting'].includes(containers.run(d.id)?.state ?? '');
  }

  #resumeFile(id: EngineName): string {
    return join(this.#folder, `resume-${id}.json`);
  }
  get #marksFile(): string {
    return join(this.#folder, 'marks.json');
  }
  #marks(): Marks {
    return jsonOf(this.#marksFile) ?? {};
  }
}
