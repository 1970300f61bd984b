'use client';
import { useCluster } from '@/lib/client/use-clusters';
import { Text } from '../text/text';
import { Alert } from '../ui/alert';
import { Link } from '../ui/link';
import { FollowNow } from './follow-now';
import { t } from './t-joc';

/** After a run: JOC Cockpit still points elsewhere, and one click finishes it. Nothing where it follows, or where there is none. */
export function FinishJoc({ clusterId }: { clusterId: string }) {
  const toFollow = useCluster(clusterId).data?.joc?.toFollow;
  if (!toFollow) return null;
  return (
    <Alert tone="warn" title={t('ui.joc.follow.left')}>
      <p>
        <Text of={toFollow.note} /> {t('ui.joc.follow.left.why')}
      </p>
      <div className="mt-2 flex flex-wrap items-start gap-x-4 gap-y-2">
        <FollowNow clusterId={clusterId} finish variant="primary" />
        <Link href={`/clusters/${clusterId}/register`} className="inline-flex items-center min-h-9 max-tab:min-h-11">
          {t('ui.joc.follow.more')}
        </Link>
      </div>
    </Alert>
  );
}
