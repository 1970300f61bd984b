'use client';
import type { CopyProgress, RunAnswer, RunStepAnswer } from '@/lib/contract/runs';
import { formatDuration } from '@/lib/domain/text/format';
import { Text } from '../../text/text';
import { Clock } from '../../text/time';
import { Alert } from '../../ui/alert';
import { Card, SectionHead } from '../../ui/card';
import { cn } from '../../ui/classes';
import { PointOfNoReturn } from '../steps/point';
import { RailRow, type StepLook } from '../steps/rail';
import { pointAt, railOf } from '../steps/rail-model';
import { m, t } from '../t';
import { CopyBar } from './copy-bar';
import { lookOf } from './run-model';

/** The steps of a run: state, evidence, duration; the point of no return as a line between them. */
export function RunSteps({ answer, progress }: { answer: RunAnswer; progress?: CopyProgress | undefined }) {
  const { summary, steps } = answer;
  const point = pointAt(steps);
  const working = summary.state === 'working';
  const started = { as: 'time' as const, value: summary.startedAt };
  return (
    <Card aria-labelledby="steps">
      <SectionHead
        id="steps"
        title={t(working ? 'runbook.steps' : 'runbook.steps.stand')}
        aside={
          <span className="text-data text-ink-2">
            <Text
              of={
                working
                  ? m('runbook.steps.began', { at: started, for: { as: 'for', value: summary.startedAt } })
                  : m('runbook.steps.beganAt', { at: started })
              }
            />
          </span>
        }
        className="px-5 max-tab:px-4 pt-4 pb-1"
      />
      <ol className="pb-2.5">
        {railOf(steps).flatMap(({ step, ...rail }, i) => {
          const look = lookOf(step, summary);
          return [
            ...(i === point ? [<PointOfNoReturn key="point" now={answer.pointPassed ? 'passed' : working ? 'plan' : 'open'} />] : []),
            <RailRow
              key={step.step}
              {...rail}
              number={step.number}
              look={look}
              down={step.down}
              title={<Text of={step.title} />}
              aside={<Took step={step} look={look} asking={summary.state === 'asking'} />}
            >
              <Below step={step} look={look} {...(progress?.step === step.step && { progress })} />
            </RailRow>,
          ];
        })}
      </ol>
    </Card>
  );
}

function Took({ step, look, asking }: { step: RunStepAnswer; look: StepLook; asking: boolean }) {
  const took = step.beganAt !== undefined && step.endedAt !== undefined ? formatDuration(step.endedAt - step.beganAt) : undefined;
  if (look === 'now') {
    if (step.undone === 'intended') return t('runbook.state.takingBack');
    return step.beganAt === undefined ? null : (
      <b className="text-run">
        <Clock since={step.beganAt} />
      </b>
    );
  }
  if (look === 'next') return asking ? t('runbook.state.notDone') : t('runbook.about', { time: formatDuration(step.expectedMs) });
  if (look === 'undone') return t('runbook.state.takenBack');
  if (look === 'unsure') return t('runbook.state.cutOff');
  return took ?? null;
}

function Below({ step, look, progress }: { step: RunStepAnswer; look: StepLook; progress?: CopyProgress }) {
  if (look === 'next') return null;
  return (
    <>
      {(look === 'now' || look === 'unsure') && (
        <p>
          <Text of={step.why} />
        </p>
      )}
      {step.evidence.length > 0 && (
        <p className={cn('[overflow-wrap:anywhere]', look === 'done' && 'max-tab:hidden')}>
          {step.evidence.map((said, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: sentences of one step, in their order
            <span key={i}>
              <Text of={said} />{' '}
            </span>
          ))}
        </p>
      )}
      {look === 'now' && progress && <CopyBar progress={progress} />}
      {step.problem && (
        <Alert tone="bad" title={step.problem.message} className="mt-1.5 text-ink">
          {step.problem.remedy !== undefined && <p>{step.problem.remedy}</p>}
          {step.problem.detail !== undefined && (
            <details className="mt-1">
              <summary className="inline-flex items-center min-h-6 max-tab:min-h-11 text-accent underline underline-offset-3">
                {t('runbook.more')}
              </summary>
              <pre className="text-meta whitespace-pre-wrap [overflow-wrap:anywhere]">{step.problem.detail}</pre>
            </details>
          )}
        </Alert>
      )}
    </>
  );
}
