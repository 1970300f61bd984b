/** How a view is shown: state → word, look, mark. Pure; the judgement itself is the domain's (fold). */
import type { Alarm, ClusterView, ComponentState, InstanceView, LinkView, Tone } from '@/lib/domain/cluster/view';
import type { PlainKey } from '../text/t';

export type CardState = 'active' | 'alarm' | 'unknown' | 'busy' | 'plain';

/** The border of an instance's card. What must not live is loud before all else; unknown never borrows a known colour. */
export function cardState(instance: InstanceView): CardState {
  if (instance.mustNotLive || instance.role === 'killed' || instance.role === 'unreachable') return 'alarm';
  if (instance.role === 'unknown') return 'unknown';
  if (instance.role === 'starting' || instance.role === 'stopping' || instance.role === 'waiting') return 'busy';
  return instance.role === 'active' ? 'active' : 'plain';
}

export type TieTone = 'ok' | 'warn' | 'bad' | 'unknown' | 'none' | 'run';
export const TIE_TONE: Record<LinkView['kind'], TieTone> = {
  established: 'ok',
  'has-journal': 'ok',
  replicating: 'run',
  unhealthy: 'warn',
  'journal-at-rest': 'warn',
  unreachable: 'bad',
  conflict: 'bad',
  unknown: 'unknown',
  'not-expected': 'none',
  fenced: 'none',
};

export const COMPONENT: Record<ComponentState, { tone: 'ok' | 'warn' | 'bad' | 'unknown' | 'quiet'; word: PlainKey }> = {
  operational: { tone: 'ok', word: 'ui.component.operational' },
  limited: { tone: 'warn', word: 'ui.component.limited' },
  inoperable: { tone: 'bad', word: 'ui.component.inoperable' },
  unknown: { tone: 'unknown', word: 'ui.component.unknown' },
  'not-running': { tone: 'quiet', word: 'ui.component.notRunning' },
};

const URGENCY: readonly Tone[] = ['alarm', 'bad', 'unknown', 'warn', 'run', 'ok'];
/** The most urgent first; the rest by name, so that rows do not jump while one reads. */
export const byUrgency = (a: ClusterView, b: ClusterView): number =>
  URGENCY.indexOf(a.verdict.tone) - URGENCY.indexOf(b.verdict.tone) || a.name.localeCompare(b.name, 'en');

/** How many clusters stand how, the most urgent first, without zeros. */
export const tally = (clusters: readonly ClusterView[]): { tone: Tone; n: number }[] =>
  URGENCY.map((tone) => ({ tone, n: clusters.filter((c) => c.verdict.tone === tone).length })).filter(({ n }) => n > 0);

/** The alarm that takes the whole page: two live Controllers of one journal, seen alive both. */
export const twoAlive = (view: ClusterView): Alarm | undefined =>
  view.secondary && view.guard.alarms.find((alarm) => alarm.code === 'two-alive' && alarm.tone === 'alarm');

/** The instance with that slot, if the cluster has one. */
export const instanceAt = (view: ClusterView, slot: 'primary' | 'secondary'): InstanceView | undefined =>
  slot === 'primary' ? view.primary : view.secondary;

/** A live Controller's word first, else what lies on disk. */
export const lastEvent = (i: InstanceView): number | undefined => i.controller.lastEventId ?? i.disk.journal?.lastEventId;
export const journalOf = (i: InstanceView): string | undefined => i.controller.journalId ?? i.disk.journal?.journalId;

/** The larger journal of the two, in bytes: so much a copy moves. Undefined = not read. */
export function journalBytes({ primary, secondary }: ClusterView): number | undefined {
  const sizes = [primary, secondary].flatMap((i) => [i?.controller.journalBytes, i?.disk.journal?.totalBytes]);
  const known = sizes.filter((size) => size !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** What may still be said when Handover itself is silent: an alarm stays one, anything better is unknown. It never keeps a colour that was. */
export const toneWhenLost = (tone: Tone): Tone => (tone === 'alarm' || tone === 'bad' ? tone : 'unknown');
