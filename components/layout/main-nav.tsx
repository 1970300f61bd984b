'use client';
import { Menu as MenuIcon } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useClusters } from '@/lib/client/use-clusters';
import { counted, t } from '../text/t';
import { cn } from '../ui/classes';
import { Link } from '../ui/link';

const PLACES = [
  { href: '/', label: 'ui.nav.clusters' },
  { href: '/runs', label: 'ui.nav.runs' },
  { href: '/settings', label: 'ui.nav.settings' },
  { href: '/help/states', label: 'ui.nav.help' },
] as const;

const isHere = (href: string, path: string): boolean =>
  href === '/' ? path === '/' || path.startsWith('/clusters') || path.startsWith('/setups') : path.startsWith(href);

/** How many clusters need somebody now: the only number in the bar. What is broken goes on needing somebody after the alarm. */
function useAlarms(): number {
  const { data } = useClusters();
  return data?.filter((c) => c.verdict.tone === 'alarm' || c.verdict.tone === 'bad').length ?? 0;
}

/** The places, each as `look` says. */
function Places({ path, alarms, look }: { path: string; alarms: number; look: (here: boolean) => string }) {
  return PLACES.map(({ href, label }) => (
    <Link key={href} href={href} aria-current={isHere(href, path) ? 'page' : undefined} className={look(isHere(href, path))}>
      {t(label)}
      {href === '/' && <AlarmCount n={alarms} />}
    </Link>
  ));
}

const inBar = (here: boolean): string =>
  cn(
    'flex items-center gap-1.5 px-3 text-ink-2 no-underline hover:no-underline hover:text-ink',
    here && 'text-ink! font-semibold shadow-[inset_0_-2px_0_var(--accent)]',
  );
const inList = (here: boolean): string =>
  cn('flex items-center gap-2 min-h-11 px-3 rounded-m text-ink no-underline', here && 'font-semibold bg-accent-soft');

export function MainNav() {
  return (
    <nav aria-label={t('ui.nav.main')} className="flex self-stretch gap-1 max-tab:hidden">
      <Places path={usePathname()} alarms={useAlarms()} look={inBar} />
    </nav>
  );
}

/** The same on a phone: a plain disclosure, so that it works before and without any script of ours. */
export function PhoneNav() {
  const path = usePathname();
  const alarms = useAlarms();
  return (
    <details className="hidden max-tab:block" key={path}>
      <summary aria-label={t('ui.nav.open')} className="relative grid place-items-center size-11 rounded-m text-ink-2">
        <MenuIcon aria-hidden className="size-5" />
        {alarms > 0 && <span aria-hidden className="absolute top-2 right-2 size-2 rounded-full bg-bad-fill" />}
      </summary>
      <nav aria-label={t('ui.nav.main')} className="absolute inset-x-0 top-full z-20 grid bg-surface border-y border-line shadow-float p-2">
        <Places path={path} alarms={alarms} look={inList} />
      </nav>
    </details>
  );
}

function AlarmCount({ n }: { n: number }) {
  if (n === 0) return null;
  return (
    <span className="min-w-[18px] px-[5px] rounded-full bg-bad-fill text-on-bad text-meta leading-[18px] font-semibold text-center">
      <span aria-hidden>{n}</span>
      <span className="sr-only">{counted(n, 'ui.nav.alarm.one', 'ui.nav.alarm.many')}</span>
    </span>
  );
}
