import { Archive, Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { JournalSide, JournalsAnswer } from '@/lib/contract/runs';
import { formatBytes } from '@/lib/domain/text/format';
import { Code } from '../../text/code';
import { Text } from '../../text/text';
import { Badge } from '../../ui/badge';
import { Card, SectionHead } from '../../ui/card';
import { slotName } from '../labels';
import { keeper } from './journals-model';
import { ownEvents } from './parting';
import { t } from './t';

const ENDINGS = ['proper', 'failed-start', 'open', 'torn'] as const;

/** The same fact of both on one line. */
export function SideBySide({ answer, parted }: { answer: JournalsAnswer; parted: boolean }) {
  const sides = answer.secondary ? [answer.primary, answer.secondary] : [answer.primary];
  const keep = keeper(answer);
  const rows: readonly (readonly [string, (side: JournalSide) => ReactNode])[] = [
    [t('ui.controller.journal'), (s) => code(s.journalId)],
    [t('runbook.journals.place'), (s) => place(s)],
    [t('runbook.journals.lastEvent'), (s) => code(s.lastEventId)],
    ...(answer.sameLineage === true && answer.lastCommon ? [[t('runbook.journals.beyond'), ownEvents] as const] : []),
    [t('runbook.journals.ends'), (s) => ending(s.ending)],
    [
      t('runbook.journals.files'),
      (s) => (s.totalBytes === undefined ? '–' : t('runbook.journals.files.sum', { n: s.files.length, size: formatBytes(s.totalBytes) })),
    ],
    ...(sides.some((s) => s.problem !== undefined)
      ? [[t('runbook.journals.problem'), (s: JournalSide) => (s.problem ? <Text of={s.problem} /> : '–')] as const]
      : []),
  ];
  return (
    <Card aria-labelledby="sides">
      <SectionHead id="sides" title={t('runbook.journals.sides')} className="px-5 max-tab:px-4 pt-4 pb-1" />
      <table className="facts">
        <thead>
          <tr>
            <th scope="col">{t('runbook.compare.fact')}</th>
            {sides.map((side) => (
              <th key={side.slot} scope="col">
                {slotName(side.slot)}{' '}
                {parted && keep !== undefined && (
                  <Badge look={keep === side.slot ? 'ok' : 'neutral'} icon={keep === side.slot ? Check : Archive}>
                    {t(keep === side.slot ? 'runbook.journals.keep' : 'runbook.journals.aside')}
                  </Badge>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, of]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {sides.map((side) => (
                <td key={side.slot} data-label={slotName(side.slot)} className="[overflow-wrap:anywhere]">
                  <span>{of(side)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

const code = (value: string | number | undefined): ReactNode => (value === undefined ? t('runbook.journals.none') : <Code>{value}</Code>);
const ending = (word: string | undefined): string => {
  const known = ENDINGS.find((e) => e === word);
  return known ? t(`ui.ending.${known}`) : (word ?? '–');
};
function place(side: JournalSide): ReactNode {
  return (
    <>
      {t(`runbook.journals.place.${side.place}`)}
      {side.path !== undefined && (
        <span className="block">
          <Code>{side.path}</Code>
        </span>
      )}
    </>
  );
}
