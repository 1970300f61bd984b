'use client';
import { useState } from 'react';
import type { RunSummary } from '@/lib/contract/runs';
import { useZone } from '../../text/viewer';
import { Card, SectionHead } from '../../ui/card';
import { RunRow } from './run-row';
import { RunsFilter } from './runs-filter';
import { dayIn, fits, NO_FILTER } from './runs-model';
import { t } from './t';

const COLUMNS = ['run', 'direction', 'began', 'outcome', 'downFor', 'whole', 'by', 'ticket'] as const;

/** The history with its filters. */
export function RunsCard({ runs }: { runs: readonly RunSummary[] }) {
  const [filter, setFilter] = useState(NO_FILTER);
  const dayOf = dayIn(useZone());
  const shown = runs.filter((run) => fits(run, filter, dayOf));
  return (
    <Card aria-labelledby="runs">
      <SectionHead
        id="runs"
        title={t('runbook.runs')}
        aside={
          <span role="status" className="text-data text-ink-2">
            {t('runbook.list.shown', { n: shown.length, of: runs.length })}
          </span>
        }
        className="px-5 max-tab:px-4 pt-4"
      />
      <RunsFilter runs={runs} filter={filter} onChange={setFilter} />
      {shown.length === 0 ? (
        <p className="px-5 max-tab:px-4 py-4 text-ink-2 border-t border-line">{t('runbook.list.noMatch')}</p>
      ) : (
        <table className="facts">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`runbook.list.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((run) => (
              <RunRow key={run.runId} run={run} />
            ))}
          </tbody>
        </table>
      )}
      <p className="px-5 max-tab:px-4 py-3 border-t border-line text-data text-ink-2">{t('runbook.list.keeps')}</p>
    </Card>
  );
}
