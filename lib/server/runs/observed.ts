import 'server-only';
import type { ClusterId } from '../../domain/cluster/cluster';
import type { ObservedRun } from '../../domain/cluster/observation';
import type { RunEvent } from '../../domain/switchover/events';
import { reportOf } from '../../domain/switchover/report';
import { current, type RunState } from '../../domain/switchover/state';

/** What the watcher is told of a run; undefined once it has ended. */
function observedOf(events: readonly RunEvent[], state: RunState): ObservedRun | undefined {
  if (state.phase === 'ended') return undefined;
  const { plan } = state;
  const step = current(state);
  const downSince = reportOf(events).downSince ?? crashedSince(state);
  return {
    ...{ runId: plan.runId, from: plan.source.slot, mode: state.mode, phase: state.phase, step },
    ...{ number: plan.steps.indexOf(step) + 1, of: plan.steps.length },
    ...(downSince !== undefined && { downSince }),
    ...(state.stopped && { stopped: state.stopped.reason }),
  };
}

/** A run from a crashed source begins while nobody works. */
const crashedSince = ({ plan, steps, startedAt }: RunState): number | undefined =>
  plan.variant === 'source-crashed' && steps['prove-works'].do !== 'succeeded' ? startedAt : undefined;

/** The open run of each cluster, kept ready for every view. */
export function createObservedRuns() {
  const open = new Map<ClusterId, ObservedRun>();
  return {
    of: (id: ClusterId): ObservedRun | undefined => open.get(id),
    note(events: readonly RunEvent[], state: RunState): void {
      const run = observedOf(events, state);
      if (run) open.set(state.plan.clusterId, run);
      else open.delete(state.plan.clusterId);
    },
  };
}
