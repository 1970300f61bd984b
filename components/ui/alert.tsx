import { CircleCheck, CircleQuestionMark, Info, LoaderCircle, type LucideIcon, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './classes';

type AlertTone = 'ok' | 'warn' | 'bad' | 'run' | 'unknown' | 'note';
const LOOK: Record<AlertTone, { box: string; icon: string; Icon: LucideIcon }> = {
  ok: { box: 'bg-ok-soft', icon: 'text-ok', Icon: CircleCheck },
  warn: { box: 'bg-warn-soft', icon: 'text-warn', Icon: TriangleAlert },
  bad: { box: 'bg-bad-soft', icon: 'text-bad', Icon: OctagonAlert },
  run: { box: 'bg-run-soft', icon: 'text-run', Icon: LoaderCircle },
  unknown: { box: 'bg-surface border border-dashed border-unk-line', icon: 'text-unk', Icon: CircleQuestionMark },
  note: { box: 'bg-surface border border-line', icon: 'text-ink-3', Icon: Info },
};

/** A note inside a form or a card. The page's own sentence is the `Verdict`, never this. */
export function Alert({
  tone,
  title,
  children,
  className,
  ...rest
}: { tone: AlertTone; title: ReactNode; children?: ReactNode } & Omit<ComponentProps<'div'>, 'title'>) {
  const { box, icon, Icon } = LOOK[tone];
  return (
    <div className={cn('grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5 gap-y-0.5 px-3 py-2.5 rounded-m', box, className)} {...rest}>
      <Icon aria-hidden className={cn('size-4 mt-0.5', icon, tone === 'run' && 'turning')} />
      <div className="min-w-0">
        <b className="block">{title}</b>
        {children}
      </div>
    </div>
  );
}
