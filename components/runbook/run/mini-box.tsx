import type { ReactNode } from 'react';
import type { CardState } from '../../cluster/model';
import { cn } from '../../ui/classes';

const BORDER: Record<CardState, string> = {
  active: 'border-2 border-ok-line',
  alarm: 'border-2 border-bad-line',
  unknown: 'border border-dashed border-unk-line',
  busy: 'border border-run-line',
  plain: 'border border-line',
};

/** One instance in short: who, what it is now, where. */
export function MiniBox({ name, state, badges, foot }: { name: string; state: CardState; badges: ReactNode; foot: ReactNode }) {
  return (
    <div className={cn('grid content-start justify-items-start gap-1.5 p-3 rounded-l min-w-0', BORDER[state])} data-state={state}>
      <b>{name}</b>
      {badges}
      <span className="text-meta text-ink-3 [overflow-wrap:anywhere]">{foot}</span>
    </div>
  );
}

/** What ties them: dotted = nothing, dashed with an arrow = bytes flow. */
export function MiniLine({ moving, label, icon }: { moving: boolean; label?: string; icon?: ReactNode }) {
  return (
    <div
      className={cn(
        'relative min-h-11 grid place-items-center text-ink-3',
        moving && 'text-run',
        'before:absolute before:inset-x-0 before:top-1/2 before:border-t-2 before:border-dotted before:border-line-strong max-tab:before:inset-x-auto max-tab:before:inset-y-0 max-tab:before:top-0 max-tab:before:left-1/2 max-tab:before:border-t-0 max-tab:before:border-l-2',
        moving && 'before:border-dashed before:border-run-line',
      )}
    >
      {icon !== undefined && <span className="relative z-1 bg-surface rounded-full p-0.5">{icon}</span>}
      {label !== undefined && (
        <span className="absolute inset-x-0 bottom-[calc(50%+12px)] text-center text-meta font-semibold max-tab:bottom-auto max-tab:inset-x-auto max-tab:left-[calc(50%+16px)] max-tab:top-1/2 max-tab:-translate-y-1/2">
          {label}
        </span>
      )}
    </div>
  );
}
