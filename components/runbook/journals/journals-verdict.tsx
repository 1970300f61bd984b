import type { ReactNode } from 'react';
import type { JournalsAnswer } from '@/lib/contract/runs';
import type { Tone } from '@/lib/domain/cluster/view';
import { LinkButton } from '../../ui/link-button';
import { Verdict } from '../../ui/verdict';
import { slotName } from '../labels';
import { keeper, type Relation, relationOf } from './journals-model';
import { t } from './t';

const TONE: Record<Relation, Tone> = {
  parted: 'bad',
  ahead: 'ok',
  equal: 'warn',
  untold: 'warn',
  other: 'bad',
  unknown: 'unknown',
  one: 'ok',
};

export function JournalsVerdict({ answer, again }: { answer: JournalsAnswer; again: ReactNode }) {
  const relation = relationOf(answer);
  const keep = keeper(answer);
  const slot = keep ? slotName(keep) : '';
  const titles: Record<Relation, string> = {
    parted: keep
      ? t('runbook.journals.parted', { slot })
      : t(answer.newer === 'equal' ? 'runbook.journals.partedEqual' : 'runbook.journals.partedUnknown'),
    ahead: keep ? t('runbook.journals.ahead', { slot }) : t('runbook.journals.partedUnknown'),
    equal: t('runbook.journals.equal'),
    untold: keep ? t('runbook.journals.untoldNewer', { slot }) : t('runbook.journals.untold'),
    other: t('runbook.journals.other'),
    unknown: t('runbook.journals.unknown'),
    one: t('runbook.journals.one'),
  };
  return (
    <Verdict
      tone={TONE[relation]}
      title={titles[relation]}
      why={t(`runbook.journals.${relation}.why`)}
      action={
        <>
          {again}
          {relation === 'parted' && keep && (
            <LinkButton href="#begin-way" variant="primary">
              {t('runbook.journals.seeWay')}
            </LinkButton>
          )}
        </>
      }
    />
  );
}
