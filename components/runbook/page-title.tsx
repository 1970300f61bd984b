import type { ReactNode } from 'react';

/** Head of a page that is no cluster's. */
export function PageTitle({ title, sub, aside, crumb }: { title: ReactNode; sub?: ReactNode; aside?: ReactNode; crumb?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
      <div className="min-w-0">
        {crumb}
        <h1 className="text-title max-tab:text-[22px] max-tab:leading-7 tracking-[-0.012em] [overflow-wrap:anywhere]">{title}</h1>
        {sub !== undefined && <p className="text-ink-2 [overflow-wrap:anywhere]">{sub}</p>}
      </div>
      {aside !== undefined && <div className="ml-auto max-tab:ml-0 max-tab:w-full">{aside}</div>}
    </div>
  );
}
