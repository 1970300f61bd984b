'use client';
import type { RunAnswer } from '@/lib/contract/runs';
import { formatDuration } from '@/lib/domain/text/format';
import { useNow } from '../../text/viewer';
import { clockText } from '../clock-text';
import { t } from '../t';
import { downOf } from './run-model';

/** How long nobody has worked. A timer is not announced by itself: the clock stays silent, the steps speak. */
export function DownClock({ answer }: { answer: RunAnswer }) {
  const down = downOf(answer.summary, useNow());
  if (!down) return null;
  const text = clockText(down.ms);
  const planned = { time: clockText(answer.expectedDownMs) };
  return (
    <div
      role="timer"
      aria-label={t('runbook.clock.label', { time: formatDuration(down.ms) })}
      data-running={down.running}
      className="grid justify-items-end text-right min-w-[132px] pl-5 border-l border-[color-mix(in_oklab,currentColor_22%,transparent)] max-tab:flex max-tab:flex-wrap max-tab:items-baseline max-tab:gap-2.5 max-tab:pl-0 max-tab:border-l-0 max-tab:border-t max-tab:pt-3"
    >
      <span className="text-meta whitespace-nowrap">{t(down.running ? 'runbook.clock.down' : 'runbook.clock.was')}</span>
      <span className="text-[40px] leading-[44px] font-semibold tracking-[-0.025em]">{text}</span>
      <span className="text-meta whitespace-nowrap">
        {t(down.ms > answer.expectedDownMs ? 'runbook.clock.over' : 'runbook.clock.of', planned)}
      </span>
    </div>
  );
}
