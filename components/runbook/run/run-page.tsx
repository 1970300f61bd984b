'use client';
import { useEffect, useRef } from 'react';
import { useRun } from '@/lib/client/use-runs';
import { useSession } from '@/lib/client/use-session';
import type { CopyProgress, RunAnswer } from '@/lib/contract/runs';
import { StaleNote } from '../../cluster/stale-note';
import { Loading } from '../../layout/loading';
import { Missing } from '../../layout/missing';
import { Page } from '../../layout/page';
import { Text } from '../../text/text';
import { Alert } from '../../ui/alert';
import { lazily } from '../../ui/lazily';
import { ProblemAlert } from '../../ui/problem';
import { Report } from '../report/report';
import { m, t } from '../t';
import { Abort } from './abort';
import { ByHand } from './by-hand';
import { Choices } from './choices';
import { CompareTable } from './compare';
import { Log } from './log';
import { MiniPicture } from './mini-picture';
import { RunHead } from './run-head';
import { RunSteps } from './run-steps';
import { RunVerdict } from './run-verdict';

const FinishJoc = lazily(() => import('../../registration/finish-joc').then((file) => file.FinishJoc));

/** One address for a run while it works, while it waits for a person, and for ever after as its report. */
export function RunPage({ runId }: { runId: string }) {
  const { data, error, progress, refresh, since } = useRun(runId);
  const may = useSession().may('operator');
  if (!data && error?.status === 404) return <Missing title={t('runbook.run.missing')} why={t('runbook.run.missing.why')} />;
  if (!data && error)
    return (
      <Page>
        <h1 className="text-title">{t('runbook.run.crumb', { run: runId })}</h1>
        <ProblemAlert problem={error} />
      </Page>
    );
  if (!data) return <Loading />;
  return (
    <Page>
      <RunHead answer={data} />
      <StaleNote />
      {error && since === undefined && (
        <Alert tone="unknown" role="alert" title={t('runbook.stale')}>
          <p>
            <Text of={m('runbook.stale.why', { at: { as: 'time', value: data.lookedAt ?? data.summary.startedAt } })} /> {error.message}
          </p>
        </Alert>
      )}
      <RunView answer={data} progress={progress} may={may} onChosen={refresh} />
    </Page>
  );
}

interface ViewProps {
  readonly answer: RunAnswer;
  readonly progress?: CopyProgress | undefined;
  readonly may: boolean;
  readonly onChosen: () => Promise<void>;
}

/** Pure of where its data comes from: tests render it with samples of every state. */
export function RunView({ answer, progress, may, onChosen }: ViewProps) {
  const { state, mode } = answer.summary;
  const verdict = useFocusAtEnd(state === 'ended');
  const act = { answer, may, onChosen };
  const byHand = <ByHand {...act} />;
  return (
    <>
      <div ref={verdict} tabIndex={-1} className="rounded-l outline-offset-2">
        <RunVerdict answer={answer} />
      </div>
      {state === 'ended' && answer.summary.result === 'succeeded' && <FinishJoc clusterId={answer.summary.clusterId} />}
      {state === 'ended' ? (
        <Report answer={answer} />
      ) : (
        <>
          {mode === 'by-hand' && state === 'asking' && byHand}
          <div className="flex flex-col gap-6 max-tab:gap-4 *:min-w-0 wide:grid wide:items-start wide:grid-cols-[minmax(0,1fr)_408px]">
            {state === 'asking' && mode !== 'by-hand' ? (
              <>
                <div className="contents wide:grid gap-6 grid-cols-[minmax(0,1fr)]">
                  <CompareTable answer={answer} />
                  <RunSteps answer={answer} progress={progress} />
                </div>
                <div className="contents wide:grid gap-4">
                  <Choices {...act} />
                  <MiniPicture answer={answer} progress={progress} />
                </div>
              </>
            ) : (
              <>
                <div className="contents wide:grid gap-6 grid-cols-[minmax(0,1fr)]">
                  <RunSteps answer={answer} progress={progress} />
                  {mode === 'by-hand' && <CompareTable answer={answer} />}
                </div>
                <div className="contents wide:grid gap-4 wide:sticky wide:top-4">
                  <MiniPicture answer={answer} progress={progress} />
                  <Abort {...act} />
                </div>
              </>
            )}
          </div>
          {state === 'asking' && mode !== 'by-hand' && byHand}
        </>
      )}
      <Log lines={answer.log} />
    </>
  );
}

/** At the end of a run the focus goes to the verdict, if somebody watched it end. */
function useFocusAtEnd(ended: boolean) {
  const ref = useRef<HTMLDivElement>(null);
  const was = useRef(ended);
  useEffect(() => {
    if (ended && !was.current) ref.current?.focus();
    was.current = ended;
  }, [ended]);
  return ref;
}
