import type { ReactNode } from 'react';
import type { RunAnswer } from '@/lib/contract/runs';
import { formatBytes, formatCount, formatDuration } from '@/lib/domain/text/format';
import { sideNames } from '../labels';
import { ordersAfter } from './report-model';
import { counted, t } from './t';

/** The four figures that people ask for first. */
export function Figures({ answer }: { answer: RunAnswer }) {
  const { report, summary, steps } = answer;
  const orders = ordersAfter(report);
  const done = steps.filter((s) => s.progress === 'succeeded').length;
  return (
    <dl className="grid grid-cols-4 max-wide:grid-cols-2 max-tab:grid-cols-1 bg-surface border border-line rounded-l overflow-hidden">
      <Figure
        name={t('runbook.report.down')}
        below={report.downMs !== undefined && t('runbook.report.down.planned', { time: formatDuration(answer.expectedDownMs) })}
      >
        {report.downMs === undefined ? t('runbook.report.down.none') : formatDuration(report.downMs)}
      </Figure>
      <Figure name={t('runbook.report.whole')} below={t('runbook.report.whole.steps', { done, of: steps.length })}>
        {report.endedAt === undefined ? '–' : formatDuration(report.endedAt - report.startedAt)}
      </Figure>
      <Figure
        name={t('runbook.report.moved')}
        below={report.files.length > 0 && counted(report.files.length, 'runbook.report.moved.files.one', 'runbook.report.moved.files.many')}
      >
        {report.files.length === 0 ? t('runbook.report.moved.none') : formatBytes(report.bytes)}
      </Figure>
      <Figure
        name={t('runbook.report.orders')}
        below={orders !== undefined && t('runbook.report.orders.after', { target: sideNames(summary).target })}
      >
        {orders === undefined ? t('runbook.report.orders.unknown') : formatCount(orders)}
      </Figure>
    </dl>
  );
}

function Figure({ name, below, children }: { name: string; below: ReactNode; children: ReactNode }) {
  return (
    <div className="px-6 py-4 max-tab:px-4 max-tab:py-3 -ml-px -mt-px border-l border-t border-line">
      <dt className="text-data text-ink-2">{name}</dt>
      <dd>
        <span className="block text-verdict font-semibold">{children}</span>
        {below !== false && <span className="block text-meta text-ink-3">{below}</span>}
      </dd>
    </div>
  );
}
