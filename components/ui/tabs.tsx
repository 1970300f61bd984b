import type { Route } from 'next';
import { cn } from './classes';
import { Link } from './link';

interface Tab {
  readonly href: Route;
  readonly label: string;
  readonly here: boolean;
}
/** Pages that belong together; the one that is open is marked. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="flex gap-1 max-tab:-mx-4 max-tab:px-4 max-tab:overflow-x-auto [scrollbar-width:none]">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.here ? 'page' : undefined}
          className={cn(
            'px-3 py-1.5 max-tab:px-2.5 max-tab:py-3 whitespace-nowrap rounded-m text-ink-2 no-underline hover:no-underline hover:bg-sunken hover:text-ink',
            tab.here && 'bg-surface text-ink! font-semibold border border-line',
          )}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
