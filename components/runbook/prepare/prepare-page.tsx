'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { CallFailure } from '@/lib/client/fetcher';
import { useCluster } from '@/lib/client/use-clusters';
import { usePrepare, useRuns } from '@/lib/client/use-runs';
import { useSession } from '@/lib/client/use-session';
import type { PrepareAnswer, RunSummary } from '@/lib/contract/runs';
import type { Slot } from '@/lib/domain/cluster/cluster';
import { StaleNote } from '../../cluster/stale-note';
import { Loading } from '../../layout/loading';
import { Missing } from '../../layout/missing';
import { Page } from '../../layout/page';
import { ClusterTabs, PageHead } from '../../layout/page-head';
import { Alert } from '../../ui/alert';
import { lazily } from '../../ui/lazily';
import { LinkButton } from '../../ui/link-button';
import { ProblemAlert } from '../../ui/problem';
import { Verdict } from '../../ui/verdict';
import { sideNames } from '../labels';
import { t } from '../t';
import { AgainButton } from './again-button';
import { HeldLock } from './held-lock';
import { withChecks } from './prepare-model';
import { PrepareVerdict } from './prepare-verdict';

/** Fetched while the checks are made: there is nothing to show before. */
const Prepared = lazily(() => import('./prepared').then((file) => file.Prepared));

/** Everything before a switch-over: checks, plan, and the form that starts it. `from` = the instance that has the journal now, where an address names it. */
export function PreparePage({ id, from }: { id: string; from?: Slot }) {
  const { data: view, missing } = useCluster(id);
  const session = useSession();
  const may = session.may('operator');
  if (missing) return <Missing title={t('ui.cluster.missing')} why={t('ui.cluster.missing.why')} />;
  if (!view || !session.data) return <Loading />;
  return (
    <Page>
      {may ? (
        <Prepare id={id} name={view.name} {...(from && { from })} />
      ) : (
        <>
          <Head id={id} name={view.name} />
          <StaleNote />
          <Verdict
            tone="warn"
            title={t('runbook.prepare.viewer')}
            why={t('runbook.prepare.viewer.why')}
            action={<LinkButton href="/runs">{t('runbook.runs')}</LinkButton>}
          />
        </>
      )}
    </Page>
  );
}

function Head({ id, name, answer }: { id: string; name: string; answer?: PrepareAnswer | undefined }) {
  return (
    <PageHead
      crumb={name}
      title={name}
      sub={answer && t('runbook.prepare.sub', sideNames({ from: { slot: answer.from }, to: { slot: answer.to } }))}
      aside={<ClusterTabs id={id} name={name} here="switch-over" />}
    />
  );
}

function Prepare({ id, name, from }: { id: string; name: string; from?: Slot }) {
  const { data: answer, error, busy, refresh, again: measure } = usePrepare(id, from);
  const [one, setOne] = useState<string>();
  const [failure, setFailure] = useState<CallFailure>();
  const openRun = useRuns().data?.find((run) => run.clusterId === id && run.state !== 'ended');
  const router = useRouter();
  const again = () => {
    setFailure(undefined);
    void refresh();
  };
  const againOne = async (only: string) => {
    if (one !== undefined || busy) return;
    setOne(only);
    setFailure(undefined);
    const got = await measure(only, withChecks);
    setOne(undefined);
    if (!got.ok) return setFailure(got.error);
    // What kept the plan from being made may be gone now: it is made together with all checks.
    if (answer && !answer.plan) again();
  };
  return (
    <>
      <Head id={id} name={name} answer={answer} />
      <StaleNote />
      {answer ? (
        <PrepareVerdict answer={answer} busy={busy} onAgain={again} />
      ) : error ? (
        <Verdict tone="unknown" title={t('runbook.prepare.failed')} action={<AgainButton busy={busy} onAgain={again} />} />
      ) : (
        <Verdict tone="run" title={t('runbook.prepare.measuring')} why={t('runbook.prepare.measuring.why')} />
      )}
      {error && <ProblemAlert problem={error} />}
      {failure && <ProblemAlert problem={failure} />}
      {openRun && <OpenRun run={openRun} />}
      {!openRun && answer?.heldLock && <HeldLock clusterId={id} lock={answer.heldLock} onGone={again} />}
      {answer?.problem && <ProblemAlert problem={answer.problem as never} title={t('runbook.prepare.noPlan')} />}
      {answer && (
        <Prepared
          clusterId={id}
          answer={answer}
          busy={busy}
          openRun={openRun !== undefined}
          onStarted={(runId) => router.push(`/runs/${runId}`)}
          again={one}
          onAgain={again}
          onAgainOne={(only) => void againOne(only)}
        />
      )}
    </>
  );
}

function OpenRun({ run }: { run: RunSummary }) {
  return (
    <Alert tone="warn" title={t('runbook.prepare.open', { run: run.runId })}>
      <LinkButton href={`/runs/${run.runId}`} size="s" className="mt-1.5">
        {t('runbook.prepare.open.do', { run: run.runId })}
      </LinkButton>
    </Alert>
  );
}
