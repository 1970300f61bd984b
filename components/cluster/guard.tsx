'use client';
import { CircleQuestionMark, type LucideIcon, OctagonAlert, ShieldCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ClusterView, Tone } from '@/lib/domain/cluster/view';
import { Text } from '../text/text';
import { Button } from '../ui/button';
import { cn } from '../ui/classes';
import { lazily } from '../ui/lazily';
import { t } from './t';

const GuardDialog = lazily(() => import('./guard-dialog').then((file) => file.GuardDialog));
const ICON: Record<Tone, LucideIcon> = {
  ok: ShieldCheck,
  run: ShieldCheck,
  warn: TriangleAlert,
  unknown: CircleQuestionMark,
  bad: OctagonAlert,
  alarm: OctagonAlert,
};
const GUARD_MARK: Record<Tone, string> = {
  ok: 'text-ok-line',
  run: 'text-run-line',
  warn: 'text-warn-line',
  unknown: 'text-unk-line',
  bad: 'text-bad-line',
  alarm: 'text-bad-line',
};

/** Exactly one may live: always visible, whatever the verdict is about. */
export function GuardLine({ guard }: { guard: ClusterView['guard'] }) {
  const [open, setOpen] = useState(false);
  const Icon = ICON[guard.tone];
  const loud = guard.tone === 'alarm' || guard.tone === 'bad';
  return (
    <section
      aria-label={t('ui.guard')}
      className={cn(
        'grid grid-cols-[auto_minmax(0,1fr)_auto] max-tab:grid-cols-[auto_minmax(0,1fr)] items-center max-tab:items-start gap-x-3 gap-y-1 px-5 max-tab:px-4 py-3 bg-surface border border-line rounded-l',
        loud && 'border-bad-line!',
        guard.tone === 'unknown' && 'border-dashed border-unk-line!',
      )}
    >
      <Icon aria-hidden className={cn('size-5', GUARD_MARK[guard.tone])} />
      <p className="min-w-0">
        <b>
          <Text of={guard.title} />
        </b>{' '}
        <span className="text-ink-2">
          <Text of={guard.detail} />
        </span>
      </p>
      <Button
        variant="quiet"
        size="s"
        className="text-accent hover:text-accent px-0! hover:bg-transparent! font-normal! text-accent! underline underline-offset-3 max-tab:col-start-2 max-tab:justify-self-start max-tab:px-0"
        onClick={() => setOpen(true)}
      >
        {t('ui.guard.what')}
      </Button>
      {open && <GuardDialog guard={guard} onClose={() => setOpen(false)} />}
    </section>
  );
}
