import { Check, CircleQuestionMark, type LucideIcon, OctagonX, TriangleAlert } from 'lucide-react';
import type { ClusterCheck } from '@/lib/contract/api';
import { Text } from '../text/text';
import { Card, SectionHead } from '../ui/card';
import { cn } from '../ui/classes';
import { m, t } from './t';

const LOOK: Record<ClusterCheck['result'], { Icon: LucideIcon; colour: string }> = {
  block: { Icon: OctagonX, colour: 'text-bad' },
  unknown: { Icon: CircleQuestionMark, colour: 'text-unk' },
  warn: { Icon: TriangleAlert, colour: 'text-warn' },
  pass: { Icon: Check, colour: 'text-ok' },
};
const ORDER = Object.keys(LOOK) as ClusterCheck['result'][];

/** What was measured, the worst first: result, reason, and what to do about it. */
export function ChecksCard({ checks, at, busy }: { checks: readonly ClusterCheck[]; at: number; busy: boolean }) {
  const counts = ORDER.flatMap((result) => {
    const n = checks.filter((c) => c.result === result).length;
    return n > 0 ? [t(`ui.make.checks.${result}`, { n })] : [];
  });
  const sorted = [...checks].sort((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result));
  return (
    <Card aria-labelledby="checks">
      <SectionHead
        id="checks"
        title={t('ui.make.checks')}
        aside={
          <span className="text-data text-ink-2">
            <span role="status">{busy ? t('ui.make.checks.busy') : counts.join(', ')}</span>
            {!busy && (
              <>
                , <Text of={m('ui.fresh.ago', { at: { as: 'ago', value: at } })} />
              </>
            )}
          </span>
        }
        className="px-5 max-tab:px-4 py-4"
      />
      <ul className="pb-2">
        {sorted.map((check) => (
          <Row key={`${check.slot ?? ''}-${check.id}-${JSON.stringify(check.measured)}`} check={check} />
        ))}
      </ul>
    </Card>
  );
}

function Row({ check }: { check: ClusterCheck }) {
  const { Icon, colour } = LOOK[check.result];
  return (
    <li
      data-check={check.id}
      data-result={check.result}
      className="grid grid-cols-[16px_minmax(0,2fr)_minmax(0,3fr)] max-tab:grid-cols-[16px_minmax(0,1fr)] gap-x-3 px-5 max-tab:px-4 py-2.5 border-t border-line"
    >
      <Icon aria-hidden className={cn('size-4 mt-0.5', colour)} />
      <p className={cn(check.result !== 'pass' && 'font-semibold')}>
        {check.slot && `${t(`ui.slot.${check.slot}`)}: `}
        <Text of={check.title} />
        <span className="sr-only">: {t(`ui.make.check.${check.result}`)}</span>
      </p>
      <div className="text-data text-ink-2 max-tab:col-start-2 [overflow-wrap:anywhere]">
        <Text of={check.measured} />
        {check.remedy && (
          <p className="text-ink">
            <Text of={check.remedy} />
          </p>
        )}
      </div>
    </li>
  );
}
