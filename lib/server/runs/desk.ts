import 'server-only';
/** The runbook of this process: its context, its runner, and what the pages are told of it. */
import type { RunSummary } from '../../contract/runs';
import type { EngineId } from '../../domain/engine/engine';
import type { RunEvent } from '../../domain/switchover/events';
import { foldRun, type RunState } from '../../domain/switchover/state';
import type { WayEvent } from '../../domain/wayback/events';
import type { Clock } from '../../ports/clock';
import type { Engine } from '../../ports/engine';
import type { Store } from '../../ports/store';
import type { Progress, RunContext, RunJoc } from '../../usecases/switchover/context';
import { createRunner, type Runner } from '../../usecases/switchover/runner';
import { createWayBack, type WayBack } from '../../usecases/wayback/way';
import { createRunContext } from '../run-context';
import { summaryOf } from './answers';
import { createSharedLook, type SharedLook } from './shared-look';
import { openWayLog } from './way-log';

export interface RunDesk {
  readonly ctx: RunContext;
  readonly runner: Runner;
  readonly look: SharedLook;
  /** Ways back after a split brain. */
  readonly wayBack: WayBack;
  /** How far the copy of a run is, while it copies. */
  progress(runId: string): Progress | undefined;
  /** Newest first. A log that breaks a rule is left out, and told to `onFailure`. */
  summaries(o?: { clusterId?: string; limit?: number }): readonly RunSummary[];
  /** All open runs and the last 20: what the stream tells. */
  shown(): readonly RunSummary[];
  /** Calls back with what is written of a run; a log that breaks a rule is told to `onFailure`. */
  read(runId: string, then: (events: readonly RunEvent[], state: RunState) => void): void;
  /** Number of the cluster's run without an end. */
  openRun(clusterId: string): string | undefined;
  /** Stops between two acts; resolves when nothing of a run is under way any more. */
  close(): Promise<void>;
}
interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly engine: (id: EngineId) => Engine | undefined;
  readonly joc?: RunJoc;
  /** Name of this installation for the locks; it must stay the same over restarts. */
  readonly self?: string;
  /** For tests: how long a Controller that was started on a way back must stay up. */
  readonly staysMs?: number;
  /** Something was written down of a run: its last event. */
  onEvent?(events: readonly RunEvent[], state: RunState): void;
  /** The list that `shown` gives reads otherwise now. Told at most 20 times a second. */
  onRuns?(): void;
  /** Something was written down of a way back: its last event. */
  onWay?(clusterId: string, events: readonly WayEvent[]): void;
  /** Undefined: it does not copy any more. */
  onProgress?(runId: string, p: Progress | undefined): void;
  onFailure?(what: string, e: unknown): void;
}

const SHOWN = 20;
const TOGETHER_MS = 50;

export function openRunDesk(parts: Parts): RunDesk {
  const { store, clock, engine, self } = parts;
  const progress = new Map<string, Progress>();
  const ended = new Map<string, { readonly name: string; readonly summary: RunSummary }>();
  let later: ReturnType<typeof setTimeout> | undefined;
  const tellRuns = () => {
    later ??= setTimeout(() => {
      later = undefined;
      safely('tell the pages of the runs', () => parts.onRuns?.());
    }, TOGETHER_MS).unref();
  };
  /** What only tells must never break a run. */
  const safely = <T>(what: string, work: () => T): T | undefined => {
    try {
      return work();
    } catch (e) {
      parts.onFailure?.(what, e);
      return undefined;
    }
  };
  const read: RunDesk['read'] = (runId, then) => {
    safely(`read run ${runId}`, () => {
      const events = store.runs.events(runId);
      then(events, foldRun(events));
    });
  };
  const ctx = createRunContext({
    store,
    clock,
    engine,
    ...(parts.joc && { joc: parts.joc }),
    ...(self !== undefined && { self }),
    changed: (runId) => {
      look.forget(runId);
      if (progress.delete(runId)) safely('tell the progress', () => parts.onProgress?.(runId, undefined));
      read(runId, (events, state) => parts.onEvent?.(events, state));
      tellRuns();
    },
    progress: (runId, p) => {
      progress.set(runId, p);
      safely('tell the progress', () => parts.onProgress?.(runId, p));
    },
  });
  const runner = createRunner(ctx);
  const look = createSharedLook(ctx);
  const wayBack = createWayBack({
    ctx,
    log: openWayLog(store),
    changed: (id, events) => safely('tell of a way back', () => parts.onWay?.(id, events)),
    ...(parts.staysMs !== undefined && { staysMs: parts.staysMs }),
  });

  function summary(runId: string, clusterId: string): RunSummary[] {
    const name = store.clusters.get(clusterId)?.name ?? clusterId;
    const known = ended.get(runId);
    if (known?.name === name) return [known.summary];
    const made = safely(`read run ${runId}`, () => {
      const events = store.runs.events(runId);
      return summaryOf(events, foldRun(events), name, (id) => engine(id)?.name ?? id);
    });
    if (made?.state === 'ended') ended.set(runId, { name, summary: made });
    return made ? [made] : [];
  }
  return {
    ctx,
    runner,
    look,
    wayBack,
    progress: (runId) => progress.get(runId),
    summaries: (o = {}) => store.runs.list(o).flatMap((r) => summary(r.runId, r.clusterId)),
    shown: () =>
      store.runs
        .list()
        .filter((r, i) => r.open || i < SHOWN)
        .flatMap((r) => summary(r.runId, r.clusterId)),
    read,
    openRun: (clusterId) => store.runs.list({ clusterId }).find((r) => r.open)?.runId,
    async close() {
      clearTimeout(later);
      await runner.close();
      await ctx.close();
    },
  };
}
