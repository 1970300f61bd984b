'use client';
import { useSetups } from '@/lib/client/use-setups';
import { Alert } from '../ui/alert';
import { Link } from '../ui/link';
import { t } from './t-open';

/** Set-ups without an end, on the pages of the clusters: nobody has to look for them. */
export function OpenSetups({ clusterId }: { clusterId?: string }) {
  const open = useSetups().data?.filter((s) => s.endedAt === undefined && (clusterId === undefined || s.clusterId === clusterId)) ?? [];
  return open.map((s) => (
    <Alert
      key={s.id}
      tone={s.state === 'asking' ? 'warn' : 'run'}
      title={t(s.state === 'asking' ? 'ui.making.waits' : 'ui.making.working', { id: s.id, cluster: s.clusterName })}
    >
      <Link href={`/setups/${s.id}`} className="inline-flex items-center min-h-6 max-tab:min-h-11">
        {t('ui.making.open', { id: s.id })}
      </Link>
    </Alert>
  ));
}
