import { CircleDashed, CircleStop, Equal, type LucideIcon, ShieldCheck, Split, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CompareRow, SetupPlanAnswer } from '@/lib/contract/setup';
import { Code } from '../text/code';
import { Text } from '../text/text';
import { Badge } from '../ui/badge';
import { Card } from '../ui/card';
import { cn } from '../ui/classes';
import { t } from './t';

const LOOK: Record<CompareRow['compared'], { Icon: LucideIcon; colour: string }> = {
  same: { Icon: Equal, colour: 'text-ok' },
  own: { Icon: Split, colour: 'text-ink-2' },
  fence: { Icon: ShieldCheck, colour: 'text-warn' },
  differs: { Icon: TriangleAlert, colour: 'text-warn' },
};

/** What the Primary has beside what the Secondary gets, one fact per row; on phones each row is a block. `badge` = what the Primary does now. */
export function CompareTable({ answer, badge }: { answer: SetupPlanAnswer; badge?: ReactNode }) {
  const { rows, plan } = answer;
  if (rows.length === 0) return null;
  const existing = plan?.kind === 'use-existing';
  const both = plan?.kind === 'create-both';
  return (
    <Card aria-label={t('ui.make.compare')}>
      <table className="facts compared">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">{t('ui.make.compare.fact')}</span>
            </th>
            <th scope="col">
              <span className="inline-flex flex-wrap items-center gap-2">
                {t(both ? 'ui.make.compare.primary.both' : 'ui.make.compare.primary')} {badge}
              </span>
            </th>
            <th scope="col" className="bg-[color-mix(in_oklab,var(--accent-soft)_45%,transparent)]">
              <span className="inline-flex flex-wrap items-center gap-2">
                {t(existing ? 'ui.make.compare.secondary.existing' : 'ui.make.compare.secondary')}
                <Badge look="neutral" icon={existing ? CircleStop : CircleDashed}>
                  {t(existing ? 'ui.make.compare.stopped' : 'ui.make.compare.notYet')}
                </Badge>
              </span>
            </th>
            <th scope="col">{t('ui.make.compare.how')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Row({ row }: { row: CompareRow }) {
  const { Icon, colour } = LOOK[row.compared];
  return (
    <tr data-row={row.id} data-compared={row.compared}>
      <th scope="row">
        <Text of={row.title} />
      </th>
      <td data-label={t('ui.slot.primary')}>
        <Values of={row.primary} />
      </td>
      <td data-label={t('ui.slot.secondary')} className="tab:bg-[color-mix(in_oklab,var(--accent-soft)_45%,transparent)]">
        <Values of={row.secondary} />
      </td>
      <td className="compared-how">
        <span className={cn('inline-flex items-center gap-1.5 font-semibold', colour)}>
          <Icon aria-hidden className="size-[15px] flex-none" />
          {t(`ui.make.compare.${row.compared}`)}
        </span>
        <span className="block max-tab:hidden text-meta text-ink-3 max-w-[26ch]">
          <Text of={row.note} />
        </span>
      </td>
    </tr>
  );
}

function Values({ of }: { of: readonly string[] | undefined }) {
  if (of === undefined || of.length === 0) return <span className="text-ink-3">{t('ui.make.compare.none')}</span>;
  return (
    <span className="grid gap-0.5 min-w-0 [overflow-wrap:anywhere]">
      {of.map((value) => (
        <span key={value}>
          <Code>{value}</Code>
        </span>
      ))}
    </span>
  );
}
