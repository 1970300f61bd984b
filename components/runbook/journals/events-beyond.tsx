import { ChevronRight } from 'lucide-react';
import type { JournalSide, JournalsAnswer } from '@/lib/contract/runs';
import { formatCount } from '@/lib/domain/text/format';
import { Code } from '../../text/code';
import { Card, SectionHead } from '../../ui/card';
import { slotName } from '../labels';
import { t } from './t';

/** What each journal has beyond the last common event, event by event. */
export function EventsBeyond({ answer }: { answer: JournalsAnswer }) {
  const sides = [answer.primary, answer.secondary].filter((s): s is JournalSide => (s?.beyond?.events.length ?? 0) > 0);
  if (sides.length === 0) return null;
  return (
    <Card aria-labelledby="beyond">
      <SectionHead id="beyond" title={t('runbook.journals.events')} className="px-5 max-tab:px-4 pt-4 pb-3" />
      {sides.map((side) => (
        <details key={side.slot} className="border-t border-line">
          <summary className="flex items-center gap-2 px-5 max-tab:px-4 py-2.5 max-tab:min-h-11">
            <ChevronRight aria-hidden className="chev size-4 text-ink-3" />
            <b>{t('runbook.journals.eventsOf', { slot: slotName(side.slot) })}</b>
            <span className="ml-auto text-data text-ink-2">
              {t('runbook.journals.firstOf', { n: side.beyond?.events.length ?? 0, of: formatCount(side.beyond?.count ?? 0) })}
            </span>
          </summary>
          <table className="facts">
            <thead>
              <tr>
                <th scope="col">{t('runbook.journals.event')}</th>
                <th scope="col">{t('runbook.journals.type')}</th>
                <th scope="col">{t('runbook.journals.key')}</th>
              </tr>
            </thead>
            <tbody>
              {side.beyond?.events.map((event) => (
                <tr key={event.eventId}>
                  <td>
                    <Code>{event.eventId}</Code>
                  </td>
                  <td data-label={t('runbook.journals.type')}>{event.type}</td>
                  <td data-label={t('runbook.journals.key')}>{event.key === undefined ? '–' : <Code>{event.key}</Code>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      ))}
    </Card>
  );
}
