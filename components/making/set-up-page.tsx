'use client';
import { useCluster } from '@/lib/client/use-clusters';
import { useSession } from '@/lib/client/use-session';
import { useSetupOptions, useSetups } from '@/lib/client/use-setups';
import type { ClusterView } from '@/lib/domain/cluster/view';
import { StaleNote } from '../cluster/stale-note';
import { Loading } from '../layout/loading';
import { Missing } from '../layout/missing';
import { Page } from '../layout/page';
import { PageHead } from '../layout/page-head';
import { Text } from '../text/text';
import { lazily } from '../ui/lazily';
import { LinkButton } from '../ui/link-button';
import { Verdict } from '../ui/verdict';
import { Looking } from './looking';
import { m, t } from './t-page';
import { WizardSteps } from './wizard-steps';

const SetUpBody = lazily(() => import('./set-up-body').then((file) => file.SetUpBody));

/** A cluster gets its Secondary. */
export function SetUpPage({ id }: { id: string }) {
  const { data: cluster, missing } = useCluster(id);
  if (missing) return <Missing title={t('ui.cluster.missing')} why={t('ui.cluster.missing.why')} />;
  if (!cluster) return <Loading />;
  return <SetUp cluster={cluster} />;
}

/** Its container is there: nothing is to be made. Not known counts as there. */
const thereOf = ({ secondary }: ClusterView): string | undefined =>
  secondary && secondary.role !== 'absent' ? secondary.ref.name : undefined;

function SetUp({ cluster }: { cluster: ClusterView }) {
  const session = useSession();
  const may = session.may('admin');
  const open = useSetups().data?.find((s) => s.clusterId === cluster.id && s.endedAt === undefined);
  const there = thereOf(cluster);
  const asks = may && open === undefined && there === undefined;
  const { data: options, error, busy, refresh } = useSetupOptions(cluster.id, asks);
  return (
    <Page>
      <PageHead
        crumb={cluster.name}
        title={t('ui.make.title.secondary')}
        sub={<Text of={m('ui.make.sub.secondary', { name: { as: 'name', value: cluster.primary.ref.name } })} />}
      />
      <WizardSteps at={2} />
      <StaleNote />
      {open ? (
        <Verdict
          tone="warn"
          title={t('ui.make.v.open', { id: open.id })}
          why={t('ui.make.v.open.why')}
          action={
            <LinkButton variant="primary" href={`/setups/${open.id}`}>
              {t('ui.make.v.open.do', { id: open.id })}
            </LinkButton>
          }
        />
      ) : there !== undefined ? (
        <Verdict
          tone="ok"
          title={<Text of={m('ui.make.v.there', { name: { as: 'name', value: there } })} />}
          why={t('ui.make.v.there.why')}
          action={<LinkButton href={`/clusters/${cluster.id}`}>{t('ui.make.v.there.do')}</LinkButton>}
        />
      ) : !may ? (
        session.data ? (
          <Verdict tone="warn" title={t('ui.make.v.role')} why={t('ui.make.v.role.why')} />
        ) : (
          <Loading />
        )
      ) : options && options.proposals.length + options.engines.flatMap((e) => e.candidates).length > 0 ? (
        <SetUpBody cluster={cluster} options={options} />
      ) : (
        <Looking
          options={options}
          error={error}
          busy={busy}
          again={refresh}
          none={{ title: t('ui.make.v.noPrimary'), why: t('ui.make.v.noPrimary.why') }}
        />
      )}
    </Page>
  );
}
