'use client';
import { ArrowLeftRight, Plus } from 'lucide-react';
import type { Slot } from '@/lib/domain/cluster/cluster';
import type { ClusterView, Severity } from '@/lib/domain/cluster/view';
import { Text } from '../text/text';
import { SectionHead } from '../ui/card';
import { cn } from '../ui/classes';
import { lazily } from '../ui/lazily';
import { LinkButton } from '../ui/link-button';
import { InstanceCard } from './instance-card';
import { journalBytes } from './model';
import { m, t } from './t';
import { Tie } from './tie';

const JocBoxes = lazily(() => import('./joc-boxes').then((file) => file.JocBoxes));
const saysOf = (view: ClusterView, slot: Slot) => view.joc?.says.find((each) => each.slot === slot);

/** JOC Cockpit's Product Status: Primary always left, Secondary right, whoever is active; JOC Cockpit, its database and the Cluster Status between them. */
export function StatusPicture({ view }: { view: ClusterView }) {
  return (
    <section aria-labelledby="product-status" className="picture-box">
      <SectionHead
        id="product-status"
        className="mb-3"
        title={t('ui.picture.title')}
        aside={view.oldestAt !== undefined && <Text of={m('ui.picture.oldest', { at: { as: 'ago', value: view.oldestAt } })} />}
      />
      <div className="picture">
        <InstanceCard instance={view.primary} joc={saysOf(view, 'primary')} journal={journalBytes(view)} />
        <div className="mid">
          <JocBoxes view={view} />
          {view.links.map((link) => (
            <Tie key={link.slot} link={link} className={`tie-${link.slot}`} />
          ))}
          <ClusterStatus view={view} />
        </div>
        {view.secondary ? (
          <InstanceCard instance={view.secondary} joc={saysOf(view, 'secondary')} journal={journalBytes(view)} />
        ) : (
          <NoSecondary id={view.id} />
        )}
      </div>
    </section>
  );
}

const WORD: Record<Severity, string> = { 0: 'text-ok', 1: 'text-warn', 2: 'text-bad', 3: 'text-unk', 4: 'text-unk' };

function ClusterStatus({ view: { status } }: { view: ClusterView }) {
  return (
    <section
      aria-labelledby="cluster-status"
      className={cn(
        'between min-w-0 bg-surface border border-line rounded-l px-4 py-3',
        status.code === 'Unknown' && 'border-dashed border-unk-line!',
      )}
    >
      <h3 id="cluster-status" className="flex items-center gap-2 min-h-6 font-semibold">
        <ArrowLeftRight aria-hidden className="size-4 text-ink-3" />
        {t('ui.picture.clusterStatus')}
      </h3>
      <p className={cn('font-semibold', status.severity !== undefined && WORD[status.severity])}>
        <Text of={status.word} />
      </p>
      <p className="mt-0.5 text-meta text-ink-3">
        <Text of={status.meaning} />
      </p>
    </section>
  );
}

function NoSecondary({ id }: { id: string }) {
  return (
    <div data-slot="secondary" className="border border-dashed border-line-strong rounded-l">
      <div className="row-span-full self-center grid gap-3 justify-items-center p-6 text-center">
        <h3 className="text-section font-semibold">{t('ui.secondary.none')}</h3>
        <p className="text-data text-ink-2 max-w-[36ch]">{t('ui.secondary.none.why')}</p>
        <LinkButton href={`/clusters/${id}/set-up`}>
          <Plus aria-hidden />
          {t('ui.secondary.add')}
        </LinkButton>
      </div>
    </div>
  );
}
