'use client';
import { GraduationCap } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useClusters } from '@/lib/client/use-clusters';
import { useEngines } from '@/lib/client/use-engines';
import { t } from '../text/t';
import { worldOf } from './world-model';

const useWorld = () => worldOf(usePathname(), useClusters().data, useEngines().data);

/** Says which of what this page shows is made up. A page of a real cluster says nothing: all on it is real. */
export function RehearsalBanner() {
  const world = useWorld();
  if (world === 'docker') return null;
  return (
    <aside aria-label={t('ui.rehearsal.title')} className="bg-accent-soft border-b border-accent">
      <p className="column grid grid-cols-[auto_minmax(0,1fr)] gap-3 items-center py-2.5">
        <GraduationCap aria-hidden className="size-5 text-accent" />
        <span>
          <b>{t(world === 'both' ? 'ui.rehearsal.part' : 'ui.rehearsal.banner')}</b>{' '}
          {t(world === 'both' ? 'ui.rehearsal.part.more' : 'ui.rehearsal.banner.more')}
        </span>
      </p>
    </aside>
  );
}

export function RehearsalFoot() {
  return useWorld() === 'rehearsal' && <span>{t('ui.foot.rehearsal')}</span>;
}
