'use client';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useCluster } from '@/lib/client/use-clusters';
import { useRegistration } from '@/lib/client/use-jocs';
import type { RegisterDraft } from '@/lib/contract/joc';
import type { ClusterView } from '@/lib/domain/cluster/view';
import type { JocView } from '@/lib/domain/joc/view';
import { StaleNote } from '../cluster/stale-note';
import { Loading } from '../layout/loading';
import { Missing } from '../layout/missing';
import { Page } from '../layout/page';
import { ClusterTabs, PageHead } from '../layout/page-head';
import { Button } from '../ui/button';
import { lazily } from '../ui/lazily';
import { ProblemAlert } from '../ui/problem';
import { Verdict } from '../ui/verdict';
import { t } from './t-page';

/** Fetched while JOC Cockpit is asked: there is nothing to show before. */
const RegisterBody = lazily(() => import('./register-body').then((file) => file.RegisterBody));

/** How a cluster is registered with JOC Cockpit, and the form that registers it. */
export function RegisterPage({ id }: { id: string }) {
  const { data: cluster, missing } = useCluster(id);
  if (missing) return <Missing title={t('ui.cluster.missing')} why={t('ui.cluster.missing.why')} />;
  if (!cluster) return <Loading />;
  return <Registration cluster={cluster} />;
}

function subOf(draft: RegisterDraft | undefined, view: JocView | undefined): string | undefined {
  if (view) return t(`ui.reg.sub.${view.registered}`, { joc: view.name });
  return draft && !draft.registered ? t('ui.reg.sub.not') : undefined;
}

function Registration({ cluster }: { cluster: ClusterView }) {
  const [jocId, setJocId] = useState<string>();
  const { data: draft, error, busy, refresh } = useRegistration(cluster.id, jocId);
  const view = cluster.joc ?? draft?.view;
  return (
    <Page>
      <PageHead
        crumb={cluster.name}
        title={cluster.name}
        sub={subOf(draft, view)}
        aside={<ClusterTabs id={cluster.id} name={cluster.name} here="register" />}
      />
      <StaleNote />
      {!draft && !error && <Verdict tone="run" title={t('ui.reg.v.asking')} why={t('ui.reg.v.asking.why')} />}
      {error && !draft && (
        <Verdict
          tone="unknown"
          title={t('ui.reg.v.failed')}
          action={
            <Button busy={busy} onClick={() => void refresh()}>
              {!busy && <RefreshCw aria-hidden />}
              {t('ui.reg.again')}
            </Button>
          }
        />
      )}
      {error && <ProblemAlert problem={error} />}
      {draft && <RegisterBody cluster={cluster} draft={draft} view={view} onChoose={setJocId} again={refresh} />}
    </Page>
  );
}
