'use client';
import { useCluster } from '@/lib/client/use-clusters';
import { useJournals } from '@/lib/client/use-runs';
import type { ClusterView } from '@/lib/domain/cluster/view';
import { StaleNote } from '../../cluster/stale-note';
import { Loading } from '../../layout/loading';
import { Missing } from '../../layout/missing';
import { Page } from '../../layout/page';
import { ClusterTabs, PageHead } from '../../layout/page-head';
import { lazily } from '../../ui/lazily';
import { ProblemAlert } from '../../ui/problem';
import { Verdict } from '../../ui/verdict';
import { AgainButton } from '../prepare/again-button';
import { JournalsVerdict } from './journals-verdict';
import { t } from './t';

/** Fetched while the journals are read: there is nothing to show before. */
const Compared = lazily(() => import('./compared').then((file) => file.Compared));

/** Both journals of a pair beside each other: what they share, where they part, and after a split brain the way back. */
export function JournalsPage({ id }: { id: string }) {
  const { data: view, missing } = useCluster(id);
  if (missing) return <Missing title={t('ui.cluster.missing')} why={t('ui.cluster.missing.why')} />;
  if (!view) return <Loading />;
  return <Journals view={view} />;
}

function Journals({ view }: { view: ClusterView }) {
  const { data, error, busy, refresh } = useJournals(view.id);
  const again = <AgainButton busy={busy} onAgain={() => void refresh()} />;
  return (
    <Page>
      <PageHead
        crumb={`${view.name} / ${t('runbook.journals.crumb')}`}
        title={t('runbook.journals.title', { cluster: view.name })}
        sub={t('runbook.journals.sub')}
        aside={<ClusterTabs id={view.id} name={view.name} here="status" />}
      />
      <StaleNote />
      {data ? (
        <JournalsVerdict answer={data} again={again} />
      ) : error ? (
        <Verdict tone="unknown" title={t('runbook.journals.failed')} action={again} />
      ) : (
        <Verdict tone="run" title={t('runbook.journals.reading')} why={t('runbook.journals.reading.why')} />
      )}
      {error && <ProblemAlert problem={error} />}
      {data && <Compared answer={data} view={view} />}
    </Page>
  );
}
