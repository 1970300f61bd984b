import type { ReactNode } from 'react';
import type { RunAnswer } from '@/lib/contract/runs';
import { Code } from '../../text/code';
import { Text } from '../../text/text';
import { Time } from '../../text/time';
import { Card } from '../../ui/card';
import { Fact, Facts } from '../../ui/facts';
import { shortHash, sideNames } from '../labels';
import { type Decided, turningPoints } from './report-model';
import { t } from './t';

/** Who wanted it and why, and what was decided on the way. */
export function WhoAndWhy({ answer }: { answer: RunAnswer }) {
  const { report } = answer;
  const points = turningPoints(report);
  return (
    <Card aria-labelledby="who" className="p-6 max-tab:p-4 grid gap-3">
      <h2 id="who" className="text-section">
        {t('runbook.report.who')}
      </h2>
      <Facts>
        <Fact name={t('runbook.report.by')}>{report.by}</Fact>
        <Fact name={t('runbook.report.reason')}>{report.reason}</Fact>
        {report.ticket !== undefined && (
          <Fact name={t('runbook.report.ticket')}>
            <Ticket of={report.ticket} />
          </Fact>
        )}
        {report.timeSpent !== undefined && (
          <Fact name={t('runbook.report.timeSpent')}>{t('runbook.report.minutes', { n: report.timeSpent })}</Fact>
        )}
        <Fact name={t('runbook.report.began')}>
          <Time at={report.startedAt} />
        </Fact>
        {report.endedAt !== undefined && (
          <Fact name={t('runbook.report.ended')}>
            <Time at={report.endedAt} />
          </Fact>
        )}
        <Fact name={t('runbook.report.plan')}>
          <Code>{shortHash(report.planHash)}</Code>
        </Fact>
      </Facts>
      {report.accepted !== undefined && (
        <div className="grid gap-1.5 border-t border-line pt-3">
          <h3 className="text-data">{t('runbook.report.accepted')}</h3>
          {report.accepted.length === 0 && <p className="text-data text-ink-2">{t('runbook.report.accepted.none')}</p>}
          <ul className="grid gap-1.5 text-data">
            {report.accepted.map((warning) => (
              <li key={warning.id} className="[overflow-wrap:anywhere]">
                <b>
                  <Text of={{ key: `check.${warning.id}.title` }} />:
                </b>{' '}
                <Text of={warning.measured} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {points.length > 0 && (
        <div className="grid gap-1.5 border-t border-line pt-3">
          <h3 className="text-data">{t('runbook.report.decisions')}</h3>
          <ol className="grid gap-1.5 text-data">
            {points.map((point) => (
              <li
                key={`${point.at} ${point.kind} ${point.choice ?? point.reason}`}
                className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-3"
              >
                <span className="text-ink-2">
                  <Time at={point.at} />
                </span>
                <span className="[overflow-wrap:anywhere]">{said(point, answer)}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </Card>
  );
}

/** A link where it is one; never another scheme than http. */
function Ticket({ of: ticket }: { of: string }) {
  if (!/^https?:\/\/[^\s]+$/i.test(ticket)) return ticket;
  return (
    <a href={ticket} target="_blank" rel="noreferrer noopener" className="underline [overflow-wrap:anywhere]">
      {ticket}
    </a>
  );
}

const CHOICES = ['continue', 'undo', 'by-hand', 'done-by-hand'] as const;
function said(point: Decided, answer: RunAnswer): ReactNode {
  if (point.kind === 'stop') return <Text of={{ key: `run.stopped.${point.reason}`, params: sideNames(answer.summary) }} />;
  const known = CHOICES.find((c) => c === point.choice);
  const values = { who: point.who ?? '', choice: known ? t(`runbook.choice.${known}`) : (point.choice ?? '') };
  return point.why === undefined ? t('runbook.report.decided', values) : t('runbook.report.decidedWhy', { ...values, why: point.why });
}
