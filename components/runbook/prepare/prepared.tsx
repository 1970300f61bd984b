'use client';
import type { PrepareAnswer } from '@/lib/contract/runs';
import { Alert } from '../../ui/alert';
import { t } from '../t';
import { Checks } from './checks';
import { Plan } from './plan';
import { StartCard } from './start-card';

interface Props {
  readonly clusterId: string;
  readonly answer: PrepareAnswer;
  readonly busy: boolean;
  readonly openRun: boolean;
  readonly onStarted: (runId: string) => void;
  /** Check or group that is being measured again now. */
  readonly again: string | undefined;
  readonly onAgain: () => void;
  readonly onAgainOne: (only: string) => void;
}

/** What was measured, the plan that follows from it, and the form that starts it. */
export function Prepared({ clusterId, answer, busy, openRun, onStarted, again, onAgain, onAgainOne }: Props) {
  return (
    <div className="grid gap-6 max-tab:gap-4 items-start grid-cols-[minmax(0,1fr)] wide:grid-cols-[minmax(0,1fr)_384px]">
      <div className="grid gap-6 max-tab:gap-4 grid-cols-[minmax(0,1fr)]">
        <Checks answer={answer} again={again} onAgain={onAgainOne} />
        {answer.plan ? <Plan clusterId={clusterId} plan={answer.plan} /> : <Alert tone="note" title={t('runbook.plan.none')} />}
      </div>
      {answer.plan && (
        <StartCard
          clusterId={clusterId}
          answer={answer}
          plan={answer.plan}
          may
          measuring={busy || again !== undefined}
          openRun={openRun}
          onStarted={onStarted}
          onRefused={onAgain}
        />
      )}
    </div>
  );
}
