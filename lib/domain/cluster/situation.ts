import { alarmsOf } from '../guard/alarms';
import { type Millis, STALE_MS } from '../reading';
import type { Message } from '../text/message';
import { say } from '../text/say';
import { activeOnes, type Judged, type Pair, peerOf } from './pair';
import { statusOf } from './status';
import type { Alarm, ClusterView } from './view';

/** What the rules of verdict, next step, guard line and picture look at. */
export interface Situation {
  readonly pair: Pair;
  readonly alarms: readonly Alarm[];
  readonly status: ClusterView['status'];
  /** The one that works, if exactly one says so. */
  readonly active?: Judged;
  /** The other one beside `active`. */
  readonly spare?: Judged;
  /** Oldest of the readings that the verdict rests on. */
  readonly oldestAt?: Millis;
}

export function situationOf(pair: Pair): Situation {
  const actives = activeOnes(pair);
  const active = actives.length === 1 ? actives[0] : undefined;
  const spare = active && peerOf(pair, active);
  const times = pair.members.flatMap(({ f }) => [
    ...(f.seen.container.kind === 'value' ? [f.seen.container.at] : []),
    ...(f.says && f.seen.controller.kind === 'value' ? [f.seen.controller.at] : []),
  ]);
  return {
    pair,
    alarms: alarmsOf(pair),
    status: statusOf(pair),
    ...(active && { active }),
    ...(spare && { spare }),
    ...(times.length > 0 && { oldestAt: Math.min(...times) }),
  };
}

export const isStale = (s: Situation): boolean => s.oldestAt !== undefined && s.pair.now - s.oldestAt >= STALE_MS;
/** The alarm in one line; the way back after a split brain stands in its detail. */
export const inShort = (a: Alarm): Message =>
  a.detail.key === 'two.same.detail' ? say('two.same.why') : a.code === 'journals-parted' ? say('parted.why') : a.detail;
export const alarm = (s: Situation, ...codes: Alarm['code'][]): Alarm | undefined => s.alarms.find((a) => codes.includes(a.code));
