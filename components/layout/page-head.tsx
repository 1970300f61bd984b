import type { Route } from 'next';
import type { ReactNode } from 'react';
import { t } from '../text/t';
import { Link } from '../ui/link';
import { Tabs } from '../ui/tabs';

interface HeadProps {
  readonly title: ReactNode;
  readonly sub?: ReactNode;
  /** Where we are below the list of clusters. */
  readonly crumb?: ReactNode;
  readonly aside?: ReactNode;
}
export function PageHead({ title, sub, crumb, aside }: HeadProps) {
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
      <div className="min-w-0">
        {crumb !== undefined && <Crumbs>{crumb}</Crumbs>}
        <h1 className="text-title max-tab:text-[22px] max-tab:leading-7 tracking-[-0.012em] [overflow-wrap:anywhere]">{title}</h1>
        {sub !== undefined && <p className="text-ink-2">{sub}</p>}
      </div>
      {aside !== undefined && <div className="ml-auto max-tab:ml-0 max-tab:w-full">{aside}</div>}
    </div>
  );
}

export function Crumbs({ children }: { children: ReactNode }) {
  return (
    <nav aria-label={t('ui.crumbs')} className="mb-0.5 text-data text-ink-3">
      <Link href="/" className="text-ink-2">
        {t('ui.nav.clusters')}
      </Link>{' '}
      / <span className="[overflow-wrap:anywhere]">{children}</span>
    </nav>
  );
}

const PLACES = { status: '', 'switch-over': '/switch-over', register: '/register', settings: '/settings' } as const;
type Place = keyof typeof PLACES;

/** The places of one cluster. */
export function ClusterTabs({ id, name, here }: { id: string; name: string; here: Place }) {
  const tab = (place: Place) => ({ href: `/clusters/${id}${PLACES[place]}` as Route, label: t(`ui.tab.${place}`), here: here === place });
  return <Tabs label={t('ui.tab.label', { name })} tabs={(Object.keys(PLACES) as Place[]).map(tab)} />;
}
