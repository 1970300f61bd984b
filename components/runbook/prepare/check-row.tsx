import { Check, ChevronRight, CircleQuestionMark, type LucideIcon, OctagonX, RefreshCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CheckResult, Verdict } from '@/lib/domain/switchover/preflight/check';
import { Text } from '../../text/text';
import { Button } from '../../ui/button';
import { cn } from '../../ui/classes';
import { m, t } from '../t';

const VERDICT_ICON: Record<Verdict, LucideIcon> = { pass: Check, warn: TriangleAlert, block: OctagonX, unknown: CircleQuestionMark };
export const VERDICT_TEXT: Record<Verdict, string> = { pass: 'text-ok', warn: 'text-warn', block: 'text-bad', unknown: 'text-unk' };

interface Props {
  readonly check: CheckResult;
  /** Being measured again now. */
  readonly busy: boolean;
  readonly onAgain: () => void;
}

/** One check: what was measured stands in the line, when, why and the remedy below it. What does not pass stands open. */
export function CheckRow({ check, busy, onAgain }: Props) {
  const Icon = VERDICT_ICON[check.verdict];
  const title = <Text of={{ key: `check.${check.id}.title` }} />;
  return (
    <li className="border-t border-line first:border-t-0" data-check={check.id} data-verdict={check.verdict}>
      <details open={check.verdict !== 'pass'}>
        <summary className="grid grid-cols-[16px_minmax(0,3fr)_minmax(0,4fr)_16px] max-tab:grid-cols-[16px_minmax(0,1fr)_16px] gap-x-3 gap-y-0.5 items-start px-5 max-tab:px-4 py-[9px] max-tab:py-3 hover:bg-[color-mix(in_oklab,var(--sunken)_55%,transparent)]">
          <Icon aria-hidden className={cn('size-4 mt-0.5', VERDICT_TEXT[check.verdict])} />
          <span className={cn(check.verdict !== 'pass' && 'font-semibold')}>
            {title}
            <span className="sr-only">: {t(`runbook.verdict.${check.verdict}`)}</span>
          </span>
          <span className="text-data text-ink-2 text-right [overflow-wrap:anywhere] max-tab:text-left max-tab:col-start-2 max-tab:row-start-2">
            <Text of={check.measured} />
          </span>
          <ChevronRight aria-hidden className="chev size-4 mt-0.5 text-ink-3 max-tab:col-start-3 max-tab:row-start-1" />
        </summary>
        <dl className="grid grid-cols-[112px_minmax(0,1fr)] max-tab:grid-cols-[minmax(0,1fr)] gap-x-3 gap-y-1 px-5 pl-12 max-tab:px-4 max-tab:pl-11 pt-0.5 pb-4 text-data">
          <Row name={t('runbook.check.measured')}>
            <Text of={check.measured} />
          </Row>
          {check.at !== undefined && (
            <Row name={t('runbook.check.when')}>
              <Text of={m('runbook.check.at', { at: { as: 'time', value: check.at }, ago: { as: 'ago', value: check.at } })} />
            </Row>
          )}
          <Row name={t('runbook.check.why')}>
            <Text of={{ key: `check.${check.id}.why` }} />
          </Row>
          {check.verdict !== 'pass' && (
            <Row name={t('runbook.check.fix')}>
              <Text of={{ key: `check.${check.id}.fix` }} />
            </Row>
          )}
          <dt className="sr-only">{t('ui.actions')}</dt>
          <dd className="col-start-2 max-tab:col-start-1 mt-1">
            <Button size="s" busy={busy} onClick={onAgain}>
              {!busy && <RefreshCw aria-hidden />}
              <span aria-hidden>{t('runbook.prepare.again')}</span>
              <span className="sr-only">
                {t('runbook.prepare.againOne', { check: '' })}
                {title}
              </span>
            </Button>
          </dd>
        </dl>
      </details>
    </li>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2 max-tab:mt-1">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
