import 'server-only';
import type { ClusterId } from '../domain/cluster/cluster';
import type { TimelineEvent } from '../domain/cluster/view';
import type { Runtime } from './runtime';

/** Writes what a person did into the timeline, and tells the pages. */
export function note(
  runtime: Pick<Runtime, 'store' | 'clock' | 'live'>,
  id: ClusterId,
  e: Pick<TimelineEvent, 'kind' | 'message' | 'who'>,
): void {
  runtime.store.timeline.append(id, { at: runtime.clock.now(), ...e });
  runtime.live.tellTimeline(id);
}
