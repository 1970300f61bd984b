import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './classes';

export type StatusTone = 'ok' | 'warn' | 'bad' | 'unknown' | 'run';
const TONES: Record<StatusTone, string> = { ok: 'text-ok', warn: 'text-warn', bad: 'text-bad', unknown: 'text-unk', run: 'text-run' };

/** Icon and word without a box: operational, passed, answers. */
export function Status({
  tone,
  icon: Icon,
  turning,
  children,
  className,
}: {
  tone: StatusTone;
  icon: LucideIcon;
  turning?: boolean;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span className={cn('inline-flex align-top items-start gap-1.5 font-semibold', TONES[tone], className)}>
      <Icon aria-hidden className={cn('size-[15px] flex-none mt-[2.5px]', turning === true && 'turning')} />
      <span>{children}</span>
    </span>
  );
}
