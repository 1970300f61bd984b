import { Check, Minus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '../../ui/classes';
import { t } from '../t-both';

/** `plan` = on paper; the rest are states of a run. */
export type StepLook = 'plan' | 'done' | 'now' | 'next' | 'failed' | 'unsure' | 'undone';

const CIRCLE: Record<StepLook, string> = {
  plan: 'bg-surface border-line-strong text-ink-2',
  done: 'bg-ok-soft border-ok-line text-ok',
  now: 'bg-run-line border-run-line text-on-run',
  next: 'bg-surface border-line text-ink-3',
  failed: 'bg-bad-soft border-bad-line text-bad',
  unsure: 'bg-surface border-dashed border-unk-line text-unk',
  undone: 'bg-unk-soft border-unk-line text-unk',
};
const ROW: Record<StepLook, string> = {
  plan: 'py-2',
  done: 'py-1.5',
  now: 'py-2.5 bg-run-soft',
  next: 'py-1',
  failed: 'py-2.5 bg-bad-soft',
  unsure: 'py-2.5 bg-unk-soft',
  undone: 'py-1.5',
};
const MARK = { done: Check, failed: X, undone: Minus } as const;

export interface RailStep {
  readonly number: number;
  readonly look: StepLook;
  /** Nobody works from this step's begin to its end: the rail is gold. */
  readonly down: boolean;
  readonly downBefore: boolean;
  readonly downAfter: boolean;
  readonly first: boolean;
  readonly last: boolean;
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** One step on the rail: number or mark, title, duration, and what belongs to it below. */
export function RailRow({ number, look, down, downBefore, downAfter, first, last, title, aside, children }: RailStep) {
  const Mark = look in MARK ? MARK[look as keyof typeof MARK] : undefined;
  return (
    <li
      data-look={look}
      aria-current={look === 'now' ? 'step' : undefined}
      className={cn('relative grid grid-cols-[28px_minmax(0,1fr)_auto] gap-x-3.5 max-tab:gap-x-3 px-5 max-tab:px-4', ROW[look])}
    >
      {!first && <Rail gold={down && downBefore} faint={look === 'next'} className="top-0 h-[18px]" />}
      {!last && <Rail gold={down && downAfter} faint={look === 'next'} className="top-[18px] bottom-0" />}
      <span
        aria-hidden
        className={cn('relative z-1 size-7 rounded-full grid place-items-center text-data font-semibold leading-none border', CIRCLE[look])}
      >
        {Mark ? <Mark className="size-4" /> : number}
      </span>
      <p className={cn('pt-1 min-w-0', look === 'next' ? 'text-ink-2' : 'font-semibold', look === 'now' && 'text-section')}>
        {look !== 'plan' && <span className="sr-only">{t(`runbook.state.${look}`, { n: number })}</span>}
        {title}
      </p>
      <span className="pt-1 text-data text-ink-2 text-right whitespace-nowrap">{aside}</span>
      {children !== undefined && <div className="col-start-2 col-span-2 min-w-0 text-data text-ink-2">{children}</div>}
    </li>
  );
}

function Rail({ gold, faint, className }: { gold: boolean; faint: boolean; className: string }) {
  return (
    <span
      aria-hidden
      data-gold={gold || undefined}
      className={cn(
        'absolute left-[33px] max-tab:left-[29px] w-[2px] bg-line',
        gold && 'bg-warn-line! w-1! left-[32px]! max-tab:left-[28px]!',
        gold && faint && 'bg-[color-mix(in_oklab,var(--warn-line)_38%,var(--surface))]!',
        className,
      )}
    />
  );
}
