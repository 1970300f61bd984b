'use client';
import { ArrowDown, ArrowRight, CircleQuestionMark, Download, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCluster } from '@/lib/client/use-clusters';
import type { CopyProgress, RunAnswer } from '@/lib/contract/runs';
import type { InstanceView } from '@/lib/domain/cluster/view';
import { formatBytes } from '@/lib/domain/text/format';
import { badgeIcon, LOOK } from '../../cluster/icons';
import { cardState } from '../../cluster/model';
import { Text } from '../../text/text';
import { Badge } from '../../ui/badge';
import { Card, SectionHead } from '../../ui/card';
import { cn } from '../../ui/classes';
import { Freshness } from '../../ui/freshness';
import { slotName } from '../labels';
import { t } from '../t';
import { MiniBox, MiniLine } from './mini-box';

/** Both instances as they are now: Primary left, Secondary right, whoever is active. */
export function MiniPicture({ answer, progress }: { answer: RunAnswer; progress?: CopyProgress | undefined }) {
  const { data: view } = useCluster(answer.summary.clusterId);
  const { from, to } = answer.summary;
  const copying = progress !== undefined && answer.summary.state === 'working';
  const leftToRight = from.slot === 'primary';
  const box = (instance: InstanceView | undefined): ReactNode =>
    instance && (
      <MiniBox
        name={slotName(instance.slot)}
        state={copying && instance.slot === to.slot ? 'busy' : cardState(instance)}
        badges={
          <>
            {instance.badges.map((badge) => (
              <Badge key={badge.word.key} look={LOOK[badge.tone]} icon={badgeIcon(badge)}>
                <Text of={badge.word} />
              </Badge>
            ))}
            {copying && instance.slot === to.slot && (
              <Badge look="run" icon={Download}>
                {t('runbook.mini.receiving')}
              </Badge>
            )}
          </>
        }
        foot={instance.docker.engineName}
      />
    );
  return (
    <Card aria-labelledby="now" className="p-6 max-tab:p-4">
      <SectionHead id="now" title={t('runbook.mini')} aside={view && <Freshness of={view.primary.docker.freshness} />} className="mb-3" />
      {view ? (
        <>
          <div className="grid grid-cols-[minmax(0,1fr)_84px_minmax(0,1fr)] max-tab:grid-cols-[minmax(0,1fr)]">
            {box(view.primary)}
            <MiniLine
              moving={copying}
              {...(copying && { label: t('runbook.copy.rate', { rate: formatBytes(progress.bytesPerSecond) }) })}
              icon={copying ? <Arrow back={!leftToRight} /> : undefined}
            />
            {box(view.secondary)}
          </div>
          <p className="grid grid-cols-[16px_minmax(0,1fr)] gap-2 mt-3 pt-3 border-t border-line">
            <ShieldCheck aria-hidden className={cn('size-4 mt-0.5 text-ink-3', view.guard.tone === 'alarm' && 'text-bad-line')} />
            <span>
              <Text of={view.guard.title} />
            </span>
          </p>
        </>
      ) : (
        <p className="flex gap-2 text-ink-2">
          <CircleQuestionMark aria-hidden className="size-4 mt-0.5 flex-none" />
          {t('runbook.mini.unwatched')}
        </p>
      )}
    </Card>
  );
}

function Arrow({ back }: { back: boolean }) {
  return (
    <>
      <ArrowRight aria-hidden className={cn('size-4 max-tab:hidden', back && 'rotate-180')} />
      <ArrowDown aria-hidden className={cn('size-4 hidden max-tab:block', back && 'rotate-180')} />
    </>
  );
}
