import type { ReactNode } from 'react';
import { cn } from './classes';

/** A short list of named facts. */
export function Facts({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <dl
      className={cn(
        'grid content-start grid-cols-[104px_minmax(0,1fr)] gap-x-3 gap-y-[3px] max-tab:grid-cols-[96px_minmax(0,1fr)] max-tab:gap-x-2.5',
        className,
      )}
    >
      {children}
    </dl>
  );
}

export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt className="text-data text-ink-2">{name}</dt>
      <dd className="min-w-0 text-data [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
