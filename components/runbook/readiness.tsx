'use client';
import { useMeasured } from '@/lib/client/use-runs';
import type { ClusterView } from '@/lib/domain/cluster/view';
import { Text } from '../text/text';
import { Card } from '../ui/card';
import { LinkButton } from '../ui/link-button';
import { m, t } from './t-readiness';

const WORST = ['block', 'unknown', 'warn'] as const;

/** How ready the pair was when it was last measured. Measuring touches the engines, so it is left to a person: one click away. */
export function Readiness({ view }: { view: ClusterView }) {
  const measured = useMeasured(view.id);
  const worst = WORST.flatMap((verdict) => measured?.checks.filter((c) => c.verdict === verdict) ?? [])[0];
  return (
    <Card aria-labelledby="readiness" className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 max-tab:px-4 py-3">
      <div className="min-w-0 grow basis-[320px]">
        <h2 id="readiness" className="text-body">
          {t('readiness.title')}
        </h2>
        <p className="text-data text-ink-2">
          {measured ? (
            <Text of={m('readiness.sum', { ...measured.counts, at: { as: 'ago', value: measured.measuredAt } })} />
          ) : (
            t('readiness.never')
          )}
          {worst && (
            <span className="block text-ink">
              {t('readiness.first')} <Text of={{ key: `check.${worst.id}.title` }} />
            </span>
          )}
        </p>
      </div>
      <LinkButton href={`/clusters/${view.id}/journals`}>{t('readiness.compare')}</LinkButton>
      <LinkButton href={`/clusters/${view.id}/switch-over`} variant={view.next ? 'default' : 'primary'}>
        {t('readiness.prepare')}
      </LinkButton>
    </Card>
  );
}
