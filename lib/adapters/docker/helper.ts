import 'server-only';
import type { Duplex, Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { type Connection, meaning } from './connection';
import { createContainer } from './create';
import { frames } from './frames';
import { helperMounts } from './helper-mounts';
import type { Inspected } from './instance';
import { HELPER_LABEL, WRITER_LABEL } from './labels';
import { statusOf, wordsOf } from './problems';
import { type Answered, type Ask, openSession, type Session } from './session';

/**
 * The helper's main process: ends by itself after some rounds in which nothing ran beside it, so that nothing is left when Handover dies
 * (the container is made with AutoRemove). When its sleep is over, it sees itself alone in /proc.
 */
export const waiting = (rounds: number, seconds: number): string =>
  `n=0; while [ $n -lt ${rounds} ]; do sleep ${seconds}; n=$((n+1)); set -- /proc/[0-9]*; [ $# -gt 1 ] && n=0; done`;
const WAIT = waiting(12, 5);

/** Helper containers that a crashed Handover (or engine) left are removed when they are older than this, ms. */
const LEFTOVER_AGE = 3_600_000;

/** Root inside, to read whatever user id owns the files; of root's powers only those over files. */
const POWERS = ['CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID'];

export interface HelperNeeds {
  readonly of: Inspected;
  /** Others whose volumes come too, under `/handover/<name>`. */
  readonly also?: readonly Inspected[];
  readonly readOnly: boolean;
  /** The pool that it belongs to, where it can write. */
  readonly pool?: string;
  /** In the instance's own network, and then without volumes: never both. */
  readonly network?: 'own' | undefined;
}

/** A running container made from an instance's own image (so nothing is pulled), with its volumes, without network; or in its network, without volumes. */
export interface Helper {
  /** Runs a command in it. `stdout` and `exit` must both be used: the exit code is known when the output was read to its end. */
  run(command: readonly string[], o?: { user?: string; signal?: AbortSignal; stdin?: Readable }): Promise<Result<Running>>;
  /** Runs a script of ours with arguments in a shell that stays open for the next: for what is short and takes no input but `content`. */
  ask(script: string, args: readonly string[], o: Ask): Promise<Result<Answered>>;
  /** A shell is open and free: the helper answered a moment ago. */
  readonly warm: boolean;
  /** The id of the container, for the archive API. */
  readonly id: string;
  /** False when somebody removed it, or the engine was restarted. */
  alive(): Promise<boolean>;
  /** Success: nothing runs in it any more. May be asked again. */
  remove(): Promise<Result<void>>;
}
export interface Running {
  readonly output: AsyncGenerator<{ readonly stream: 'out' | 'err'; readonly bytes: Buffer }>;
  /** Ends the connection; the command itself ends with its helper. */
  abandon(): void;
  exitCode(): Promise<Result<number>>;
}

export async function startHelper(c: Connection, { of, also = [], readOnly, pool, network }: HelperNeeds): Promise<Result<Helper>> {
  const name = of.Name.replace(/^\//, '');
  const connected = network === 'own';
  const mounts = connected
    ? []
    : [...helperMounts(of, '', readOnly), ...also.flatMap((other) => helperMounts(other, `/handover${other.Name}`, readOnly))];
  const doing = `starting a helper for "${name}"`;
  let id: string | undefined;
  const made = await c.call(doing, c.limits.change, async (docker, signal) => {
    const container = await createContainer(docker, undefined, signal, {
      Image: of.Image,
      Entrypoint: ['/bin/sh', '-c', WAIT],
      Cmd: [],
      User: '0:0',
      WorkingDir: '/',
      Env: [`HANDOVER_VOLUMES=${(of.Mounts ?? []).map((m) => m.Destination).join('\n')}`],
      Labels: { [HELPER_LABEL]: name, ...(!readOnly && !connected && pool !== undefined && { [WRITER_LABEL]: pool }) },
      Healthcheck: { Test: ['NONE'] },
      StopSignal: 'SIGKILL',
      HostConfig: {
        Mounts: mounts,
        NetworkMode: connected ? `container:${of.Id}` : 'none',
        AutoRemove: true,
        // Another first process would be counted by WAIT.
        Init: false,
        RestartPolicy: { Name: 'no' },
        CapDrop: ['ALL'],
        CapAdd: connected ? [] : POWERS,
        SecurityOpt: ['no-new-privileges', 'label=disable'],
        LogConfig: { Type: 'none', Config: {} },
      },
    });
    id = container.id;
    await container.start({ abortSignal: signal });
    return id;
  });
  if (made.ok) return ok(helper(c, made.value));
  if (id !== undefined) await removeContainer(c, id);
  if (made.error.code !== 'ENGINE_ERROR') return made;
  return err(
    problem('HELPER_FAILED', `The helper for "${name}" could not be started on ${c.where}.`, {
      remedy: 'Helpers need /bin/sh in the image of the instance, and its volumes must exist.',
      ...(made.error.detail && { detail: made.error.detail }),
    }),
  );
}

function helper(c: Connection, id: string): Helper {
  let removed: Promise<Result<void>> | undefined;
  const sessions = new Set<Session>();
  const free: Session[] = [];
  const self: Helper = {
    id,
    get warm() {
      return free.some((s) => s.usable);
    },
    async ask(script, args, o) {
      let session = free.pop();
      while (session && !session.usable) session = free.pop();
      if (!session) {
        const opened = await openSession(c, self.run);
        if (!opened.ok) return opened;
        session = opened.value;
        sessions.add(session);
      }
      const answered = await session.ask(script, args, o);
      if (session.usable) free.push(session);
      else sessions.delete(session);
      return answered;
    },
    async run(command, o = {}) {
      return c.call(
        'running a command in a helper',
        c.limits.change,
        async (docker, abortSignal) => {
          const exec = await docker.getContainer(id).exec({
            Cmd: [...command],
            AttachStdin: o.stdin !== undefined,
            AttachStdout: true,
            AttachStderr: true,
            User: o.user ?? '0:0',
            abortSignal,
          });
          const input = o.stdin ? { hijack: true, stdin: true } : {};
          const stream = (await meaning(exec.start({ Detach: false, Tty: false, ...input, abortSignal }), (status, e) =>
            status === 400 || /executable file not found|no such file/i.test(wordsOf(e))
              ? problem('HELPER_FAILED', `The command "${command[0]}" cannot be run in a helper on ${c.where}.`, {
                  remedy: 'The image lacks that program.',
                  detail: wordsOf(e),
                })
              : undefined,
          )) as unknown as Duplex;
          if (o.stdin) feed(o.stdin, stream);
          return running(c, exec, stream);
        },
        o.signal,
      );
    },
    async alive() {
      const seen = await c.call('looking at a helper', c.limits.look, (docker, abortSignal) =>
        docker.getContainer(id).inspect({ abortSignal }),
      );
      return seen.ok && seen.value.State.Running;
    },
    async remove() {
      for (const s of sessions) s.close();
      removed ??= removeContainer(c, id);
      const done = await removed;
      if (!done.ok) removed = undefined;
      return done;
    },
  };
  return self;
}

/** Back-pressure holds; the end of the input is the end of the command's standard input. A source that breaks ends the command too. */
function feed(input: Readable, stream: Duplex): void {
  if (input.destroyed) return void stream.destroy(input.errored ?? new Error('The input broke off before it was read'));
  input.on('error', (e) => stream.destroy(e));
  stream.on('close', () => input.destroy());
  input.pipe(stream);
}

function running(c: Connection, exec: Docker.Exec, stream: Readable): Running {
  return {
    output: frames(stream),
    abandon: () => void stream.destroy(),
    async exitCode() {
      // The output may end a moment before the engine knows the exit code.
      for (let i = 0; i < 100; i++) {
        const seen = await c.call('asking how a command in a helper ended', c.limits.look, (_, abortSignal) =>
          exec.inspect({ abortSignal }),
        );
        if (!seen.ok) return seen;
        if (!seen.value.Running && seen.value.ExitCode !== null) return ok(seen.value.ExitCode);
        await delay(20);
      }
      return err(problem('HELPER_FAILED', `A command in a helper on ${c.where} closed its output and went on.`));
    },
  };
}

/**
 * Force: killed if it runs. Success: it is gone, and with its first process all that ran in it. `v`: the anonymous volumes that the image declares go with it;
 * those of instances are mounted by name and stay.
 */
function removeContainer(c: Connection, id: string): Promise<Result<void>> {
  return c.call('removing a helper', c.limits.change, async (docker, abortSignal) => {
    for (;;) {
      try {
        return void (await docker.getContainer(id).remove({ force: true, v: true, abortSignal }));
      } catch (e) {
        if (statusOf(e) === 404) return;
        if (statusOf(e) !== 409) throw e;
        // It is just going: because of AutoRemove, or somebody else removes it.
        await delay(20, undefined, { signal: abortSignal });
      }
    }
  });
}

/**
 * Removes every helper of another pool that can write into the volumes of this instance: of a Handover (or a connection) that is no more. What it began, such
 * as a long copy, goes on without it.
 */
export async function removeOtherWriters(c: Connection, of: Inspected, pool: string): Promise<Result<void>> {
  const label = [`${HELPER_LABEL}=${of.Name.replace(/^\//, '')}`, WRITER_LABEL];
  const all = await c.call('looking for helpers that still write', c.limits.look, (docker, abortSignal) =>
    docker.listContainers({ all: true, filters: { label }, abortSignal }),
  );
  if (!all.ok) return all;
  for (const other of all.value) {
    if (other.Labels[WRITER_LABEL] === pool) continue;
    const gone = await removeContainer(c, other.Id);
    if (!gone.ok) return gone;
  }
  return ok(undefined);
}

/** Removes helpers (of any Handover) that are an hour older than the newest one: all times are the engine's own. */
export async function removeLeftovers(c: Connection): Promise<void> {
  const all = await c.call('looking for helpers that were left', c.limits.look, (docker, abortSignal) =>
    docker.listContainers({ all: true, filters: { label: [HELPER_LABEL] }, abortSignal }),
  );
  if (!all.ok) return;
  const newest = Math.max(...all.value.map((e) => e.Created));
  for (const left of all.value) if ((newest - left.Created) * 1000 > LEFTOVER_AGE) await removeContainer(c, left.Id);
}
