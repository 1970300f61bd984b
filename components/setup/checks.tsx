'use client';
import { Check, CircleQuestionMark, type LucideIcon, OctagonX, TriangleAlert } from 'lucide-react';
import type { ClusterCheck, ClusterTestAnswer } from '@/lib/contract/api';
import { Text } from '../text/text';
import { Card, SectionHead } from '../ui/card';
import { cn } from '../ui/classes';
import { counted, t } from './t';

const LOOK: Record<ClusterCheck['result'], { Icon: LucideIcon; colour: string }> = {
  pass: { Icon: Check, colour: 'text-ok' },
  warn: { Icon: TriangleAlert, colour: 'text-warn' },
  block: { Icon: OctagonX, colour: 'text-bad' },
  unknown: { Icon: CircleQuestionMark, colour: 'text-unk' },
};
const ORDER: readonly ClusterCheck['result'][] = ['block', 'unknown', 'warn', 'pass'];

const sumUp = (checks: readonly ClusterCheck[]): string =>
  t('ui.checks.sum', {
    pass: of(checks, 'pass'),
    warn: counted(of(checks, 'warn'), 'ui.checks.warn.one', 'ui.checks.warn.many'),
    block: of(checks, 'block'),
    unknown: of(checks, 'unknown'),
  });
const of = (checks: readonly ClusterCheck[], result: ClusterCheck['result']): number =>
  checks.filter((check) => check.result === result).length;

/** What was tried before saving, the worst first; stays in the form. */
export function ChecksCard({ answer, busy }: { answer: ClusterTestAnswer | undefined; busy: boolean }) {
  const checks = answer && [...answer.checks].sort((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result));
  return (
    <Card aria-labelledby="checks">
      <SectionHead
        id="checks"
        title={t('ui.checks')}
        aside={<span role="status">{busy ? t('ui.checks.busy') : checks ? sumUp(checks) : ''}</span>}
        className="px-5 max-tab:px-4 py-4"
      />
      {!checks && <p className="px-5 max-tab:px-4 pb-4 -mt-2 text-ink-2">{t(busy ? 'ui.checks.busy.more' : 'ui.checks.none')}</p>}
      {checks && (
        <ul>
          {checks.map((check) => (
            <CheckRow key={`${check.slot ?? ''}-${check.id}`} check={check} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function CheckRow({ check }: { check: ClusterCheck }) {
  const { Icon, colour } = LOOK[check.result];
  return (
    <li className="grid grid-cols-[16px_minmax(0,2fr)_minmax(0,3fr)] max-tab:grid-cols-[16px_minmax(0,1fr)] gap-x-3 px-5 max-tab:px-4 py-2.5 border-t border-line">
      <Icon aria-hidden className={cn('size-4 mt-0.5', colour)} />
      <p className={cn(check.result !== 'pass' && 'font-semibold')}>
        {check.slot && `${t(`ui.slot.${check.slot}`)}: `}
        <Text of={check.title} />
        <span className="sr-only">: {t(`ui.check.${check.result}`)}</span>
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
