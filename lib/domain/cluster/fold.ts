import { guardOf } from '../guard/guard';
import type { Millis } from '../reading';
import { instanceView } from './instance-view';
import { linksOf } from './links';
import { nextStepOf } from './next-step';
import type { ClusterObservation } from './observation';
import { pairOf } from './pair';
import { situationOf } from './situation';
import { verdictOf } from './verdict';
import type { ClusterView } from './view';

/**
 * What the pages show, from what was observed. Pure and total: it answers for every combination of readings and never throws; the same observation
 * at the same time gives the same view, in whatever order strangers and keys come. What is not known counts as the worst case: it is never taken as
 * stopped, and the verdict is never "well" while two may live.
 *
 * @param now Our clock, epoch ms. Ages are judged by it: fold again at least every few seconds, also when nothing new was read.
 */
export function fold(observation: ClusterObservation, now: Millis): ClusterView {
  const pair = pairOf(observation, now);
  const s = situationOf(pair);
  const verdict = verdictOf(s);
  const next = nextStepOf(s);
  const { cluster } = observation;
  return {
    id: cluster.id,
    name: cluster.name,
    controllerId: cluster.controllerId,
    world: observation.world ?? 'docker',
    kind: pair.shownKind,
    verdict,
    ...(next && { next }),
    status: s.status,
    primary: instanceView(pair, pair.primary),
    ...(pair.secondary && { secondary: instanceView(pair, pair.secondary) }),
    links: linksOf(s),
    guard: guardOf(s, verdict.tone),
    ...(pair.run && { run: pair.run }),
    ...(pair.joc && { joc: pair.joc }),
    ...(s.oldestAt !== undefined && { oldestAt: s.oldestAt }),
  };
}
