import 'server-only';
import type { ClusterMember } from '../../domain/cluster/cluster';
import type { MemberObservation } from '../../domain/cluster/observation';
import type { EngineEvent } from '../../domain/engine/engine';
import { problem } from '../../domain/errors';
import type { ContainerReading } from '../../domain/instance/instance';
import { type Millis, never, type Reading } from '../../domain/reading';
import type { ReadConfig } from '../../ports/config';
import type { OpenController } from '../../ports/controller';
import { type Random, TIMES } from './backoff';
import { type Expected, watchController } from './controller-watch';
import { isStopped, watchDisk } from './disk-watch';
import type { EngineWatch } from './engine-watch';
import { watchRest } from './rested';

export interface MemberDeps {
  readonly openController: OpenController;
  readonly readConfig: ReadConfig;
  readonly now: () => Millis;
  readonly random: Random;
  readonly turn: <T>(key: string, act: () => Promise<T>) => Promise<T>;
  readonly diskEvery: (engineId: string) => number;
  readonly onFailure: (what: string, error: unknown) => void;
}
export type MemberWatch = ReturnType<typeof watchMember>;

/** Everything that is watched of one member of a cluster: its container, its Controller, its volumes. */
export function watchMember(member: ClusterMember, engineOf: () => EngineWatch | undefined, deps: MemberDeps, onChange: () => void) {
  const { now } = deps;
  const controller = watchController(member.access, { ...deps, onChange });
  const disk = watchDisk({ ...deps, onChange });
  const { name, engineId } = member.ref;
  const begun = now();
  const rest = watchRest();
  let stopping: { since: Millis } | undefined;

  const container = (): Reading<ContainerReading> => {
    const engine = engineOf();
    if (engine) return engine.container(name);
    return {
      kind: 'failed',
      error: problem('ENGINE_UNREACHABLE', `No engine ${engineId} is configured.`, {
        remedy: 'Add the engine in the settings, or edit the cluster.',
      }),
      since: begun,
      at: now(),
    };
  };
  const readings = (): MemberObservation => ({
    engine: engineOf()?.info() ?? never,
    container: container(),
    controller: controller.reading(),
    disk: disk.reading(),
  });
  function expected(): Expected {
    const c = container();
    if (c.kind !== 'value') return 'unknown';
    return c.value === 'absent' || isStopped(c.value) ? 'no' : 'yes';
  }
  function endOfStopping(at: Millis): void {
    if (!stopping) return;
    const facts = controller.reading();
    // A signal that was no stop (SIGHUP): long after it the Controller still takes commands.
    const works = facts.kind === 'value' && facts.at - stopping.since > 10_000 && facts.value.ready === true;
    if (expected() === 'no' || works || at - stopping.since > TIMES.stopping) stopping = undefined;
  }

  return {
    member,
    observation(): MemberObservation {
      endOfStopping(now());
      const seen = readings();
      rest.note(seen);
      const restedSince = rest.since(seen);
      return { ...seen, ...(stopping && { stopping }), ...(restedSince !== undefined && { restedSince }) };
    },
    /** Every source has been asked at least once, so far as it can be. */
    known(): boolean {
      const c = container();
      const stopped = c.kind === 'value' && c.value !== 'absent' && isStopped(c.value);
      return c.kind !== 'never' && controller.reading().kind !== 'never' && (!stopped || disk.reading().kind !== 'never');
    },
    tick(at: Millis): void {
      rest.note(readings());
      controller.tick(at, expected());
      disk.tick(at, engineOf()?.engine, container(), controller.reading());
    },
    onEvent(e: EngineEvent): void {
      // SIGKILL asks for nothing: its end comes at once, and is told as what it is.
      if (e.kind === 'killed' && e.signal !== 9) stopping ??= { since: now() };
      if (e.kind === 'started' || e.kind === 'died' || e.kind === 'stopped') stopping = undefined;
      controller.hurry();
    },
    /** The container was looked at anew: what follows from it is read without waiting for the next beat. */
    onContainer(): void {
      rest.note(readings());
      disk.tick(now(), engineOf()?.engine, container(), controller.reading());
    },
    expectStop(): void {
      stopping = { since: now() };
      controller.hurry();
    },
    stopFailed(): void {
      stopping = undefined;
    },
    async look(): Promise<void> {
      await Promise.all([engineOf()?.look(name), controller.look()]);
      if (expected() === 'no') await disk.read(engineOf()?.engine, container);
    },
    readDisk: () => disk.read(engineOf()?.engine, container),
    hurry: () => controller.hurry(),
    close: () => controller.close(),
  };
}
