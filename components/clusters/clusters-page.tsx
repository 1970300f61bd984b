'use client';
import { useClusters } from '@/lib/client/use-clusters';
import { useSession } from '@/lib/client/use-session';
import type { ClusterView, Tone } from '@/lib/domain/cluster/view';
import { byUrgency, tally } from '../cluster/model';
import { StaleNote } from '../cluster/stale-note';
import { useLost } from '../cluster/use-lost';
import { Loading } from '../layout/loading';
import { Page } from '../layout/page';
import { PageHead } from '../layout/page-head';
import { Text } from '../text/text';
import { cn } from '../ui/classes';
import { lazily } from '../ui/lazily';
import { LinkButton } from '../ui/link-button';
import { Status } from '../ui/status';
import { TONE_ICON, Verdict } from '../ui/verdict';
import { ClusterRow } from './cluster-row';
import { counted, type ListKey, t } from './t';

const OpenSetups = lazily(() => import('../making/open-setups').then((file) => file.OpenSetups));
const NoClusters = lazily(() => import('./no-clusters').then((file) => file.NoClusters));

/** All clusters, the most urgent first. */
export function ClustersPage() {
  const { data } = useClusters();
  const lost = useLost();
  const mayAdd = useSession().may('admin');
  if (!data) return <Loading />;
  if (data.length === 0) return <NoClusters />;
  const clusters = [...data].sort(byUrgency);
  const [first] = clusters;
  return (
    <Page>
      <PageHead
        title={t('ui.nav.clusters')}
        sub={!lost && <Tally clusters={clusters} />}
        aside={
          mayAdd && (
            <LinkButton className="max-tab:w-full" href="/clusters/new">
              {t('ui.clusters.add')}
            </LinkButton>
          )
        }
      />
      <StaleNote />
      <OpenSetups />
      {first && !lost && <Worst cluster={first} n={clusters.length} />}
      <section aria-label={t('ui.clusters.list')} className={cn('bg-surface border border-line rounded-l', lost && 'grayscale')}>
        <div aria-hidden className="cluster-row text-meta font-semibold text-ink-2 py-2.5! max-desk:hidden!">
          <span />
          <span>{t('ui.clusters.col.name')}</span>
          <span>{t('ui.clusters.col.verdict')}</span>
          <span>{t('ui.slot.primary')}</span>
          <span>{t('ui.slot.secondary')}</span>
          <span>{t('ui.clusters.col.seen')}</span>
          <span />
        </div>
        <ul>
          {clusters.map((cluster) => (
            <ClusterRow key={cluster.id} cluster={cluster} />
          ))}
        </ul>
      </section>
    </Page>
  );
}

const WORDS: Record<Tone, readonly [ListKey, ListKey]> = {
  alarm: ['ui.tally.alarm.one', 'ui.tally.alarm.many'],
  bad: ['ui.tally.bad.one', 'ui.tally.bad.many'],
  unknown: ['ui.tally.unknown', 'ui.tally.unknown'],
  warn: ['ui.tally.warn.one', 'ui.tally.warn.many'],
  run: ['ui.tally.run', 'ui.tally.run'],
  ok: ['ui.tally.ok', 'ui.tally.ok'],
};

function Tally({ clusters }: { clusters: readonly ClusterView[] }) {
  return (
    <span className="flex flex-wrap gap-x-5 gap-y-1 mt-1">
      {tally(clusters).map(({ tone, n }) => (
        <Status key={tone} tone={tone === 'alarm' ? 'bad' : tone} icon={TONE_ICON[tone]} turning={tone === 'run'}>
          {counted(n, ...WORDS[tone])}
        </Status>
      ))}
    </span>
  );
}

/** The page's one sentence: the worst cluster's, or that all are well. */
function Worst({ cluster, n }: { cluster: ClusterView; n: number }) {
  const { tone, title, why } = cluster.verdict;
  if (tone === 'ok')
    return (
      <Verdict tone="ok" title={counted(n, 'ui.clusters.allWell.one', 'ui.clusters.allWell.many')} why={t('ui.clusters.allWell.why')} />
    );
  const href = `/clusters/${cluster.id}` as const;
  return (
    <Verdict
      tone={tone}
      news={[{ key: cluster.name }, title]}
      title={
        <>
          {cluster.name}: <Text of={title} />
        </>
      }
      why={
        cluster.next ? (
          <>
            <Text of={why} /> {t('ui.next')} <Text of={cluster.next.title} />.
          </>
        ) : (
          <Text of={why} />
        )
      }
      action={
        <LinkButton size="l" variant={tone === 'alarm' ? 'on-alarm' : 'primary'} href={href}>
          {t(tone === 'alarm' ? 'ui.clusters.openAlarm' : 'ui.clusters.open', { name: cluster.name })}
        </LinkButton>
      }
    />
  );
}
