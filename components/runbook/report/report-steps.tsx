import type { RunAnswer } from '@/lib/contract/runs';
import { formatDuration } from '@/lib/domain/text/format';
import { Text } from '../../text/text';
import { Card, SectionHead } from '../../ui/card';
import { cn } from '../../ui/classes';
import { pointAt } from '../steps/rail-model';
import { t } from './t';

/** The steps in short, with their durations; what was taken back follows in its own order. */
export function ReportSteps({ answer }: { answer: RunAnswer }) {
  const { report, steps } = answer;
  const point = pointAt(steps);
  const titles = new Map(steps.map((s) => [s.step, s]));
  const took = (step: string, way: 'do' | 'undo') => {
    const last = report.steps.findLast((s) => s.step === step && s.way === way);
    return last?.endedAt === undefined ? undefined : formatDuration(last.endedAt - last.beganAt);
  };
  const undone = report.steps.filter((s) => s.way === 'undo' && s.outcome === 'succeeded');
  return (
    <Card aria-labelledby="report-steps" className="p-6 max-tab:p-4">
      <SectionHead id="report-steps" title={t('runbook.report.steps')} aside={t('runbook.report.key')} className="mb-2" />
      <ol className="text-data">
        {steps.map((step, i) => (
          <li
            key={step.step}
            className={cn(
              'relative grid grid-cols-[24px_minmax(0,1fr)_auto] gap-x-3 py-1.5 border-t border-line first:border-t-0',
              i === point && 'border-t-2! border-bad-line!',
              step.progress === 'open' && 'text-ink-3',
            )}
          >
            {step.down && <span aria-hidden className="absolute -left-2 inset-y-0 w-1 bg-warn-line" />}
            <span className="text-right text-ink-2">{step.number}</span>
            <span>
              <Text of={step.title} />
            </span>
            <span className={cn('whitespace-nowrap', report.left.includes(step.step) ? 'text-warn' : 'text-ink-2')}>
              {report.left.includes(step.step)
                ? t('runbook.state.left')
                : step.progress === 'succeeded'
                  ? took(step.step, 'do')
                  : t(step.progress === 'open' ? 'runbook.state.notDone' : 'runbook.state.cutOff')}
            </span>
          </li>
        ))}
        {undone.map((step) => {
          const title = titles.get(step.step)?.title;
          return (
            <li key={`undo-${step.step}`} className="grid grid-cols-[24px_minmax(0,1fr)_auto] gap-x-3 py-1.5 border-t border-line">
              <span className="text-right text-ink-2">{titles.get(step.step)?.number}</span>
              <span>
                {t('runbook.report.undoStep', { title: '' })}
                {title && <Text of={title} />}
              </span>
              <span className="text-ink-2 whitespace-nowrap">{took(step.step, 'undo')}</span>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
