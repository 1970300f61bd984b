'use client';
import { CircleCheck, CircleQuestionMark, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { JocDrift, JocView } from '@/lib/domain/joc/view';
import { Text } from '../text/text';
import { Card, SectionHead } from '../ui/card';
import { Freshness } from '../ui/freshness';
import { Status, type StatusTone } from '../ui/status';
import { t } from './t';

const LOOK: Record<JocDrift['verdict'], { tone: StatusTone; icon: LucideIcon }> = {
  same: { tone: 'ok', icon: CircleCheck },
  differs: { tone: 'warn', icon: TriangleAlert },
  unknown: { tone: 'unknown', icon: CircleQuestionMark },
};
const ORDER: readonly JocDrift['verdict'][] = ['differs', 'unknown', 'same'];

/** Registration and reality, what differs first. */
export function DriftTable({ view }: { view: JocView }) {
  const rows = [...view.drift].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return (
    <Card aria-labelledby="drift">
      <SectionHead id="drift" title={t('ui.reg.drift')} aside={<Freshness of={view.freshness} />} className="px-5 max-tab:px-4 pt-4" />
      <p className="px-5 max-tab:px-4 pb-2 text-ink-2">{t(rows.length === 0 ? 'ui.reg.drift.none' : 'ui.reg.drift.about')}</p>
      {rows.length > 0 && (
        <table className="facts">
          <thead>
            <tr>
              <th scope="col">{t('ui.reg.drift.fact')}</th>
              <th scope="col">{t('ui.reg.drift.joc')}</th>
              <th scope="col">{t('ui.reg.drift.real')}</th>
              <th scope="col">{t('ui.reg.drift.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <Text of={row.title} />
                </th>
                <td data-label={t('ui.reg.drift.joc.short')}>
                  <span className="[overflow-wrap:anywhere]">
                    <Text of={row.joc} />
                  </span>
                </td>
                <td data-label={t('ui.reg.drift.real.short')}>
                  <span className="[overflow-wrap:anywhere]">
                    <Text of={row.real} />
                  </span>
                </td>
                <td data-label={t('ui.reg.drift.verdict')}>
                  <span>
                    <Status {...LOOK[row.verdict]}>{t(`ui.reg.drift.${row.verdict}`)}</Status>
                    {row.remedy && (
                      <span className="block text-data text-ink-2">
                        <Text of={row.remedy} />
                      </span>
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
