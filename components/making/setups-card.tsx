'use client';
import { useSetups } from '@/lib/client/use-setups';
import type { SetupAnswer } from '@/lib/contract/setup';
import { Time } from '../text/time';
import { Card, SectionHead } from '../ui/card';
import { Link } from '../ui/link';
import { t } from './t';

const WORD = {
  working: 'ui.make.list.working',
  asking: 'ui.make.list.waits',
  made: 'ui.make.list.made',
  undoing: 'ui.make.list.undoing',
  undone: 'ui.make.list.undone',
  'left-by-hand': 'ui.make.list.left',
} as const satisfies Record<SetupAnswer['state'], string>;

/** Beside the runs: what was set up, newest first. Nothing where nothing was. */
export function SetupsCard() {
  const { data } = useSetups();
  if (!data || data.length === 0) return null;
  return (
    <Card aria-labelledby="setups">
      <SectionHead id="setups" title={t('ui.make.list')} className="px-5 max-tab:px-4 pt-4 pb-2" />
      <ul>
        {data.map((s) => (
          <li
            key={s.id}
            data-setup={s.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] max-tab:grid-cols-[minmax(0,1fr)] gap-x-4 px-5 max-tab:px-4 py-2.5 border-t border-line"
          >
            <Link href={`/setups/${s.id}`} className="[overflow-wrap:anywhere] max-tab:inline-flex max-tab:min-h-11 max-tab:items-center">
              {t(`ui.make.p.kind.${s.kind}`, { cluster: s.clusterName })}
            </Link>
            <span className="text-data text-ink-2">
              {t(WORD[s.state])}, <Time at={s.startedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
