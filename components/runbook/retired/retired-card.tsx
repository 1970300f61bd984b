'use client';
import { Clock, LockKeyhole, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useClusters } from '@/lib/client/use-clusters';
import { useRetired } from '@/lib/client/use-runs';
import { useSession } from '@/lib/client/use-session';
import type { RetiredAnswer } from '@/lib/contract/runs';
import { formatBytes } from '@/lib/domain/text/format';
import { Code } from '../../text/code';
import { Text } from '../../text/text';
import { Time } from '../../text/time';
import { useNow } from '../../text/viewer';
import { Button } from '../../ui/button';
import { Card, SectionHead } from '../../ui/card';
import { lazily } from '../../ui/lazily';
import { Link } from '../../ui/link';
import { LinkButton } from '../../ui/link-button';
import { ProblemAlert } from '../../ui/problem';
import { Status } from '../../ui/status';
import { folderName } from '../labels';
import { ageInDays, keyOf, sumOf } from './retired-model';
import { t } from './t';

const PurgeDialog = lazily(() => import('./purge-dialog').then((file) => file.PurgeDialog));
const COLUMNS = ['folder', 'cluster', 'at', 'size', 'age', 'retention'] as const;

/** Every journal that was put aside: where, since when, how big, and whether it may go. */
export function RetiredCard() {
  const { data, error, refresh } = useRetired();
  const [purging, setPurging] = useState<RetiredAnswer>();
  const may = useSession().may('admin');
  const sum = data && sumOf(data);
  return (
    <Card aria-labelledby="retired">
      <SectionHead
        id="retired"
        title={t('runbook.retired')}
        aside={sum && sum.folders > 0 && t('runbook.retired.sum', { n: sum.folders, size: formatBytes(sum.bytes), may: sum.purgeable })}
        className="px-5 max-tab:px-4 pt-4 pb-2"
      />
      {error && (
        <div className="px-5 max-tab:px-4 pb-4">
          <ProblemAlert problem={error} title={t('runbook.retired.failed')} />
        </div>
      )}
      {!data && !error && <p className="px-5 max-tab:px-4 pb-4 text-ink-2">{t('ui.loading')}</p>}
      {data?.length === 0 && <p className="px-5 max-tab:px-4 pb-4 text-ink-2">{t('runbook.retired.none')}</p>}
      {data && data.length > 0 && (
        <table className="facts">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`runbook.retired.${column}`)}
                </th>
              ))}
              <th scope="col">
                <span className="sr-only">{t('ui.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((journal) => (
              <Row key={keyOf(journal)} journal={journal} may={may} onPurge={() => setPurging(journal)} />
            ))}
          </tbody>
        </table>
      )}
      {data && data.length > 0 && !may && (
        <p id="purge-role" className="px-5 max-tab:px-4 py-3 border-t border-line text-meta">
          {t('runbook.retired.adminOnly')}
        </p>
      )}
      {purging && (
        <PurgeDialog
          journal={purging}
          onClose={(done) => {
            setPurging(undefined);
            if (done) void refresh();
          }}
        />
      )}
    </Card>
  );
}

function Row({ journal, may, onPurge }: { journal: RetiredAnswer; may: boolean; onPurge: () => void }) {
  const cluster = useClusters().data?.find((c) => c.id === journal.clusterId);
  const days = ageInDays(journal.at, useNow());
  const folder = folderName(journal.path);
  return (
    <tr data-retired={journal.purgeable ? 'purgeable' : 'held'}>
      <td>
        <Code>{folder}</Code>
        <span className="block text-meta text-ink-3">
          {t('runbook.retired.where', { name: journal.name, engine: journal.engine })}
          {journal.why !== undefined && ` · ${journal.why}`}
        </span>
      </td>
      <td data-label={t('runbook.retired.cluster')}>{cluster?.name ?? journal.clusterId}</td>
      <td data-label={t('runbook.retired.at')}>
        <span>
          {journal.at === undefined ? t('ui.unknown') : <Time at={journal.at} />}
          {journal.runId !== undefined && (
            <>
              , <Link href={`/runs/${journal.runId}`}>{t('runbook.retired.run', { run: journal.runId })}</Link>
            </>
          )}
          {journal.by !== undefined && <span className="block text-meta text-ink-3">{journal.by}</span>}
        </span>
      </td>
      <td data-label={t('runbook.retired.size')} className="whitespace-nowrap">
        {formatBytes(journal.bytes)}
      </td>
      <td data-label={t('runbook.retired.age')} className="whitespace-nowrap">
        {days === undefined ? t('ui.unknown') : days === 0 ? t('runbook.retired.today') : t('runbook.retired.days', { n: days })}
      </td>
      <td data-label={t('runbook.retired.retention')}>
        <span>
          {journal.purgeable ? (
            <Status tone="unknown" icon={Trash2}>
              {t('runbook.retired.may')}
            </Status>
          ) : (
            <Status tone="warn" icon={journal.held ? LockKeyhole : Clock}>
              {t('runbook.retired.held')}
            </Status>
          )}
          {journal.held && (
            <span className="block text-meta text-ink-3 max-w-[34ch]">
              <Text of={journal.held} />
            </span>
          )}
        </span>
      </td>
      <td className="act">
        <span className="inline-flex gap-2">
          <LinkButton size="s" href={`/clusters/${journal.clusterId}/journals`}>
            {t('runbook.retired.compare')}
          </LinkButton>
          {journal.purgeable && (
            <Button
              size="s"
              variant="danger-quiet"
              impossible={!may}
              aria-describedby={may ? undefined : 'purge-role'}
              aria-label={t('runbook.retired.purgeOf', { folder })}
              onClick={onPurge}
            >
              {t('runbook.retired.purge')}
            </Button>
          )}
        </span>
      </td>
    </tr>
  );
}
