'use client';
import { ChevronRight, RefreshCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { PrepareAnswer } from '@/lib/contract/runs';
import { Button } from '../../ui/button';
import { Card, SectionHead } from '../../ui/card';
import { cn } from '../../ui/classes';
import { slotName } from '../labels';
import { counted, t } from '../t';
import { CheckRow, VERDICT_TEXT } from './check-row';
import { type CheckGroup, groupsOf } from './prepare-model';

/** On a phone, groups that passed are closed. Read once: a group must not close under the reader's eyes when the phone is turned. */
const onPhone = (): boolean => typeof window !== 'undefined' && window.matchMedia?.('(max-width: 760px)').matches === true;

interface Props {
  readonly answer: PrepareAnswer;
  /** Check or group that is being measured again now. */
  readonly again: string | undefined;
  readonly onAgain: (only: string) => void;
}

/** All pre-flight checks in their groups. Each, and each group, can be measured again by itself: the others keep their result and its time. */
export function Checks({ answer, again, onAgain }: Props) {
  const { counts } = answer;
  return (
    <Card aria-labelledby="checks">
      <SectionHead
        id="checks"
        title={t('runbook.checks')}
        aside={
          <span className="text-data text-ink-2">
            {t('runbook.checks.sum', { ...counts, warn: counted(counts.warn, 'runbook.checks.warn.one', 'runbook.checks.warn.many') })}
          </span>
        }
        className="px-5 max-tab:px-4 pt-4 pb-3"
      />
      {groupsOf(answer.checks).map((group) => (
        <Group key={group.group} group={group} source={slotName(answer.from)}>
          {group.checks.map((check) => (
            <CheckRow key={check.id} check={check} busy={again === check.id || again === group.group} onAgain={() => onAgain(check.id)} />
          ))}
          <li className="border-t border-line px-5 max-tab:px-4 py-2 flex justify-end">
            <Button size="s" variant="quiet" busy={again === group.group} onClick={() => onAgain(group.group)}>
              {again !== group.group && <RefreshCw aria-hidden />}
              {t('runbook.prepare.againGroup', { n: group.checks.length })}
            </Button>
          </li>
        </Group>
      ))}
    </Card>
  );
}

function Group({ group, source, children }: { group: CheckGroup; source: string; children: ReactNode }) {
  const [phone] = useState(onPhone);
  const title = group.group === 'restart' ? t('runbook.group.restart', { source }) : t(`runbook.group.${group.group}`);
  return (
    <details open={!phone || group.worst !== 'pass'} data-group={group.group}>
      <summary className="flex items-center gap-2 px-5 max-tab:px-4 pt-2.5 pb-2 max-tab:min-h-11 border-t border-line bg-[color-mix(in_oklab,var(--sunken)_60%,transparent)]">
        <h3 className="text-data">{title}</h3>
        <span className={cn('ml-auto text-data whitespace-nowrap text-ink-2', group.worst !== 'pass' && VERDICT_TEXT[group.worst])}>
          {countsText(group)}
        </span>
        <ChevronRight aria-hidden className="chev size-4 ml-1 text-ink-3" />
      </summary>
      <ul>{children}</ul>
    </details>
  );
}

function countsText({ counts }: CheckGroup): string {
  return [
    counts.pass > 0 && t('runbook.checks.pass', { n: counts.pass }),
    counts.warn > 0 && counted(counts.warn, 'runbook.checks.warn.one', 'runbook.checks.warn.many'),
    counts.block > 0 && t('runbook.checks.block', { n: counts.block }),
    counts.unknown > 0 && t('runbook.checks.unknown', { n: counts.unknown }),
  ]
    .filter(Boolean)
    .join(', ');
}
