import {
  Archive,
  ArrowRight,
  Ban,
  Box,
  Check,
  CircleCheck,
  CirclePause,
  CirclePlay,
  CircleQuestionMark,
  CircleStop,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Moon,
  OctagonX,
  ShieldCheck,
  Snowflake,
  TriangleAlert,
  Unplug,
  X,
} from 'lucide-react';
import type { Badge, ComponentState, LinkView, Role } from '@/lib/domain/cluster/view';
import type { BadgeLook } from '../ui/badge';

export const LOOK: Record<Badge['tone'], BadgeLook> = {
  active: 'active',
  'must-not': 'alarm',
  neutral: 'neutral',
  gold: 'gold',
  run: 'run',
  warn: 'warn',
  bad: 'bad',
  unknown: 'unknown',
};
const BY_TONE: Record<Badge['tone'], LucideIcon> = {
  active: CirclePlay,
  'must-not': CirclePlay,
  neutral: Box,
  gold: CirclePause,
  run: LoaderCircle,
  warn: TriangleAlert,
  bad: OctagonX,
  unknown: CircleQuestionMark,
};
const BY_WORD: Readonly<Record<string, LucideIcon>> = {
  cold: Snowflake,
  retired: Archive,
  fenced: ShieldCheck,
  idle: Moon,
  unreachable: Unplug,
  standby: CirclePause,
  mustnot: Ban,
  stopped: CircleStop,
  ended: OctagonX,
  waiting: Hourglass,
  notready: TriangleAlert,
  absent: CircleQuestionMark,
  refused: OctagonX,
  killed: OctagonX,
};
/** The mark of a badge: by its word where that has one of its own (`badge.cold`), else by its tone. */
export const badgeIcon = (badge: Badge): LucideIcon =>
  BY_WORD[(badge.word.key.split('.').at(-1) ?? '').replaceAll('-', '').toLowerCase()] ?? BY_TONE[badge.tone];

export const COMPONENT_ICON: Record<Exclude<ComponentState, 'not-running'>, LucideIcon> = {
  operational: CircleCheck,
  limited: TriangleAlert,
  inoperable: OctagonX,
  unknown: CircleQuestionMark,
};

export const TIE_ICON: Record<LinkView['kind'], LucideIcon | undefined> = {
  established: Check,
  'has-journal': Check,
  replicating: ArrowRight,
  unhealthy: TriangleAlert,
  'journal-at-rest': Archive,
  unreachable: X,
  conflict: X,
  unknown: CircleQuestionMark,
  'not-expected': undefined,
  fenced: ShieldCheck,
};

/** For the page that explains the states. */
export const ROLE_BADGE: Record<Role, { look: BadgeLook; icon: LucideIcon; turning?: boolean }> = {
  active: { look: 'active', icon: CirclePlay },
  standby: { look: 'gold', icon: CirclePause },
  cold: { look: 'neutral', icon: Snowflake },
  retired: { look: 'neutral', icon: Archive },
  fenced: { look: 'neutral', icon: ShieldCheck },
  idle: { look: 'neutral', icon: Moon },
  starting: { look: 'run', icon: LoaderCircle, turning: true },
  stopping: { look: 'run', icon: LoaderCircle, turning: true },
  waiting: { look: 'warn', icon: Hourglass },
  refused: { look: 'bad', icon: OctagonX },
  killed: { look: 'bad', icon: OctagonX },
  unreachable: { look: 'bad', icon: Unplug },
  absent: { look: 'unknown', icon: CircleQuestionMark },
  unknown: { look: 'unknown', icon: CircleQuestionMark },
};
