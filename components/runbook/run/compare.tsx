'use client';
import { ChevronRight, CircleQuestionMark, Equal, EqualNot, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Compared, RunAnswer } from '@/lib/contract/runs';
import { Text } from '../../text/text';
import { Card, SectionHead } from '../../ui/card';
import { cn } from '../../ui/classes';
import { Status, type StatusTone } from '../../ui/status';
import { counted, m, t } from '../t';

const MARK: Record<Compared['verdict'], { icon: LucideIcon; tone: StatusTone }> = {
  same: { icon: Equal, tone: 'ok' },
  differs: { icon: EqualNot, tone: 'bad' },
  unknown: { icon: CircleQuestionMark, tone: 'unknown' },
};

/** Plan beside world. Where they differ, that is what one has to read: the rest folds away. */
export function CompareTable({ answer }: { answer: RunAnswer }) {
  const odd = answer.compared.filter((c) => c.verdict !== 'same');
  const same = answer.compared.filter((c) => c.verdict === 'same');
  return (
    <Card aria-labelledby="compare">
      <SectionHead
        id="compare"
        title={t('runbook.compare')}
        aside={answer.lookedAt !== undefined && <Text of={m('runbook.compare.seen', { at: { as: 'ago', value: answer.lookedAt } })} />}
        className="px-5 max-tab:px-4 pt-4 pb-1"
      />
      {answer.compared.length === 0 ? (
        <p className="px-5 max-tab:px-4 py-4 text-ink-2">{t('runbook.compare.looking')}</p>
      ) : odd.length === 0 ? (
        <Rows rows={same} />
      ) : (
        <>
          <Rows rows={odd} />
          {same.length > 0 && (
            <details className="border-t border-line">
              <summary className="flex items-center gap-2 px-5 max-tab:px-4 py-2.5 max-tab:min-h-11 text-data text-ink-2">
                <ChevronRight aria-hidden className="chev size-4" />
                <Equal aria-hidden className="size-4 text-ok" />
                {counted(same.length, 'runbook.compare.rest.one', 'runbook.compare.rest.many')}
              </summary>
              <Rows rows={same} />
            </details>
          )}
        </>
      )}
    </Card>
  );
}

function Rows({ rows }: { rows: readonly Compared[] }) {
  return (
    <table className="facts">
      <thead>
        <tr>
          <th scope="col">{t('runbook.compare.fact')}</th>
          <th scope="col">{t('runbook.compare.plan')}</th>
          <th scope="col">{t('runbook.compare.world')}</th>
          <th scope="col">{t('runbook.compare.result')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-fact={row.id} data-verdict={row.verdict}>
            <th scope="row">
              <Text of={row.title} />
            </th>
            <Cell label={t('runbook.compare.plan')}>
              <Text of={row.planned} />
            </Cell>
            <Cell label={t('runbook.compare.world')} loud={row.verdict !== 'same'}>
              <Text of={row.seen} />
            </Cell>
            <td data-label={t('runbook.compare.result')} className="whitespace-nowrap">
              <Status tone={MARK[row.verdict].tone} icon={MARK[row.verdict].icon}>
                {t(`runbook.compare.${row.verdict}`)}
              </Status>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ label, loud, children }: { label: string; loud?: boolean; children: ReactNode }) {
  return (
    <td data-label={label} className={cn('[overflow-wrap:anywhere]', loud === true && 'font-semibold')}>
      <span>{children}</span>
    </td>
  );
}
