import 'server-only';
import type { ControllerFacts } from '../../domain/controller/controller';
import type { ContainerReading, Instance } from '../../domain/instance/instance';
import type { DiskFacts } from '../../domain/journal/disk';
import { type Millis, never, nextReading, type Reading } from '../../domain/reading';
import type { ReadConfig } from '../../ports/config';
import type { Engine } from '../../ports/engine';
import { backoff, due, jitter, type Random, TIMES } from './backoff';
import { readDisk } from './disk';

export interface DiskWatch {
  reading(): Reading<DiskFacts>;
  tick(now: Millis, engine: Engine | undefined, container: Reading<ContainerReading>, controller: Reading<ControllerFacts>): void;
  /** Reads now, if the container is known: what is told then was read after the call, even where a reading was under way. */
  read(engine: Engine | undefined, container: () => Reading<ContainerReading>): Promise<void>;
}
interface Deps {
  readonly now: () => Millis;
  readonly random: Random;
  readonly readConfig: ReadConfig;
  readonly onChange: () => void;
  readonly onFailure: (what: string, error: unknown) => void;
  /** Limits how many volumes of an engine are read at once. */
  readonly turn: <T>(engineId: string, act: () => Promise<T>) => Promise<T>;
  /** How often the volumes of an instance of this engine are read again, ms. */
  readonly diskEvery: (engineId: string) => number;
}

/** Reads an instance's volumes once when it has stopped, then every minute; of a running one only when its Controller stays silent. */
export function watchDisk({ now, random, readConfig, onChange, onFailure, turn, diskEvery }: Deps): DiskWatch {
  let reading: Reading<DiskFacts> = never;
  let running: Promise<void> | undefined;
  /** The reading that follows the one under way. */
  let following: Promise<void> | undefined;
  let lastEnd = '';
  let nextAt = 0;
  let failures = 0;

  function read(engine: Engine | undefined, container: Reading<ContainerReading>): Promise<void> {
    if (!engine || container.kind !== 'value' || container.value === 'absent') return Promise.resolve();
    const instance = container.value;
    running ??= turn(instance.engineId, async () => {
      const at = now();
      nextAt = at + TIMES.disk;
      const r = await readDisk(engine, instance, readConfig);
      reading = nextReading(reading, r, at);
      failures = r.ok ? 0 : failures + 1;
      nextAt = now() + (r.ok ? jitter(diskEvery(instance.engineId), random) : Math.max(2000, backoff(failures, random, TIMES.disk)));
      onChange();
    }).finally(() => {
      running = undefined;
    });
    return running;
  }

  /** What is under way may have seen what was before: one more follows it, one for all who ask meanwhile. */
  function readAnew(engine: Engine | undefined, container: () => Reading<ContainerReading>): Promise<void> {
    if (!running) return read(engine, container());
    following ??= running
      .catch(() => undefined)
      .then(() => {
        following = undefined;
        return read(engine, container());
      });
    return following;
  }

  const unwaited = (p: Promise<unknown>): void => void p.catch((e) => onFailure('the reading of volumes', e));

  return {
    reading: () => reading,
    read: readAnew,
    tick(at, engine, container, controller) {
      if (container.kind !== 'value' || container.value === 'absent' || running) return;
      const instance = container.value;
      if (isStopped(instance)) {
        const end = `${instance.id} ${instance.state} ${instance.finishedAt}`;
        if (end === lastEnd && !due(at, nextAt, diskEvery(instance.engineId))) return;
        lastEnd = end;
        unwaited(read(engine, container));
      } else if (controller.kind === 'failed' && at - controller.since >= TIMES.silent && due(at, nextAt, diskEvery(instance.engineId))) {
        unwaited(read(engine, container));
      }
    },
  };
}

/** Docker's word that nothing runs in it. */
export const isStopped = (i: Instance): boolean => i.state === 'exited' || i.state === 'created' || i.state === 'dead';

/** At most `limit` acts per key at a time, in order. */
export function createTurns(limit: number): Deps['turn'] {
  const active = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();
  return async (key, act) => {
    if ((active.get(key) ?? 0) >= limit) await new Promise<void>((resolve) => waiting.set(key, [...(waiting.get(key) ?? []), resolve]));
    else active.set(key, (active.get(key) ?? 0) + 1);
    try {
      return await act();
    } finally {
      const next = waiting.get(key)?.shift();
      // The turn is handed on, or given back.
      if (next) next();
      else active.set(key, (active.get(key) ?? 1) - 1);
    }
  };
}
