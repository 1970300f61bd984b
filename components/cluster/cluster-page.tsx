'use client';
import type { ReactNode } from 'react';
import { useCluster } from '@/lib/client/use-clusters';
import { useRehearsal } from '@/lib/client/use-rehearsal';
import type { ClusterView } from '@/lib/domain/cluster/view';
import { Loading } from '../layout/loading';
import { Missing } from '../layout/missing';
import { Page } from '../layout/page';
import { ClusterTabs, PageHead } from '../layout/page-head';
import { Text } from '../text/text';
import { cn } from '../ui/classes';
import { lazily } from '../ui/lazily';
import { Verdict } from '../ui/verdict';
import { ActsProvider } from './acts';
import { GuardLine } from './guard';
import { toneWhenLost, twoAlive } from './model';
import { StatusPicture } from './picture';
import { StaleNote } from './stale-note';
import { m, t } from './t';
import { type AlarmParts, useAlarmParts } from './use-alarm-parts';
import { useLost } from './use-lost';

const Readiness = lazily(() => import('../runbook/readiness').then((file) => file.Readiness));
const Timeline = lazily(() => import('./timeline').then((file) => file.Timeline));
const OpenSetups = lazily(() => import('../making/open-setups').then((file) => file.OpenSetups));
const RehearsalPanel = lazily(() => import('../rehearsal/panel').then((file) => file.RehearsalPanel));

/** A cluster that is well has none. */
const NextStep = lazily(() => import('./next-step').then((file) => file.NextStep));
const NextButton = lazily(() => import('./next-step').then((file) => file.NextButton));

/** One cluster, live: what is the case, the picture, the guard, what happened. Two alive take the page over. */
export function ClusterPage({ id }: { id: string }) {
  const { data: view, missing } = useCluster(id);
  if (missing) return <Missing title={t('ui.cluster.missing')} why={t('ui.cluster.missing.why')} />;
  if (!view) return <Loading />;
  return (
    <ActsProvider view={view}>
      <Shown view={view} />
    </ActsProvider>
  );
}

/** The picture stands, with its verdict, until the alarm's part is there. */
function Shown({ view }: { view: ClusterView }) {
  const parts = useAlarmParts(twoAlive(view) !== undefined);
  return parts ? <TwoAlivePage view={view} parts={parts} /> : <StatusPage view={view} />;
}

function StatusPage({ view }: { view: ClusterView }) {
  const { verdict, next } = view;
  const lost = useLost();
  const rehearsal = view.world === 'rehearsal';
  const button = next && <NextButton view={view} next={next} size="l" variant={verdict.tone === 'alarm' ? 'on-alarm' : 'primary'} />;
  return (
    <Page>
      <PageHead
        crumb={view.name}
        title={view.name}
        sub={t(`ui.kind.${view.kind}`)}
        aside={<ClusterTabs id={view.id} name={view.name} here="status" />}
      />
      <WithPanel on={rehearsal}>
        <Verdict
          tone={lost ? toneWhenLost(verdict.tone) : verdict.tone}
          news={lost ? [m('ui.stale.verdict', { at: { as: 'time', value: lost.since } })] : [verdict.title, verdict.why]}
          title={lost ? <Text of={m('ui.stale.verdict', { at: { as: 'time', value: lost.since } })} /> : <Text of={verdict.title} />}
          why={
            lost ? (
              <>
                <Text of={m('ui.stale.last', { at: { as: 'time', value: lost.lastAt } })} /> <Text of={verdict.title} />
              </>
            ) : (
              <Text of={verdict.why} />
            )
          }
          action={lost ? undefined : button}
        />
        {!lost && <OpenSetups clusterId={view.id} />}
        <div className={cn('grid gap-6 max-tab:gap-4 grid-cols-[minmax(0,1fr)]', lost && 'grayscale')}>
          <StatusPicture view={view} />
          <GuardLine guard={view.guard} />
        </div>
        {next && !lost && <NextStep view={view} next={next} />}
        {view.kind === 'standalone-pair' && !view.run && !lost && <Readiness view={view} />}
        <Timeline id={view.id} />
      </WithPanel>
    </Page>
  );
}

function TwoAlivePage({ view, parts: { AlarmBand, BothAlive, NextStep } }: { view: ClusterView; parts: AlarmParts }) {
  const rehearsal = view.world === 'rehearsal';
  return (
    <>
      <AlarmBand view={view} />
      <Page>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className="text-ink-2">{t(`ui.kind.${view.kind}`)}</p>
          <ClusterTabs id={view.id} name={view.name} here="status" />
        </div>
        <WithPanel on={rehearsal}>
          <StaleNote />
          {view.next && <NextStep view={view} next={view.next} loud />}
          <BothAlive view={view} />
          <GuardLine guard={view.guard} />
          <Timeline id={view.id} />
        </WithPanel>
      </Page>
    </>
  );
}

function WithPanel({ on, children }: { on: boolean; children: ReactNode }) {
  const { data } = useRehearsal();
  const shown = on && data !== undefined;
  return (
    <div className={cn('grid gap-6 max-tab:gap-4 items-start grid-cols-[minmax(0,1fr)]', shown && 'desk:grid-cols-[minmax(0,1fr)_320px]')}>
      <div className="grid gap-6 max-tab:gap-4 grid-cols-[minmax(0,1fr)]">
        {shown && (
          <a href="#rehearsal" className="desk:hidden inline-flex items-center min-h-6 max-tab:min-h-11 -mb-3">
            {t('ui.rehearsal.toControls')}
          </a>
        )}
        {children}
      </div>
      {shown && <RehearsalPanel data={data} />}
    </div>
  );
}
