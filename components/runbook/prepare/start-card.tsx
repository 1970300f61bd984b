import type { ComponentProps, ReactNode } from 'react';
import type { PlanSideAnswer } from '@/lib/contract/runs';
import { formatBytes, formatCount, formatDuration } from '@/lib/domain/text/format';
import { Code } from '../../text/code';
import { Alert } from '../../ui/alert';
import { Card } from '../../ui/card';
import { sideNames, slotName } from '../labels';
import { pointAt } from '../steps/rail-model';
import { t } from '../t';
import { StartForm } from './start-form';

/** What it is about in figures, and the form that starts it. */
export function StartCard(props: ComponentProps<typeof StartForm>) {
  const { plan } = props;
  const crashed = plan.variant === 'source-crashed';
  const names = sideNames({ from: plan.source, to: plan.target });
  return (
    <Card aria-labelledby="start" className="p-6 max-tab:p-4 grid gap-4 wide:sticky wide:top-4">
      <h2 id="start" className="text-section scroll-mt-4">
        {t('runbook.start')}
      </h2>
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-2">
        <Side name={t(crashed ? 'runbook.start.has' : 'runbook.start.now')} side={plan.source} />
        <Side name={t('runbook.start.after')} side={plan.target} />
      </dl>
      {crashed && (
        <Alert tone="warn" title={t('runbook.start.crashed', { source: names.source })}>
          {t('runbook.start.crashed.why')}
        </Alert>
      )}
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1.5 border-y border-line py-4">
        <Figure name={t('runbook.start.journal')}>{formatBytes(plan.journalBytes)}</Figure>
        {plan.orderCount !== undefined && <Figure name={t('runbook.start.orders')}>{formatCount(plan.orderCount)}</Figure>}
        <Figure name={t('runbook.start.whole')}>{t('runbook.about', { time: formatDuration(plan.expectedMs) })}</Figure>
        <Figure name={t('runbook.start.down')}>{t('runbook.about', { time: formatDuration(plan.expectedDownMs) })}</Figure>
        <Figure name={t('runbook.start.undone')}>{t('runbook.start.until', { n: pointAt(plan.steps) + 1 })}</Figure>
      </dl>
      <StartForm {...props} />
    </Card>
  );
}

function Side({ name, side }: { name: string; side: PlanSideAnswer }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0">
        <b>{slotName(side.slot)}</b> {t('runbook.sided', { slot: '', engine: side.engine }).trim()}
        <span className="block">
          <Code>{side.name}</Code>
        </span>
      </dd>
    </>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="text-right font-semibold">{children}</dd>
    </>
  );
}
