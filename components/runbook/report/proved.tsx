import { Check, CircleQuestionMark, EqualNot, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { RunAnswer } from '@/lib/contract/runs';
import { Code } from '../../text/code';
import { Card, SectionHead } from '../../ui/card';
import { Status, type StatusTone } from '../../ui/status';
import { sideNames } from '../labels';
import { type Proof, proofs } from './report-model';
import { t } from './t';

const MARK: Record<Proof['result'], { icon: LucideIcon; tone: StatusTone }> = {
  same: { icon: Check, tone: 'ok' },
  notBehind: { icon: Check, tone: 'ok' },
  behind: { icon: EqualNot, tone: 'bad' },
  differs: { icon: EqualNot, tone: 'bad' },
  unproved: { icon: CircleQuestionMark, tone: 'unknown' },
  follows: { icon: Check, tone: 'ok' },
  left: { icon: TriangleAlert, tone: 'warn' },
};

/** The same Controller goes on, from the same journal, and no event is missing. */
export function Proved({ answer }: { answer: RunAnswer }) {
  const { source, target } = sideNames(answer.summary);
  const before = t('runbook.report.side', { when: t('runbook.report.before'), slot: source });
  const after = t('runbook.report.side', { when: t('runbook.report.after'), slot: target });
  const value = (v: string | undefined) => (v === undefined ? '–' : <Code>{v}</Code>);
  return (
    <Card aria-labelledby="proved">
      <SectionHead id="proved" title={t('runbook.report.proved')} className="px-5 max-tab:px-4 pt-4 pb-1" />
      <table className="facts">
        <thead>
          <tr>
            <th scope="col">{t('runbook.report.fact')}</th>
            <th scope="col">{before}</th>
            <th scope="col">{after}</th>
            <th scope="col">{t('runbook.report.result')}</th>
          </tr>
        </thead>
        <tbody>
          {proofs(answer.report).map((proof) => (
            <tr key={proof.id} data-fact={proof.id}>
              <th scope="row">{t(`runbook.report.${proof.id}`)}</th>
              <td data-label={before}>{value(proof.before)}</td>
              <td data-label={after}>{value(proof.after)}</td>
              <td data-label={t('runbook.report.result')}>
                <Status tone={MARK[proof.result].tone} icon={MARK[proof.result].icon}>
                  {t(`runbook.report.${proof.result}`)}
                </Status>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
