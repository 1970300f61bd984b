'use client';
import { Check, CircleQuestionMark, type LucideIcon, X } from 'lucide-react';
import { useState } from 'react';
import type { RunLogLine } from '@/lib/contract/runs';
import type { Outcome } from '@/lib/domain/switchover/events';
import { Text } from '../../text/text';
import { Time } from '../../text/time';
import { Button } from '../../ui/button';
import { Card, SectionHead } from '../../ui/card';
import { cn } from '../../ui/classes';
import { t } from '../t';

const SHORT = 12;
const MARK: Record<Outcome, { Icon: LucideIcon; look: string }> = {
  succeeded: { Icon: Check, look: 'text-ok' },
  failed: { Icon: X, look: 'text-bad' },
  unknown: { Icon: CircleQuestionMark, look: 'text-unk' },
};

/** Everything that was written down of the run, newest first. */
export function Log({ lines }: { lines: readonly RunLogLine[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(0, SHORT);
  return (
    <Card aria-labelledby="log">
      <SectionHead id="log" title={t('runbook.log')} aside={t('runbook.log.newest')} className="px-5 max-tab:px-4 pt-4 pb-1" />
      <table className="facts">
        <thead>
          <tr>
            <th scope="col">{t('runbook.log.time')}</th>
            <th scope="col">{t('runbook.log.kind')}</th>
            <th scope="col">{t('runbook.log.what')}</th>
            <th scope="col">
              <span className="sr-only">{t('runbook.log.outcome')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the front: counted from the end, each keeps its place
            <tr key={lines.length - i}>
              <td className="whitespace-nowrap text-ink-2">
                <Time at={line.at} />
              </td>
              <td
                className={cn(
                  'text-ink-2',
                  line.kind === 'stop' && 'text-bad font-semibold',
                  line.kind === 'person' && 'text-ink font-semibold',
                )}
              >
                {t(`runbook.kind.${line.kind}`)}
              </td>
              <td className="[overflow-wrap:anywhere]">
                <Text of={line.text} />
              </td>
              <td className="act">{line.outcome && <Mark outcome={line.outcome} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!all && lines.length > SHORT && (
        <div className="px-3 py-2 border-t border-line">
          <Button variant="quiet" size="s" onClick={() => setAll(true)}>
            {t('runbook.log.all', { n: lines.length })}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Mark({ outcome }: { outcome: Outcome }) {
  const { Icon, look } = MARK[outcome];
  return (
    <span className={look}>
      <Icon aria-hidden className="inline size-4" />
      <span className="sr-only">{t(`runbook.outcome.${outcome}`)}</span>
    </span>
  );
}
