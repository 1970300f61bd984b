'use client';
import { useState } from 'react';
import { useClusterSettings, useSession } from '@/lib/client/use-session';
import { Loading } from '../layout/loading';
import { Missing } from '../layout/missing';
import { Page } from '../layout/page';
import { ClusterTabs, PageHead } from '../layout/page-head';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Card, SectionHead } from '../ui/card';
import { ConfirmCall } from '../ui/confirm-call';
import { ProblemAlert } from '../ui/problem';
import { ClusterForm } from './cluster-form';
import { draftOf } from './model';
import { t } from './t';

/** Edit or remove a cluster. Both touch Handover's own store alone. */
export function ClusterSettings({ id }: { id: string }) {
  const { data, error } = useClusterSettings(id);
  const may = useSession().may('admin');
  const [removing, setRemoving] = useState(false);
  if (error?.code === 'NOT_FOUND') return <Missing title={t('ui.cluster.missing')} why={t('ui.cluster.missing.why')} />;
  if (error?.code !== 'FORBIDDEN' && error && !data)
    return (
      <Page>
        <PageHead title={t('ui.tab.settings')} />
        <ProblemAlert problem={error} />
      </Page>
    );
  if (!data && !error) return <Loading />;
  const name = data?.settings.name ?? id;
  return (
    <Page>
      <PageHead
        crumb={name}
        title={t('ui.settings.of', { name })}
        sub={t('ui.settings.of.about')}
        aside={<ClusterTabs id={id} name={name} here="settings" />}
      />
      {!may && (
        <Alert tone="note" title={t('ui.role.needsAdmin')}>
          {t('ui.role.needsAdmin.why')}
        </Alert>
      )}
      {may && data && <ClusterForm draft={draftOf(data.settings)} clusterId={id} />}
      {may && (
        <Card aria-labelledby="remove" className="grid gap-3 p-5 max-tab:p-4">
          <SectionHead id="remove" title={t('ui.cluster.remove')} />
          <p className="text-ink-2">{t('ui.cluster.remove.about')}</p>
          <div>
            <Button variant="danger-quiet" onClick={() => setRemoving(true)}>
              {t('ui.cluster.remove.do', { name })}
            </Button>
          </div>
        </Card>
      )}
      {removing && (
        <ConfirmCall
          method="DELETE"
          path={`/api/clusters/${encodeURIComponent(id)}`}
          title={t('ui.cluster.remove.ask', { name })}
          button={t('ui.cluster.remove.do', { name })}
          onClose={(done) => (done ? window.location.assign('/') : setRemoving(false))}
        >
          <p>{t('ui.cluster.remove.about')}</p>
        </ConfirmCall>
      )}
    </Page>
  );
}
