'use client';
import { StaleNote } from '../../cluster/stale-note';
import { Page } from '../../layout/page';
import { Link } from '../../ui/link';
import { PageTitle } from '../page-title';
import { RetiredCard } from './retired-card';
import { t } from './t';

/** What was put aside in all clusters. */
export function RetiredPage() {
  return (
    <Page>
      <PageTitle
        title={t('runbook.retired')}
        sub={t('runbook.retired.sub')}
        crumb={
          <nav aria-label={t('ui.crumbs')} className="mb-0.5 text-data text-ink-3">
            <Link href="/settings" className="text-ink-2">
              {t('ui.nav.settings')}
            </Link>{' '}
            / {t('runbook.retired')}
          </nav>
        }
      />
      <StaleNote />
      <RetiredCard />
    </Page>
  );
}
