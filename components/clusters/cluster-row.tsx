'use client';
import { Fragment } from 'react';
import type { ClusterView, InstanceView, Tone } from '@/lib/domain/cluster/view';
import { badgeIcon, LOOK } from '../cluster/icons';
import { Text } from '../text/text';
import { Badge } from '../ui/badge';
import { cn } from '../ui/classes';
import { Freshness } from '../ui/freshness';
import { Link } from '../ui/link';
import { LinkButton } from '../ui/link-button';
import { TONE_ICON } from '../ui/verdict';
import { t } from './t';

const MARK: Record<Tone, string> = {
  ok: 'text-ok-line',
  run: 'text-run-line',
  warn: 'text-warn-line',
  unknown: 'text-unk-line',
  bad: 'text-bad-line',
  alarm: 'text-bad',
};

/** One cluster in the list: what is the case, who works, how old that is. */
export function ClusterRow({ cluster }: { cluster: ClusterView }) {
  const { tone, title, why } = cluster.verdict;
  const Icon = TONE_ICON[tone];
  const alarm = tone === 'alarm';
  const href = `/clusters/${cluster.id}` as const;
  return (
    <li
      aria-labelledby={`c-${cluster.id}`}
      className={cn('cluster-row border-t border-line max-desk:first:border-t-0', alarm && 'bg-bad-soft')}
      data-tone={tone}
    >
      <Icon aria-hidden className={cn('size-5 mt-0.5', MARK[tone], tone === 'run' && 'turning')} />
      <div className="min-w-0">
        <h2 id={`c-${cluster.id}`} className="text-section [overflow-wrap:anywhere]">
          <Link href={href} className="text-ink no-underline hover:underline">
            {cluster.name}
          </Link>
        </h2>
        <p className={cn('text-meta', alarm ? 'text-ink' : 'text-ink-3')}>
          {t(`ui.kindShort.${cluster.kind}`)}
          {cluster.kind === 'licensed' && (
            <>
              : <Text of={cluster.status.word} />
            </>
          )}
          {cluster.world === 'rehearsal' && `, ${t('ui.rehearsal.mark')}`}
        </p>
      </div>
      <div className="cluster-verdict min-w-0">
        <p className={cn('text-[15px] leading-6 font-semibold', alarm && 'text-bad')}>
          <Text of={title} />
        </p>
        <p className={cn('text-data', alarm ? 'text-ink' : 'text-ink-2')}>
          <Text of={why} />
        </p>
      </div>
      <Side label={t('ui.slot.primary')} instance={cluster.primary} loud={alarm} />
      <Side label={t('ui.slot.secondary')} instance={cluster.secondary} loud={alarm} />
      <div className={cn('cluster-seen text-meta pt-1', alarm ? 'text-ink' : 'text-ink-3')}>
        <span className="desk:sr-only">{t('ui.clusters.col.seen')} </span>
        {cluster.oldestAt === undefined ? t('ui.fresh.never') : <Freshness of={{ state: 'fresh', at: cluster.oldestAt }} />}
      </div>
      <LinkButton size="s" className="cluster-open" href={href}>
        {t('ui.open')}
        <span className="sr-only"> {cluster.name}</span>
      </LinkButton>
    </li>
  );
}

function Side({ label, instance, loud }: { label: string; instance: InstanceView | undefined; loud: boolean }) {
  const [badge, ...more] = instance?.badges ?? [];
  return (
    <div className="grid gap-1 content-start justify-items-start text-meta min-w-0">
      <span className="desk:sr-only font-semibold text-ink-2">{label}</span>
      {badge && (
        <Badge
          look={LOOK[badge.tone]}
          icon={badgeIcon(badge)}
          turning={badge.tone === 'run'}
          {...(loud && badge.tone === 'bad' && { className: 'bg-surface!' })}
        >
          <Text of={badge.word} />
        </Badge>
      )}
      {more.length > 0 && (
        <span className="text-ink-2">
          {more.map(({ word }, i) => (
            <Fragment key={word.key}>
              {i > 0 && ', '}
              <Text of={word} />
            </Fragment>
          ))}
        </span>
      )}
      {instance ? (
        <span className={cn('[overflow-wrap:anywhere]', loud ? 'text-ink' : 'text-ink-3')}>{instance.docker.engineName}</span>
      ) : (
        <span className="text-ink-3">{t('ui.secondary.none')}</span>
      )}
    </div>
  );
}
