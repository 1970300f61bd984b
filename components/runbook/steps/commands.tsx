'use client';
import { ChevronRight } from 'lucide-react';
import { Command } from '../../ui/command';
import { t } from '../t-both';

/** What a person would type for one step, on request. */
export function Commands({ lines, of }: { lines: readonly string[]; of: string }) {
  if (lines.length === 0) return null;
  return (
    <details className="min-w-0 open:basis-full">
      <summary className="inline-flex items-center gap-1 min-h-6 max-tab:min-h-11 text-accent">
        <ChevronRight aria-hidden className="chev size-3.5" />
        {t('runbook.step.command')}
        <span className="sr-only">: {of}</span>
      </summary>
      <Command>{lines.join('\n')}</Command>
    </details>
  );
}
