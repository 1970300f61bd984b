import type { ReactNode } from 'react';

/** Width and rhythm of a page. */
export function Page({ children }: { children: ReactNode }) {
  return <div className="column py-6 pb-12 max-tab:py-4 grid gap-6 max-tab:gap-4 grid-cols-[minmax(0,1fr)]">{children}</div>;
}
