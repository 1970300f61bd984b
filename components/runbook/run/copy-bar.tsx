import type { CopyProgress } from '@/lib/contract/runs';
import { formatBytes, formatDuration } from '@/lib/domain/text/format';
import { Code } from '../../text/code';
import { t } from '../t';
import { copyFigures } from './run-model';

/** How far the copy is. Every moving thing has its number in text; nothing of it is announced. */
export function CopyBar({ progress }: { progress: CopyProgress }) {
  const { percent, leftMs } = copyFigures(progress);
  return (
    <div className="grid gap-1.5 py-2 text-ink">
      <div className="flex flex-wrap justify-between gap-x-3 gap-y-1">
        <span className="min-w-0">
          <b>{t('runbook.copy')}</b> <Code>{progress.file}</Code>
        </span>
        <span className="whitespace-nowrap">
          {t('runbook.copy.of', { done: formatBytes(progress.doneBytes), total: formatBytes(progress.totalBytes) })}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={t('runbook.copy')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-2 rounded-s bg-sunken shadow-[inset_0_0_0_1px_var(--line)] overflow-hidden"
      >
        <div className="h-full w-full origin-left rounded-s bg-run-line" style={{ transform: `scaleX(${percent / 100})` }} />
      </div>
      <div className="flex flex-wrap justify-between gap-x-3 text-ink-2">
        <span>{t('runbook.copy.percent', { n: percent })}</span>
        <span>{t('runbook.copy.rate', { rate: formatBytes(progress.bytesPerSecond) })}</span>
        <span>{leftMs !== undefined && t('runbook.copy.left', { time: formatDuration(leftMs) })}</span>
      </div>
    </div>
  );
}
