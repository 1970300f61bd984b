import type { JournalSide, JournalsAnswer } from '@/lib/contract/runs';
import type { Slot } from '@/lib/domain/cluster/cluster';
import { formatCount } from '@/lib/domain/text/format';
import { Code } from '../../text/code';
import { Text } from '../../text/text';
import { Card, SectionHead } from '../../ui/card';
import { cn } from '../../ui/classes';
import { slotName } from '../labels';
import { keeper, shares } from './journals-model';
import { counted, m, t } from './t';

/** One line that parts in two: what both share, and what each has of its own. The figures stand in text beside it. */
export function Parting({ answer }: { answer: JournalsAnswer }) {
  const share = shares(answer);
  const keep = keeper(answer);
  return (
    <Card aria-labelledby="parting" className="p-6 max-tab:p-4">
      <SectionHead
        id="parting"
        title={t('runbook.journals.part')}
        aside={<Text of={m('runbook.journals.read', { at: { as: 'ago', value: answer.comparedAt } })} />}
        className="mb-4"
      />
      <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] max-tab:grid-cols-[minmax(0,1fr)] gap-x-0 gap-y-4 items-center">
        <div className="grid gap-1.5">
          <b>{t('runbook.journals.common')}</b>
          <span aria-hidden className="h-2 rounded-l-s bg-unk-line max-tab:rounded-s" />
          <p className="text-data text-ink-2">
            {answer.lastCommon && (
              <>
                <Text of={m('runbook.journals.lastCommon', { event: { as: 'code', value: String(answer.lastCommon.eventId) } })} />{' '}
                <Text of={m('runbook.journals.lastCommonAt', { at: { as: 'time', value: answer.lastCommon.at } })} />
              </>
            )}
          </p>
        </div>
        <div className="grid gap-4 border-l-2 border-unk-line pl-4 max-tab:pl-3">
          <Branch side={answer.primary} share={share.primary} keep={keep} />
          {answer.secondary && <Branch side={answer.secondary} share={share.secondary} keep={keep} />}
        </div>
      </div>
    </Card>
  );
}

function Branch({ side, share, keep }: { side: JournalSide; share: number; keep: Slot | undefined }) {
  const kept = keep === side.slot;
  return (
    <div className="grid gap-1">
      <b>
        {slotName(side.slot)} <Code>{side.name}</Code>
      </b>
      <span
        aria-hidden
        className={cn('h-2 rounded-r-s', keep === undefined ? 'bg-unk-line' : kept ? 'bg-ok-line' : 'bg-bad-line')}
        style={{ width: `${Math.round(share * 100)}%` }}
      />
      <p className="text-data text-ink-2">{ownEvents(side)}</p>
    </div>
  );
}

export const ownEvents = (side: JournalSide): string =>
  side.beyond === undefined
    ? t('runbook.journals.ownUnknown')
    : counted(side.beyond.count, 'runbook.journals.own.one', 'runbook.journals.own.many').replace(
        String(side.beyond.count),
        formatCount(side.beyond.count),
      );
