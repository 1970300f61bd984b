import { ArrowLeft, ArrowRight, CircleCheck, Hand, LoaderCircle, type LucideIcon, TriangleAlert, Undo2 } from 'lucide-react';
import type { RunSummary } from '@/lib/contract/runs';
import { formatDuration } from '@/lib/domain/text/format';
import { Text } from '../../text/text';
import { Time } from '../../text/time';
import { useNow } from '../../text/viewer';
import { cn } from '../../ui/classes';
import { Link } from '../../ui/link';
import { Status, type StatusTone } from '../../ui/status';
import { sideNames, slotName } from '../labels';
import { downOf } from '../run/run-model';
import { type Result, resultOf } from './runs-model';
import { t } from './t';

const LOOK: Record<Result, { tone: StatusTone; icon: LucideIcon }> = {
  done: { tone: 'ok', icon: CircleCheck },
  undone: { tone: 'unknown', icon: Undo2 },
  hand: { tone: 'warn', icon: Hand },
  waits: { tone: 'warn', icon: TriangleAlert },
  working: { tone: 'run', icon: LoaderCircle },
};

export function RunRow({ run }: { run: RunSummary }) {
  const result = resultOf(run);
  const toSecondary = run.to.slot === 'secondary';
  const Arrow = toSecondary ? ArrowRight : ArrowLeft;
  return (
    <tr className={cn(result === 'waits' && 'bg-warn-soft')} data-run={run.runId} data-result={result}>
      <td className="font-semibold">
        <Link href={`/runs/${run.runId}`} className="max-tab:inline-flex max-tab:min-h-11 max-tab:items-center">
          <span className="sr-only">{t('runbook.list.run')} </span>
          {run.runId}
        </Link>{' '}
        <span className="[overflow-wrap:anywhere]">{run.clusterName}</span>
      </td>
      <td data-label={t('runbook.list.direction')}>
        <span className="inline-flex items-center gap-1.5">
          <Arrow aria-hidden className="size-4 text-ink-3" />
          {t('runbook.list.to', { slot: slotName(run.to.slot) })}
        </span>
      </td>
      <td data-label={t('runbook.list.began')} className="whitespace-nowrap">
        <span>
          <Time at={run.startedAt} />
        </span>
      </td>
      <td data-label={t('runbook.list.outcome')}>
        <span>
          <Status tone={LOOK[result].tone} icon={LOOK[result].icon} turning={result === 'working'}>
            {t(`runbook.result.${result}`)}
          </Status>
          <span className="block text-meta text-ink-3 max-w-[34ch]">
            <Note run={run} result={result} />
          </span>
        </span>
      </td>
      <td data-label={t('runbook.list.downFor')} className="whitespace-nowrap">
        <Down run={run} />
      </td>
      <td data-label={t('runbook.list.whole')} className="whitespace-nowrap">
        {run.endedAt === undefined ? '–' : formatDuration(run.endedAt - run.startedAt)}
      </td>
      <td data-label={t('runbook.list.by')} className="[overflow-wrap:anywhere]">
        {run.by}
      </td>
      <td data-label={t('runbook.list.ticket')} className="[overflow-wrap:anywhere]">
        {run.ticket ?? '–'}
      </td>
    </tr>
  );
}

function Note({ run, result }: { run: RunSummary; result: Result }) {
  if (result === 'waits' && run.stopped) return <Text of={{ key: `run.stopped.${run.stopped.reason}`, params: sideNames(run) }} />;
  if (result === 'waits' || result === 'working') return t('runbook.list.inStep', { n: run.number, of: run.of });
  return run.reason;
}

function Down({ run }: { run: RunSummary }) {
  const down = downOf(run, useNow());
  if (!down) return t('runbook.list.notDown');
  return down.running ? <b>{t('runbook.list.soFar', { time: formatDuration(down.ms) })}</b> : formatDuration(down.ms);
}
