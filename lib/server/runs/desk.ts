import 'server-only';
/** The runbook of this process: its context, its runner, and what the pages are told of it. */
import type { RunSummary } from '../../contract/runs';
import type { Cluster } from '../../domain/cluster/cluster';
import type { EngineId } from '../../domain/engine/engine';
import { foldRun } from '../../domain/switchover/state';
import type { Clock } from '../../ports/clock';
import type { Engine } from '../../ports/engine';
import type { Store } from '../../ports/store';
import type { Progress, RunContext } from '../../usecases/switchover/context';
import { createRunner, type Runner } from '../../usecases/switchover/runner';
import { createRunContext } from '../run-context';
import { summaryOf } from './answers';

export interface RunDesk {
  readonly ctx: RunContext;
  readonly runner: Runner;
  /** How far the copy of a run is, while it copies. */
  progress(runId: string): Progress | undefined;
  summaries(o?: { clusterId?: string; limit?: number }): readonly RunSummary[];
  close(): Promise<void>;
}
interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly engine: (id: EngineId) => Engine | undefined;
  /** Runs changed: tell the pages. */
  changed(): void;
  /** A run began, ended, stopped or was decided on: for the audit log and the timeline. */
  readonly self?: string;
}

export function openRunDesk({ store, clock, engine, changed, self }: Parts): RunDesk {
  const progress = new Map<string, Progress>();
  const ctx = createRunContext({
    store,
    clock,
    engine,
    ...(self !== undefined && { self }),
    changed: (runId) => {
      progress.delete(runId);
      changed();
    },
    progress: (runId, p) => {
      progress.set(runId, p);
      changed();
    },
  });
  const runner = createRunner(ctx);
  const cluster = (id: string): Cluster | undefined => store.clusters.get(id);
  return {
    ctx,
    runner,
    progress: (runId) => progress.get(runId),
    summaries: (o = {}) =>
      store.runs.list(o).map((r) => {
        const events = store.runs.events(r.runId);
        return summaryOf(events, foldRun(events), cluster(r.clusterId)?.name ?? r.clusterId, clock.now(), (id) => engine(id)?.name ?? id);
      }),
    async close() {
      await runner.close();
      await ctx.close();
    },
  };
}
