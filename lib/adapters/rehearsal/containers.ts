import 'server-only';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EngineEventKind } from '../../domain/engine/engine';
import { problem } from '../../domain/errors';
import type { RestartPolicy } from '../../domain/instance/instance';
import { err, ok, type Result } from '../../domain/result';
import { type ContainerDefinition, type NewContainer, policyOf, policyText } from './definition';
import { errorCode, jsonOf, textOf, until, writeDurably, writeWhole } from './durable';
import { tell } from './event-log';
import { isFree } from './ports';
import { endGroupOf, runs, signal } from './processes';
import { type Run, runOf, supervise, supervisorOf } from './supervisor';

/** Docker gives a container whose end nobody saw the exit code 255. */
const END_UNSEEN = 255;
/** In the folder of a container that resolves names: those it can reach now (names.ts). */
export const NAMES = 'names.json';
const CONTAINER_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;

/**
 * The containers of one emulated engine. All that is known of them lies in the engine's folder, nothing in memory: another process, or the
 * same one after a crash, sees the same. Layout: `containers/ID/…` (supervisor.ts), `names/NAME` (holds the id; reserves the name),
 * `volumes/NAME`, `events.log`, `down` (exists while the engine is down: supervisors then restart nothing).
 */
export class Containers {
  readonly folder: string;
  /** Called before `attach` returns: as in Docker, a name can be resolved once it was given. */
  onAttached: () => void = () => undefined;
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(folder: string) {
    this.folder = folder;
    for (const sub of ['containers', 'names', 'volumes', 'locks'])
      mkdirSync(join(/*turbopackIgnore: true*/ folder, sub), { recursive: true, mode: 0o700 });
  }

  folderOf(id: string): string {
    return join(this.folder, 'containers', id);
  }
  volumeFolder(volume: string): string {
    return join(this.folder, 'volumes', volume);
  }

  create(c: NewContainer): Result<ContainerDefinition> {
    if (!CONTAINER_NAME.test(c.name)) return err(problem('BAD_REQUEST', `“${c.name}” can not be the name of a container.`));
    if (c.autoRemove && c.restartPolicy.name !== 'no')
      return err(problem('ENGINE_ERROR', `${c.name}: --rm and a restart policy exclude each other.`));
    const { restartPolicy, ...rest } = c;
    const definition: ContainerDefinition = { ...rest, id: randomBytes(32).toString('hex'), createdAt: Date.now() };
    const name = join(this.folder, 'names', c.name);
    const folder = this.folderOf(definition.id);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeWhole(join(folder, 'definition.json'), JSON.stringify(definition, null, 1));
    writeWhole(join(folder, 'policy'), policyText(restartPolicy));
    if (c.autoRemove) writeWhole(join(folder, 'auto-remove'), `${name}\n`);
    for (const m of c.mounts) mkdirSync(this.volumeFolder(m.volume), { recursive: true, mode: 0o755 });
    if (!this.#reserve(name, definition.id)) {
      rmSync(folder, { recursive: true, force: true });
      return err(problem('CONFLICT', `The container name ${c.name} is in use.`));
    }
    this.#tell('created', definition);
    return ok(definition);
  }

  all(): ContainerDefinition[] {
    return readdirSync(join(this.folder, 'names'))
      .sort()
      .flatMap((name) => this.find(name) ?? []);
  }

  find(name: string): ContainerDefinition | undefined {
    const id = CONTAINER_NAME.test(name) ? textOf(join(this.folder, 'names', name)) : undefined;
    return id ? this.definition(id) : undefined;
  }

  definition(id: string): ContainerDefinition | undefined {
    return jsonOf<ContainerDefinition>(join(this.folderOf(id), 'definition.json'));
  }

  policy(id: string): RestartPolicy {
    return policyOf(textOf(join(this.folderOf(id), 'policy')));
  }

  /** The last run, after what nobody saw was settled. */
  run(id: string): Run | undefined {
    this.settle(id);
    return runOf(this.folderOf(id));
  }

  setPolicy(d: ContainerDefinition, policy: RestartPolicy): Result<void> {
    if (d.autoRemove && policy.name !== 'no')
      return err(problem('ENGINE_ERROR', `${d.name}: --rm and a restart policy exclude each other.`));
    writeDurably(join(this.folderOf(d.id), 'policy'), policyText(policy));
    this.#tell('updated', d);
    return ok(undefined);
  }

  rename(d: ContainerDefinition, to: string): Result<void> {
    if (!this.#reserve(join(this.folder, 'names', to), d.id)) return err(problem('CONFLICT', `The container name ${to} is in use.`));
    writeDurably(join(this.folderOf(d.id), 'definition.json'), JSON.stringify({ ...d, name: to }, null, 1));
    if (d.autoRemove) writeDurably(join(this.folderOf(d.id), 'auto-remove'), `${join(this.folder, 'names', to)}\n`);
    rmSync(join(this.folder, 'names', d.name), { force: true });
    this.#tell('renamed', d);
    this.#tell('renamed', { ...d, name: to });
    return ok(undefined);
  }

  /** In the network under these aliases and no others. */
  attach(d: ContainerDefinition, network: string, aliases: readonly string[]): void {
    const now = this.definition(d.id) ?? d;
    const before = now.networks.find((n) => n.network === network);
    if (before && JSON.stringify(before.aliases) === JSON.stringify(aliases)) return;
    const attached = { ...before, network, aliases };
    const networks = before ? now.networks.map((n) => (n === before ? attached : n)) : [...now.networks, attached];
    writeDurably(join(this.folderOf(d.id), 'definition.json'), JSON.stringify({ ...now, networks }, null, 1));
    this.#tell('updated', now);
    this.onAttached();
  }

  /** `docker rm --force`, with its volumes when asked. */
  async remove(d: ContainerDefinition, o: { volumes: boolean }): Promise<void> {
    await this.kill(d);
    this.#vanish(d);
    if (o.volumes) for (const m of d.mounts) rmSync(this.volumeFolder(m.volume), { recursive: true, force: true });
    this.#tell('destroyed', d);
  }

  start(d: ContainerDefinition): Promise<Result<void>> {
    return this.#inTurn(d.id, async () => {
      const before = this.run(d.id);
      if (before && before.state !== 'exited') return ok(undefined);
      const folder = this.folderOf(d.id);
      const taken = await takenPort([...new Set([...d.ports.map((p) => p.outside), ...(d.listens ? [d.listens.at] : [])])]);
      if (taken !== undefined)
        return err(
          problem('PORT_TAKEN', `${d.name}: port ${taken} is already in use on this machine.`, {
            remedy: 'End what listens there, or reset the rehearsal world.',
          }),
        );
      rmSync(join(folder, 'manual-stop'), { force: true });
      await until(() => !existsSync(join(folder, 'held')) || !this.#supervised(d.id), 2000);
      this.settle(d.id);
      this.#seed(d);
      const env = { ...d.env, ...(d.resolves && { EMULATED_NETWORK: join(folder, NAMES) }) };
      supervise({ folder, engineFolder: this.folder, id: d.id, command: d.command, env });
      const started = await until(() => !existsSync(folder) || (runOf(folder)?.n ?? 0) > (before?.n ?? 0), 10_000, 5);
      return started
        ? ok(undefined)
        : err(problem('ENGINE_ERROR', `${d.name} could not be started: its supervisor did not come up within 10 s.`));
    });
  }

  /** `docker stop`: SIGTERM to the first process, SIGKILL to all after the time. */
  stop(d: ContainerDefinition, timeoutSeconds: number): Promise<Result<void>> {
    return this.#inTurn(d.id, async () => {
      const run = this.run(d.id);
      if (!run || run.state === 'exited') return ok(undefined);
      writeDurably(join(this.folderOf(d.id), 'manual-stop'), '');
      await this.#end(d, timeoutSeconds);
      this.#tell('stopped', d);
      return ok(undefined);
    });
  }

  /** `docker kill`: SIGKILL; counts as stopped by hand, so no policy starts it again. */
  kill(d: ContainerDefinition): Promise<Result<void>> {
    return this.#inTurn(d.id, async () => {
      const run = this.run(d.id);
      if (!run || run.state === 'exited') return ok(undefined);
      writeDurably(join(this.folderOf(d.id), 'manual-stop'), '');
      await this.#end(d, 0);
      return ok(undefined);
    });
  }

  /** The engine goes down: every container is stopped, but not "by hand". Returns the ids of those that ran. */
  async shutDown(timeoutSeconds: number): Promise<string[]> {
    writeDurably(join(this.folder, 'down'), '');
    const running = this.all().filter((d) => ![undefined, 'exited'].includes(this.run(d.id)?.state));
    await Promise.all(running.map((d) => this.#inTurn(d.id, () => this.#end(d, timeoutSeconds))));
    return running.map((d) => d.id);
  }

  /**
   * The engine comes up, after `shutDown` or after a crash of the machine, and starts what Docker would start then: `always` in any case,
   * `unless-stopped` where nobody stopped it by hand, and `resume`. Containers that live on are adopted as they are.
   */
  async boot(resume: readonly string[]): Promise<Result<void>[]> {
    const wasDown = existsSync(join(this.folder, 'down'));
    rmSync(join(this.folder, 'down'), { force: true });
    const wanted = this.all().filter((d) => {
      const lost = this.settle(d.id);
      if (resume.includes(d.id)) return true;
      const policy = this.policy(d.id).name;
      const byHand = existsSync(join(this.folderOf(d.id), 'manual-stop'));
      return (
        (wasDown || lost) && runOf(this.folderOf(d.id)) !== undefined && (policy === 'always' || (policy === 'unless-stopped' && !byHand))
      );
    });
    return Promise.all(wanted.map((d) => this.start(d)));
  }

  /** Puts down an end that no supervisor could write because it was killed as well. True where there was one. */
  settle(id: string): boolean {
    const folder = this.folderOf(id);
    const run = runOf(folder);
    if (this.#supervised(id) || !existsSync(folder)) return false;
    if (existsSync(join(folder, 'held'))) rmdirSync(join(folder, 'held'));
    if (!run || run.state === 'exited' || runs(run)) return false;
    endGroupOf(run);
    const d = this.definition(id);
    const finishedAt = run.finishedAt ?? Date.now();
    const exitCode = run.exitCode ?? END_UNSEEN;
    writeDurably(join(folder, 'run'), JSON.stringify({ ...run, state: 'exited', finishedAt, exitCode }));
    if (d) tell(this.folder, { kind: 'died', id, name: d.name, at: finishedAt, exitCode });
    if (d?.autoRemove) {
      this.#vanish(d);
      this.#tell('destroyed', d);
    }
    return true;
  }

  /** What the entrypoint of an image does first. */
  #seed(d: ContainerDefinition): void {
    for (const { path, text, mode } of d.seeds ?? []) {
      const mount = d.mounts.find((m) => path.startsWith(`${m.target}/`));
      if (!mount) continue;
      const host = join(this.volumeFolder(mount.volume), path.slice(mount.target.length + 1));
      if (text === undefined) mkdirSync(host, { recursive: true, mode });
      else if (!existsSync(host)) {
        mkdirSync(dirname(host), { recursive: true, mode: 0o755 });
        writeWhole(host, text, mode);
      }
    }
  }

  /** Away at once: nobody sees half a container. */
  #vanish(d: ContainerDefinition): void {
    const gone = `${this.folderOf(d.id)}.gone`;
    rmSync(join(this.folder, 'names', d.name), { force: true });
    if (existsSync(this.folderOf(d.id))) renameSync(this.folderOf(d.id), gone);
    rmSync(gone, { recursive: true, force: true });
  }

  async #end(d: ContainerDefinition, timeoutSeconds: number): Promise<void> {
    const folder = this.folderOf(d.id);
    const ended = (): boolean => [undefined, 'exited'].includes(this.run(d.id)?.state) && !this.#supervised(d.id);
    const run = runOf(folder);
    const supervisor = supervisorOf(folder);
    if (run?.state === 'restarting' && supervisor) signal(supervisor, 'SIGKILL', { group: true }); // it sleeps until the next try
    if (run?.state === 'running' && timeoutSeconds > 0) {
      this.#tell('killed', d, 15);
      signal(run, 'SIGTERM');
      if (await until(ended, timeoutSeconds * 1000)) return;
    }
    if (run?.state === 'running') this.#tell('killed', d, 9);
    await until(() => {
      const now = runOf(folder);
      if (now?.state === 'running') signal(now, 'SIGKILL', { group: true });
      return ended();
    }, 10_000);
  }

  /** Does a supervisor look after it (or has just begun to, and not yet said so)? */
  #supervised(id: string): boolean {
    const folder = this.folderOf(id);
    const held = join(folder, 'held');
    if (!existsSync(held)) return false;
    const supervisor = supervisorOf(folder);
    if (supervisor && runs(supervisor)) return true;
    try {
      const since = statSync(held).mtimeMs;
      const itsOwnWord = supervisor !== undefined && statSync(join(folder, 'supervisor')).mtimeMs >= since;
      return !itsOwnWord && Date.now() - since < 2000;
    } catch {
      return false;
    }
  }

  #reserve(name: string, id: string): boolean {
    try {
      writeFileSync(name, id, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (e) {
      if (errorCode(e) === 'EEXIST') return false;
      throw e;
    }
  }

  #tell(kind: EngineEventKind, d: ContainerDefinition, signalNumber?: number): void {
    tell(this.folder, { kind, id: d.id, name: d.name, at: Date.now(), ...(signalNumber !== undefined && { signal: signalNumber }) });
  }

  /** One after another per container within this process; between processes the `held` folder decides. */
  #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(work, work);
    this.#turns.set(id, turn);
    return turn;
  }
}

async function takenPort(ports: readonly number[]): Promise<number | undefined> {
  for (const port of ports) {
    if (!(await isFree(port))) return port;
  }
  return undefined;
}
