'use client';
import { useCluster } from '@/lib/client/use-clusters';
import { useWayBack } from '@/lib/client/use-runs';
import { useSession } from '@/lib/client/use-session';
import { StaleNote } from '../../cluster/stale-note';
import { Loading } from '../../layout/loading';
import { Missing } from '../../layout/missing';
import { Page } from '../../layout/page';
import { ClusterTabs, PageHead } from '../../layout/page-head';
import { lazily } from '../../ui/lazily';
import { LinkButton } from '../../ui/link-button';
import { ProblemAlert } from '../../ui/problem';
import { Verdict } from '../../ui/verdict';
import { slotName } from '../labels';
import { Leave } from './leave';
import { m, t } from './t';
import { numberOf, stepNow, type Way } from './way-model';

/** Fetched while the world is looked at: there is nothing to show before. */
const Checklist = lazily(() => import('./checklist').then((file) => file.Checklist));

/** The way back after a split brain, as a guided run. */
export function WayPage({ id }: { id: string }) {
  const { data: view, missing } = useCluster(id);
  const session = useSession();
  const { data: answer, error, refresh } = useWayBack(id);
  if (missing) return <Missing title={t('ui.cluster.missing')} why={t('ui.cluster.missing.why')} />;
  if (!view || !session.data) return <Loading />;
  const may = session.may('operator');
  return (
    <Page>
      <PageHead
        crumb={`${view.name} / ${t('way.crumb')}`}
        title={t('way.title')}
        sub={t('way.sub')}
        aside={<ClusterTabs id={id} name={view.name} here="status" />}
      />
      <StaleNote />
      {answer?.kind === 'way' ? (
        <>
          <Head clusterId={id} answer={answer} may={may} again={refresh} />
          <Checklist clusterId={id} answer={answer} may={may} again={refresh} />
        </>
      ) : answer ? (
        <Verdict
          tone="warn"
          title={t('way.none')}
          why={t('way.none.why')}
          action={<LinkButton href={`/clusters/${id}/journals`}>{t('way.toJournals')}</LinkButton>}
        />
      ) : error ? (
        <Verdict tone="unknown" title={t('way.failed')} />
      ) : (
        <Verdict tone="run" title={t('way.loading')} />
      )}
      {error && <ProblemAlert problem={error} />}
    </Page>
  );
}

function Head({ clusterId, answer, may, again }: { clusterId: string; answer: Way; may: boolean; again: () => Promise<void> }) {
  const now = stepNow(answer);
  const names = { keep: slotName(answer.kept.slot), aside: slotName(answer.aside.slot) };
  const journals = <LinkButton href={`/clusters/${clusterId}/journals`}>{t('way.toJournals')}</LinkButton>;
  if (answer.ended === 'done') return <Verdict tone="ok" title={t('way.done', names)} why={t('way.done.why')} action={journals} />;
  if (answer.ended === 'left') return <Verdict tone="warn" title={t('way.left')} why={t('way.left.why')} action={journals} />;
  const at = now && { n: numberOf(answer, now), step: t(`way.step.${now.step}`, names) };
  return (
    <Verdict
      tone={answer.working ? 'run' : answer.problem ? 'bad' : 'warn'}
      title={at && t(answer.working ? 'way.working' : 'way.now', at)}
      {...(at && { news: [m(answer.working ? 'way.working' : 'way.now', at)] })}
      why={answer.reason}
      action={
        <>
          {journals}
          {!answer.working && <Leave {...{ clusterId, may, again }} />}
        </>
      }
    />
  );
}
