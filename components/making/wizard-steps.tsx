import { Check } from 'lucide-react';
import { cn } from '../ui/classes';
import { t } from './t-page';

/** Where somebody is on the way from a Primary to a pair that is watched. */
export function WizardSteps({ at, both = false }: { at: 2 | 3; both?: boolean }) {
  const steps = [
    ...(both ? [] : [t('ui.make.steps.find')]),
    t(both ? 'ui.make.steps.make-both' : 'ui.make.steps.make'),
    t('ui.make.steps.register'),
    t('ui.make.steps.watch'),
  ];
  const now = both ? at - 1 : at;
  return (
    <ol aria-label={t('ui.make.steps')} className="flex flex-wrap items-center gap-x-2 gap-y-2 max-tab:gap-x-4">
      {steps.map((title, i) => (
        <li
          key={title}
          aria-current={i + 1 === now ? 'step' : undefined}
          className={cn('flex items-center gap-2', i + 1 === now ? 'font-semibold text-ink' : 'text-ink-2')}
        >
          {i > 0 && <span aria-hidden className="w-8 h-px bg-line-strong max-tab:hidden" />}
          <span
            aria-hidden
            className={cn(
              'size-6 rounded-full grid place-items-center text-data font-semibold border',
              i + 1 < now
                ? 'bg-ok-soft border-ok-line text-ok'
                : i + 1 === now
                  ? 'bg-accent-fill border-accent-fill text-on-accent'
                  : 'bg-surface border-line-strong text-ink-2',
            )}
          >
            {i + 1 < now ? <Check className="size-3.5" /> : i + 1}
          </span>
          {title}
          {i + 1 < now && <span className="sr-only">{t('ui.make.steps.done')}</span>}
        </li>
      ))}
    </ol>
  );
}
