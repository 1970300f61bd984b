import type { ClusterView, InstanceView } from '@/lib/domain/cluster/view';
import type { PlainLaterKey } from '../text/t-later';
import type { Act } from './acts';

/** What the act means for the work, in one sentence, from what is known of the other instance. Unknown counts as alive. */
export function consequence(view: ClusterView, instance: InstanceView, act: Act): PlainLaterKey {
  const other = instance.slot === 'primary' ? view.secondary : view.primary;
  const otherWorks = other?.role === 'active' && !other.mustNotLive;
  if (act === 'stop') {
    if (instance.mustNotLive || (otherWorks && instance.role !== 'standby')) return 'ui.act.stop.otherWorks';
    if (instance.role === 'standby') return 'ui.act.stop.standby';
    return view.kind === 'licensed' ? 'ui.act.stop.licensed' : 'ui.act.stop.nobody';
  }
  if (view.kind === 'licensed') return 'ui.act.start.licensed';
  if (other?.alive === 'yes') return 'ui.act.start.otherLives';
  if (other?.alive === 'unknown') return 'ui.act.start.otherUnknown';
  return 'ui.act.start.alone';
}
