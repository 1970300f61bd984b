import type { ComponentProps, ReactNode } from 'react';
import { cn } from './classes';

/** A surface with a hairline. As `section` it must be named by its heading (`aria-labelledby`). */
export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return <section className={cn('bg-surface border border-line rounded-l min-w-0', className)} {...rest} />;
}

/** Heading of a card or section, with what belongs to its right end. */
export function SectionHead({ id, title, aside, className }: { id: string; title: ReactNode; aside?: ReactNode; className?: string }) {
  return (
    <div className={cn('flex flex-wrap items-center gap-x-3 gap-y-1', className)}>
      <h2 id={id} className="text-section">
        {title}
      </h2>
      {aside !== undefined && <div className="ml-auto text-meta text-ink-3 max-tab:ml-0 max-tab:w-full">{aside}</div>}
    </div>
  );
}
