/** How JOC Cockpit's word is shown in the picture. Pure. */
import { Check, CircleQuestionMark, type LucideIcon, TriangleAlert, X } from 'lucide-react';
import type { Connection } from '@/lib/domain/cluster/view';
import type { JocView } from '@/lib/domain/joc/view';
import type { TieTone } from './model';

type Link = Connection | 'not-registered';
export const LINK_TONE: Record<Link, TieTone> = {
  established: 'ok',
  unstable: 'warn',
  unreachable: 'bad',
  unknown: 'unknown',
  'not-expected': 'none',
  'not-registered': 'none',
};
export const LINK_ICON: Record<Link, LucideIcon | undefined> = {
  established: Check,
  unstable: TriangleAlert,
  unreachable: X,
  unknown: CircleQuestionMark,
  'not-expected': undefined,
  'not-registered': undefined,
};

/** JOC's connection to an instance; a proxy that stays behind is no good one, whatever JOC calls it. */
export function jocLink(joc: JocView, slot: 'primary' | 'secondary') {
  const link = joc.links.find((each) => each.slot === slot);
  if (!link) return undefined;
  const behind = joc.says.some((each) => each.slot === slot && each.proxy === 'behind');
  return {
    label: link.label,
    kind: behind ? 'behind' : link.connection,
    tone: behind ? 'warn' : LINK_TONE[link.connection],
    icon: behind ? TriangleAlert : LINK_ICON[link.connection],
  } as const;
}
