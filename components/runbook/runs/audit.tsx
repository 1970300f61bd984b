'use client';
import { Check, CircleX, Download, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { auditExport, useAudit } from '@/lib/client/use-audit';
import { useClusters } from '@/lib/client/use-clusters';
import { useSession } from '@/lib/client/use-session';
import type { AuditAnswer } from '@/lib/contract/runs';
import { AUDIT } from '@/lib/domain/audit';
import { Time } from '../../text/time';
import { Button } from '../../ui/button';
import { buttonVariants } from '../../ui/button-look';
import { Card, SectionHead } from '../../ui/card';
import { Field, inputClasses } from '../../ui/field';
import { ProblemAlert } from '../../ui/problem';
import { Status, type StatusTone } from '../../ui/status';
import { t } from './t';

/** Who did what, when and why, and what came of it. The server searches; what fits can be saved. */
export function Audit() {
  const session = useSession();
  const may = session.may('operator');
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const { data, error, hasMore, loadMore } = useAudit(text, may);
  const [busy, setBusy] = useState(false);
  return (
    <Card aria-labelledby="audit">
      <SectionHead
        id="audit"
        title={t('runbook.audit')}
        aside={
          may && (
            <span className="flex gap-2">
              {(['csv', 'jsonl'] as const).map((format) => (
                <a key={format} href={auditExport(text, format)} download className={buttonVariants({ size: 's' })}>
                  <Download aria-hidden />
                  {t(`runbook.audit.${format}`)}
                </a>
              ))}
            </span>
          )
        }
        className="px-5 max-tab:px-4 pt-4"
      />
      <p className="px-5 max-tab:px-4 text-data text-ink-2">{t('runbook.audit.sub')}</p>
      {session.data && !may && <p className="px-5 max-tab:px-4 py-4">{t('runbook.audit.operatorOnly')}</p>}
      {may && (
        <search className="block px-5 max-tab:px-4 pt-2 pb-4 max-w-[420px]">
          <Field label={t('runbook.audit.search')}>
            {(control) => (
              <input {...control} type="search" value={typed} onChange={(e) => setTyped(e.target.value)} className={inputClasses} />
            )}
          </Field>
        </search>
      )}
      {error && (
        <div className="px-5 max-tab:px-4 pb-4">
          <ProblemAlert problem={error} />
        </div>
      )}
      {may && !data && !error && <p className="px-5 max-tab:px-4 pb-4 text-ink-2">{t('ui.loading')}</p>}
      {data?.length === 0 && (
        <p className="px-5 max-tab:px-4 pb-4 text-ink-2">{t(text === '' ? 'runbook.audit.none' : 'runbook.audit.noMatch')}</p>
      )}
      {data && data.length > 0 && <Lines lines={data} />}
      {hasMore && (
        <div className="px-3 py-2 border-t border-line">
          <Button
            variant="quiet"
            size="s"
            busy={busy}
            onClick={() => {
              setBusy(true);
              void loadMore().finally(() => setBusy(false));
            }}
          >
            {t('runbook.audit.older')}
          </Button>
        </div>
      )}
    </Card>
  );
}

const RESULT: Record<AuditAnswer['result'], { tone: StatusTone; icon: LucideIcon }> = {
  ok: { tone: 'ok', icon: Check },
  refused: { tone: 'bad', icon: CircleX },
  failed: { tone: 'warn', icon: TriangleAlert },
};
const COLUMNS = ['created', 'who', 'what', 'cluster', 'reason', 'ticket', 'answer'] as const;
const columnText = (column: (typeof COLUMNS)[number]): string =>
  column === 'cluster' || column === 'ticket' ? t(`runbook.list.${column}`) : t(`runbook.audit.${column}`);
/** A word that this version does not know yet stays as it was written. */
const wordOf = (what: string): string => (what in AUDIT ? AUDIT[what as keyof typeof AUDIT] : what);

function Lines({ lines }: { lines: readonly AuditAnswer[] }) {
  const clusters = new Map(useClusters().data?.map((c) => [c.id as string, c.name]));
  return (
    <table className="facts">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {columnText(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <td className="whitespace-nowrap text-ink-2">
              <Time at={line.at} />
            </td>
            <td data-label={columnText('who')} className="[overflow-wrap:anywhere]">
              {line.who}
            </td>
            <td data-label={columnText('what')} className="[overflow-wrap:anywhere]">
              <span>
                {wordOf(line.what)}
                {line.subject !== undefined && (
                  <>
                    : <code>{line.subject}</code>
                  </>
                )}
              </span>
            </td>
            <td data-label={columnText('cluster')} className="[overflow-wrap:anywhere]">
              {line.clusterId === undefined ? '–' : (clusters.get(line.clusterId) ?? line.clusterId)}
            </td>
            <td data-label={columnText('reason')} className="[overflow-wrap:anywhere]">
              {line.reason ?? '–'}
            </td>
            <td data-label={columnText('ticket')} className="[overflow-wrap:anywhere]">
              {line.ticket ?? '–'}
            </td>
            <td data-label={columnText('answer')}>
              <span>
                <Status tone={RESULT[line.result].tone} icon={RESULT[line.result].icon}>
                  {t(`runbook.audit.${line.result}`)}
                </Status>
                {line.detail !== undefined && <span className="block text-meta text-ink-3 [overflow-wrap:anywhere]">{line.detail}</span>}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
