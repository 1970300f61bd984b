import { Check, CircleQuestionMark, type LucideIcon, Minus, X } from 'lucide-react';
import type { SetupAnswer, SetupStepAnswer } from '@/lib/contract/setup';
import { formatBytes, formatDuration } from '@/lib/domain/text/format';
import { Text } from '../text/text';
import { Clock } from '../text/time';
import { Card, SectionHead } from '../ui/card';
import { cn } from '../ui/classes';
import { ProblemAlert } from '../ui/problem';
import { t } from './t';

const CIRCLE: Record<SetupStepAnswer['state'], string> = {
  open: 'bg-surface border-line text-ink-3',
  working: 'bg-run-line border-run-line text-on-run',
  done: 'bg-ok-soft border-ok-line text-ok',
  failed: 'bg-bad-soft border-bad-line text-bad',
  unknown: 'bg-surface border-dashed border-unk-line text-unk',
  undone: 'bg-unk-soft border-unk-line text-unk',
  skipped: 'bg-surface border-line text-ink-3',
};
const MARK: Partial<Record<SetupStepAnswer['state'], LucideIcon>> = { done: Check, failed: X, undone: Minus, unknown: CircleQuestionMark };
/** Shorter than this no time is worth reading. */
const WORTH_MS = 100;

/** The steps: state, evidence, duration, what went wrong, and how far the image is. */
export function SetupSteps({ setup: s }: { setup: SetupAnswer }) {
  return (
    <Card aria-labelledby="steps">
      <SectionHead id="steps" title={t('ui.make.p.steps')} className="px-5 max-tab:px-4 pt-4 pb-1" />
      <ol className="pb-2.5">
        {s.steps.map((step, i) => (
          <Step
            key={step.id}
            step={step}
            n={i + 1}
            last={i === s.steps.length - 1}
            progress={step.id === 'image' && step.state === 'working' ? s.progress : undefined}
          />
        ))}
      </ol>
    </Card>
  );
}

function Step({ step, n, last, progress }: { step: SetupStepAnswer; n: number; last: boolean; progress: SetupAnswer['progress'] }) {
  const { state } = step;
  const Mark = MARK[state];
  const idle = state === 'open' || state === 'skipped';
  return (
    <li
      data-step={step.id}
      data-state={state}
      aria-current={state === 'working' ? 'step' : undefined}
      className={cn(
        'relative grid grid-cols-[28px_minmax(0,1fr)_auto] gap-x-3.5 px-5 max-tab:px-4 py-2',
        state === 'working' && 'bg-run-soft',
        state === 'failed' && 'bg-bad-soft',
        state === 'unknown' && 'bg-unk-soft',
      )}
    >
      {!last && <span aria-hidden className="absolute left-[33px] max-tab:left-[29px] top-[22px] -bottom-2 w-[2px] bg-line" />}
      <span
        aria-hidden
        className={cn(
          'relative z-1 size-7 rounded-full grid place-items-center text-data font-semibold leading-none border',
          CIRCLE[state],
        )}
      >
        {Mark ? <Mark className="size-4" /> : n}
      </span>
      <p className={cn('pt-1 min-w-0', idle ? 'text-ink-2' : 'font-semibold')}>
        <span className="sr-only">{t(`ui.make.p.state.${state}`, { n })}</span>
        <Text of={step.title} />
      </p>
      <span className="pt-1 text-data text-ink-2 text-right whitespace-nowrap">
        <Took step={step} />
      </span>
      {!idle && (
        <div className="col-start-2 col-span-2 min-w-0 text-data text-ink-2 [overflow-wrap:anywhere]">
          {step.evidence.map((said) => (
            <p key={JSON.stringify(said)}>
              <Text of={said} />
            </p>
          ))}
          {progress && <ImageBar progress={progress} />}
          {step.problem && (state === 'failed' || state === 'unknown') && (
            <div className="mt-1.5 text-ink">
              <ProblemAlert problem={step.problem} />
            </div>
          )}
        </div>
      )}
    </li>
  );
}

function Took({ step: { state, startedAt, endedAt } }: { step: SetupStepAnswer }) {
  if (state === 'working' && startedAt !== undefined)
    return (
      <b className="text-run">
        <Clock since={startedAt} />
      </b>
    );
  if (state === 'undone') return t('ui.make.p.takenBack');
  if (state === 'open') return t('ui.make.p.notDone');
  if (state === 'skipped') return t('ui.make.p.skipped');
  if (state === 'unknown') return t('ui.make.p.cutOff');
  const took = startedAt !== undefined && endedAt !== undefined ? endedAt - startedAt : 0;
  return took < WORTH_MS ? null : formatDuration(took);
}

/** The size of a saved image is not known exactly beforehand: the bar may end a little early or late, the number is right. */
function ImageBar({ progress: { bytes, of } }: { progress: NonNullable<SetupAnswer['progress']> }) {
  const percent = of === undefined || of === 0 ? undefined : Math.min(100, Math.floor((100 * bytes) / of));
  return (
    <div className="grid gap-1.5 py-2 text-ink">
      <div className="flex flex-wrap justify-between gap-x-3">
        <b>{t('ui.make.p.image')}</b>
        <span>{of === undefined ? formatBytes(bytes) : t('ui.make.p.image.of', { done: formatBytes(bytes), total: formatBytes(of) })}</span>
      </div>
      <div
        role="progressbar"
        aria-label={t('ui.make.p.image')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-2 rounded-s bg-sunken shadow-[inset_0_0_0_1px_var(--line)] overflow-hidden"
      >
        <div className="h-full w-full origin-left rounded-s bg-run-line" style={{ transform: `scaleX(${(percent ?? 0) / 100})` }} />
      </div>
    </div>
  );
}
