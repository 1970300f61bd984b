/** Who has the journal now: the side from which a switch-over goes. */
import type { Slot } from '../cluster/cluster';
import type { ClusterView, InstanceView } from '../cluster/view';

/**
 * The instance that is active; else the one whose state directory holds the journal, of two copies the one with the newer last event. Where nothing tells, the
 * Primary: it is only a suggestion, which the checks judge and a person confirms by name.
 */
export function sourceOf(view: Pick<ClusterView, 'primary' | 'secondary'> | undefined): Slot {
  const sides = [view?.primary, view?.secondary].filter((s) => s !== undefined);
  const active = sides.find((s) => s.role === 'active');
  if (active) return active.slot;
  const last = (s: InstanceView): number => s.disk.journal?.lastEventId ?? -1;
  return [...sides].sort((a, b) => last(b) - last(a))[0]?.slot ?? 'primary';
}
