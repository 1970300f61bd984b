'use client';
import { useRunList } from '@/lib/client/use-runs';
import type { RunSummary } from '@/lib/contract/runs';
import { StaleNote } from '../../cluster/stale-note';
import { Loading } from '../../layout/loading';
import { Page } from '../../layout/page';
import { Text } from '../../text/text';
import { lazily } from '../../ui/lazily';
import { LinkButton } from '../../ui/link-button';
import { ProblemAlert } from '../../ui/problem';
import { Tabs } from '../../ui/tabs';
import { Verdict } from '../../ui/verdict';
import { PageTitle } from '../page-title';
import { headline } from './runs-model';
import { counted, m, t } from './t';

const Audit = lazily(() => import('./audit').then((file) => file.Audit));
const SetupsCard = lazily(() => import('../../making/setups-card').then((file) => file.SetupsCard));
const RunsCard = lazily(() => import('./runs-card').then((file) => file.RunsCard));

type Tab = 'runs' | 'audit';

/** All runs, and who did what: two tabs, one verdict. */
export function RunsPage({ tab }: { tab: Tab }) {
  const { data, error } = useRunList();
  if (!data && !error) return <Loading />;
  return (
    <Page>
      <PageTitle
        title={t('runbook.runs')}
        sub={t('runbook.list.sub')}
        aside={
          <Tabs
            label={t('runbook.list.tabs')}
            tabs={[
              { href: '/runs', label: t('runbook.runs'), here: tab === 'runs' },
              { href: '/runs?tab=audit', label: t('runbook.audit'), here: tab === 'audit' },
            ]}
          />
        }
      />
      <StaleNote />
      {data && <Headline runs={data} />}
      {error && <ProblemAlert problem={error} />}
      {tab === 'audit' ? <Audit /> : data && data.length > 0 && <RunsCard runs={data} />}
      {tab === 'runs' && <SetupsCard />}
    </Page>
  );
}

function Headline({ runs }: { runs: readonly RunSummary[] }) {
  const said = headline(runs);
  if (said.kind === 'quiet')
    return said.n === 0 ? (
      <Verdict tone="ok" title={t('runbook.list.none')} why={t('runbook.list.none.why')} />
    ) : (
      <Verdict tone="ok" title={counted(said.n, 'runbook.list.quiet.one', 'runbook.list.quiet.many')} />
    );
  const { run } = said;
  const place = { run: run.runId, cluster: run.clusterName, n: run.number, of: run.of };
  const open = (
    <LinkButton href={`/runs/${run.runId}`} variant="primary">
      {t('runbook.prepare.open.do', { run: run.runId })}
    </LinkButton>
  );
  if (said.kind === 'working')
    return <Verdict tone="run" title={t('runbook.list.working', place)} why={t('runbook.list.working.why')} action={open} />;
  return (
    <Verdict
      tone="warn"
      news={[said.n > 1 ? m('runbook.list.waiting.many', { n: said.n }) : m('runbook.list.waiting', place)]}
      title={said.n > 1 ? t('runbook.list.waiting.many', { n: said.n }) : t('runbook.list.waiting', place)}
      why={
        run.downSince === undefined ? (
          t('runbook.list.waiting.why')
        ) : (
          <Text of={m('runbook.list.waiting.down', { cluster: run.clusterName, at: { as: 'time', value: run.downSince } })} />
        )
      }
      action={open}
    />
  );
}
