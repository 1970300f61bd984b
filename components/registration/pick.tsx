import type { ReactNode } from 'react';
import { cn } from '../ui/classes';

/** One of a few choices, each with what it means. An impossible one stays, can be reached and read, and cannot be chosen. */
export function Pick({
  group,
  chosen,
  onChoose,
  title,
  badge,
  children,
  impossible,
}: {
  group: string;
  chosen: boolean;
  onChoose: () => void;
  title: string;
  badge?: string | undefined;
  children: ReactNode;
  impossible?: boolean;
}) {
  return (
    <label
      className={cn(
        'grid grid-cols-[18px_minmax(0,1fr)] content-start gap-x-2.5 gap-y-0.5 px-4 py-3 border border-line-strong rounded-m has-checked:border-accent has-checked:shadow-[inset_0_0_0_1px_var(--accent)] has-checked:bg-accent-soft',
        impossible === true && 'bg-sunken border-line cursor-not-allowed',
      )}
    >
      <input
        type="radio"
        className="size-4 mt-0.5 accent-(--accent-fill)"
        name={group}
        checked={chosen}
        aria-disabled={impossible === true || undefined}
        onChange={() => impossible !== true && onChoose()}
      />
      <span>
        <b>{title}</b>
        {badge !== undefined && <span className="ml-2 text-meta text-ok font-semibold">{badge}</span>}
      </span>
      <span className="col-start-2 text-data text-ink-2">{children}</span>
    </label>
  );
}
