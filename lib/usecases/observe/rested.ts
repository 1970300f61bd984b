import 'server-only';
import { lastValue } from '../../domain/cluster/facts';
import type { MemberObservation } from '../../domain/cluster/observation';
import type { Instance } from '../../domain/instance/instance';
import type { Refusal } from '../../domain/journal/disk';
import type { Millis } from '../../domain/reading';

/** These end a Controller before its first event. */
const BEFORE_WORK: ReadonlySet<Refusal['kind']> = new Set<Refusal['kind']>(['backup-flag', 'no-licence']);

interface Run {
  readonly startedAt: Millis;
  /** Since when it had not worked when it started. */
  readonly restedSince: Millis;
  /** What its Controller said of itself in this run: only that it idles, or anything else. */
  readonly said: 'nothing' | 'idle' | 'more';
}

/**
 * Since when a container has not worked, beyond what Docker keeps: Docker tells the end of one run only. A run that was seen to idle or to refuse, and was
 * proved by its volumes afterwards, counts as rest. Whatever was not seen from its start to its end counts as work. All times are the engine's clock.
 */
export function watchRest() {
  let run: Run | undefined;
  let harmless: { readonly finishedAt: Millis; readonly restedSince: Millis } | undefined;

  function whileRunning(i: Instance, startedAt: Millis, o: MemberObservation, skew: number): void {
    if (run?.startedAt !== startedAt) {
      const before = i.endedBefore;
      const rested = before !== undefined && before === harmless?.finishedAt ? harmless.restedSince : (before ?? i.createdAt);
      run = { startedAt, restedSince: rested, said: 'nothing' };
    }
    if (o.controller.kind !== 'value' || o.controller.at < startedAt - skew) return;
    const { node } = o.controller.value;
    // As role.ts judges it: not appointed, or a backup of nobody.
    const idles =
      node.kind === 'not-appointed' || (node.kind === 'state' && node.state.isBackup && node.state.clusterState.type === 'Empty');
    if (idles) run = { ...run, said: run.said === 'more' ? 'more' : 'idle' };
    else if (node.kind === 'state') run = { ...run, said: 'more' };
  }
  function whileStopped(i: Instance, finishedAt: Millis, o: MemberObservation, skew: number): void {
    if (!run || run.startedAt !== i.startedAt || o.disk.kind !== 'value' || o.disk.at < finishedAt - skew) return;
    if (harmless?.finishedAt === finishedAt || run.said === 'more') return;
    const { refusal, state } = o.disk.value;
    const refused = refusal !== undefined && BEFORE_WORK.has(refusal.kind);
    // One that has worked leaves a journal.
    if (refused || (run.said === 'idle' && state.kind === 'empty')) harmless = { finishedAt, restedSince: run.restedSince };
  }

  return {
    /** To be called with everything that is seen. */
    note(o: MemberObservation): void {
      if (o.container.kind !== 'value' || o.container.value === 'absent') return;
      const i = o.container.value;
      const skew = lastValue(o.engine)?.clockSkewMs ?? 0;
      if (i.startedAt !== undefined && i.state === 'running') whileRunning(i, i.startedAt, o, skew);
      else if (i.finishedAt !== undefined) whileStopped(i, i.finishedAt, o, skew);
    },
    /** Of the present run: earlier than what Docker tells, where the run before was one of rest. */
    since(o: MemberObservation): Millis | undefined {
      const i = o.container.kind === 'value' && o.container.value !== 'absent' ? o.container.value : undefined;
      return i?.startedAt !== undefined && i.startedAt === run?.startedAt ? run.restedSince : undefined;
    },
  };
}
