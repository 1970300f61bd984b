'use client';
import { useSession } from '@/lib/client/use-session';
import { Page } from '../layout/page';
import { PageHead } from '../layout/page-head';
import { BothWay } from '../making/both-way';
import { Alert } from '../ui/alert';
import { ClusterForm } from './cluster-form';
import { emptyDraft } from './model';
import { t } from './t';

export function NewCluster() {
  const may = useSession().may('admin');
  return (
    <Page>
      <PageHead crumb={t('ui.setup.crumb')} title={t('ui.clusters.add')} sub={t('ui.setup.about')} />
      {may ? (
        <>
          <BothWay />
          <ClusterForm draft={emptyDraft} />
        </>
      ) : (
        <Alert tone="note" title={t('ui.role.needsAdmin')}>
          {t('ui.role.needsAdmin.why')}
        </Alert>
      )}
    </Page>
  );
}
