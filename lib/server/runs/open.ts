import 'server-only';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { RunEvent } from '../../domain/switchover/events';
import type { RunState } from '../../domain/switchover/state';
import type { WayEvent } from '../../domain/wayback/events';
import type { Clock } from '../../ports/clock';
import type { Store } from '../../ports/store';
import type { RunJoc } from '../../usecases/switchover/context';
import type { EngineSet } from '../engine-set';
import type { Hub } from '../hub';
import { openRunDesk, type RunDesk } from './desk';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly engines: Pick<EngineSet, 'get'>;
  readonly log: Logger;
  readonly joc: RunJoc;
  /** Tells this installation from others on the same host. */
  readonly mark: string;
  /** At the start: a run without an end. */
  onOpen(events: readonly RunEvent[], state: RunState): void;
  onEvent(events: readonly RunEvent[], state: RunState): void;
  onWay(clusterId: string, events: readonly WayEvent[]): void;
}

/** The desk, bound to the hub. Runs that had no end when Handover ended are marked as interrupted; nothing else happens until a person chooses. */
export function startRuns({ store, clock, hub, engines, log, joc, mark, onEvent, onOpen, onWay }: Parts): RunDesk {
  const desk = openRunDesk({
    store,
    clock,
    engine: engines.get,
    joc,
    self: selfOf(store, mark),
    onEvent,
    onWay,
    onRuns: () => hub.put('runs', desk.shown(), clock.now()),
    onProgress: (runId, p) => {
      const progress = p && {
        step: p.step,
        file: p.file,
        doneBytes: p.doneBytes,
        totalBytes: p.totalBytes,
        bytesPerSecond: p.bytesPerSecond,
      };
      hub.put('run-progress', progress ? { runId, progress } : null, clock.now());
    },
    onFailure: (what, e) => log.error({ err: e }, `could not ${what}`),
  });
  for (const { runId } of store.runs.list().filter((r) => r.open)) desk.read(runId, onOpen);
  const interrupted = desk.runner.findInterrupted();
  if (interrupted.length > 0) log.warn({ runs: interrupted }, 'runs without an end wait for a person');
  hub.put('runs', desk.shown(), clock.now());
  hub.put('run-progress', null, clock.now());
  return desk;
}

/** The name in the locks. Kept for ever: a lock must be known again as ours after a restart on another host name (a container gets a new one). */
function selfOf(store: Pick<Store, 'facts'>, mark: string): string {
  const known = store.facts.get('self');
  if (known !== undefined) return known;
  const self = `${hostname()}-${mark}`;
  store.facts.set('self', self);
  return self;
}
