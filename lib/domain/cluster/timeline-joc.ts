/** What JOC Cockpit's part of a timeline tells: what changed between two views, only where both know it. */
import type { JocView } from '../joc/view';
import type { Millis } from '../reading';
import { code, name, say } from '../text/say';
import type { ClusterView, TimelineEvent } from './view';
import { slotName } from './words';

type Change = Omit<TimelineEvent, 'id'>;
/** The URL of an autonomous registration; a cluster's two are not told one by one. */
const urlOf = (joc: JocView): string | undefined =>
  (joc.drift.find((d) => d.id === 'url')?.joc.params?.value as { value?: string } | undefined)?.value;
const followed = (joc: JocView) => joc.says.find((s) => s.proxy === 'follows')?.slot;

export function ofJoc({ joc: before }: ClusterView, { joc: after }: ClusterView, at: Millis): readonly Change[] {
  if (!before || !after || before.jocId !== after.jocId) return [];
  const joc = name(after.name);
  const list: Change[] = [];
  const lost = (v: JocView): boolean => v.freshness.state === 'lost';
  if (!lost(before) && before.freshness.state !== 'never' && lost(after))
    list.push({ at, kind: 'lost', message: say('event.joc-lost', { joc }) });
  if (lost(before) && !lost(after)) list.push({ at, kind: 'ok', message: say('event.joc-back', { joc }) });
  if (before.registered === 'no' && after.registered === 'yes')
    list.push({ at, kind: 'settings', message: say('event.joc-registered', { joc }) });
  if (before.registered === 'yes' && after.registered === 'no')
    list.push({ at, kind: 'settings', message: say('event.joc-unregistered', { joc }) });
  const [was, is] = [urlOf(before), urlOf(after)];
  if (was !== undefined && is !== undefined && was !== is)
    list.push({ at, kind: 'settings', message: say('event.joc-url', { joc, url: code(is), before: code(was) }) });
  const to = followed(after);
  if (to !== undefined && before.registered === 'yes' && followed(before) === undefined)
    list.push({ at, kind: 'ok', message: say('event.joc-follows', { joc, slot: slotName(to) }) });
  return list;
}
