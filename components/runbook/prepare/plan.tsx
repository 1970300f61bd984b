import { Ban, Download, Eye, Undo2 } from 'lucide-react';
import { keys } from '@/lib/client/keys';
import type { PlanAnswer, PlanStepAnswer } from '@/lib/contract/runs';
import { formatDuration } from '@/lib/domain/text/format';
import { Text } from '../../text/text';
import { buttonVariants } from '../../ui/button-look';
import { Card, SectionHead } from '../../ui/card';
import { cn } from '../../ui/classes';
import { shortHash } from '../labels';
import { Commands } from '../steps/commands';
import { PointOfNoReturn } from '../steps/point';
import { RailRow } from '../steps/rail';
import { pointAt, railOf } from '../steps/rail-model';
import { t } from '../t';

/** The plan: what will be done, why, how it is undone, and what a person would type. */
export function Plan({ clusterId, plan }: { clusterId: string; plan: PlanAnswer }) {
  const point = pointAt(plan.steps);
  return (
    <Card aria-labelledby="plan">
      <SectionHead
        id="plan"
        title={t('runbook.plan', { n: plan.steps.length, time: formatDuration(plan.expectedMs) })}
        aside={
          <span className="flex flex-wrap items-center gap-3">
            <span className="inline-flex items-center gap-2 text-data text-ink-2 before:w-1 before:h-4 before:rounded-[1px] before:bg-warn-line">
              {t('runbook.plan.down', { time: formatDuration(plan.expectedDownMs) })}
            </span>
            <a href={keys.planDocument(clusterId, plan.source.slot)} download className={buttonVariants({ size: 's' })}>
              <Download aria-hidden />
              {t('runbook.plan.markdown')}
            </a>
          </span>
        }
        className="px-5 max-tab:px-4 pt-4 pb-2"
      />
      <ol className="pb-2">
        {railOf(plan.steps).flatMap(({ step, ...rail }, i) => [
          ...(i === point ? [<PointOfNoReturn key="point" now="plan" />] : []),
          <RailRow
            key={step.step}
            {...rail}
            number={step.number}
            look="plan"
            down={step.down}
            title={<Text of={step.title} />}
            aside={formatDuration(step.expectedMs)}
          >
            <p>
              <Text of={step.why} />
            </p>
            <div className="flex flex-wrap items-start gap-x-4">
              <Undo step={step} />
              <Commands lines={step.commands} of={String(step.number)} />
            </div>
          </RailRow>,
        ])}
      </ol>
      <p className="px-5 max-tab:px-4 py-3 border-t border-line text-meta text-ink-3">
        {t('runbook.plan.hash', { hash: shortHash(plan.hash) })}
      </p>
    </Card>
  );
}

function Undo({ step }: { step: PlanStepAnswer }) {
  const Icon = step.undo ? Undo2 : step.afterPoint ? Ban : Eye;
  return (
    <p className={cn('flex items-baseline gap-1.5 pt-0.5 max-tab:pt-3', !step.undo && 'text-ink-3')}>
      <Icon aria-hidden className="size-[13px] flex-none self-center text-ink-3" />
      <span>
        {step.undo ? (
          <>
            {t('runbook.step.undo', { undo: '' })}
            <Text of={step.undo} />
          </>
        ) : (
          t(step.afterPoint ? 'runbook.step.noUndo' : 'runbook.step.readOnly')
        )}
      </span>
    </p>
  );
}
