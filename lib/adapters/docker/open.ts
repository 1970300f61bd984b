import 'server-only';
import type { EngineSettings } from '../../domain/engine/engine';
import type { Clock } from '../../ports/clock';
import type { Engine } from '../../ports/engine';
import { openConnection } from './connection';
import { setRestartPolicy, start, stop } from './control';
import { movingFiles } from './files/moving-files';
import { volumeFiles } from './files/volume-files';
import { helperPool } from './helper-pool';
import { LIMITS, type Limits } from './limits';
import { inspectLock, releaseLock, takeLock } from './locks';
import { logs } from './logs';
import { describeEngine, inspect, list } from './look';
import { making } from './making/making';
import { runHelper } from './run-helper';
import { watch } from './watch';

export interface DockerEngineDeps {
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
}

/** A Docker Engine at a socket, TCP, TLS or ssh address. Opening asks nothing and never fails: the first call tells whether the engine is there. */
export function openDockerEngine(settings: EngineSettings, deps: DockerEngineDeps = {}): Engine {
  const clock = deps.clock ?? { now: Date.now };
  const c = openConnection(settings, { ...LIMITS, ...deps.limits });
  const pool = helperPool(c);
  return {
    id: settings.id,
    name: settings.name,
    world: 'docker',
    describe: () => describeEngine(c, clock),
    list: () => list(c),
    inspect: (name) => inspect(c, name),
    watch: (handlers, signal) => watch(c, handlers, signal),
    start: (name) => start(c, name),
    stop: (name, o) => stop(c, name, o.timeoutSeconds),
    setRestartPolicy: (name, policy) => setRestartPolicy(c, name, policy),
    logs: (name, o) => logs(c, name, o),
    files: (name) => volumeFiles(c, pool, name),
    moving: (name) => movingFiles(c, pool, name),
    making: making(c),
    runHelper: (name, o) => runHelper(c, pool, name, o),
    takeLock: (key, owner) => takeLock(c, key, owner),
    inspectLock: (key) => inspectLock(c, key),
    releaseLock: (key, token) => releaseLock(c, key, token),
    async close() {
      await pool.close();
      c.close();
    },
  };
}
