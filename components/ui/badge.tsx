import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './classes';

const BASE =
  'inline-flex items-center gap-[5px] min-h-6 py-px pl-1.5 pr-2 rounded-full border text-data font-semibold [&_svg]:size-3.5 [&_svg]:flex-none';
const LOOK = {
  active: 'border-transparent bg-ok-fill text-on-ok',
  ok: 'border-transparent bg-ok-soft text-ok',
  gold: 'bg-surface border-line-strong text-ink [&_svg]:text-warn-line',
  warn: 'border-transparent bg-warn-soft text-warn',
  bad: 'border-transparent bg-bad-soft text-bad',
  alarm: 'border-transparent bg-bad-fill text-on-bad',
  unknown: 'bg-surface border-dashed border-unk-line text-unk',
  run: 'border-transparent bg-run-soft text-run',
  neutral: 'border-transparent bg-unk-soft text-ink-2',
};
export type BadgeLook = keyof typeof LOOK;

/** State of an instance or a cluster: icon and word, colour third. Not for results of checks: that is `Status`. */
export function Badge({
  look,
  icon: Icon,
  turning,
  children,
  className,
}: {
  look: BadgeLook;
  icon: LucideIcon;
  turning?: boolean;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span className={cn(BASE, LOOK[look], className)}>
      <Icon aria-hidden className={turning === true ? 'turning' : undefined} />
      {children}
    </span>
  );
}
