'use client';
import type { ReactNode } from 'react';
import type { RunSummary } from '@/lib/contract/runs';
import { Button } from '../../ui/button';
import { Field, type FieldControl, inputClasses } from '../../ui/field';
import { type Filter, isFiltered, NO_FILTER, RESULTS, type Result } from './runs-model';
import { t } from './t';

interface Props {
  readonly runs: readonly RunSummary[];
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}

/** Filters what is listed, at once. */
export function RunsFilter({ runs, filter, onChange }: Props) {
  const set = (part: Partial<Filter>) => onChange({ ...filter, ...part });
  const clusters = [...new Map(runs.map((r) => [r.clusterId, r.clusterName]))].sort((a, b) => a[1].localeCompare(b[1], 'en'));
  const people = [...new Set(runs.map((r) => r.by))].sort();
  return (
    <search className="grid grid-cols-[minmax(0,2fr)_repeat(5,minmax(0,1.2fr))_auto] max-wide:grid-cols-2 max-tab:grid-cols-1 items-end gap-3 px-5 max-tab:px-4 pt-2 pb-4">
      <Field label={t('runbook.list.search')}>
        {(control) => (
          <input
            {...control}
            type="search"
            placeholder={t('runbook.list.search.hint')}
            value={filter.text}
            onChange={(e) => set({ text: e.target.value })}
            className={inputClasses}
          />
        )}
      </Field>
      <Pick label={t('runbook.list.cluster')} value={filter.cluster} onPick={(cluster) => set({ cluster })} any={t('runbook.list.all')}>
        {clusters.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Pick>
      <Pick
        label={t('runbook.list.outcome')}
        value={filter.result}
        onPick={(result) => set({ result: result as Result | '' })}
        any={t('runbook.list.all')}
      >
        {RESULTS.map((result) => (
          <option key={result} value={result}>
            {t(`runbook.result.${result}`)}
          </option>
        ))}
      </Pick>
      <Pick label={t('runbook.list.by')} value={filter.by} onPick={(by) => set({ by })} any={t('runbook.list.anybody')}>
        {people.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Pick>
      <Field label={t('runbook.list.fromDay')}>{(control) => day(control, filter.fromDay, (fromDay) => set({ fromDay }))}</Field>
      <Field label={t('runbook.list.toDay')}>{(control) => day(control, filter.toDay, (toDay) => set({ toDay }))}</Field>
      <Button variant="quiet" impossible={!isFiltered(filter)} onClick={() => onChange(NO_FILTER)}>
        {t('runbook.list.clear')}
      </Button>
    </search>
  );
}

const day = (control: FieldControl, value: string, onDay: (day: string) => void) => (
  <input {...control} type="date" value={value} onChange={(e) => onDay(e.target.value)} className={inputClasses} />
);

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly onPick: (value: string) => void;
  readonly any: string;
  readonly children: ReactNode;
}
function Pick({ label, value, onPick, any, children }: PickProps) {
  return (
    <Field label={label}>
      {(control) => (
        <select {...control} value={value} onChange={(e) => onPick(e.target.value)} className={inputClasses}>
          <option value="">{any}</option>
          {children}
        </select>
      )}
    </Field>
  );
}
